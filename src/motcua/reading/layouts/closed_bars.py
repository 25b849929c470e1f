"""Tables whose cells are closed by a bar and opened by nothing.

Either one row per line ("1 | Rà soát | Sở A |"), or one cell after the other, each followed by a line that holds a
lone bar. The second way marks no rows: they are told by the numbers in their first cells.
"""

import re

from motcua.reading.blocks import Cell
from motcua.reading.layouts.chunks import LABEL, Chunk
from motcua.reading.lines import Kind, is_caption
from motcua.reading.markup import plain

_REACH = 40  # lines that one cell may take
_OPENS = 6  # a letterhead's first bar stands within these lines
_SECTION = re.compile(r"^[IVXA-ZĐ]{1,5}[.)]?$")


def closes_cells(kinds: list[Kind]) -> bool:
    """Tell whether the document's lone bars close cells; else each cell is opened by one (see ``barred``)."""
    bars = [at for at, kind in enumerate(kinds) if kind is Kind.BAR]
    filled = [at for at, kind in enumerate(kinds) if kind is not Kind.BLANK]
    if not bars or bars[0] == filled[0] or kinds[bars[0] - 1] is Kind.BLANK:
        return False
    doubled = any(later == bar + 1 for bar, later in zip(bars, bars[1:], strict=False))
    return not doubled or bars[0] - filled[0] <= _OPENS


def take_rows(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the rows "a | b |" that begin at ``start`` and the index after them; a row ends with a bar."""
    chunks: list[Chunk] = []
    row: list[tuple[int, str]] = []
    at = end = start
    while at < len(lines):
        open_row = bool(row)
        if kinds[at] is Kind.PIPED or (open_row and kinds[at] is Kind.TEXT and not is_caption(lines[at])):
            row.append((at + 1, lines[at]))
            if lines[at].rstrip().endswith("|"):
                chunks.append(Chunk(_cells(row)))
                row, end = [], at + 1
        elif kinds[at] is not Kind.BLANK or open_row:
            break
        at += 1
    return chunks, max(end, start + 1)


def _cells(row: list[tuple[int, str]]) -> list[Cell]:
    cells: list[list[tuple[int, str]]] = [[]]
    for number, line in row:
        first, *others = line.split("|")
        cells[-1].append((number, plain(first)))
        cells += [[(number, plain(text))] for text in others]
    return [Cell(tuple(parts)) for parts in cells[:-1]]


def take_stream(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the rows whose first cell is the line at ``start``, and the index after the last bar."""
    cells: list[Cell] = []
    at = start
    while at < len(lines):
        close = next((line for line in range(at, min(at + _REACH, len(lines))) if kinds[line] is Kind.BAR), None)
        if close is None or (cells and _ends_table(lines, kinds, at, close)):
            break
        parts = tuple((line + 1, plain(lines[line])) for line in range(at, close) if kinds[line] is not Kind.BLANK)
        cells.append(Cell(parts or ((close + 1, ""),)))
        at = close + 1
    return rows_of(cells), max(at, start + 1)


def _ends_table(lines: list[str], kinds: list[Kind], at: int, close: int) -> bool:
    texts = [lines[line] for line in range(at, close) if kinds[line] is not Kind.BLANK]
    # Captions of annexes and sections, not the number of a row ("I") nor a heading in capitals.
    return any(is_caption(text) and len(text.split()) > 1 and not text.isupper() for text in texts) or any(
        re.match(r"\W*(PHỤ LỤC|QUYẾT ĐỊNH|KẾ HOẠCH|BÁO CÁO|CHƯƠNG TRÌNH|Điều \d)", text) for text in texts
    )


def rows_of(cells: list[Cell]) -> list[Chunk]:
    """Return the rows of cells that follow each other without marks; single cells if no numbers tell the rows."""
    texts = [cell.text for cell in cells]
    width = next((at for at, text in enumerate(texts) if at >= 3 and LABEL.match(text)), 0)
    if not width or sum(bool(LABEL.match(text)) for text in texts) < 2:
        return [Chunk([cell]) for cell in cells]
    chunks = [Chunk(cells[:width])]
    for cell, text in zip(cells[width:], texts[width:], strict=True):
        row = chunks[-1]
        is_section = len(row) >= 2 and _SECTION.match(row.cells[0].text) and len(row) < width
        starts = LABEL.match(text) and (len(row) >= width or is_section)
        if starts or len(row) >= width:
            chunks.append(Chunk())
        chunks[-1].cells.append(cell)
    return chunks
