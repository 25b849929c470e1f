"""Lists copied with columns held apart by two blanks and more, cells folded over lines. Pure."""

import re
from collections import Counter

from motcua.base.text import fold
from motcua.procedures.rules.decisions.copying import Copied, cell, is_outside, is_section, table_of
from motcua.procedures.rules.decisions.fitting import NUMBER, Holds, holds
from motcua.procedures.rules.decisions.headings import Headings, heads_a_list
from motcua.procedures.rules.decisions.pieces import CODE
from motcua.reading.blocks import Cell, Row

_PIECE = re.compile(r"\S+(?: \S+)*")
_LETTER = re.compile(r"\(?(?:[IVX]{1,6}|[A-ZĐ])[.)]?(?=\s|$)")
_Line = list[tuple[int, str]]  # (where it begins, text)


def take(lines: tuple[str, ...], at: int) -> Copied | None:
    """Return the list whose headings begin at line index ``at``, None where none begins there."""
    head = _pieces(lines[at])
    if len(head) < 3 or not heads_a_list([text for _, text in head]):
        return None
    end = _end(lines, at)
    region = [(number, pieces) for number in range(at, end) if (pieces := _pieces(lines[number]))]
    edges = _edges(region, head)
    first = next((place for place, (_, pieces) in enumerate(region) if place and _starts(pieces, edges)), None)
    if first is None:
        return None
    heads = _headings(region[:first], edges)
    rows = _rows(region[first:], edges, heads)
    table = table_of(rows, heads)
    return Copied(at, end, table) if table is not None else None


def _pieces(line: str) -> _Line:
    return [(found.start(), found.group()) for found in _PIECE.finditer(line.expandtabs(1))] if "|" not in line else []


def _end(lines: tuple[str, ...], at: int) -> int:
    """Return the index after the list: at a blank line, unless numbered rows go on below it."""
    begin = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines):
        if lines[end].strip():
            pieces = _pieces(lines[end])
            if pieces and pieces[0][0] <= begin and is_outside(pieces[0][1]):
                break
            end += 1
            continue
        below = next((line for line in lines[end : end + 3] if line.strip()), "")
        pieces = _pieces(below)
        if len(pieces) < 3 or not NUMBER.fullmatch(pieces[0][1]) or heads_a_list([text for _, text in pieces]):
            break
        end += 1
    return end


def _edges(region: list[tuple[int, _Line]], head: _Line) -> list[int]:
    """Return where columns begin: where a heading does, or two lines and more."""
    begun = Counter(begin for _, pieces in region for begin, _ in pieces)
    known = {begin for begin, _ in head} | {begin for begin, count in begun.items() if count >= 2}
    edges = sorted(known)
    return [edge for at, edge in enumerate(edges) if not at or edge - edges[at - 1] > 1]


def _column(edges: list[int], begin: int) -> int:
    return max((at for at, edge in enumerate(edges) if edge <= begin + 1), default=0)


def _starts(pieces: _Line, edges: list[int]) -> bool:
    """Tell whether a line begins a row: a number, a letter of a part, or a title stands in the first column."""
    if _column(edges, pieces[0][0]) != 0:
        return any(CODE.match(text) for _, text in pieces)
    text = pieces[0][1]
    return bool(text[:1].isdigit() or NUMBER.fullmatch(text) or _LETTER.match(text) or is_section([text]))


def _headings(region: list[tuple[int, _Line]], edges: list[int]) -> Headings:
    """Return the headings: a line below the first that begins where nothing stood above opens a second row of them."""
    seen = {_column(edges, begin) for begin, _ in region[0][1]}
    parted = len(region)
    for at, (_, pieces) in enumerate(region[1:], start=1):
        if not {_column(edges, begin) for begin, _ in pieces} <= seen:
            parted = at
            break
    upper, lower = _cells(region[:parted], edges), _cells(region[parted:], edges)
    words = [[*_at(upper, column), *_at(lower, column)] for column in range(len(edges))]
    columns = tuple(
        next((kind for word in reversed(one) if (kind := holds(word)) is not Holds.OTHER), Holds.OTHER) for one in words
    )
    rows = tuple(Row(tuple(cells)) for cells in (upper, lower) if cells)
    return Headings(columns, rows)


def _at(cells: list[Cell], column: int) -> list[str]:
    return [cell.text for cell in cells if cell.column == column]


def _cells(region: list[tuple[int, _Line]], edges: list[int]) -> list[Cell]:
    parts: dict[int, list[tuple[int, str]]] = {}
    for number, pieces in region:
        for begin, text in pieces:
            parts.setdefault(_column(edges, begin), []).append((number + 1, text))
    return [cell(parts[column]).at(column) for column in sorted(parts)]


def _rows(region: list[tuple[int, _Line]], edges: list[int], heads: Headings) -> list[Row]:
    codes = {column for column, kind in enumerate(heads.columns) if kind is Holds.CODE}
    numbers = next((column for column, kind in enumerate(heads.columns) if kind is Holds.NUMBER), None)
    grouped: list[list[tuple[int, _Line]]] = []
    for number, pieces in region:
        if not grouped or _opens(pieces, grouped[-1], edges, codes, numbers):
            grouped.append([])
        grouped[-1].append((number, pieces))
    rows = []
    for group in grouped:
        cells = _cells(group, edges)
        lines = (group[0][0] + 1, group[-1][0] + 1)
        if len(cells) == 1:
            rows.append(Row((cells[0],), lines=lines))
            continue
        filled = {one.column: one for one in cells}
        empty = Cell(((lines[0], ""),))
        rows.append(Row(tuple(filled.get(at, empty).at(at) for at in range(len(edges))), lines=lines))
    return rows


def _opens(
    pieces: _Line, above: list[tuple[int, _Line]], edges: list[int], codes: set[int], number: int | None
) -> bool:
    """Tell whether a line opens a row: its number does, the title of a section, or a further code beside a name."""
    begin, text = pieces[0]
    column = _column(edges, begin)
    if number is None and column == 0:
        return not text[:1].islower()
    if number is not None and any(
        _column(edges, place) == number and (NUMBER.fullmatch(one) or _LETTER.match(one)) for place, one in pieces
    ):
        return True
    if column == 0 and len(pieces) == 1 and (is_section([text]) or (number == 0 and not text[:1].islower())):
        return True
    if column in codes and CODE.match(text) and len(pieces) > 1:
        held = [one for _, line in above for place, one in line if _column(edges, place) in codes]
        name = pieces[1][1]
        return any(CODE.match(one) for one in held) and fold(name[:1]).isalpha() and name[:1].isupper()
    return False
