"""A row whose cells list several tasks in parallel: two dashed items and, beside them, two times."""

import re
from dataclasses import replace

from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.evidence import is_time
from motcua.reading.blocks import Cell

_ITEM = re.compile(r"^\s*(?:[-–+•*]|[a-zđ]\)|\d{1,2}[.)])\s*")
_LABELLED = re.compile(r"^\s*(?:[a-zđ]\)|\d{1,2}[.)])")
_LONGEST = 60  # characters of a time that says nothing else

Parts = tuple[tuple[int, str], ...]


def apart(cells: dict[Role, Cell]) -> list[dict[Role, Cell]] | None:
    """Return one dictionary for each task that the cells list; None for a row of one task.

    Only times tell: as many as there are items, each a time and no more. Bodies listed beside items may as well all be
    the bodies of all items.
    """
    text, when = cells.get(Role.TEXT), cells.get(Role.DEADLINE)
    if text is None or when is None:
        return None
    items, times = _items(text), _items(when)
    if len(items) < 2 or len(times) != len(items) or not all(_ITEM.match(item[0][1]) for item in items):
        return None
    if any(_LABELLED.match(item[0][1]) for item in items) or not all(_is_only_time(one) for one in times):
        return None
    found = []
    for at in range(len(items)):
        own: dict[Role, Cell] = {}
        for role, cell in cells.items():
            listed = _items(cell)
            is_own = role not in (Role.NUMBER, Role.GROUP, Role.LEAD, Role.COORDINATING) and len(listed) == len(items)
            own[role] = replace(cell, parts=_bare(listed[at])) if is_own else cell
        found.append(own)
    return found


def _items(cell: Cell) -> list[Parts]:
    """Return the parts of each item: a part that begins with a mark begins one, or each part where none has a mark."""
    parts = [part for part in cell.parts if part[1].strip()]
    if not any(_ITEM.match(text) for _, text in parts):
        return [(part,) for part in parts]
    items: list[list[tuple[int, str]]] = []
    for part in parts:
        if _ITEM.match(part[1]) or not items:
            items.append([])
        items[-1].append(part)
    return [tuple(item) for item in items]


def _is_only_time(item: Parts) -> bool:
    text = " ".join(text for _, text in _bare(item))
    return len(text) < _LONGEST and ":" not in text and is_time(text)


def _bare(item: Parts) -> Parts:
    (line, first), *rest = item
    return ((line, _ITEM.sub("", first)), *rest)
