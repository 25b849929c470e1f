"""Reading reports: the sheet with values, formulas and findings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from motcua.organizations.models import Unit
from motcua.organizations.states import OFFICE, PROVINCE
from motcua.reports.forms_in_use import forms_for, own_lines, under_lines
from motcua.reports.models import Report, ReportCell, ReportVersion
from motcua.reports.rules.bound_text import filled_text
from motcua.reports.rules.catalogue import data_file, reporter_groups
from motcua.reports.rules.checking import check, computed_rows
from motcua.reports.rules.context import Context
from motcua.reports.rules.drafting import Draft, drafted
from motcua.reports.rules.due_periods import before
from motcua.reports.rules.expressions import Absence, Outcome
from motcua.reports.rules.figures import vietnamese
from motcua.reports.rules.findings import Finding
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.lines import Line
from motcua.reports.rules.values import Cell, Values


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

    @property
    def lines(self) -> list[tuple[SheetRow, list[SheetRow]]]:
        """The lines of a form by lines, each with its cells in the order of the columns."""
        found: list[tuple[SheetRow, list[SheetRow]]] = []
        for row in self.rows:
            if row.is_group:
                found.append((row, []))
            else:
                found[-1][1].append(row)
        return found


@dataclass(frozen=True)
class CheckedReport:
    """A report with all its appendices and everything the checker says."""

    report: Report
    sheets: list[SheetPage]
    findings: list[Finding]
    values: Values

    @property
    def errors(self) -> list[Finding]:
        return [found for found in self.findings if found.severity == "error"]


def checked(report: Report, *, is_final: bool = False, cells: Iterable[ReportCell] | None = None) -> CheckedReport:
    """Return ``report`` with computed rows and findings, of its own cells or of ``cells`` that are not kept."""
    forms = forms_for(report)
    by_place = {(cell.appendix, cell.row): cell for cell in (report.cells.all() if cells is None else cells)}
    values = values_of(forms, by_place)
    said = check(values, forms.values(), context_of(report, values, is_final=is_final))
    findings = [_named(found, forms) for found in said]
    pages = [_page(form, by_place, values, findings, report) for form in forms.values()]
    return CheckedReport(report, pages, findings, values)


def draft_of(report: Report) -> Draft | None:
    """Return the words that the report's cells say, or None where its regime has none written down."""
    seen = checked(report)
    forms = {sheet.form.appendix: sheet.form for sheet in seen.sheets}
    return drafted(report.regime, seen.values, forms, context_groups(report))


def _named(found: Finding, forms: Mapping[int, Form]) -> Finding:
    """Return a finding whose place is called as the form is: "Biểu số II.06a/VPCP/KSTT" is no appendix."""
    form = forms.get(found.where.appendix or 0)
    return found.at(replace(found.where, table=form.mark)) if form and form.mark else found


def context_of(report: Report, values: Values, *, is_final: bool) -> Context:
    """Return the circumstances under which ``report`` is checked."""
    return Context(
        reporter=reporter_kind(report.unit),
        period=report.report_period,
        regime=report.regime,
        is_final=is_final,
        previous=_earlier_values(report),
        narrative=tuple(
            Line(number, (text,)) for number, text in enumerate(filled_text(report.narrative, values).splitlines(), 1)
        ),
    )


def _earlier_values(report: Report) -> Values | None:
    """Return what the report before sent in the same year: cumulative rows cannot fall below it (V17)."""
    earlier = before(report.report_period, report.regime)
    if earlier is None or earlier.year != report.report_period.year or not report.unit_id:
        return None
    sent = ReportVersion.objects.filter(
        report__regime=report.regime, report__unit=report.unit_id, report__period=earlier.code
    ).order_by("-number").first()  # fmt: skip
    if sent is None:
        return None
    found: dict[int, dict[str, Cell]] = {}
    for layer in under_lines(sent, own_lines(report), unit="")[0]:
        for number, cells in layer.items():
            found.setdefault(int(number), {}).update((code, Cell(value)) for code, value in cells.items())
    return found


def snapshot(forms: dict[int, Form], values: Values) -> dict[str, dict[str, str]]:
    """Return values as a version keeps them: {"1": {"2.1": "12"}}, without empty cells."""
    return {
        str(number): {
            code: str(cell.value)
            for code, cell in values.get(number, {}).items()
            if code in form.rows and str(cell.value or "").strip()
        }
        for number, form in forms.items()
    }


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
    said: dict[str | None, list[Finding]] = {}
    for found in findings:
        if found.where.appendix == form.appendix:
            said.setdefault(found.where.row, []).append(found)
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
            findings=said.get(code, []),
        )


def context_groups(report: Report) -> frozenset[str] | None:
    """Return the reporter groups of the report's unit."""
    return reporter_groups(reporter_kind(report.unit))


def say(found: Finding) -> str:
    """Return a finding in the reader's language."""
    return gettext(found.words).format(**dict(found.fill))


def severity_label(found: Finding) -> str:
    """Return how a row's finding is headed: what contradicts itself is an error, all else is to be looked at."""
    return gettext("Lỗi") if found.severity == "error" else gettext("Xem lại")


def in_words(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as pages list them: {"finding", "words", "appendix", "row"}."""
    return [
        {"finding": found, "words": say(found), "appendix": found.where.appendix, "row": found.where.row}
        for found in findings
    ]
