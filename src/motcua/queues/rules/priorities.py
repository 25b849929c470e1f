"""Who is called before others: dated kinds with a source."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "priorities.csv"


@dataclass(frozen=True)
class Priority:
    """A kind of person who is called first; ``name`` in both languages."""

    code: str
    name: str
    name_en: str
    source: str


def priorities_on(day: date) -> list[Priority]:
    """Return the kinds in force on ``day``."""
    return [
        Priority(row["code"], row["name"], row["name_en"], row["source"])
        for row in _rows()
        if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")
    ]


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
