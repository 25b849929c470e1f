"""How much work a person can do in the next days: working minutes until then, less those away."""

from collections.abc import Iterable
from datetime import datetime

from motcua.organizations.rules.working_time import WorkingCalendar

Away = tuple[datetime, datetime]  # from, to (half-open)


def capacity(calendar: WorkingCalendar, *, at: datetime, until: datetime, away: Iterable[Away] = ()) -> int:
    """Return the working minutes from ``at`` to ``until`` in which the person is not away; overlaps count once."""
    minutes, reached = max(calendar.working_minutes_between(at, until), 0), at
    for start, end in sorted(away):
        start, end = max(start, reached), min(end, until)
        if start < end:
            minutes -= calendar.working_minutes_between(start, end)
            reached = end
    return max(minutes, 0)
