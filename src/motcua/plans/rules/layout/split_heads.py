"""Headings of two rows whose cells lost their columns: "STT | Nhiệm vụ | Cơ quan | Hạn", below "Chủ trì | Phối hợp".

Scraped text prints a heading merged over two columns once, so that the first row is shorter than the table; its halves
stand alone in the second row.
"""

from dataclasses import replace

from motcua.plans.rules.layout.columns import Role, role_of
from motcua.reading.blocks import Cell, Row, Table

_OVER = {
    Role.LEAD: {Role.LEAD, Role.COORDINATING, Role.PERSON},
    Role.DEADLINE: {Role.DEADLINE, Role.START, Role.PERIOD},
    Role.BUDGET: {Role.PERIOD, Role.BUDGET},
}


def with_whole_heading(table: Table) -> Table:
    """Return the table with both rows of such a heading in their columns; the table itself where it has none."""
    if len(table.rows) < 3:
        return table
    upper, lower = (list(row.cells) for row in table.rows[:2])
    if table.rows[0].is_aligned or table.rows[1].is_aligned or len(upper) + len(lower) - 1 != table.width:
        return table
    below = {role_of(cell.text) for cell in lower}
    at = next((at for at, cell in enumerate(upper) if _is_over(cell, below)), None)
    if at is None or None in below:
        return table
    places = [*range(at + 1), *range(at + len(lower), table.width)]
    first = [cell.at(place) for cell, place in zip(upper, places, strict=True)]
    free = [place for place in range(table.width) if not at <= place < at + len(lower)]
    line = lower[0].line_start
    second = [cell.at(at + offset) for offset, cell in enumerate(lower)]
    second += [Cell(((line, ""),), place, is_merged_up=True) for place in free]
    second.sort(key=lambda cell: cell.column or 0)
    first += [Cell(((upper[at].line_start, ""),), at + offset) for offset in range(1, len(lower))]
    first.sort(key=lambda cell: cell.column or 0)
    return replace(table, rows=(Row(tuple(first)), Row(tuple(second)), *table.rows[2:]))


def _is_over(cell: Cell, below: set[Role | None]) -> bool:
    role = role_of(cell.text)
    return role is not None and below <= _OVER.get(role, set())
