"""Forms of lines by columns as they are printed: wide, columns under common heads (II.06a of Circular 01/2020)."""

from itertools import groupby

from motcua.documents.rendering.description import Cell, Column, Row, Table
from motcua.reports.queries import SheetPage, SheetRow
from motcua.reports.rendering.values import printed_value
from motcua.reports.rules.forms import Form
from motcua.reports.rules.matrix_forms import TOTAL, line_of

NUMBER_WIDTH, NAME_WIDTH, CELL_WIDTH = 1.0, 5.0, 1.7  # shares of the page's width


def wide_table(sheet: SheetPage) -> Table:
    """Return the form as a table: a row per line, the total last; under the heads each column's number and formula."""
    columns = (
        Column(NUMBER_WIDTH, "center"),
        Column(NAME_WIDTH),
        *(Column(CELL_WIDTH, "right") for _ in sheet.form.cells),
    )
    return Table(columns, _header(sheet), tuple(_line(group, cells) for group, cells in sheet.lines))


def _header(sheet: SheetPage) -> tuple[Row, ...]:
    form = sheet.form
    heads = [form.heads.get(code, (name,)) for code, name in form.cells]
    first = dict(form.columns)
    lead = [Cell(first.get("number", "TT"), rowspan=2), Cell(first.get("name", ""), rowspan=2)]
    numbers = Row(("(1)", "(2)", *(_number(form, code) for code, _ in form.cells)), italic=True)
    if all(len(head) == 1 for head in heads):
        return Row(tuple(Cell(cell.value) for cell in (*lead, *(Cell(head[0]) for head in heads)))), numbers
    upper: list[Cell] = []
    for _common, group in groupby(heads, key=lambda head: head[0] if len(head) > 1 else head):
        under = list(group)
        upper.append(Cell(under[0][0], colspan=len(under)) if len(under[0]) > 1 else Cell(under[0][0], rowspan=2))
    lower = tuple(Cell(head[1]) for head in heads if len(head) > 1)
    return Row((*lead, *upper)), Row(lower), numbers


def _number(form: Form, code: str) -> str:
    """Return "(7) = (8) + (9) + (10)" for a column that is a sum, else "(8)"; every line has the same formulas."""
    row = next((row for key, row in form.rows.items() if line_of(key)[1] == code and line_of(key)[0] != TOTAL), None)
    parts = [line_of(part)[1] for part in row.added] if row else []
    return f"({code})" + (f" = {' + '.join(f'({part})' for part in parts)}" if parts else "")


def _line(group: SheetRow, cells: list[SheetRow]) -> Row:
    is_total = group.row.code == TOTAL
    number = "" if is_total else group.row.number
    return Row((number, group.row.name, *(Cell(printed_value(cell)) for cell in cells)), bold=is_total)
