"""What it costs to comply with a procedure, before and after it was redesigned (DOMAIN 6.3, Circular 02/2017 art. 27).

The cost of one act is the work of its activities (hours times income per hour, services bought) and its fees; the cost
of a year counts how often and for how many. Nothing is rounded on the way (R6.2); amounts are đồng.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MONTHS, DAYS, HOURS = 12, 22, 8  # of work, by which income per head becomes income per hour [memory]


@dataclass(frozen=True)
class Activity:
    """One row of the form: what the subject does, in which time, at which cost, how often and for how many a year."""

    name: str
    hours: Decimal = Decimal(0)
    income_per_hour: int = 0
    service_cost: int = 0
    fee: int = 0
    times: Decimal = Decimal(1)
    subjects: int = 1
    source: str = ""  # survey, statistic, estimate (R6.1)

    @property
    def cost(self) -> Decimal:
        return self.hours * self.income_per_hour + self.service_cost + self.fee

    @property
    def yearly(self) -> Decimal:
        return self.cost * self.times * self.subjects


@dataclass(frozen=True)
class Saving:
    """What a redesign saves, of one act and of a year, in đồng; ratios 0 to 1, None where there was no cost."""

    cost_before: int
    cost_after: int
    yearly_before: int
    yearly_after: int

    @property
    def one(self) -> int:
        return self.cost_before - self.cost_after

    @property
    def yearly(self) -> int:
        return self.yearly_before - self.yearly_after

    @property
    def ratio(self) -> float | None:
        return self.yearly / self.yearly_before if self.yearly_before else None


def saving(before: Iterable[Activity], after: Iterable[Activity]) -> Saving:
    """Return what lies between two tables of activities."""
    before, after = list(before), list(after)
    return Saving(
        _dong(sum((one.cost for one in before), Decimal(0))),
        _dong(sum((one.cost for one in after), Decimal(0))),
        _dong(sum((one.yearly for one in before), Decimal(0))),
        _dong(sum((one.yearly for one in after), Decimal(0))),
    )


def total(savings: Iterable[Saving]) -> float | None:
    """Return the part of all yearly costs that is saved (R6.3), 0 to 1; None where there was no cost."""
    savings = list(savings)
    before = sum(one.yearly_before for one in savings)
    return sum(one.yearly for one in savings) / before if before else None


def _dong(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
