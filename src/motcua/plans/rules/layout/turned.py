"""Tables turned on their side: what each row holds stands in its first column, one task in each other column.

"Nhiệm vụ | Rà soát quy trình", "Đơn vị chủ trì | Sở Nội vụ", "Thời hạn | Quý I": one small table a task, or one long
table in which the first of these rows begins the next task.
"""

import re
from dataclasses import replace

from motcua.base.text import squash
from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.layout.columns import Role, role_of
from motcua.plans.rules.layout.evidence import is_time
from motcua.plans.rules.layout.labels import as_label
from motcua.reading.blocks import Cell, Row, Table

_FEWEST = 3
_KEY = re.compile(r"^(?:[a-zđ]\)|\d{1,2}[.)]|[-+•])\s*|\s*:\s*$")
_NUMBERED = re.compile(r"^(?P<key>.*?\D)\s*(?:số\s*)?(?P<number>\d{1,3})$", re.I)


def upright(table: Table) -> Table:
    """Return the table with its tasks as rows below one heading; the table itself where it is not turned."""
    rows = [row for row in table.rows if any(row.texts)]
    start = _first_key(rows, table.width)
    if start is None or table.width - start > 6:
        return table
    keys = [_key(row.cells[start].text) for row in rows]
    roles = [role_of(key) for key in keys]
    if not _are_keys(rows, roles, start):
        return table
    names = list(dict.fromkeys(key for key, role in zip(keys, roles, strict=True) if role))
    heading = _heading(rows, keys, names, start)
    made = [heading]
    for block in _blocks(rows, keys):
        for place in range(start + 1, table.width):
            made.append(_task(block, names, place, start))
    told = [made[0], *(row for row in made[1:] if any(row.texts))]
    return Table(tuple(told), len(names) + 1) if len(told) > 1 else table


def _first_key(rows: list[Row], width: int) -> int | None:
    """Return the column of the keys: the first, or the second behind numbers; None for rows of other shapes."""
    if len(rows) < _FEWEST or width < 2 or not all(row.is_aligned and len(row.cells) == width for row in rows):
        return None
    numbered = sum(as_label(row.cells[0].text) is not None for row in rows)
    return 1 if width > 2 and numbered == len(rows) else 0


def _are_keys(rows: list[Row], roles: list[Role | None], start: int) -> bool:
    """Tell whether the first column names what stands beside it: who and when there are bodies and times."""
    known = {role for role in roles if role}
    if len(known) < _FEWEST or Role.TEXT not in known or sum(bool(role) for role in roles) < 0.75 * len(rows):
        return False
    seen: set[Role] = set()
    for row, role in zip(rows, roles, strict=True):
        values = [cell.text for cell in row.cells[start + 1 :] if cell.text]
        if role is Role.LEAD and values and all(looks_like_agency(value) for value in values):
            seen.add(role)
        if role is Role.DEADLINE and values and all(is_time(value) for value in values):
            seen.add(role)
    return bool(seen)


def _key(text: str) -> str:
    bare = squash(_KEY.sub("", squash(text)))
    numbered = _NUMBERED.match(bare)
    return numbered.group("key").strip() if numbered and role_of(numbered.group("key")) else bare


def _heading(rows: list[Row], keys: list[str], names: list[str], start: int) -> Row:
    lines = {key: row.cells[start].line_start for row, key in reversed(list(zip(rows, keys, strict=True)))}
    cells = [Cell(((lines[names[0]], "Số"),), 0)]
    cells += [Cell(((lines[name], name),), at) for at, name in enumerate(names, 1)]
    return Row(tuple(cells))


def _blocks(rows: list[Row], keys: list[str]) -> list[list[tuple[str, Row]]]:
    """Return the rows of each task: a new one begins where the first key comes again."""
    blocks: list[list[tuple[str, Row]]] = []
    for row, key in zip(rows, keys, strict=True):
        if not blocks or key == keys[0] or key in {own for own, _ in blocks[-1]} and role_of(key) is Role.TEXT:
            blocks.append([])
        blocks[-1].append((key, row))
    return blocks


def _task(block: list[tuple[str, Row]], names: list[str], place: int, start: int) -> Row:
    first = block[0][1]
    numbered = _NUMBERED.match(squash(_KEY.sub("", first.cells[start].text)))
    cells = [Cell(((first.line_start, numbered.group("number") if numbered else ""),), 0)]
    values = {key: row.cells[place] for key, row in block}
    for at, name in enumerate(names, 1):
        value = values.get(name)
        cells.append(replace(value, column=at) if value else Cell(((first.line_start, ""),), at))
    return Row(tuple(cells), lines=(first.line_start, block[-1][1].line_end))
