"""Which entries a measure counts: ``{"state": "done|late", "level": "!province", "held_on": ">=2026-01-01"}``.

Every name is a field, ``state`` or ``kind`` (open, done, void) and must be fulfilled:

    a|b                 one of these        !a|b      none of these
    >= > <= <           then a number or a day
    *                   filled in           (empty)   blank
    all                 every line of a checklist is ticked
    within 12 months    the day lies in the twelve months up to the day of the question   \\ only in a standing
    past                the day lies before the day of the question                       / measure
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ONE_OF, NONE_OF, ORDER, FILLED, BLANK, ALL, WITHIN, PAST = (
    "one_of", "none_of", "order", "filled", "blank", "all", "within", "past",
)  # fmt: skip
_ORDER = re.compile(r"(>=|<=|>|<)\s*(\S+)")
_WITHIN = re.compile(r"within (\d{1,3}) months")
OF_A_DAY = frozenset({WITHIN, PAST})  # what only a day makes true or false


@dataclass(frozen=True)
class Condition:
    """One name and what must be true of it; ``sign`` only where values are ordered, ``months`` only within."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    sign: str = ""
    months: int = 0


def condition_of(name: str, text: str) -> Condition:
    """Return what ``text`` asks of ``name``."""
    text = text.strip()
    if text in ("", "*", "all", "past"):
        return Condition(name, {"": BLANK, "*": FILLED, "all": ALL, "past": PAST}[text])
    if found := _WITHIN.fullmatch(text):
        return Condition(name, WITHIN, months=int(found[1]))
    if found := _ORDER.fullmatch(text):
        return Condition(name, ORDER, (found[2],), found[1])
    kind, values = (NONE_OF, text[1:]) if text.startswith("!") else (ONE_OF, text)
    return Condition(name, kind, tuple(each.strip() for each in values.split("|") if each.strip()))


def conditions_of(where: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[Condition, ...]:
    """Return every condition of a measure, by name."""
    return tuple(condition_of(name, text) for name, text in sorted(dict(where).items()))
