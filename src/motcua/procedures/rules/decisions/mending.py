"""Rows of a list mended before they are read: names over two rows, titles in two cells, lost headings. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from motcua.base.text import fold
from motcua.procedures.rules.decisions.changes import change_of_heading
from motcua.procedures.rules.decisions.copying import is_section
from motcua.procedures.rules.decisions.fitting import LETTER, NUMBER, Holds, holds
from motcua.procedures.rules.decisions.headings import heads_a_list, heads_below
from motcua.procedures.rules.decisions.pieces import CODE, OPEN_END, is_name
from motcua.reading.blocks import Block, Cell, Document, Row, Table

_TITLE_MOST = 200  # characters
_TITLE_COLUMNS = 4  # a table of fewer columns may have rows of two cells that are no titles


def mended(document: Document) -> Document:
    """Return the document with the rows of its lists whole; what is no list stays as it is."""
    blocks: list[Block] = []
    heads: list[Row] = []
    for block in document.blocks:
        if isinstance(block, Table):
            own = _heads(block)
            if own:
                heads = own
            elif heads and _goes_on(heads, block):
                block = replace(block, rows=(*heads, *block.rows))
            if _heads(block):
                block = replace(block, rows=tuple(_rows(block)))
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if cell.text]


def _heads(table: Table) -> list[Row]:
    """Return the rows of headings of a list, [] where the table is none."""
    for at, row in enumerate(table.rows[:4]):
        if heads_a_list(_texts(row)):
            below = table.rows[at + 1 : at + 2]
            return [row, *(one for one in below if heads_below(_texts(one)))]
    return []


def _goes_on(heads: list[Row], table: Table) -> bool:
    """Tell whether a table without headings goes on with the list above: its codes stand in those columns."""
    columns = _columns(heads)
    if table.width != max(columns, default=-1) + 1 or not all(row.is_aligned for row in heads):
        return False
    wanted = {column for column, kind in columns.items() if kind is Holds.CODE}
    found = {cell.column for row in table.rows for cell in row.cells if CODE.fullmatch(cell.text)}
    numbered = any(
        kind is Holds.NUMBER and NUMBER.fullmatch(row.cells[0].text) for row in table.rows for kind in [columns.get(0)]
    )
    return bool(found) and found <= wanted and numbered


def _columns(heads: list[Row]) -> dict[int, Holds]:
    """Return what each column holds: the lower heading says it, else the upper one."""
    found: dict[int, Holds] = {}
    for row in heads:
        for cell in row.cells:
            if cell.column is not None and cell.text:
                kind = holds(cell.text)
                found[cell.column] = found.get(cell.column, kind) if kind is Holds.OTHER else kind
    return found


def _rows(table: Table) -> Iterator[Row]:
    columns: dict[int, Holds] = {}
    above: Row | None = None
    for row in table.rows:
        texts = _texts(row)
        if heads_a_list(texts) or (above is None and heads_below(texts)):
            columns = _columns([row]) if heads_a_list(texts) else columns | _columns([row])
            if above is not None:
                yield above
                above = None
            yield row
            continue
        title = _title(row, table.width)
        if above is not None and title is None and _runs_on(above, row, columns):
            above = _joined(above, row)
            continue
        if above is not None:
            yield above
        above = title or row
    if above is not None:
        yield above


def _title(row: Row, width: int) -> Row | None:
    """Return a row whose letter or number and title stand in two cells as one of a single cell, else None."""
    cells = [cell for cell in row.cells if cell.text]
    if len(cells) != 2 or width < _TITLE_COLUMNS or len(cells[1].text) > _TITLE_MOST or CODE.search(cells[1].text):
        return None
    mark, title = cells[0].text, cells[1].text
    is_letter = bool(LETTER.fullmatch(mark)) and not mark[:1].islower()
    is_number = bool(NUMBER.fullmatch(mark)) and (is_section([title]) or _is_change(title))
    if not is_letter and not is_number:
        return None
    parts = ((cells[0].line_start, f"{mark.rstrip('.')}. {cells[1].parts[0][1]}"), *cells[1].parts[1:])
    return Row((Cell(parts, 0),), lines=(row.line_start, row.line_end))


def _is_change(title: str) -> bool:
    return bool(re.match(r"(?:danh muc )?(?:thu tuc|tthc)\b", fold(title))) and change_of_heading(title) is not None


def _runs_on(above: Row, row: Row, columns: dict[int, Holds]) -> bool:
    """Tell whether a row goes on with the one above: it has no number, and its name or its code is what is missing."""
    numbers = [column for column, kind in columns.items() if kind is Holds.NUMBER]
    names = [column for column, kind in columns.items() if kind is Holds.NAME]
    if len(numbers) != 1 or not names or not row.is_aligned or not above.is_aligned or len(row.cells) <= max(columns):
        return False
    upper, lower = ({cell.column: cell for cell in one.cells} for one in (above, row))
    number = lower.get(numbers[0])
    if number is None or number.text or number.is_merged_up or not NUMBER.fullmatch(_at(upper, numbers[0])):
        return False
    is_coded_above, is_coded = (any(CODE.search(cell.text) for cell in one.cells) for one in (above, row))
    if is_coded and is_coded_above:
        return False
    parts = [(_at(upper, name), _at(lower, name)) for name in names if _at(lower, name)]
    if not parts:
        return is_coded and not is_coded_above
    return all(first and _is_rest(first, second, row) for first, second in parts)


def _at(cells: dict[int | None, Cell], column: int) -> str:
    return cells[column].text if column in cells else ""


def _is_rest(first: str, second: str, row: Row) -> bool:
    """Tell whether a text goes on with the one above it: in the middle of a sentence, or all but alone in its row."""
    if is_section([second]):
        return False
    if second[:1].islower() or first.count("(") > first.count(")") or OPEN_END.search(first):
        return True
    if not is_name(first) or second.isupper():
        return False
    return not fold(second).startswith("linh vuc") and second[:1] not in "-–+*(" and not re.match(r"[a-zđ]\)", second)


def _joined(above: Row, row: Row) -> Row:
    below = {cell.column: cell for cell in row.cells}
    cells = []
    for cell in above.cells:
        more = below.get(cell.column)
        parts = tuple(part for one in (cell, more) if one is not None for part in one.parts if part[1])
        cells.append(replace(cell, parts=parts or cell.parts))
    return replace(above, cells=tuple(cells), lines=(above.line_start, row.line_end))
