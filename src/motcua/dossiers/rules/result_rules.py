"""What the law leaves open about collecting results and surveys: dated numbers with a source."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "result_rules.csv"


@dataclass(frozen=True)
class ResultRules:
    """The numbers in force on a day; days are calendar days."""

    remind_collection_after_days: int  # R4.22: after the result was there
    remind_again_after_days: int  # after the last reminder
    most_reminders: int
    survey_open_days: int  # after the return
    survey_small_number: int  # fewer answers are not shown to the public
    survey_wrong_codes_an_hour: int  # from one place


def result_rules_on(day: date) -> ResultRules:
    """Return the numbers in force on ``day``.

    Raises:
        LookupError: one of them is not.
    """
    found = {}
    for row in _rows():
        if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999"):
            found[row["name"]] = int(row["value"])
    if missing := set(ResultRules.__dataclass_fields__) - set(found):
        raise LookupError(f"No {', '.join(sorted(missing))} on {day}")
    return ResultRules(**found)


def source_of(name: str, day: date) -> str:
    """Return where the number ``name`` in force on ``day`` comes from."""
    on = day.isoformat()
    rows = (row for row in _rows() if row["name"] == name and row["valid_from"] <= on <= (row["valid_to"] or "9999"))
    return next((row["source"] for row in rows), "")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
