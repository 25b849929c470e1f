"""What the law leaves open or our reference marks unverified about lateness: dated numbers with a source."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "control_rules.csv"


@dataclass(frozen=True)
class ControlRules:
    """The numbers in force on a day. Days are working days, minutes working minutes unless said otherwise."""

    apology_days_before_due: int  # R4.16: until when the letter counts as sent in time
    explain_within_days: int  # R4.18: to answer why a dossier is late
    stuck_after_days: int  # without a move; the watchdog barks
    forecast_ahead_days: int  # how far the forecast looks
    supplement_shortly_before_minutes: int  # asked this shortly before the due instant: flagged
    mass_closing_count: int  # decided by one person …
    mass_closing_minutes: int  # … within so many minutes of the clock: flagged
    withdrawal_answer_minutes: int  # to confirm or turn down a withdrawal that was asked
    late_list_day: int  # of the month: the list of the month before is published


def control_rules_on(day: date) -> ControlRules:
    """Return the numbers in force on ``day``.

    Raises:
        LookupError: one of them is not.
    """
    found = {}
    for row in _rows():
        if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999"):
            found[row["name"]] = int(row["value"])
    if missing := set(ControlRules.__dataclass_fields__) - set(found):
        raise LookupError(f"No {', '.join(sorted(missing))} on {day}")
    return ControlRules(**found)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
