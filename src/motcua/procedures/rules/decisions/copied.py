"""Lists of procedures in copied text whose table was lost: their lines made a table again by the list's own headings.

Three manners of copying: each cell on a line of its own with a blank line between rows, columns held apart by blanks,
cells between lines of a lone bar. The general reader of text has seen none of the headings' words; where they are known
(a number, a code and a name of procedures), they tell what each line is. Pure.
"""

from collections.abc import Iterator
from dataclasses import replace

from motcua.procedures.rules.decisions import copied_bars, copied_cells, copied_columns
from motcua.procedures.rules.decisions.copying import Copied
from motcua.reading.blocks import Block, Document, Paragraph, Place, Row, Table

_TAKERS = (copied_cells.take, copied_columns.take, copied_bars.take)


def relisted(document: Document) -> Document:
    """Return a copied text with its lists as tables; any other document as it is."""
    if document.kind != "text":
        return document
    lists = [one for one in _lists(document.lines) if not _is_whole(one, document)]
    if not lists:
        return document
    kept = [part for block in document.blocks for part in _outside(block, lists)]
    return replace(document, blocks=tuple(sorted([*kept, *(one.table for one in lists)], key=_line)))


def _line(block: Block) -> int:
    return block.line_start


def _outside(block: Block, lists: list[Copied]) -> Iterator[Block]:
    """Yield what of a block stands outside all lists: rows of a table that goes on where a list ends."""
    if not isinstance(block, Table):
        yield from [] if _is_within(block, lists) else [block]
        return
    rows: list[Row] = []
    for row in block.rows:
        if not _is_within(row, lists):
            rows.append(row)
            continue
        yield from [Table(tuple(rows), block.width)] if rows else []
        rows = []
        places = [(Place(line, line), text) for cell in row.cells for line, text in cell.parts if text]
        yield from (Paragraph(text, place) for place, text in places if not _is_within(place, lists))
    yield from [Table(tuple(rows), block.width)] if rows else []


def _is_within(part: Block | Row | Place, lists: list[Copied]) -> bool:
    return any(one.start < part.line_end and part.line_start <= one.end for one in lists)


def _is_whole(found: Copied, document: Document) -> bool:
    """Tell whether the general reader has the list as a table of its own, each cell in its column."""
    for table in document.tables:
        if table.line_start <= found.end and found.start < table.line_end:
            return table.line_end >= found.table.line_end and all(row.is_aligned for row in table.rows)
    return False


def _lists(lines: tuple[str, ...]) -> Iterator[Copied]:
    at = 0
    while at < len(lines):
        found = next((one for take in _TAKERS if (one := take(lines, at)) is not None), None)
        if found is None:
            at += 1
        else:
            yield found
            at = max(found.end, at + 1)
