"""Calendars for tests: the shipped one, those of two invented units, random ones beside their minute walk."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from motcua.organizations.rules.calendar_file import shipped_calendar
from motcua.organizations.rules.office_hours import DayRule, SessionRule
from motcua.organizations.rules.working_time import VIETNAM, WorkingCalendar
from motcua.organizations.tests.rules.oracle import MinuteWalk

NATION = shipped_calendar()
MORNING = ((time(7, 30), time(11, 30)),)
FIRST = date(2026, 1, 1)
LAST = date(2026, 1, 31)

# A one-stop unit that opens on Saturday mornings and closes on a day of its own.
SATURDAY_UNIT = NATION.with_rules(
    days=[DayRule(date(2026, 3, 10), "day_off", "Ngày hội địa phương", "Quyết định thử nghiệm")],
    sessions=[SessionRule(date(2025, 7, 1), None, (5,), MORNING, "Quyết định thử nghiệm")],
)
# A unit that works on one Wednesday in the morning only.
HALF_DAY_UNIT = NATION.with_rules(
    sessions=[SessionRule(date(2026, 3, 11), date(2026, 3, 11), (2,), MORNING, "Thông báo thử nghiệm")]
)


def at(text: str) -> datetime:
    """Return the instant written as 2026-02-13T15:30 in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@st.composite
def hours(draw):
    edges = draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=0, max_size=4, unique=True))
    edges = sorted(edges[: len(edges) // 2 * 2])
    moments = [time(edge // 60, edge % 60) for edge in edges]
    return tuple(zip(moments[::2], moments[1::2], strict=True))


@st.composite
def calendars(draw):
    """A calendar of a month beside the walk over its minutes."""
    usual = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))
    rules = [SessionRule(FIRST, None, (0, 1, 2, 3, 4), usual, "thử")]
    days_in_range = st.dates(FIRST, LAST)
    for _ in range(draw(st.integers(0, 3))):
        start = draw(days_in_range)
        end = draw(st.one_of(st.none(), st.just(start), st.dates(start, LAST)))
        weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
        rules.append(SessionRule(start, end, tuple(weekdays), draw(hours()), "thử"))
    days = draw(st.dictionaries(days_in_range, st.sampled_from(["day_off", "working_saturday"]), max_size=15))
    calendar = WorkingCalendar(
        days=[DayRule(day, kind, "Ngày thử", "thử") for day, kind in days.items()],
        sessions=rules,
        covered=(FIRST, LAST),
    )
    walk = MinuteWalk(
        FIRST,
        LAST,
        [
            (
                rule.valid_from,
                rule.valid_to,
                set(rule.weekdays),
                [(_minutes(opening), _minutes(closing)) for opening, closing in rule.sessions],
            )
            for rule in rules
        ],
        {day for day, kind in days.items() if kind == "day_off"},
        {day for day, kind in days.items() if kind != "day_off"},
    )
    return calendar, walk


def instants(first: date = FIRST, last: date = LAST):
    """Aware instants, seconds and all, within the days."""
    return st.datetimes(
        datetime.combine(first, time.min),
        datetime.combine(last, time.max) - timedelta(seconds=1),
        timezones=st.just(VIETNAM),
    )
