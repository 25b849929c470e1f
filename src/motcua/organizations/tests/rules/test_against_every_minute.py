"""Working time against a walk over every minute of a random calendar (R4.03, R4.11)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.organizations.rules.time_limits import Limit, LimitUnit, due
from motcua.organizations.rules.working_time import BeyondCalendar
from motcua.organizations.tests.rules.calendars import calendars, instants
from motcua.organizations.tests.rules.test_time_limits import RULE

slow_walk = settings(deadline=None, max_examples=80)
lengths = st.one_of(st.integers(0, 600), st.integers(0, 12_000))


def _same(answer, walk, position):
    if position is None:
        with pytest.raises(BeyondCalendar):
            answer()
    else:
        assert answer() == walk.instant(position)


@slow_walk
@given(pair=calendars(), start=instants(), minutes=lengths)
def test_added_minutes_are_those_of_the_walk(pair, start, minutes):
    calendar, walk = pair
    expected = walk.add(walk.position(start), minutes)
    _same(lambda: calendar.add_working_minutes(start, minutes), walk, expected)


@slow_walk
@given(pair=calendars(), end=instants(), minutes=lengths)
def test_subtracted_minutes_are_those_of_the_walk(pair, end, minutes):
    calendar, walk = pair
    expected = walk.subtract(walk.position(end), minutes)
    _same(lambda: calendar.subtract_working_minutes(end, minutes), walk, expected)


@slow_walk
@given(pair=calendars(), start=instants(), end=instants())
def test_minutes_between_are_those_of_the_walk(pair, start, end):
    calendar, walk = pair
    first, last = sorted([start, end])
    counted = walk.between(walk.position(first), walk.position(last))
    assert calendar.working_minutes_between(first, last) == counted
    assert calendar.working_minutes_between(last, first) == -counted


@slow_walk
@given(pair=calendars(), start=instants(), days=st.integers(1, 28))
def test_added_days_are_those_of_the_walk(pair, start, days):
    calendar, walk = pair
    expected = walk.add_days(walk.position(start), days)
    _same(lambda: due(start, Limit(days, LimitUnit.WORKING_DAY), calendar, RULE).at, walk, expected)


@slow_walk
@given(pair=calendars(), instant=instants())
def test_opening_is_the_next_worked_minute_of_the_walk(pair, instant):
    calendar, walk = pair
    position = walk.position(instant)
    assert calendar.is_working(instant) == bool(walk.flags[position])
    opening = walk.flags.find(1, position)
    _same(lambda: calendar.next_opening(instant), walk, None if opening < 0 else opening)
