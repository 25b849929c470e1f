"""Identifiers of tasks: annex, sections and number, as people cite them ("PL1.I.1")."""

from motcua.plans.rules.layout.labels import Label
from motcua.plans.rules.layout.outline import Outline


def task_id(outline: Outline, label: Label | None, taken: set[str], *, ordinal: int = 0) -> str:
    """Return the id of a task at this place of the outline; a repeat gets "+1", "+2", …"""
    parts = [outline.annex] if outline.annex else []
    own = label.text.rstrip(".") if label else ""
    for heading in outline.open:
        if heading.label is None:
            continue
        text = heading.label.text.rstrip(".")
        if own.startswith(f"{text}."):
            continue
        parts.append(text)
    if own:
        parts.append(own)
    elif ordinal:
        parts.append(str(ordinal))
    return unique(".".join(parts) or "1", taken)


def unique(wanted: str, taken: set[str]) -> str:
    """Return ``wanted``, or the first of "wanted+1", "wanted+2", … that is free; note it as taken."""
    chosen, number = wanted, 0
    while chosen in taken:
        number += 1
        chosen = f"{wanted}+{number}"
    taken.add(chosen)
    return chosen
