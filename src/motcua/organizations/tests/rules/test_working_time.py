"""The calendar's arithmetic: laws it obeys everywhere, and known days (R4.03, R4.10, R4.11)."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.organizations.rules.office_hours import CalendarRefused, DayRule, SessionRule
from motcua.organizations.rules.working_time import BeyondCalendar, WorkingCalendar
from motcua.organizations.tests.rules.calendars import (
    HALF_DAY_UNIT,
    MORNING,
    NATION,
    SATURDAY_UNIT,
    at,
    instants,
)

any_instant = instants(date(2018, 1, 2), date(2027, 2, 28))
minutes = st.integers(0, 40_000)
calendars = st.sampled_from([NATION, SATURDAY_UNIT, HALF_DAY_UNIT])
YEAR_DAY = DayRule(date(2026, 1, 1), "day_off", "Tết Dương lịch", "thử")
USUAL = SessionRule(date(2026, 1, 1), None, (0, 1, 2, 3, 4), MORNING, "thử")


@given(calendars, any_instant, minutes)
def test_between_gives_back_what_was_added(calendar, start, count):
    assert calendar.working_minutes_between(start, calendar.add_working_minutes(start, count)) == count


@given(calendars, any_instant, minutes, minutes)
def test_adding_twice_is_adding_the_sum(calendar, start, first, second):
    halfway = calendar.add_working_minutes(start, first)
    at_once = calendar.add_working_minutes(start, first + second)
    assert calendar.add_working_minutes(halfway, second) == at_once


@given(calendars, any_instant, any_instant, minutes)
def test_who_starts_later_is_never_due_earlier(calendar, one, other, count):
    earlier, later = sorted([one, other])
    assert calendar.add_working_minutes(earlier, count) <= calendar.add_working_minutes(later, count)


@given(calendars, any_instant, st.integers(1, 40_000))
def test_subtracting_undoes_adding_within_working_time(calendar, start, count):
    opening = calendar.next_opening(start)
    assert calendar.subtract_working_minutes(calendar.add_working_minutes(opening, count), count) == opening


@given(calendars, any_instant, st.integers(1, 100))
def test_subtracting_days_undoes_adding_them_from_a_close(calendar, start, days):
    close = calendar.closing_of(calendar.next_working_day(start.date()))
    assert calendar.subtract_working_days(calendar.add_working_days(close, days), days) == close


@given(calendars, any_instant, st.integers(1, 40_000))
def test_sum_ends_in_or_at_the_close_of_working_time(calendar, start, count):
    assert calendar.is_working(calendar.add_working_minutes(start, count) - timedelta(minutes=1))


@given(any_instant, minutes)
def test_zone_of_the_question_does_not_matter(start, count):
    in_utc = start.astimezone(UTC)
    assert NATION.add_working_minutes(in_utc, count) == NATION.add_working_minutes(start, count)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-20T16:59", 1, "2026-11-20T17:00"),  # the last minute of a Friday
        ("2026-11-20T16:59", 2, "2026-11-23T07:31"),
        ("2026-11-20T17:00", 1, "2026-11-23T07:31"),
        ("2026-11-20T11:30", 1, "2026-11-20T13:01"),  # over lunch
        ("2026-11-20T09:30", 120, "2026-11-20T11:30"),  # a close, not the next opening
        ("2026-11-22T10:00", 0, "2026-11-22T10:00"),  # nothing added, nothing moved
        ("2026-02-13T15:30", 960, "2026-02-24T15:30"),  # over Tết 2026
        ("2026-01-09T16:00", 120, "2026-01-10T08:30"),  # Saturday 10/01/2026 was worked for 02/01
        ("2025-12-31T16:00", 120, "2026-01-05T08:30"),  # and 02/01 was off
        ("2024-05-03T16:30", 480, "2024-05-04T16:30"),  # the worked Saturday has a full day
    ],
)
def test_known_instants(start, count, due):
    assert NATION.add_working_minutes(at(start), count) == at(due)


def test_seconds_are_cut_to_the_printed_minute():
    late_in_the_minute = at("2026-11-20T16:00") + timedelta(seconds=59, microseconds=999)
    assert NATION.add_working_minutes(late_in_the_minute, 30) == at("2026-11-20T16:30")


def test_hours_round_a_part_of_a_minute_up():
    assert NATION.add_working_hours(at("2026-11-20T08:00"), 1) == at("2026-11-20T09:00")
    assert NATION.add_working_hours(at("2026-11-20T08:00"), 0.51) == at("2026-11-20T08:31")
    assert NATION.subtract_working_hours(at("2026-11-20T08:00"), 1) == at("2026-11-19T16:30")


def test_unit_with_saturday_mornings_goes_on_where_others_rest():
    friday = at("2026-03-06T16:00")
    assert NATION.add_working_minutes(friday, 120) == at("2026-03-09T08:30")
    assert SATURDAY_UNIT.add_working_minutes(friday, 120) == at("2026-03-07T08:30")
    assert SATURDAY_UNIT.add_working_minutes(friday, 60 + 240) == at("2026-03-07T11:30")
    assert SATURDAY_UNIT.add_working_minutes(friday, 60 + 241) == at("2026-03-09T07:31")


def test_swapped_saturday_is_a_full_day_for_a_unit_with_saturday_mornings_too():
    assert SATURDAY_UNIT.sessions_on(date(2026, 8, 22)) == NATION.sessions_on(date(2026, 8, 21))
    assert SATURDAY_UNIT.sessions_on(date(2026, 8, 29)) == ((450, 690),)


def test_unit_closed_on_a_day_of_its_own_rests_where_others_work():
    assert NATION.is_working(at("2026-03-10T09:00"))
    assert not SATURDAY_UNIT.is_working(at("2026-03-10T09:00"))
    assert SATURDAY_UNIT.next_opening(at("2026-03-10T09:00")) == at("2026-03-11T07:30")


def test_half_day_of_a_unit_ends_at_noon():
    assert HALF_DAY_UNIT.add_working_days(at("2026-03-10T09:00"), 1) == at("2026-03-11T11:30")
    assert HALF_DAY_UNIT.add_working_minutes(at("2026-03-11T11:00"), 31) == at("2026-03-12T07:31")


def test_national_day_off_closes_a_unit_that_works_on_its_weekday():
    tet_saturday = date(2027, 2, 6)
    assert SATURDAY_UNIT.sessions_on(tet_saturday) == ()


def test_nearest_unit_speaks_last_and_may_open_what_the_nation_closed():
    opened = NATION.with_rules(days=[DayRule(date(2026, 9, 1), "working_saturday", "Trực lễ", "thử")])
    assert opened.sessions_on(date(2026, 9, 1)) == NATION.sessions_on(date(2026, 8, 28))


@pytest.mark.parametrize("moment", ["2026-11-20T07:29", "2026-11-20T11:30", "2026-11-20T17:00"])
def test_closing_minute_is_not_worked(moment):
    assert not NATION.is_working(at(moment))


@pytest.mark.parametrize("moment", ["2026-11-20T07:30", "2026-11-20T11:29", "2026-11-20T16:59"])
def test_opening_and_last_minute_are_worked(moment):
    assert NATION.is_working(at(moment))


def test_last_covered_day_is_reached_and_not_passed():
    start = at("2027-12-31T16:00")
    assert NATION.add_working_minutes(start, 60) == at("2027-12-31T17:00")
    assert NATION.add_working_days(at("2027-12-30T09:00"), 1) == at("2027-12-31T17:00")
    for beyond in (
        lambda: NATION.add_working_minutes(start, 61),
        lambda: NATION.add_working_days(start, 1),
        lambda: NATION.next_opening(at("2027-12-31T17:00")),
        lambda: NATION.is_working(at("2028-01-01T00:01")),
        lambda: NATION.add_working_days(at("2028-01-01T00:00"), 1),
    ):
        with pytest.raises(BeyondCalendar, match="hết ngày 31/12/2027"):
            beyond()


def test_first_covered_day_is_reached_and_not_passed():
    opening = at("2018-01-02T07:30")
    assert NATION.subtract_working_minutes(at("2018-01-02T08:30"), 60) == opening
    for before in (
        lambda: NATION.subtract_working_minutes(at("2018-01-02T08:30"), 61),
        lambda: NATION.subtract_working_days(opening, 1),
        lambda: NATION.is_working(at("2017-12-31T23:59")),
        lambda: NATION.sessions_on(date(2017, 12, 31)),
    ):
        with pytest.raises(BeyondCalendar, match="từ ngày 01/01/2018"):
            before()


def test_naive_instant_is_a_mistake():
    with pytest.raises(ValueError, match="aware"):
        NATION.is_working(at("2026-11-20T09:00").replace(tzinfo=None))


def test_negative_time_is_refused():
    with pytest.raises(CalendarRefused, match="số âm"):
        NATION.add_working_minutes(at("2026-11-20T09:00"), -1)
    with pytest.raises(CalendarRefused, match="số âm"):
        NATION.subtract_working_minutes(at("2026-11-20T09:00"), -1)
    with pytest.raises(CalendarRefused, match="một ngày trở lên"):
        NATION.add_working_days(at("2026-11-20T09:00"), 0)
    with pytest.raises(CalendarRefused, match="một ngày trở lên"):
        NATION.subtract_working_days(at("2026-11-20T09:00"), 0)


def test_equal_rules_make_equal_calendars_with_one_key():
    again = WorkingCalendar(days=NATION.days, sessions=NATION.sessions)
    assert (again, hash(again)) == (NATION, hash(NATION))
    assert again != SATURDAY_UNIT


def test_coverage_ends_before_the_first_year_that_was_not_entered():
    new_years = [DayRule(date(year, 1, 1), "day_off", "Tết Dương lịch", "thử") for year in (2026, 2027, 2029)]
    calendar = WorkingCalendar(days=new_years, sessions=[USUAL])
    assert (calendar.first_day, calendar.last_day) == (date(2026, 1, 1), date(2027, 12, 31))


def test_local_day_does_not_widen_the_coverage():
    local = DayRule(date(2031, 5, 5), "day_off", "Ngày hội địa phương", "thử")
    calendar = WorkingCalendar(days=[*NATION.days, local], sessions=NATION.sessions)
    assert calendar.last_day == date(2027, 12, 31)


def test_coverage_ends_with_the_known_hours():
    hours = SessionRule(date(2026, 3, 1), date(2026, 10, 31), (0, 1), MORNING, "thử")
    calendar = WorkingCalendar(days=[YEAR_DAY], sessions=[hours])
    assert (calendar.first_day, calendar.last_day) == (date(2026, 3, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("days", "sessions"),
    [
        ([], [USUAL]),
        ([YEAR_DAY], []),
        ([YEAR_DAY], [SessionRule(date(2030, 1, 1), None, (0,), MORNING, "thử")]),
    ],
)
def test_calendar_without_a_covered_day_is_refused(days, sessions):
    with pytest.raises(CalendarRefused, match="Chưa có lịch làm việc"):
        WorkingCalendar(days=days, sessions=sessions)


def test_hours_change_on_the_day_they_are_dated():
    summer = SessionRule(date(2026, 5, 1), date(2026, 8, 31), (0, 1, 2, 3, 4), ((time(7), time(11)),), "thử")
    calendar = NATION.with_rules(sessions=[summer])
    assert calendar.sessions_on(date(2026, 4, 29)) == ((450, 690), (780, 1020))
    assert calendar.sessions_on(date(2026, 5, 4)) == ((420, 660),)
    assert calendar.sessions_on(date(2026, 9, 3)) == ((450, 690), (780, 1020))
