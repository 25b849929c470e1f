"""Tables drawn with bars: Markdown rows ("| a | b |"), and one cell per line between lines that hold a lone bar."""

import re

from motcua.reading.blocks import Cell
from motcua.reading.layouts.chunks import Chunk
from motcua.reading.lines import Kind
from motcua.reading.markup import plain

_ANNEX = re.compile(r"(PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU|KẾ HOẠCH|QUYẾT ĐỊNH)\b")
_REACH = 400  # lines that one cell may take: procedures are printed whole in one
_NEAR = 6  # lines within which a bar still closes the cell begun by the bar before it
_RULE = re.compile(r"^[|\s:+=-]+$")


def take_markdown(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the Markdown rows that begin at ``start`` and the index after them; blank lines between are skipped."""
    chunks: list[Chunk] = []
    at = end = start
    while at < len(lines) and kinds[at] in (Kind.BARRED, Kind.BLANK):
        if kinds[at] is Kind.BARRED and not _RULE.match(lines[at]):
            inner = lines[at].strip().removeprefix("|").removesuffix("|")
            cells = re.split(r"(?<!\\)\|", inner)
            chunks.append(Chunk([Cell(((at + 1, plain(text.replace("\\|", "|"))),)) for text in cells]))
        if kinds[at] is Kind.BARRED:
            end = at + 1
        at += 1
    return chunks, end


def take_lone_bars(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the rows between lone bars: a bar opens each cell and one more closes the row.

    A row's closing bar stands right before the next row's opening bar; any other line after a closed row, and a blank
    line where a cell would begin, end the table.
    """
    chunks: list[Chunk] = []
    width = 0
    at = start
    while at < len(lines) and kinds[at] is Kind.BAR:
        cells, at = _row(lines, kinds, at, width)
        if not cells:
            break
        chunks.append(Chunk(cells))
        width = max(width, len(cells))
    return chunks, at


def _row(lines: list[str], kinds: list[Kind], at: int, width: int) -> tuple[list[Cell], int]:
    """Return one row's cells and the index after its closing bar; ``width`` 0 when no row has been seen yet."""
    cells: list[Cell] = []
    while True:
        begin = at + 1
        reach = min(begin + _REACH, len(lines))
        close = next((line for line in range(begin, reach) if kinds[line] is Kind.BAR), None)
        if close is None or (cells and begin < close and _begins_text(lines, kinds, begin)):
            return cells, begin
        if close == begin:  # two bars: the row is closed, the second opens the next row
            return cells, begin
        parts = tuple((line + 1, plain(lines[line])) for line in range(begin, close) if kinds[line] is not Kind.BLANK)
        cells.append(Cell(parts or ((begin + 1, ""),)))
        at = close
        is_last = width and len(cells) == width and not (close + 1 < len(lines) and kinds[close + 1] is Kind.BAR)
        if is_last and not _goes_beyond(kinds, close):
            return cells, close + 1


def _goes_beyond(kinds: list[Kind], bar: int) -> bool:
    """Tell whether another cell of the same row follows a bar, though the heading had fewer: its own were merged."""
    close = next((at for at in range(bar + 1, min(bar + _NEAR, len(kinds))) if kinds[at] is Kind.BAR), None)
    return close is not None and close + 1 < len(kinds) and kinds[close + 1] is Kind.BAR


def _begins_text(lines: list[str], kinds: list[Kind], at: int) -> bool:
    """Tell whether the text after a bar stands outside the table: after a blank line, or as an annex's caption."""
    if kinds[at] is Kind.BLANK:  # an empty cell is blank up to its closing bar
        ahead = next((kind for kind in kinds[at : at + 3] if kind is not Kind.BLANK), None)
        return ahead is not Kind.BAR
    return bool(_ANNEX.match(plain(lines[at]).strip()))
