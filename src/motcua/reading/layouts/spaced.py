"""Tables whose columns are held apart by spaces alone, as "save as text" of a PDF makes them."""

import re
from collections import Counter

from motcua.reading.blocks import Cell
from motcua.reading.layouts.chunks import Chunk
from motcua.reading.lines import Kind, is_caption
from motcua.reading.markup import plain

_PIECE = re.compile(r"\S+(?: \S+)*")  # one space stands between words, two and more between columns
_COLUMNS = 3  # fewer are a letterhead, or justified text
_WITNESSES = 3  # lines that must agree on the columns
_BLANKS = 2  # empty lines in a row that a table may have
_TITLE_MOST = 80  # characters of a title of rows
_NUMBER = re.compile(r"\d{1,3}\.?|[IVX]{1,5}\.?")
_LEAST_SHARE = 0.1  # of the lines, at which a place begins a column

Piece = tuple[int, str]


def begins(lines: list[str], kinds: list[Kind], at: int) -> bool:
    """Tell whether a table of this kind begins at line index ``at``."""
    is_wide = kinds[at] is Kind.TEXT and len(_pieces(lines[at])) >= _COLUMNS
    return is_wide and bool(_table(lines, kinds, at)[1])


def take(lines: list[str], kinds: list[Kind], start: int) -> tuple[list[Chunk], int]:
    """Return the rows that begin at ``start`` and the index of the first line after them."""
    end, columns = _table(lines, kinds, start)
    rows: list[list[list[Piece]]] = []
    after_blank = True
    for at in range(start, end):
        pieces = _pieces(lines[at])
        if not pieces:
            after_blank = True
            continue
        places = [_column(columns, begin) for begin, _ in pieces]
        if not rows or places[0] == 0 or (after_blank and len(pieces) > 1):
            rows.append([[] for _ in columns])
        for place, (_, text) in zip(places, pieces, strict=True):
            rows[-1][place].append((at + 1, plain(text)))
        after_blank = False
    return [_chunk(row) for row in rows], end


def _chunk(row: list[list[Piece]]) -> Chunk:
    first = min(part[0] for parts in row for part in parts)
    return Chunk([Cell(tuple(parts) or ((first, ""),)) for parts in row])


def _pieces(line: str) -> list[Piece]:
    """Return (place, text) of what two spaces and more hold apart."""
    return [(found.start(), found.group()) for found in _PIECE.finditer(line)]


def _column(columns: list[int], begin: int) -> int:
    """Return the column in which a piece stands; one place to the left is still inside."""
    return max((at for at, edge in enumerate(columns) if edge <= begin + 1), default=0)


def _table(lines: list[str], kinds: list[Kind], start: int) -> tuple[int, list[int]]:
    """Return the index after a table that begins at ``start``, and where its columns begin ([]: it is no table)."""
    end = at = start
    blanks = 0
    region: list[list[Piece]] = []
    edges: set[int] = set()
    while at < len(lines) and kinds[at] in (Kind.TEXT, Kind.BLANK) and blanks <= _BLANKS:
        pieces = _pieces(lines[at])
        if not pieces:
            blanks += 1
        elif _is_outside(lines[at], pieces, edges, blanks) and not (
            blanks == 0 and _heads_rows(pieces, _pieces(lines[at + 1]) if at + 1 < len(lines) else [], edges)
        ):
            break
        else:
            blanks = 0
            region.append(pieces)
            if len(pieces) >= _COLUMNS:
                edges.update(begin for begin, _ in pieces)
            end = at + 1
        at += 1
    begun = Counter(begin for pieces in region for begin, _ in pieces)
    least = max(2, _LEAST_SHARE * len(region))
    columns = sorted(place for place, count in begun.items() if count >= least)
    columns = [place for at, place in enumerate(columns) if not at or place - columns[at - 1] > 1]
    agreeing = sum(len(pieces) >= _COLUMNS and all(begin in columns for begin, _ in pieces) for pieces in region)
    return (end, columns) if len(columns) >= _COLUMNS and agreeing >= _WITNESSES else (start, [])


def _is_outside(line: str, pieces: list[Piece], edges: set[int], blanks: int) -> bool:
    """Tell whether a line is no more part of the table: one piece that stands under no column, or runs on as prose."""
    if len(pieces) >= _COLUMNS:
        return False
    if not edges:
        return True
    begin = pieces[0][0]
    if len(pieces) == 2:  # a second heading row begins inside; a signature begins at the margin
        return is_caption(line) or begin not in edges or (begin == min(edges) and pieces[1][0] not in edges)
    return is_caption(line) or begin not in edges or (begin == min(edges) and (blanks > 0 or len(line) > 60))


def _heads_rows(pieces: list[Piece], below: list[Piece], edges: set[int]) -> bool:
    """Tell whether a line at the margin is the title of rows: what follows is a numbered row under the same columns."""
    if len(pieces) != 1 or not edges or pieces[0][0] != min(edges) or len(pieces[0][1]) > _TITLE_MOST:
        return False
    stands_under = len(below) >= _COLUMNS and all(begin in edges for begin, _ in below)
    return stands_under and bool(_NUMBER.fullmatch(below[0][1]))
