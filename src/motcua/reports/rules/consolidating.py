"""Adding up the reports of units below: sums of counts by row; ratios are computed anew from the sums."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from motcua.reports.rules.figures import plain_number, read_figure
from motcua.reports.rules.forms import Form

Sent = Mapping[str, Mapping[str, str]]  # {"1": {"2.1": "12"}}, as ReportVersion.cells holds it


def summable_rows(form: Form) -> list[str]:
    """Return the rows whose values add up: counts that nothing computes. Texts, codes and shares do not."""
    return [code for code, row in form.rows.items() if row.kind == "number" and row.formula is None]


def sums_of(reports: Iterable[Sent], forms: Mapping[int, Form]) -> dict[tuple[int, str], str]:
    """Return the sum of each row over ``reports`` that hold a number there; rows that nobody fills are absent.

    A line of a form by lines (field, agency) is added where the others have the line of the same code.
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


def _amount(text: str | None) -> int | Fraction | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 19:  # nearly all cells; a figure costs ten times as much
        return int(text)
    figure = read_figure(text)
    return figure.value if figure else None
