"""Due instants against a walk over every minute of 2018-2027, and what one costs.

The walk shares no code with the rules: it reads the days off by itself and decides for each of the 5,258,880
minutes whether it is worked, for the nation and for an invented unit with Saturday mornings, half days and a closed
day of its own. From the list of worked minutes follows where any length from any start ends; some are also stepped
minute by minute, which tests that list.
"""

import csv
import statistics
import time
from argparse import Namespace
from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from datetime import time as clock_time
from random import Random
from typing import Any

from motcua.organizations.rules.calendar_file import DAYS, due_rule_on, shipped_calendar
from motcua.organizations.rules.office_hours import DayRule, SessionRule
from motcua.organizations.rules.time_limits import Limit, LimitUnit, due
from motcua.organizations.rules.working_time import BeyondCalendar, WorkingCalendar
from motcua.organizations.tests.rules.oracle import MinuteWalk

FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
WEEK = {0, 1, 2, 3, 4}
FULL, MORNING = [(450, 690), (780, 1020)], [(450, 690)]
HALF_DAYS = [date(2019, 6, 5), date(2022, 10, 12), date(2026, 3, 11)]  # Wednesdays
CLOSED = date(2026, 3, 10)
# Working minutes, up to sixty days. Their number is prime to 1,440 as the stride is, so each length meets all minutes.
LENGTHS = (1, 7, 60, 239, 240, 241, 480, 481, 960, 1_923, 4_800, 14_400, 28_800)
DAY_LENGTHS = (1, 2, 3, 5, 10, 15, 30, 60)
DEFAULT_STRIDE = 7  # minutes between two starts
DEFAULT_STEPPED = 400
TIMED = 20_000


