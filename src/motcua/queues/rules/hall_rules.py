"""What the law leaves open or our reference marks unverified about halls: dated numbers with a source."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "hall_rules.csv"


@dataclass(frozen=True)
class HallRules:
    """The numbers in force on a day."""

    waiting_limit_minutes: int  # R4.08
    calls_before_absent: int
    favoured_in_a_row: int  # at one window, before one of the others is called
    numbers_per_address_minute: int
    numbers_per_hall_minute: int
    open_minutes_before: int  # the first session
    stop_minutes_before_close: int  # of the last session
    book_ahead_days: int  # working days
    slot_minutes: int
    check_in_before_minutes: int  # the appointed time
    check_in_after_minutes: int


@lru_cache(maxsize=64)
def hall_rules_on(day: date) -> HallRules:
    """Return the numbers in force on ``day``.

    Raises:
        LookupError: one of them is not.
    """
    found = {
        row["name"]: int(row["value"])
        for row in _rows()
        if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")
    }
    if missing := set(HallRules.__dataclass_fields__) - set(found):
        raise LookupError(f"No {', '.join(sorted(missing))} on {day}")
    return HallRules(**found)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
