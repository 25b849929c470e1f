"""Where each cell of a table stands once merged cells are laid out; one answer for all three formats."""

from dataclasses import dataclass, replace
from decimal import Decimal

from motcua.documents.rendering.description import Align, Cell, Row, SectionRow, Span, Table
from motcua.documents.rendering.wording import value_in_words


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its first ``row`` and ``column`` (from 0), with its final style."""

    row: int
    column: int
    cell: Cell
    bold: bool
    italic: bool
    align: Align
    decimals: int | None

    @property
    def is_number(self) -> bool:
        """Whether the value is a number that a sheet can add up."""
        return isinstance(self.cell.value, (int, float, Decimal)) and not isinstance(self.cell.value, bool)

    def spans(self) -> tuple[Span, ...]:
        """Return the cell's text in its final style."""
        value = self.cell.value
        if isinstance(value, tuple):
            return tuple(
                replace(span, bold=span.bold or self.bold, italic=span.italic or self.italic) for span in value
            )
        return (Span(value_in_words(value, self.decimals), self.bold, self.italic),)

    def text(self) -> str:
        """Return the cell's text without style."""
        return "".join(span.text for span in self.spans())


def place_header(table: Table) -> list[list[Placed]]:
    """Return the header rows' cells in place, bold and centred; ValueError when they do not fit."""
    styled = [replace(row, bold=True) for row in table.header]
    return _place(styled, table, centred=True)


def place_rows(table: Table) -> list[list[Placed]]:
    """Return the body rows' cells in place; ValueError when they do not fit."""
    rows = [_section(row, len(table.columns)) if isinstance(row, SectionRow) else row for row in table.rows]
    return _place(rows, table, centred=False)


def _section(row: SectionRow, columns: int) -> Row:
    if row.marker is None or columns == 1:
        text = row.text if row.marker is None else f"{row.marker}. {row.text}"
        return Row((Cell(text, colspan=columns, align="left"),), bold=True)
    return Row((Cell(row.marker, align="center"), Cell(row.text, colspan=columns - 1, align="left")), bold=True)


def _place(rows: list[Row], table: Table, *, centred: bool) -> list[list[Placed]]:
    width = len(table.columns)
    covered: dict[int, set[int]] = {}
    placed_rows = []
    for row_number, row in enumerate(rows):
        taken = covered.setdefault(row_number, set())
        placed = []
        for given in row.cells:
            cell = given if isinstance(given, Cell) else Cell(given)
            column = next((free for free in range(width) if free not in taken), width)
            reach = range(column, column + cell.colspan)
            if reach.stop > width or taken.intersection(reach) or row_number + cell.rowspan > len(rows):
                raise ValueError(f"Row {row_number + 1} does not fit its {width} columns.")
            for below in range(row_number, row_number + cell.rowspan):
                covered.setdefault(below, set()).update(reach)
            placed.append(_styled(row_number, column, cell, row, table, centred=centred))
        if len(taken) != width:
            raise ValueError(f"Row {row_number + 1} fills {len(taken)} of {width} columns.")
        placed_rows.append(placed)
    return placed_rows


def _styled(row_number: int, column: int, cell: Cell, row: Row, table: Table, *, centred: bool) -> Placed:
    bold = row.bold if cell.bold is None else cell.bold
    align = cell.align or ("center" if centred else table.columns[column].align)
    decimals = table.columns[column].decimals
    return Placed(row_number, column, cell, bold, row.italic or cell.italic, align, decimals)
