"""Reading reports: the sheet with values, formulas and findings; measuring what a form's rows ask for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from motcua.indicators.queries import count
from motcua.indicators.registry import measures
from motcua.organizations.models import Unit
from motcua.organizations.states import OFFICE, PROVINCE
from motcua.reports.models import Report, ReportCell
from motcua.reports.rules.catalogue import data_file, forms_of, reporter_groups
from motcua.reports.rules.checking import check, computed_rows
from motcua.reports.rules.context import Context
from motcua.reports.rules.expressions import Absence, Outcome
from motcua.reports.rules.figures import vietnamese
from motcua.reports.rules.findings import Finding
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.periods import ReportPeriod, Window
from motcua.reports.rules.values import Cell, Values


@dataclass(frozen=True)
class Measured:
    """A number as measured and what it came from."""

    value: str
    lineage: dict[str, Any]


def measure_row(row: Row, unit: Unit, period: ReportPeriod, regime: str) -> Measured | None:
    """Measure what ``row`` asks for, or None where no module offers it or the number is not known."""
    asked = row.measure
    if asked is None or asked.code not in measures():
        return None
    window = _window(asked.span, period, regime)
    where = dict(asked.where)
    number = count(asked.code, unit, window.first, window.last, **where)
    if number is None:
        return None
    measure = measures()[asked.code]
    link = getattr(measure, "link", None)
    return Measured(
        str(number),
        {
            "measure": asked.code,
            "label": str(measure.label),
            "where": where,
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "link": _link(link, asked.code, unit, window, where) if link else "",
        },
    )


def _link(link: Callable[..., str], code: str, unit: Unit, window: Window, where: dict[str, str]) -> str:
    address = link(code, unit.code, window.first, window.last)
    return f"{address}&{urlencode(where)}" if where and address else address


def _window(span: str, period: ReportPeriod, regime: str) -> Window:
    window = period.window(regime)
    if span == "year":
        return period.year_to_date(regime)
    return Window(window.last, window.last) if span == "closing_day" else window


def forms_for(report: Report) -> dict[int, Form]:
    """Return the report's forms by appendix, in the versions in force when its window opened."""
    opened = report.report_period.window(report.regime).first
    return {number: form for number, form in forms_of(report.regime, opened).items() if number in report.appendices}


def reporter_kind(unit: Unit) -> str | None:
    """Return what kind of reporter a unit is (DOMAIN 8.3), or None."""
    if unit.kind == OFFICE and unit.parent and unit.parent.kind == PROVINCE:
        return "provincial_office"
    if unit.name.startswith("Sở Nội vụ"):
        return "home_affairs"
    return unit.kind if unit.kind in data_file("reporters")["kinds"] else None


@dataclass(frozen=True)
class SheetRow:
    """A row of the grid: the form's row, its cell (or None), its computed value and what is wrong with it."""

    row: Row
    cell: ReportCell | None
    shown: str
    is_computed: bool
    applies: bool | None
    findings: list[Finding]

    @property
    def is_group(self) -> bool:
        return self.row.kind == "group"

    @property
    def field_name(self) -> str:
        return self.row.code


@dataclass(frozen=True)
class SheetPage:
    """One appendix as shown: rows in order, and the findings that belong to no row."""

    form: Form
    rows: list[SheetRow]


@dataclass(frozen=True)
class CheckedReport:
    """A report with all its appendices and everything the checker says."""

    report: Report
    sheets: list[SheetPage]
    findings: list[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [found for found in self.findings if found.severity == "error"]


def checked(report: Report, *, is_final: bool = False, cells: Iterable[ReportCell] | None = None) -> CheckedReport:
    """Return ``report`` with computed rows and findings, of its own cells or of ``cells`` that are not kept."""
    forms = forms_for(report)
    by_place = {(cell.appendix, cell.row): cell for cell in (report.cells.all() if cells is None else cells)}
    values = values_of(forms, by_place)
    findings = check(values, forms.values(), context_of(report, is_final=is_final))
    pages = [_page(form, by_place, values, findings, report) for form in forms.values()]
    return CheckedReport(report, pages, findings)


def context_of(report: Report, *, is_final: bool) -> Context:
    """Return the circumstances under which ``report`` is checked."""
    return Context(
        reporter=reporter_kind(report.unit), period=report.report_period, regime=report.regime, is_final=is_final
    )


def values_of(forms: dict[int, Form], cells: dict[tuple[int, str], ReportCell]) -> Values:
    """Return the values that count, computed rows included, in the checker's shape."""
    given = {
        number: {
            code: Cell(value=cells[number, code].value, note=cells[number, code].note)
            for code in form.rows
            if (number, code) in cells
        }
        for number, form in forms.items()
    }
    for number, form in forms.items():
        for code, outcome in computed_rows(given, form).items():
            written = given[number].get(code)
            if written is None or not str(written.value or "").strip():
                given[number][code] = Cell(value=words_for(outcome), note=written.note if written else "")
    return given


def words_for(outcome: Outcome | None) -> str:
    """Return a computed outcome as it is written in a cell: a number, "không phát sinh", or nothing."""
    if outcome is None:
        return ""
    return str(outcome.value) if isinstance(outcome, Absence) else vietnamese(outcome)


def _page(
    form: Form, cells: dict[tuple[int, str], ReportCell], values: Values, findings: list[Finding], report: Report
) -> SheetPage:
    window = report.report_period.window(report.regime)
    return SheetPage(form, list(_rows(form, cells, values, findings, report, window.last)))


def _rows(
    form: Form,
    cells: dict[tuple[int, str], ReportCell],
    values: Values,
    findings: list[Finding],
    report: Report,
    day: date,
) -> Iterator[SheetRow]:
    from_groups = context_groups(report)
    for code, row in form.rows_on(day).items():
        cell = cells.get((form.appendix, code))
        is_computed = row.formula is not None and not (cell and cell.is_typed)
        shown = values[form.appendix].get(code)
        yield SheetRow(
            row=row,
            cell=cell,
            shown=str(shown.value) if shown and shown.value is not None else "",
            is_computed=is_computed,
            applies=row.applies_to(from_groups),
            findings=[found for found in findings if found.where.appendix == form.appendix and found.where.row == code],
        )


def context_groups(report: Report) -> frozenset[str] | None:
    """Return the reporter groups of the report's unit."""
    return reporter_groups(reporter_kind(report.unit))


def say(found: Finding) -> str:
    """Return a finding in the reader's language."""
    return gettext(found.words).format(**dict(found.fill))


def in_words(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as pages list them: {"finding", "words", "appendix", "row"}."""
    return [
        {"finding": found, "words": say(found), "appendix": found.where.appendix, "row": found.where.row}
        for found in findings
    ]
