"""Tables copied as text with one cell a line and a blank line between rows, put together again.

Such a copy keeps nothing of a table but the order of its cells. Rows are blocks of lines without a blank between them;
a table is three blocks or more, all of one length, that hold figures, with the blocks of its head above.
"""

import re
from collections.abc import Iterable, Sequence

from motcua.base.text import fold
from motcua.reports.rules.grid_heads import is_figure
from motcua.reports.rules.lines import Line

LEAST_ROWS, LEAST_CELLS, MOST_CELLS = 2, 3, 20
LONGEST_CELL = 90  # letters
FIGURES = 0.4  # of a row's cells in the middle row
_LONE_HEAD = re.compile(
    r"(?:tt|stt|so tt|don vi|ten|noi dung|chi tieu|tieu chi|linh vuc|tong|cong|ty le|ti le|ghi chu)"
)
Block = list[Line]


def gathered(lines: Iterable[Line]) -> list[Line]:
    """Return the lines with such tables as rows of cells, all others as they are."""
    blocks = _blocks(lines)
    found: list[Line] = []
    at = 0
    while at < len(blocks):
        count = _rows_from(blocks, at)
        if not count:
            found += blocks[at]
            at += 1
            continue
        width = len(blocks[at])
        head = _head_before(found, blocks, at, width)
        rows = _head_rows(head, width) or _head_rows(head[1:], width)
        if not rows:
            found += blocks[at]
            at += 1
            continue
        used = head if len(rows) == len(head) else head[1:]
        del found[-sum(len(block) for block in used) :]
        found += rows
        found += [_row(block, width) for block in blocks[at : at + count]]
        at += count
    return found


def _row(block: Block, width: int) -> Line:
    """Return a block as a row; the last one, the total, has no number of its own."""
    texts = [line.text for line in block]
    return Line(block[0].number, tuple(texts if len(texts) == width else ["", *texts]))


def _blocks(lines: Iterable[Line]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if not any(line.cells):
            continue  # a blank: the next line's number tells of it
        follows = blocks and blocks[-1][-1].number + 1 == line.number and len(blocks[-1][-1].cells) == 1
        if follows and len(line.cells) == 1 and line.text and blocks[-1][-1].text:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _rows_from(blocks: Sequence[Block], at: int) -> int:
    """Return how many blocks from here on are rows of one table, 0 where none is."""
    width = len(blocks[at])
    if not LEAST_CELLS <= width <= MOST_CELLS or not _is_row(blocks[at]):
        return 0
    end = at
    while end < len(blocks) and len(blocks[end]) > 1 and _is_row(blocks[end]):
        end += 1
    rows = blocks[at:end]
    # Where one row lost an empty cell, nobody knows which column its other cells belong to.
    is_even = all(len(row) == width for row in rows[:-1]) and len(rows[-1]) in (width, width - 1)
    if len(rows) <= LEAST_ROWS or not is_even or (at and len(blocks[at - 1]) > 1 and _is_row(blocks[at - 1])):
        return 0
    return len(rows) if len(rows[-1]) == width or not is_figure(rows[-1][0].text) else 0


def _is_row(block: Block) -> bool:
    texts = [line.text for line in block]
    figures = sum(is_figure(text) or text in ("-", "–", "x") for text in texts)
    return figures >= FIGURES * len(texts) and max(map(len, texts)) <= LONGEST_CELL


def _head_before(found: Sequence[Line], blocks: Sequence[Block], at: int, width: int) -> list[Block]:
    """Return the one or two blocks right above that head the rows."""
    head: list[Block] = []
    for block in reversed(blocks[max(at - 2, 0) : at]):
        is_head = 2 <= len(block) <= width and not any(is_figure(line.text) for line in block)
        if not is_head or len(block[0].cells) > 1 or max(len(line.text) for line in block) > LONGEST_CELL:
            break
        head.insert(0, block)
    kept = {line.number for line in found}
    return head if all(line.number in kept for block in head for line in block) else []


def _head_rows(head: Sequence[Block], width: int) -> list[Line]:
    """Return the head as rows of cells, [] where it is not sure which of its cells span those under them."""
    upper = [line.text for line in head[0]] if head else []
    lower = [line.text for line in head[1]] if len(head) > 1 else []
    if not lower:
        return [Line(head[0][0].number, tuple(upper))] if len(upper) == width else []
    spanning = len(upper) + len(lower) - width
    wide = [at for at, text in enumerate(upper) if not _LONE_HEAD.match(fold(text))]
    if spanning <= 0 or len(lower) % spanning or len(wide) != spanning:
        return []
    under = iter(lower)
    first: list[str] = []
    second: list[str] = []
    for at, text in enumerate(upper):
        count = len(lower) // spanning if at in wide else 1
        first += [text, *[""] * (count - 1)]
        second += [next(under) for _ in range(count)] if at in wide else [""]
    return [Line(head[0][0].number, tuple(first)), Line(head[1][0].number, tuple(second))]
