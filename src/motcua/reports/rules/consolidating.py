"""Adding up the reports of units below: sums of counts by row; ratios are computed anew from the sums."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from motcua.base.text import fold, squash
from motcua.reports.rules.figures import plain_number, read_figure
from motcua.reports.rules.forms import Form
from motcua.reports.rules.matrix_forms import Line, line_of

Sent = Mapping[str, Mapping[str, str]]  # {"1": {"2.1": "12"}}, as ReportVersion.cells holds it


def summable_rows(form: Form) -> list[str]:
    """Return the rows whose values add up: counts that nothing computes. Texts, codes and shares do not."""
    return [code for code, row in form.rows.items() if row.kind == "number" and row.formula is None]


def sums_of(reports: Iterable[Sent], forms: Mapping[int, Form]) -> dict[tuple[int, str], str]:
    """Return the sum of each row over ``reports`` that hold a number there; rows that nobody fills are absent.

    Lines of forms by lines must stand under one numbering: ``placed`` puts them there.
    """
    rows = {str(number): summable_rows(form) for number, form in forms.items()}
    totals: dict[tuple[int, str], int | Fraction] = {}
    for cells in reports:
        for number, codes in rows.items():
            values = cells.get(number)
            if not values:
                continue
            appendix = int(number)
            for code in codes:
                amount = _amount(values.get(code))
                if amount is not None:
                    totals[appendix, code] = totals.get((appendix, code), 0) + amount
    return {place: str(total if isinstance(total, int) else plain_number(total)) for place, total in totals.items()}


def lines_met(ours: Sequence[Line], theirs: Sequence[Line], unit: str) -> dict[str, str]:
    """Return, by code of ``theirs``, the line of ``ours`` that counts the same; absent where none does.

    A line of ours for the unit with the code ``unit``, or a single one for everything, takes all that it sent; else
    lines meet by name, whatever their order, capitals and spaces: each unit numbers its own.
    """
    whole = next((line for line in ours if line.unit == unit and unit), None)
    if whole is None and len(ours) == 1 and not ours[0].unit and not ours[0].field:
        whole = ours[0]
    if whole is not None:
        return {line.code: whole.code for line in theirs}
    named = {_name(line): line.code for line in ours}
    return {line.code: named[_name(line)] for line in theirs if _name(line) in named}


def placed(cells: Mapping[str, str], met: Mapping[str, str]) -> list[dict[str, str]]:
    """Return cells ``{"2.7": "12"}`` under the lines of ``met``; what meets in one cell stands in further mappings."""
    layers: list[dict[str, str]] = [{}]
    for code, value in cells.items():
        line, column = line_of(code)
        if line not in met:
            continue
        place = f"{met[line]}.{column}"
        layer = next((each for each in layers if place not in each), None)
        if layer is None:
            layer = {}
            layers.append(layer)
        layer[place] = value
    return layers


def _name(line: Line) -> str:
    return fold(squash(line.name))


def _amount(text: str | None) -> int | Fraction | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 19:  # nearly all cells; a figure costs ten times as much
        return int(text)
    figure = read_figure(text)
    return figure.value if figure else None
