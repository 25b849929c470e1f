"""Which of several fee rates counts: the narrowest place first, then the narrowest channel, then the newest.

A unit's own rate goes before that of its kind, that before the rate of all; at the same place a rate of the channel
goes before the rate of every channel (Circular 106/2021/TT-BTC lets a province set less for filing online).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in force between two days; ``unit_id`` None and ``unit_kind`` "" are every unit, ``channel`` "" is all."""

    unit_id: int | None
    unit_kind: str
    channel: str
    amount: int  # đồng
    basis: str
    valid_from: date
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the rate counts on ``day``, its first and last day included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def fits(self, unit_id: int, unit_kind: str, channel: str) -> bool:
        """Whether the rate is for this unit and this channel."""
        is_here = self.unit_id == unit_id if self.unit_id else self.unit_kind in ("", unit_kind)
        return is_here and self.channel in ("", channel)


def chosen(rates: Iterable[Rate], *, unit_id: int, unit_kind: str, channel: str, day: date) -> Rate | None:
    """Return the rate that counts for a unit, a channel and a day; None if no rate is set."""
    fitting = [rate for rate in rates if rate.is_in_force(day) and rate.fits(unit_id, unit_kind, channel)]
    return max(fitting, key=_narrowness, default=None)


def _narrowness(rate: Rate) -> tuple[bool, bool, bool, date]:
    return rate.unit_id is not None, bool(rate.unit_kind), bool(rate.channel), rate.valid_from


def overlap(first: Rate, second: Rate) -> bool:
    """Whether two rates of one place and channel are in force on a common day."""
    same = (first.unit_id, first.unit_kind, first.channel) == (second.unit_id, second.unit_kind, second.channel)
    ends = first.valid_to or date.max, second.valid_to or date.max
    return same and first.valid_from <= ends[1] and second.valid_from <= ends[0]
