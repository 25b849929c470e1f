"""Marks that stand for words: x below a quarter or a body, "nt" for the cell above."""

import re
from dataclasses import replace

from motcua.base.text import fold
from motcua.plans.rules.layout.columns import Role
from motcua.reading.blocks import Cell

MARK = re.compile(r"^(?:[xX×✓✔√•●*+vV]|[xX]{2})$")
_LEADS = re.compile(r"^(?:ct|c|chu tri|cq ct|chinh)$")
_HELPS = re.compile(r"^(?:ph|p|phoi hop|cq ph|o)$")
_DITTO = re.compile(
    r"^\W*(?:nt|như trên|n\.t|như mục trên|-\s*nt\s*-)\W*$|^\s*(?:[\"”“″]|''|’’|,,|-\s*[\"”]\s*-|〃)\s*$", re.I
)
_REPEATED = (Role.LEAD, Role.COORDINATING, Role.PRODUCT, Role.DEADLINE, Role.START, Role.PERSON)


def period_of(marked: list[tuple[Cell, str]]) -> Cell:
    """Return a deadline for marks below quarters or months: the heading's words stand for the mark."""
    first, last = marked[0], marked[-1]
    if len(marked) == 1:
        return replace(first[0], parts=((first[0].line_start, first[1]),))
    begins = (first[0].line_start, f"Từ {_lower(first[1])}")
    return replace(first[0], parts=(begins, (last[0].line_start, f"đến {_lower(last[1])}")))


def bodies_marked(cells: list[tuple[Cell, str]]) -> dict[Role, Cell]:
    """Return who leads and who helps by the marks below the names of bodies: x, CT lead; PH helps."""
    found: dict[Role, list[tuple[int, str]]] = {}
    for cell, name in cells:
        folded = fold(cell.text).strip(" .()")
        role = (
            Role.COORDINATING
            if _HELPS.match(folded)
            else Role.LEAD
            if MARK.match(cell.text.strip()) or _LEADS.match(folded)
            else None
        )
        if role is not None:
            found.setdefault(role, []).append((cell.line_start, f"{name};"))
    return {role: Cell(tuple(parts)) for role, parts in found.items()}


def is_body_mark(text: str) -> bool:
    """Tell whether a cell only marks the body that heads its column."""
    folded = fold(text).strip(" .()")
    return bool(MARK.match(text.strip()) or _LEADS.match(folded) or _HELPS.match(folded))


def repeat_above(cells: dict[Role, Cell], above: dict[Role, Cell]) -> list[Role]:
    """Put into ``cells`` what the row above says where they only hold "nt"; return the roles that were so filled."""
    filled = []
    for role in _REPEATED:
        own, over = cells.get(role), above.get(role)
        if own is not None and own.text and _DITTO.match(own.text) and over is not None and over.text:
            cells[role] = replace(own, parts=tuple((own.line_start, text) for _, text in over.parts))
            filled.append(role)
    return filled


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
