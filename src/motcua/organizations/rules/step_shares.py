"""The limit of a whole divided among its steps (R4.09: the steps add up to the total)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.time_limits import Due

Share = int | Decimal | Fraction


def minutes_by_share(total: int, shares: Sequence[Share]) -> list[int]:
    """Return whole minutes for each share, in proportion; they add up to ``total`` exactly.

    Raises:
        CalendarRefused: no share, a negative one, or nothing but zeros.
    """
    parts = [Fraction(share) for share in shares]
    if not parts or min(parts) < 0 or not sum(parts):
        raise CalendarRefused("Tỷ lệ thời gian của các bước phải là số dương.")
    whole = sum(parts)
    # Rounding the running sum, not each share, is what keeps the total.
    edges = [int(total * so_far / whole) for so_far in accumulate(parts)]
    return [edge - before for before, edge in zip([0, *edges], edges, strict=False)]


def split_by_share(promise: Due, shares: Sequence[Share]) -> list[datetime]:
    """Return the due instant of each step, in order; the last is the promise's own ``at``.

    The working minutes from receipt to due are divided, so a step of a limit in days ends within a day.
    Raises what ``minutes_by_share`` raises.
    """
    calendar = promise.calendar
    total = calendar.working_minutes_between(promise.received_at, promise.at)
    edges = accumulate(minutes_by_share(total, shares))
    instants = [calendar.add_working_minutes(promise.received_at, edge) for edge in edges]
    # A limit by the clock may end outside working time, after the last working minute.
    return [*instants[:-1], promise.at]
