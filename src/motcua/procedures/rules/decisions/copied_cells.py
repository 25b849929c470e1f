"""Lists copied with each cell on a line of its own, empty cells lost, a blank line between rows. Pure."""

import re

from motcua.base.text import squash
from motcua.procedures.rules.decisions.copying import (
    Copied,
    begins_row,
    cell,
    is_outside,
    is_section,
    row_of,
    table_of,
)
from motcua.procedures.rules.decisions.fitting import NUMBER
from motcua.procedures.rules.decisions.headings import begins_list, headings, heads_below
from motcua.reading.blocks import Cell, Row
from motcua.reading.markup import plain

_STEP = re.compile(r"(?:B|Bước )\d")
_TITLES_MOST = 3
_Group = list[tuple[int, str]]  # (index of the line, text)


def take(lines: tuple[str, ...], at: int) -> Copied | None:
    """Return the list whose headings begin at line index ``at``, None where none begins there."""
    if at and lines[at - 1].strip():
        return None
    head = _group(lines, at)
    if len(head) < 2 or not begins_list([text for _, text in head]):
        return None
    below = _group(lines, _next(lines, head[-1][0] + 1))
    below = below if heads_below([text for _, text in below]) else []
    groups, end = _groups(lines, (below or head)[-1][0] + 1)
    widths = [len(group) for group in groups if begins_row(group[0][1]) and len(group) > 2]
    heads = headings(_cells(head), _cells(below), widths)
    rows: list[Row] = []
    for group in groups:
        row = row_of(_cells(group), heads, may_share=True)
        if row is None:
            end = group[0][0]
            break
        rows.append(row)
    table = table_of(rows, heads)
    return Copied(at, end, table) if table is not None else None


def _group(lines: tuple[str, ...], at: int) -> _Group:
    """Return the lines from ``at`` as far as the next blank one."""
    found: _Group = []
    while at < len(lines) and lines[at].strip() and "\t" not in lines[at]:
        found.append((at, squash(plain(lines[at]))))
        at += 1
    return found


def _groups(lines: tuple[str, ...], at: int) -> tuple[list[_Group], int]:
    """Return the groups of lines that may be rows, and the index of the line after them."""
    found: list[_Group] = []
    end = at
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        group = _group(lines, at)
        texts = [text for _, text in group]
        if not texts or is_outside(texts[0]) or begins_list(texts) or _heads_next(lines, group):
            break
        if len(texts) == 1 and not (_leads_rows(lines, group) if is_section(texts) else _is_rest(lines, group)):
            break
        found.append(group)
        at = end = group[-1][0] + 1
    return found, end


def _heads_next(lines: tuple[str, ...], group: _Group) -> bool:
    """Tell whether a line alone is the heading of the next list: its column headings follow."""
    if len(group) > 1:
        return False
    return begins_list([text for _, text in _group(lines, _next(lines, group[-1][0] + 1))])


def _leads_rows(lines: tuple[str, ...], group: _Group) -> bool:
    """Tell whether a title alone on its line has rows below it, perhaps after one more title."""
    for _ in range(_TITLES_MOST):
        group = _group(lines, _next(lines, group[-1][0] + 1))
        if len(group) > 1 and not is_section([text for _, text in group]):
            return (
                begins_row(group[0][1]) or bool(_STEP.match(group[0][1])) or any(begins_row(text) for _, text in group)
            )
        if not group or not is_section([text for _, text in group]):
            return False
    return False


def _is_rest(lines: tuple[str, ...], group: _Group) -> bool:
    """Tell whether a line alone may be the rest of the row above: a numbered row comes next."""
    if group[0][1][:1].islower():
        return True
    below = _group(lines, _next(lines, group[-1][0] + 1))
    return len(below) > 2 and bool(NUMBER.fullmatch(below[0][1]))


def _next(lines: tuple[str, ...], at: int) -> int:
    """Return the index of the next line that is not blank."""
    return next((one for one in range(at, len(lines)) if lines[one].strip()), len(lines))


def _cells(group: _Group) -> list[Cell]:
    return [cell([(at + 1, text)]) for at, text in group]
