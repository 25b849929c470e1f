"""Scraped plain text: bytes to lines to blocks."""

import unicodedata
from collections.abc import Callable

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.reading.blocks import Block, Cell, Document, Paragraph, Place, Table
from motcua.reading.encodings import decoded
from motcua.reading.framing import unfolded
from motcua.reading.layouts import barred, closed_bars, indented, spaced, tabbed
from motcua.reading.layouts.chunks import Chunk, settle
from motcua.reading.lines import Kind, kind_of
from motcua.reading.markup import plain

MAX_BYTES = 5_000_000
MAX_LINES = 60_000  # a province's longest plan has 3,000
Taker = Callable[[list[str], list[Kind], int], tuple[list[Chunk], int]]
_TAKERS: dict[Kind, Taker] = {
    Kind.CELL: indented.take,
    Kind.TABBED: tabbed.take,
    Kind.BARRED: barred.take_markdown,
    Kind.BAR: barred.take_lone_bars,
    Kind.PIPED: closed_bars.take_rows,
}


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file in NFC, with notes on its charset or old font. Raise Refused for what is no text."""
    if len(content) > MAX_BYTES:
        raise Refused(f"Tệp văn bản quá lớn ({len(content) // 1_000_000} MB, tối đa {MAX_BYTES // 1_000_000} MB).")
    if not content.strip():
        raise Refused("Tệp rỗng, không có nội dung để đọc.")
    text, notes = decoded(content)
    controls = sum(unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f\v" for letter in text[:20_000])
    if controls > 20:
        raise Refused("Tệp chứa nhiều ký tự điều khiển, không phải văn bản.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", " "), notes


def read_text(content: bytes) -> Document:
    """Return the blocks of a plain text. Raise Refused if it is no text."""
    text, notes = decode(content)
    lines = text.split("\n")
    kinds = [kind_of(line) for line in lines]
    closing = closed_bars.closes_cells(kinds)
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        taker = spaced.take if spaced.begins(lines, kinds, at) else _taker(kinds, at, closing=closing)
        if taker is None:
            if kinds[at] in (Kind.TEXT, Kind.BAR):
                blocks.append(_paragraph(lines[at], at))
            at += 1
            continue
        chunks, end = taker(lines, kinds, at)
        end = max(end, at + 1)
        table = settle(chunks)
        if table is not None:
            blocks += unfolded(table) or [table]
        elif Kind.BAR in kinds[at:end] or kinds[at] is Kind.PIPED:
            blocks += [_cell(cell) for chunk in chunks for cell in chunk.cells]
        else:
            blocks += [_paragraph(lines[line], line) for line in range(at, end) if squash(lines[line]).strip("| ")]
        at = end
    return Document(tuple(_without_empty(blocks)), tuple(lines), "text", notes)


def _taker(kinds: list[Kind], at: int, *, closing: bool) -> Taker | None:
    if closing and at + 1 < len(kinds) and kinds[at] is Kind.TEXT and kinds[at + 1] is Kind.BAR:
        return closed_bars.take_stream
    if closing and kinds[at] is Kind.BAR:
        return None
    return _TAKERS.get(kinds[at])


def _cell(cell: Cell) -> Paragraph:
    return Paragraph(cell.text, Place(cell.line_start, cell.line_end))


def _paragraph(line: str, at: int) -> Paragraph:
    return Paragraph(squash(plain(line)).strip("| "), Place(at + 1, at + 1))


def _without_empty(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if isinstance(block, Table) or block.text]