def run(options: Namespace | Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return how many due instants were compared, how many were wrong, and microseconds of CPU each.

    ``options`` may carry ``stride`` (minutes between starts, 1 compares every minute) and ``stepped`` (how many are
    also walked minute by minute).
    """
    given = vars(options) if isinstance(options, Namespace) else dict(options or {})
    stride = int(given.get("stride") or DEFAULT_STRIDE)
    stepped = int(given.get("stepped") or DEFAULT_STEPPED)
    off, worked = _days()
    walks = {
        "nation": (shipped_calendar(), _walk(off, worked, [])),
        "unit": (_unit(), _walk(off | {CLOSED}, worked, _unit_weeks())),
    }
    compared = {name: _compare(calendar, walk, stride, stepped) for name, (calendar, walk) in walks.items()}
    costs = _costs(shipped_calendar())
    total = sum(counts["compared"] for counts in compared.values())
    wrong = sum(counts["wrong"] for counts in compared.values())
    return {
        "compared": total,
        "wrong": wrong,
        "calendars": compared,
        "microseconds_each": costs,
        "summary": [
            f"due instants: {wrong} wrong of {total:,} against a walk over every minute of 2018-2027",
            *(f"  {name}: {_told(counts)}" for name, counts in compared.items()),
            "microseconds of CPU each, median of five: "
            + ", ".join(f"{what.replace('_', ' ')} {cost}" for what, cost in costs.items()),
        ],
    }


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in counts.items())


def _days() -> tuple[set[date], set[date]]:
    with DAYS.open(encoding="utf-8", newline="") as file:
        rows = [(date.fromisoformat(row["date"]), row["kind"]) for row in csv.DictReader(file)]
    return {day for day, kind in rows if kind == "day_off"}, {day for day, kind in rows if kind != "day_off"}


def _walk(off: set[date], worked: set[date], more: list) -> MinuteWalk:
    return MinuteWalk(FIRST, LAST, [(FIRST, None, WEEK, FULL), *more], off, worked)


def _unit_weeks() -> list:
    return [(FIRST, None, {5}, MORNING), *((day, day, {day.weekday()}, MORNING) for day in HALF_DAYS)]


def _unit() -> WorkingCalendar:
    source = "bench"
    morning = ((clock_time(7, 30), clock_time(11, 30)),)
    half_days = [SessionRule(day, day, (day.weekday(),), morning, source) for day in HALF_DAYS]
    return shipped_calendar().with_rules(
        days=[DayRule(CLOSED, "day_off", "Ngày hội địa phương", source)],
        sessions=[SessionRule(FIRST, None, (5,), morning, source), *half_days],
    )


def _compare(calendar: WorkingCalendar, walk: MinuteWalk, stride: int, stepped: int) -> dict[str, int]:
    counts = dict.fromkeys(("compared", "wrong", "beyond_the_calendar", "stepped", "working_days"), 0)

    def check(expected: int | None, ask: Callable[..., datetime], *question: Any) -> None:
        try:
            found = walk.position(ask(*question))
        except BeyondCalendar:
            found = None
        counts["compared"] += 1
        counts["beyond_the_calendar"] += expected is None
        counts["wrong"] += found != expected

    def due_in_days(start: datetime, days: int) -> datetime:
        return due(start, Limit(days, LimitUnit.WORKING_DAY), calendar, due_rule_on(start.date())).at

    for start, minutes, expected in _expected(walk, stride):
        check(expected, calendar.add_working_minutes, walk.instant(start), minutes)
    random = Random(stepped)
    for _ in range(stepped):
        start, minutes = random.randrange(len(walk.flags)), random.randrange(1, 5_000)
        counts["stepped"] += 1
        check(walk.add(start, minutes), calendar.add_working_minutes, walk.instant(start), minutes)
    for midnight in range(0, len(walk.flags), 1_440):
        start, days = midnight + random.randrange(1_440), random.choice(DAY_LENGTHS)
        counts["working_days"] += 1
        check(walk.add_days(start, days), due_in_days, walk.instant(start), days)
    return counts


def _expected(walk: MinuteWalk, stride: int) -> Iterator[tuple[int, int, int | None]]:
    """Yield starts, lengths in turn, and the minute at which each ends, None when that is not covered."""
    worked_minutes = array("l", (minute for minute, is_worked in enumerate(walk.flags) if is_worked))
    before = 0
    for turn, start in enumerate(range(0, len(walk.flags), stride)):
        while before < len(worked_minutes) and worked_minutes[before] < start:
            before += 1
        minutes = LENGTHS[turn % len(LENGTHS)]
        last = before + minutes - 1
        yield start, minutes, worked_minutes[last] + 1 if last < len(worked_minutes) else None


def _costs(calendar: WorkingCalendar) -> dict[str, float]:
    random = Random(1)
    first = calendar.minute_of(calendar.instant_at(0))
    starts = [calendar.instant_at(first + random.randrange(9 * 365 * 1_440)) for _ in range(TIMED)]
    rule = due_rule_on(FIRST)
    hours, days = Limit(16, LimitUnit.WORKING_HOUR), Limit(5, LimitUnit.WORKING_DAY)
    wanted: dict[str, Callable[[datetime], object]] = {
        "add_minutes": lambda start: calendar.add_working_minutes(start, 960),
        "minutes_between": lambda start: calendar.working_minutes_between(start, starts[0]),
        "due_in_hours": lambda start: due(start, hours, calendar, rule),
        "due_in_days": lambda start: due(start, days, calendar, rule),
        "due_with_ledger": lambda start: due(start, hours, calendar, rule).ledger(),
    }
    return {name: _cost(work, starts) for name, work in wanted.items()}


def _cost(work: Callable[[datetime], object], starts: list[datetime]) -> float:
    taken = []
    chunk = len(starts) // 5
    for first in range(0, 5 * chunk, chunk):
        before = time.process_time()
        for start in starts[first : first + chunk]:
            work(start)
        taken.append((time.process_time() - before) / chunk * 1e6)
    return round(statistics.median(taken), 2)
