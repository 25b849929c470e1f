"""Lists copied with each cell between lines of a lone bar, joined cells lost; two bars part rows. Pure."""

from motcua.base.text import squash
from motcua.procedures.rules.decisions.copying import (
    Copied,
    begins_row,
    cell,
    is_outside,
    row_of,
    table_of,
)
from motcua.procedures.rules.decisions.fitting import Holds, holds
from motcua.procedures.rules.decisions.headings import begins_list, headings, heads_below
from motcua.reading.blocks import Cell, Row
from motcua.reading.markup import plain

_REACH = 40  # lines that one cell may take
_Found = list[list[tuple[int, str]]]  # cells of a row, each of (index of the line, text)


def take(lines: tuple[str, ...], at: int) -> Copied | None:
    """Return the list whose first bar stands at line index ``at``, None where none begins there."""
    if not _is_bar(lines, at):
        return None
    head, after = _row(lines, at, 0)
    if not begins_list(_texts(head)):
        return None
    found: list[tuple[_Found, int]] = []
    lower: _Found = []
    while _is_bar(lines, after):
        most = len(head) + len(lower) if lower else len(head)
        row, end = _row(lines, after, most, _texts(head)[0])
        if not row or is_outside(_texts(row)[0]):
            break
        if not found and not lower and heads_below(_texts(row)):
            lower = row
        elif begins_list(_texts(row)):
            break
        else:
            found.append((row, end))
        after = end
    return _copied(lines, at, head, lower, found)


def _copied(
    lines: tuple[str, ...], at: int, head: _Found, lower: _Found, found: list[tuple[_Found, int]]
) -> Copied | None:
    widths = [len(row) for row, _ in found if begins_row(_texts(row)[0]) and len(row) > 2]
    heads = headings(_cells(head), _cells(lower), widths)
    rows: list[Row] = []
    end = at
    for cells, after in found:
        row = row_of(_cells(cells), heads, may_share=False)
        if row is None:
            return None
        rows.append(row)
        end = after
    table = table_of(rows, heads)
    return Copied(at, end, table) if table is not None else None


def _is_bar(lines: tuple[str, ...], at: int) -> bool:
    return at < len(lines) and lines[at].strip() == "|"


def _row(lines: tuple[str, ...], at: int, most: int, first: str = "") -> tuple[_Found, int]:
    """Return the cells of the row whose opening bar is at ``at``, and the index after its closing bar.

    ``first`` is the first heading of the list, by which the next list is known where it begins alike.
    ``most`` cells at most (0: any, the row is that of the headings): what follows the last without a bar is no cell.
    """
    cells: _Found = []
    while True:
        close = next((one for one in range(at + 1, min(at + _REACH, len(lines))) if _is_bar(lines, one)), None)
        if close is None or (cells and most and _leaves(lines, at, close, first)):
            return cells, at + 1
        if close == at + 1:  # two bars: the row above is closed
            return cells, close
        cells.append([(one, squash(plain(lines[one]))) for one in range(at + 1, close)])
        at = close
        if most and len(cells) >= most and not _is_bar(lines, at + 1):
            return cells, at + 1


def _leaves(lines: tuple[str, ...], at: int, close: int, first: str) -> bool:
    """Tell whether what stands after a bar is outside the list: a caption, or the heading of the next list."""
    if is_outside(lines[at + 1]):
        return True
    following: list[str] = []
    while len(following) < 2:
        end = next((one for one in range(close + 1, min(close + _REACH, len(lines))) if _is_bar(lines, one)), None)
        if end is None or end == close + 1:
            return False
        following.append(squash(plain(" ".join(lines[close + 1 : end]))))
        close = end
    if following[0] == first:
        return True
    return holds(following[0]) in (Holds.NUMBER, Holds.CODE, Holds.STEP) and holds(following[1]) is not Holds.OTHER


def _texts(row: _Found) -> list[str]:
    return [squash(" ".join(text for _, text in one)) for one in row]


def _cells(row: _Found) -> list[Cell]:
    return [cell([(at + 1, text) for at, text in one]) for one in row]
