"""Cells with row and column spans laid on a grid."""

from dataclasses import dataclass

from lxml import etree

MAX_COLUMNS = 100
MAX_ROWS_SPANNED = 5_000


@dataclass(frozen=True)
class Laid:
    """One place of the grid: the upper left one of a cell (``is_start``), another one of it, or none (no element)."""

    element: etree._Element | None = None
    is_start: bool = False
    is_below: bool = False  # lower part of a cell that reaches down


NOTHING = Laid()


def lay(rows: list[list[etree._Element]]) -> list[list[Laid]]:
    """Return rows of places for rows of cells with ``rowspan`` and ``colspan``; rows may differ in length."""
    grid: list[list[Laid]] = []
    down: dict[int, tuple[int, Laid]] = {}  # column -> rows still covered, and by what
    for cells in rows:
        row: list[Laid] = []
        waiting = iter(cells)
        cell = next(waiting, None)
        while len(row) < MAX_COLUMNS and (cell is not None or any(column >= len(row) for column in down)):
            column = len(row)
            if column in down:
                row.append(_covered(down, column))
            elif cell is None:
                row.append(NOTHING)
            else:
                _put(row, down, cell)
                cell = next(waiting, None)
        grid.append(row)
    return grid


def _covered(down: dict[int, tuple[int, Laid]], column: int) -> Laid:
    left, below = down[column]
    if left > 1:
        down[column] = left - 1, below
    else:
        del down[column]
    return below


def _put(row: list[Laid], down: dict[int, tuple[int, Laid]], cell: etree._Element) -> None:
    across, deep = _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_ROWS_SPANNED)
    for extra in range(min(across, MAX_COLUMNS - len(row))):
        column = len(row)
        if extra and column in down:
            break  # a cell from above stands in the way
        row.append(Laid(cell, is_start=not extra))
        if deep > 1:
            down[column] = deep - 1, Laid(cell, is_below=True)


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    if text == "0" and name == "rowspan":
        return most  # down to the end of the table
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else 1
