"""Opening a report, measuring it, and filling its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account, Unit
from motcua.reports.access import may_write
from motcua.reports.events import FILLED, LINES_SET, OPENED, PREFILLED
from motcua.reports.forms_in_use import forms_for, forms_in_force, kept_forms, line_source, lines_in
from motcua.reports.measuring import measure_row
from motcua.reports.models import CellReturn, Report, ReportCell
from motcua.reports.queries import reporter_kind
from motcua.reports.rules.catalogue import reporter_groups
from motcua.reports.rules.due_periods import check_due
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.matrix_forms import MOST_LINES, Line
from motcua.reports.rules.periods import ReportPeriod, Window

LONGEST_VALUE, LONGEST_NOTE = 4000, 1000


def begun(period: ReportPeriod, regime: str) -> Window:
    """Return the days of data of a period of which there may be some.

    Raises:
        Refused: the period has not begun.
    """
    window = period.window(regime)
    if window.first > today():
        raise Refused(
            gettext("Kỳ %(period)s bắt đầu từ %(day)s, chưa thể lập báo cáo.")
            % {"period": period.label, "day": f"{window.first:%d/%m/%Y}"},
            field="period",
        )
    return window


@transaction.atomic
def open_report(
    *,
    unit: Unit,
    period: ReportPeriod,
    regime: str,
    actor: Account,
    appendices: tuple[int, ...] = (),
    is_measured: bool = True,
) -> Report:
    """Open the report of ``unit`` for ``period`` and measure what can be measured; opening twice is the same report.

    Without ``appendices`` it holds every form of the regime that is in force when the period's window opens.

    Raises:
        Refused: the actor may not write for the unit, the period has not begun or is reported within a longer one, or
            the regime has no such appendix.
    """
    if not may_write(actor, unit):
        raise Refused(gettext("Bạn không lập báo cáo cho %(unit)s.") % {"unit": unit}, field="unit")
    window = begun(period, regime)
    check_due(period, regime)
    forms = forms_in_force(regime, window.first)
    if set(appendices) - set(forms) or not forms:
        raise Refused(gettext("Kỳ này không có biểu mẫu được chọn."), field="appendices")
    standing = Report.objects.filter(regime=regime, unit=unit, period=period.code).first()
    if standing is not None:
        return standing
    held = sorted(appendices or forms)
    report = Report(
        code=f"BC-{regime}-{unit.code}-{period.code}",
        regime=regime,
        unit=unit,
        period=period.code,
        appendices=held,
        forms=kept_forms([forms[number] for number in held], _first_lines(forms, unit, window)),
        opened_at=now(),
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:  # a colleague opened it in the same moment
        return Report.objects.get(regime=regime, unit=unit, period=period.code)
    record(OPENED, subject=report.code, actor=actor.code, unit=unit.code, period=period.code, regime=regime)
    if is_measured:
        _measure(report, actor=actor)
    return report


def _first_lines(forms: Mapping[int, Form], unit: Unit, window: Window) -> dict[int, list[Line]]:
    """Return the lines that a form by lines begins with: a line per unit below, or one for everything."""
    below = [
        Line(str(number), child.name, unit=child.code)
        for number, child in enumerate(unit.children.in_force(window.last).order_by("code")[:MOST_LINES], 1)
    ]
    whole = [Line("1", gettext("Tất cả lĩnh vực"))]
    return {
        number: (below or [Line("1", unit.name, unit=unit.code)]) if line_source(form) == "units" else whole
        for number, form in forms.items()
        if form.cells
    }


@transaction.atomic
def set_lines(code: str, appendix: int, names: Sequence[str], *, actor: Account) -> Report:
    """Give a form by fields its lines, one per name; lines that stay keep their code and values.

    Raises:
        Refused: the actor may not write it, it is sent, the form has no such lines, a name is too long or given twice.
    """
    report = _locked(code, actor)
    form = forms_for(report).get(appendix)
    if form is None or line_source(form) != "fields":
        raise Refused(gettext("Biểu này không có dòng theo lĩnh vực."), field="lines")
    wanted = [name for name in (nfc(each).strip() for each in names) if name]
    if not wanted or len(wanted) > MOST_LINES or len(set(wanted)) != len(wanted) or max(map(len, wanted)) > 200:
        raise Refused(
            gettext("Mỗi dòng một lĩnh vực, không trùng nhau, tối đa %(count)s dòng.") % {"count": MOST_LINES},
            field="lines",
        )
    standing = {line.name: line for line in lines_in(report, appendix)}
    free = max((int(line.code) for line in standing.values()), default=0)
    lines = []
    for name in wanted:
        if name not in standing:
            free += 1
        lines.append(standing.get(name) or Line(str(free), name, field=name))
    report.forms = {**report.forms, **kept_forms([form], {appendix: lines})}
    report.save(update_fields=["forms"])
    record(LINES_SET, subject=report.code, actor=actor.code, unit=report.unit.code, lines=len(lines))
    _measure(report, actor=actor)
    return report


@transaction.atomic
def measure_again(code: str, *, actor: Account) -> Report:
    """Measure the report's rows anew; typed values stay, beside the new numbers.

    Raises:
        Refused: the actor may not write it, or it is sent or accepted.
    """
    report = _locked(code, actor)
    _measure(report, actor=actor)
    return report


def _measure(report: Report, *, actor: Account) -> None:
    at = now()
    cells = {(cell.appendix, cell.row): cell for cell in report.cells.all()}
    groups = reporter_groups(reporter_kind(report.unit))
    changed = []
    for number, form in forms_for(report).items():
        for code, row in form.rows_on(report.report_period.window(report.regime).last).items():
            # A row of other reporters stays blank (V18), whatever could be measured for it.
            is_others = row.applies_to(groups) is False
            measured = None if is_others else measure_row(row, report.unit, report.report_period, report.regime)
            cell = cells.get((number, code)) or ReportCell(report=report, appendix=number, row=code)
            value = measured.value if measured else ""
            if (value or cell.pk) and cell.measured != value:
                cell.measured, cell.lineage = value, measured.lineage if measured else {}
                cell.changed_at, cell.changed_by = at, actor.code
                changed.append(cell)
    ReportCell.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["report", "appendix", "row"],
        update_fields=["measured", "lineage", "changed_at", "changed_by"],
    )
    record(PREFILLED, subject=report.code, actor=actor.code, unit=report.unit.code, cells=len(changed))


@dataclass(frozen=True)
class Entry:
    """What somebody typed into a cell. ``seen_at`` is when they were shown it; None: they do not say."""

    value: str
    note: str = ""
    reason: str = ""
    seen_at: datetime | None = None


@transaction.atomic
def fill(code: str, entries: Mapping[tuple[int, str], Entry], *, actor: Account) -> Report:
    """Write typed cells; a value equal to the measured one un-types the cell.

    All or nothing: nobody's later change is overwritten.

    Raises:
        Refused: the actor may not write it, it is sent, a row is unknown or computed, a text is too long, or somebody
            changed the same cell since it was shown (named by appendix and row).
    """
    report = _locked(code, actor)
    forms = forms_for(report)
    cells = {(cell.appendix, cell.row): cell for cell in report.cells.all()}
    at, changed = now(), []
    for (appendix, row_code), entry in entries.items():
        row = forms[appendix].rows.get(row_code) if appendix in forms else None
        if row is None or row.kind == "group":
            raise Refused(
                gettext("Phụ lục %(number)s không có dòng nhập “%(row)s”.")
                % {"number": appendix, "row": str(row_code)[:20]}
            )
        cell = cells.get((appendix, row_code)) or ReportCell(report=report, appendix=appendix, row=row_code)
        if _apply(cell, row, entry):
            _check_unchanged(cell, entry)
            cell.changed_at, cell.changed_by = at, actor.code
            changed.append(cell)
    ReportCell.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["report", "appendix", "row"],
        update_fields=["typed", "is_typed", "reason", "note", "changed_at", "changed_by"],
    )
    if changed:
        _answer_returns(report, changed)
        record(
            FILLED,
            subject=report.code,
            actor=actor.code,
            unit=report.unit.code,
            cells=[f"PL{cell.appendix}-{cell.row}" for cell in changed],
        )
    return report


def _answer_returns(report: Report, changed: Sequence[ReportCell]) -> None:
    """Mark what was sent back as answered: somebody changed the cell, its note or its reason."""
    places = {(cell.appendix, cell.row) for cell in changed}
    answered = [
        each.pk for each in report.cell_returns.filter(answered_at__isnull=True) if (each.appendix, each.row) in places
    ]
    CellReturn.objects.filter(pk__in=answered).update(answered_at=now())


def _apply(cell: ReportCell, row: Row, entry: Entry) -> bool:
    """Put ``entry`` into ``cell``; return whether anything changed."""
    value, note, reason = (nfc(text).strip() for text in (entry.value, entry.note, entry.reason))
    for text, longest in ((value, LONGEST_VALUE), (note, LONGEST_NOTE), (reason, 500)):
        if len(text) > longest or "\0" in text:
            raise Refused(
                gettext("Dòng %(row)s: nội dung quá dài hoặc có ký tự không dùng được.") % {"row": row.number}
            )
    before = (cell.typed, cell.is_typed, cell.note, cell.reason)
    given = cell.measured or cell.summed
    is_typed = value != given if (given or row.formula is None) else bool(value)
    cell.typed, cell.is_typed = (value, True) if is_typed else ("", False)
    cell.note, cell.reason = note, reason
    return before != (cell.typed, cell.is_typed, cell.note, cell.reason) and bool(cell.pk or value or note)


def _check_unchanged(cell: ReportCell, entry: Entry) -> None:
    if cell.pk and entry.seen_at and cell.changed_at > entry.seen_at:
        raise Refused(
            gettext("Phụ lục %(number)s, dòng %(row)s vừa được người khác sửa thành “%(value)s”. Hãy tải lại trang.")
            % {"number": cell.appendix, "row": cell.row, "value": ReportCell.objects.get(pk=cell.pk).value[:80]}
        )


def _locked(code: str, actor: Account) -> Report:
    report: Any = Report.objects.select_for_update(of=("self",)).select_related("unit__parent").get(code=code)
    if not may_write(actor, report.unit):
        raise Refused(gettext("Bạn không lập báo cáo cho %(unit)s.") % {"unit": report.unit})
    if not report.is_open:
        raise Refused(gettext("Báo cáo đang ở trạng thái “%(state)s”, không sửa được.") % {"state": report.state_label})
    return report
