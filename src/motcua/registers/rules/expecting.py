"""Which period an expected entry is owed for, and by when."""

from dataclasses import dataclass
from datetime import date, timedelta

from motcua.registers.rules.definitions import Expected
from motcua.registers.rules.periods import Period, period_at


@dataclass(frozen=True)
class Owed:
    """A period that is over and the last day to write its entry."""

    period: Period
    due_on: date


def owed_for(expected: Expected, period: Period) -> Owed:
    """Return by when the entry of a period is owed: so many days after the period's last."""
    return Owed(period, period.last + timedelta(days=expected.within_days))


def owed_on(expected: Expected, day: date) -> Owed:
    """Return the period that was over last on ``day``, with its last day to write."""
    return owed_for(expected, period_at(day, expected.every).previous())
