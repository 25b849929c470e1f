"""Small cells: a public figure over few people could tell of one of them. A dated setting: no law names it. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SETTINGS = Path(__file__).parent.parent / "data" / "small_cells.json"


@dataclass(frozen=True)
class SmallCells:
    """From ``valid_from`` on, figures over fewer than ``least_whole`` dossiers are not shown to the public."""

    least_whole: int
    valid_from: date
    source: str

    def hides(self, whole: int | float | None) -> bool:
        """Tell whether a figure over ``whole`` is too small to show; nothing at all tells of nobody."""
        return whole is not None and 0 < whole < self.least_whole


@dataclass(frozen=True)
class Withheld:
    """What is not shown of parts whose total is known: places of parts, and whether the total goes too."""

    places: frozenset[int] = frozenset()
    is_total: bool = False


def withheld(wholes: Sequence[int], rule: SmallCells) -> Withheld:
    """Return which parts to withhold so that none too small can be reckoned from the total and the others.

    One hidden part is the total less the others, so the smallest others go with it until what is hidden is no small
    number itself; where nothing is left to go with it, the total is withheld.
    """
    hidden = {place for place, whole in enumerate(wholes) if rule.hides(whole)}
    if not hidden:
        return Withheld()
    others = sorted((whole, place) for place, whole in enumerate(wholes) if whole and place not in hidden)
    while len(hidden) < 2 or sum(wholes[place] for place in hidden) < rule.least_whole:
        if not others:
            return Withheld(frozenset(hidden), is_total=True)
        hidden.add(others.pop(0)[1])
    return Withheld(frozenset(hidden))


@cache
def _settings() -> tuple[SmallCells, ...]:
    rows = json.loads(SETTINGS.read_text(encoding="utf-8"))
    return tuple(
        SmallCells(row["least_whole"], date.fromisoformat(row["valid_from"]), row["source"])
        for row in sorted(rows, key=lambda row: row["valid_from"], reverse=True)
    )


def small_cells(day: date) -> SmallCells:
    """Return the setting in force on ``day``; before the first one, the first."""
    return next((each for each in _settings() if each.valid_from <= day), _settings()[-1])
