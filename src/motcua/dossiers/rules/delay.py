"""Where the time of a dossier went: each holding by the working clock, without the time that stood still."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.organizations.rules.working_time import WorkingCalendar


@dataclass(frozen=True)
class Held:
    """One holding: who, where, until when it was due; ``end`` None while it lasts."""

    step: str
    unit: str
    who: str
    start: datetime
    due: datetime
    end: datetime | None


@dataclass(frozen=True)
class Stretch:
    """A holding by the clock: working minutes used (pauses left out) and how many of them after the step was due."""

    held: Held
    minutes: int
    over: int


@dataclass(frozen=True)
class DayOff:
    """A day off that is no weekend: it made the promise later by itself, nobody is late for it."""

    day: date
    name: str


def stretches(
    holdings: Iterable[Held],
    pauses: Sequence[tuple[datetime, datetime | None]],
    calendar: WorkingCalendar,
    at: datetime,
) -> list[Stretch]:
    """Return each holding by the clock, up to ``at`` where it lasts."""
    found = []
    for held in holdings:
        end = held.end or at
        minutes = calendar.working_minutes_between(held.start, end) - _paused(held.start, end, pauses, calendar, at)
        over = 0
        if end > held.due:
            start = max(held.due, held.start)
            over = calendar.working_minutes_between(start, end) - _paused(start, end, pauses, calendar, at)
        found.append(Stretch(held, max(minutes, 0), max(over, 0)))
    return found


def _paused(
    start: datetime,
    end: datetime,
    pauses: Sequence[tuple[datetime, datetime | None]],
    calendar: WorkingCalendar,
    at: datetime,
) -> int:
    total = 0
    for begun, ended in pauses:
        first, last = max(begun, start), min(ended or at, end)
        if first < last:
            total += calendar.working_minutes_between(first, last)
    return total


def days_off(calendar: WorkingCalendar, first: date, last: date) -> list[DayOff]:
    """Return the named days between ``first`` and ``last``, both included, on which nobody works."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        rule = calendar.day_rule(day)
        if rule is not None and not calendar.is_working_day(day):
            found.append(DayOff(day, rule.name))
    return found
