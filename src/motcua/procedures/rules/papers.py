"""Components as the crawler cut them, repaired only where the portal's original text proves it.

``… theo Mẫu số`` with 181 originals was ``… theo Mẫu số 18`` followed by ``1 bản chính``; the year of a date likewise.
"""

import re
from dataclasses import dataclass

_PLAUSIBLE = 9  # no procedure asks for ten copies of one paper: more digits belong to the name before them
_TAIL = 40  # characters of the name that are looked up in the original
_NEEDS_NUMBER = re.compile(r"(?:số|mẫu|bước|nghị định|/)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """One component: in which case it is needed, what it is, its form, and how many are to be handed in."""

    case: str
    name: str
    form: str
    originals: int
    copies: int


def repaired(paper: Paper, original: str) -> Paper:
    """Return ``paper`` with the digits of its name given back, if ``original`` shows whose they are; else as it was."""
    if paper.originals <= _PLAUSIBLE or not original:
        return paper
    # The form stands between the name and the count, so the digits were torn from whichever came last.
    text = paper.form or paper.name
    found = re.search(rf"{re.escape(text[-_TAIL:])}(\s*)(\d+)(\d) bản chính", original)
    if found is None or int(found[2] + found[3]) != paper.originals:
        return paper
    is_certain = len(found[2]) > 1 or _NEEDS_NUMBER.search(text)
    if not is_certain:
        return paper
    gap = found[1] or ("" if text.endswith(("/", "-", ".")) or paper.form else " ")
    whole = f"{text}{gap}{found[2]}"
    return Paper(
        paper.case, paper.name if paper.form else whole, whole if paper.form else "", int(found[3]), paper.copies
    )
