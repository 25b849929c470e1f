"""Small cells: a public figure over few people could tell of one of them. A dated setting: no law names it. Pure."""

import json
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
