"""What a cell of a report holds, as files write it: numbers as numbers, so that a spreadsheet can reckon with them."""

from decimal import Decimal

from motcua.reports.queries import SheetRow
from motcua.reports.rules.figures import read_figure, rounded


def printed_value(row: SheetRow) -> int | Decimal | str | None:
    """Return a row's value as a number where it is one, its words otherwise, None where it is empty."""
    if not row.shown.strip():
        return None
    figure = read_figure(row.shown, is_percent=row.row.kind == "percent") if row.row.kind != "text" else None
    if figure is None or row.row.kind == "enum":
        return row.shown
    exact = figure.value
    if exact.denominator == 1:
        return int(exact)
    return rounded(exact, figure.decimals)
