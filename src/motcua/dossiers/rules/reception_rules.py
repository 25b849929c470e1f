"""What the law leaves open, or our reference marks unverified, about reception: dated values with a source."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "reception_rules.csv"


@dataclass(frozen=True)
class ReceptionRules:
    """The values in force on a day."""

    duplicate_within_days: int  # a like dossier filed so many days before is asked about
    look_ups_an_hour: int  # of applicants, by one official
    agency_code_scheme: str  # of organizations.states: in which order agencies are named in dossier codes


def reception_rules_on(day: date) -> ReceptionRules:
    """Return the values in force on ``day``.

    Raises:
        LookupError: one of them is not.
    """
    found = {
        row["name"]: row["value"]
        for row in _rows()
        if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")
    }
    if missing := set(ReceptionRules.__dataclass_fields__) - set(found):
        raise LookupError(f"No {', '.join(sorted(missing))} on {day}")
    return ReceptionRules(
        duplicate_within_days=int(found["duplicate_within_days"]),
        look_ups_an_hour=int(found["look_ups_an_hour"]),
        agency_code_scheme=found["agency_code_scheme"],
    )


def scheme_on(day: date) -> str:
    """Return the scheme of agency codes (DOMAIN 4.8) that numbers dossiers on ``day``."""
    return reception_rules_on(max(day, FIRST_DAY)).agency_code_scheme


FIRST_DAY = date(2018, 6, 21)  # of Decree 61/2018; what is replayed from before is numbered as on that day


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
