"""The checker: everything that can be said about a report's values, forms and text, in one pure call."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from motcua.reports.rules.catalogue import forms_of
from motcua.reports.rules.cells import cell_findings, history_findings, order_findings
from motcua.reports.rules.context import Context, Sheet
from motcua.reports.rules.dates import citation_findings, date_findings
from motcua.reports.rules.expressions import Outcome
from motcua.reports.rules.findings import Finding
from motcua.reports.rules.forms import Form
from motcua.reports.rules.label_mentions import label_findings
from motcua.reports.rules.narrative import narrative_findings, results_part
from motcua.reports.rules.quantities import quantity_findings
from motcua.reports.rules.relations import derive, relation_findings
from motcua.reports.rules.report_reading import ReportReading
from motcua.reports.rules.same_figures import same_findings
from motcua.reports.rules.same_sentences import twice_findings
from motcua.reports.rules.tables import form_findings, grid_findings, placed
from motcua.reports.rules.twin_tables import twin_findings
from motcua.reports.rules.values import Values

NOBODY = Context()


def check(values: Values, forms: Form | Iterable[Form], context: Context = NOBODY) -> list[Finding]:
    """Return every inconsistency of a report, by appendix and line.

    ``values``: appendix number -> row code -> ``Cell``. ``forms``: the form versions in force; a rule that
    reads another appendix is silent where that appendix has no values. The same call serves a file and a grid
    in which someone is typing (``is_final=False``).
    """
    known = {form.appendix: form for form in ([forms] if isinstance(forms, Form) else forms)}
    sheet = Sheet(values, known, context)
    findings = list(relation_findings(sheet))
    said = {(found.where.appendix, found.where.row) for found in findings}
    findings += cell_findings(sheet, said)
    findings += order_findings(sheet)
    findings += history_findings(sheet)
    findings += narrative_findings(sheet)
    passages = sheet.passages()
    findings += date_findings(passages, context)
    findings += citation_findings(passages, context)
    return sorted(findings, key=_place)


def check_report(reading: ReportReading, *, previous: Values | None = None) -> list[Finding]:
    """Return every inconsistency of a report that was read from a file, against the forms of its period.

    Tables that are none of our forms are held against what they say themselves: their heads, totals and units.
    """
    context = Context(
        reporter=reading.reporter,
        period=reading.period if reading.names_itself_a_report else None,
        report_date=reading.dated,
        symbol=reading.symbol,
        number=reading.number,
        narrative=reading.narrative,
        previous=previous,
        is_printed=True,
        regime=reading.regime,
        printed=reading.printed,
        notes=tuple(reading.notes),
        outlook_line=_outlook_line(reading),
    )
    window = context.window
    forms: Mapping[int, Form] = forms_of("cchc", window.last if window else None)
    findings = check(reading.appendices, forms.values(), context)
    findings += _other_columns(reading, forms, context)
    findings = [placed(found, reading.printed) for found in findings]
    findings += form_findings(reading.matches)
    findings += grid_findings(reading)
    said = {(found.where.appendix, found.where.row) for found in findings if found.rule in ("V14", "V20")}
    grids = [*(match.grid for match in reading.matches), *reading.grids]
    findings += twin_findings(grids)
    findings += quantity_findings(results_part(reading.narrative), grids, said)
    said |= {(found.where.appendix, found.where.row) for found in findings if found.rule == "T06"}
    findings += label_findings(results_part(reading.narrative), reading.grids, said)
    said |= {(found.where.appendix, found.where.row) for found in findings if found.rule == "T06"}
    findings += same_findings(results_part(reading.narrative), grids, said)
    lines_said = {(found.where.line, found.rule) for found in findings}
    twice = twice_findings(results_part(reading.narrative), grids)
    findings += [found for found in twice if (found.where.line, found.rule) not in lines_said]
    return sorted(_once(findings), key=_place)


def _outlook_line(reading: ReportReading) -> int:
    """Return the line of the heading under which a report plans; behind its last line where it has none."""
    results = results_part(reading.narrative)
    if not reading.narrative:
        return 0
    rest = reading.narrative[len(results) :]
    return rest[0].number if rest else reading.narrative[-1].number + 1


def _other_columns(reading: ReportReading, forms: Mapping[int, Form], context: Context) -> Iterator[Finding]:
    """Yield what the forms' relations say of columns beside the period's own: the period before, the year so far."""
    for match in reading.matches:
        for column in match.grid.of("value"):
            if column is match.grid.main:
                continue
            sheet = Sheet({match.form.appendix: match.cells(column)}, forms, context)
            for found in relation_findings(sheet):
                yield found.at(replace(found.where, column=column.label or None))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without what was said of the same place twice by rules that overlap."""
    kept: dict[tuple[object, ...], Finding] = {}
    for found in findings:
        kept.setdefault((found.rule, found.where, found.found, found.expected, found.words), found)
    return list(kept.values())


def computed_rows(values: Values, form: Form) -> dict[str, Outcome]:
    """Return what each computed row must hold: a fraction, ``NOTHING_OCCURRED`` or None (blank parts)."""
    return derive(Sheet(values, {form.appendix: form}, NOBODY), form)


def _place(found: Finding) -> tuple[int, int, str, str]:
    where = found.where
    return where.appendix or 0, where.line or 0, where.row or "", found.rule
