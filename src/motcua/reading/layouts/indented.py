"""Tables shown as one cell per line, a tab in front; rows parted by blank lines; cells may run on without a tab."""

from motcua.reading.blocks import Cell
from motcua.reading.layouts.chunks import Chunk
from motcua.reading.lines import Kind, is_caption
from motcua.reading.markup import plain

_REACH = 8  # lines without a tab that may still belong to one cell


def take(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the chunks that begin at line index ``start`` and the index of the first line after them."""
    chunks: list[Chunk] = []
    after_blank = True
    end = at = start
    while at < len(lines):
        kind = kinds[at]
        if kind is Kind.BLANK:
            after_blank = True
        elif kind is Kind.CELL:
            cut = not lines[at].startswith("\t")
            if after_blank or cut:
                chunks.append(Chunk(cut=cut))
            chunks[-1].cells.append(Cell(((at + 1, plain(lines[at])),)))
            after_blank, end = False, at + 1
        elif kind is Kind.TEXT and _runs_on(lines, kinds, at, after_blank):
            last = chunks[-1].cells[-1]
            chunks[-1].cells[-1] = Cell((*last.parts, (at + 1, plain(lines[at]))), last.column)
            after_blank, end = False, at + 1
        else:
            break
        at += 1
    return chunks, end


def _runs_on(lines: list[str], kinds: list[Kind], at: int, after_blank: bool) -> bool:
    """Tell whether a line without a tab goes on with the cell before it."""
    line = lines[at]
    if line[:1] in " \u00a0" or is_caption(line):
        return False
    if not after_blank:
        return True
    if line[:1].islower():
        return True
    ahead = next(
        (later for later in range(at + 1, min(at + _REACH, len(lines))) if kinds[later] is not Kind.TEXT), len(lines)
    )
    return ahead < len(lines) and kinds[ahead] is Kind.CELL
