"""Which versions of forms a report is written on: the shipped ones and those the province made."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from motcua.reports.models import OwnForm, Report, ReportVersion
from motcua.reports.rules.catalogue import form_data, form_version, forms_of
from motcua.reports.rules.consolidating import Sent, lines_met, placed
from motcua.reports.rules.forms import Form, form_from
from motcua.reports.rules.matrix_forms import Line, is_matrix

OWN = "own-"  # how the codes of the province's own forms begin


def forms_in_force(regime: str, day: date) -> dict[int, Form]:
    """Return the forms of a regime in force on ``day``, by appendix: shipped, then the province's own."""
    found = dict(forms_of(regime, day))
    own = OwnForm.objects.filter(regime=regime, published_at__isnull=False, valid_from__lte=day).order_by("valid_from")
    for each in own:
        found[each.appendix] = form_from(each.data)
    return {number: found[number] for number in sorted(found)}


def forms_for(report: Report) -> dict[int, Form]:
    """Return the report's forms by appendix: the versions it was opened with, whatever was published since."""
    kept: Mapping[str, Any] = report.forms or {}
    found = {int(number): _kept_form(entry) for number, entry in kept.items() if int(number) in report.appendices}
    if missing := set(report.appendices) - found.keys():
        opened = report.report_period.window(report.regime).first
        found |= {n: form for n, form in forms_in_force(report.regime, opened).items() if n in missing}
    return {number: found[number] for number in sorted(found)}


def kept_forms(forms: Iterable[Form], lines: Mapping[int, list[Line]]) -> dict[str, Any]:
    """Return what a report keeps of its forms: code, first day and lines of each."""
    return {
        str(form.appendix): {
            "code": form.code,
            "valid_from": form.valid_from.isoformat(),
            "lines": [line.as_dict() for line in lines.get(form.appendix, ())],
        }
        for form in forms
    }


def lines_in(report: Report, appendix: int) -> list[Line]:
    """Return the lines of a form by lines that the report has."""
    return [Line(**line) for line in report.forms.get(str(appendix), {}).get("lines", ())]


def own_lines(report: Report) -> dict[int, list[Line]]:
    """Return the lines of those of the report's forms that have lines."""
    found = {number: lines_in(report, number) for number in report.appendices}
    return {number: lines for number, lines in found.items() if lines}


def under_lines(
    version: ReportVersion, ours: Mapping[int, list[Line]], unit: str
) -> tuple[list[Sent], list[tuple[int, str]]]:
    """Return what was sent under the lines of ``ours``, and (form, line) of lines with numbers that none takes.

    Line 2 of one unit is not line 2 of another: each numbers the fields or agencies that it has.
    """
    first: dict[str, Mapping[str, str]] = {key: cells for key, cells in version.cells.items() if int(key) not in ours}
    layers: list[Sent] = [first]
    left = []
    for number, lines in ours.items():
        cells = version.cells.get(str(number), {})
        theirs = version.lines_in(number)
        met = lines_met(lines, theirs, unit)
        filled = {code.partition(".")[0] for code, value in cells.items() if value not in ("", "0")}
        left += [(number, line.name) for line in theirs if line.code not in met and line.code in filled]
        layers += [{str(number): layer} for layer in placed(cells, met)]
    return layers, left


def newer_forms(report: Report) -> list[tuple[Form, Form]]:
    """Return pairs (version the report is written on, version in force when its window closed) that differ."""
    window = report.report_period.window(report.regime)
    closing = forms_in_force(report.regime, window.last)
    pairs = [(form, closing[number]) for number, form in forms_for(report).items() if number in closing]
    return [(old, new) for old, new in pairs if (old.code, old.valid_from) != (new.code, new.valid_from)]


def line_source(form: Form) -> str:
    """Return what the lines of a form are: "units", "fields", or "" for an ordinary form."""
    for data in form_data():
        if data["code"] == form.code and data["valid_from"] == form.valid_from.isoformat():
            return str(data["lines"]) if is_matrix(data) else ""
    return ""


def _kept_form(entry: Mapping[str, Any]) -> Form:
    if entry["code"].startswith(OWN):
        return form_from(OwnForm.objects.get(code=entry["code"], valid_from=entry["valid_from"]).data)
    return form_version(entry["code"], entry["valid_from"], tuple(Line(**line) for line in entry["lines"]))
