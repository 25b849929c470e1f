"""Tables shown as one row per line, tabs between the cells; a cell may hold line breaks."""

import re

from motcua.reading.blocks import Cell
from motcua.reading.layouts.chunks import Chunk
from motcua.reading.lines import Kind, is_caption
from motcua.reading.markup import plain

_TITLE = re.compile(r"^\s*(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/]\s*\S|^\s*(?:Nhóm|NHÓM|Phần|PHẦN)\s")
_OTHER = re.compile(r"^\W*(?:phụ lục|phụ biểu|biểu|mẫu số|danh mục|nơi nhận|ghi chú|kế hoạch$|\((?:kèm|ban))", re.I)
_LONGEST_TITLE = 250


def take(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the rows that begin at line index ``start`` and the index of the first line after them.

    Blank lines end nothing when a row of the same width follows: page breaks leave them.
    """
    width = lines[start].count("\t") + 1
    chunks: list[Chunk] = []
    at = end = start
    while at < len(lines):
        kind = kinds[at]
        if kind is Kind.TABBED or kind is Kind.CELL and width == 2:
            columns = lines[at].count("\t") + 1
            if columns > width and end < at:
                break  # after a gap, a wider row begins another table
            if columns < width:
                row, at = _joined(lines, kinds, at, width)
            else:
                row = [[(at + 1, text)] for text in lines[at].split("\t")]
            chunks.append(Chunk([Cell(tuple((line, plain(text)) for line, text in parts)) for parts in row]))
            end = at + 1
        elif kind is Kind.TEXT and chunks and _is_title(lines, kinds, at, width):
            chunks.append(Chunk([Cell(((at + 1, plain(lines[at])),))]))
            end = at + 1
        elif kind is not Kind.BLANK:
            break
        at += 1
    return chunks, end


def _is_title(lines: list[str], kinds: list[Kind], at: int, width: int) -> bool:
    """Tell whether a line without tabs heads the rows that follow: a section row, merged over the whole width."""
    text = lines[at].strip()
    if width < 3 or _OTHER.match(text) or len(text) > _LONGEST_TITLE or not (_TITLE.match(text) or text.isupper()):
        return False
    below = next((line for line in range(at + 1, min(at + 4, len(lines))) if kinds[line] is not Kind.BLANK), None)
    if below is None or kinds[below] not in (Kind.TABBED, Kind.TEXT):
        return False
    if kinds[below] is Kind.TEXT:  # a section and, right below, its first sub-section
        return bool(_TITLE.match(lines[below])) and _is_title(lines, kinds, below, width)
    return lines[below].count("\t") + 1 == width


def _joined(lines: list[str], kinds: list[Kind], at: int, width: int) -> tuple[list[list[tuple[int, str]]], int]:
    """Return the cells of a row whose cells hold line breaks, and the index of its last line."""
    row = [[(at + 1, text)] for text in lines[at].split("\t")]
    ahead = at + 1
    while ahead < len(lines) and len(row) < width and kinds[ahead] in (Kind.TEXT, Kind.TABBED, Kind.CELL):
        first, *others = lines[ahead].split("\t")
        if is_caption(lines[ahead]) or len(row) + len(others) > width:
            break
        row[-1].append((ahead + 1, first))
        row += [[(ahead + 1, text)] for text in others]
        ahead += 1
    if len(row) == width:
        return row, ahead - 1
    return [[(at + 1, text)] for text in lines[at].split("\t")], at
