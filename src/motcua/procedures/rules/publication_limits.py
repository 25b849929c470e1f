"""By when a decision must be signed and public (DOMAIN 5.4, R5.01 and R5.02), from dated settings."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from motcua.base.text import fold
from motcua.organizations.rules.working_time import DAY, WorkingCalendar

SETTINGS = Path(__file__).parent.parent / "data" / "publication_limits.csv"
BEFORE_BASIS, PUBLIC = "before_basis", "public"
MINISTRY, PROVINCE = "ministry", "province"


@dataclass(frozen=True)
class LimitSetting:
    """So many working days from a day on, and who says so."""

    rule: str
    issuer: str
    days: int
    valid_from: date
    source: str


@dataclass(frozen=True)
class Deadlines:
    """Last days on which the decision may be signed and must be public; None where nothing is known to count from."""

    sign_by: date | None
    public_by: date | None

    def is_signed_late(self, signed_on: date | None) -> bool:
        return self.sign_by is not None and signed_on is not None and signed_on > self.sign_by

    def is_public_late(self, public_on: date | None, day: date) -> bool:
        """Tell whether it became public after its day, or is not public yet on ``day`` and should be."""
        return self.public_by is not None and (public_on or day) > self.public_by


@cache
def settings() -> tuple[LimitSetting, ...]:
    """Return the settings shipped with the house."""
    with SETTINGS.open(encoding="utf-8", newline="") as file:
        return tuple(
            LimitSetting(
                row["rule"], row["issuer"], int(row["days"]), date.fromisoformat(row["valid_from"]), row["source"]
            )
            for row in csv.DictReader(file)
        )


def kind_of_issuer(issuer: str) -> str:
    """Return "ministry" or "province": whose limits hold for a decision of this body."""
    return MINISTRY if fold(issuer).startswith(("bo ", "ngan hang nha nuoc", "thanh tra chinh phu")) else PROVINCE


def deadlines(issuer: str, signed_on: date | None, basis_valid_on: date | None, calendar: WorkingCalendar) -> Deadlines:
    """Return by when a decision of ``issuer`` must be signed and public, counted in working days of ``calendar``."""
    kind = kind_of_issuer(issuer)
    before = _setting(BEFORE_BASIS, kind, basis_valid_on)
    after = _setting(PUBLIC, kind, signed_on)
    sign_by = public_by = None
    if basis_valid_on is not None and before is not None:
        sign_by = calendar.subtract_working_days(_noon(basis_valid_on, calendar), before.days).date()
    if signed_on is not None and after is not None:
        public_by = calendar.add_working_days(_noon(signed_on, calendar), after.days).date()
    return Deadlines(sign_by, public_by)


def _noon(day: date, calendar: WorkingCalendar) -> datetime:
    return calendar.instant_at(calendar.number_of(day) * DAY + DAY // 2)


def _setting(rule: str, issuer: str, day: date | None) -> LimitSetting | None:
    fitting = [
        one for one in settings() if day is not None and (one.rule, one.issuer) == (rule, issuer)
        and one.valid_from <= day
    ]  # fmt: skip
    return max(fitting, key=lambda one: one.valid_from, default=None)
