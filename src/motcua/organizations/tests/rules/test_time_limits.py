"""Limits become due instants (R4.03-R4.05; Civil Code 2015, articles 147-148)."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.time_limits import DueRule, Limit, LimitUnit, due
from motcua.organizations.rules.working_time import BeyondCalendar
from motcua.organizations.tests.rules.calendars import HALF_DAY_UNIT, NATION, SATURDAY_UNIT, at, instants

RULE = DueRule(
    counts_receipt_day=False,
    cut_off=time(15, 0),
    same_day_up_to=Decimal(0),
    hours_are_working=True,
    source="DOMAIN R4.03-R4.05",
)


def _due(received, value, unit, calendar=NATION, **changed):
    return due(at(received), Limit(value, LimitUnit.read(unit)), calendar, replace(RULE, **changed)).at


@pytest.mark.parametrize(
    ("received", "value", "unit", "expected"),
    [
        ("2026-11-16T09:00", 1, "Ngày làm việc", "2026-11-17T17:00"),  # the receipt day is not counted
        ("2026-11-20T16:59", 1, "Ngày làm việc", "2026-11-23T17:00"),
        ("2026-11-22T10:00", 1, "Ngày làm việc", "2026-11-23T17:00"),  # filed online on a Sunday
        ("2026-02-13T09:00", 3, "Ngày làm việc", "2026-02-25T17:00"),  # over Tết 2026
        ("2026-08-21T09:00", 1, "Ngày làm việc", "2026-08-22T17:00"),  # the swapped Saturday counts
        ("2026-08-28T09:00", 1, "Ngày làm việc", "2026-09-03T17:00"),  # the day it replaced does not
        ("2026-11-16T09:00", "1.5", "Ngày làm việc", "2026-11-18T11:30"),
        ("2026-11-16T09:00", "0.25", "Ngày làm việc", "2026-11-17T09:30"),
        ("2026-11-16T09:00", 3, "Ngày", "2026-11-19T17:00"),
        ("2026-11-17T09:00", 4, "Ngày", "2026-11-23T17:00"),  # ends on a Saturday: the next working day
        ("2026-02-10T09:00", 7, "Ngày", "2026-02-23T17:00"),  # ends on the first day of Tết
        ("2026-01-31T09:00", 1, "Tháng", "2026-03-02T17:00"),  # no 31/02: 28/02, a Saturday, hence Monday
        ("2026-11-16T09:00", 2, "Tháng", "2027-01-18T17:00"),  # over the year; 16/01/2027 is a Saturday
        ("2026-11-20T16:00", 2, "Giờ làm việc", "2026-11-23T08:30"),
        ("2026-11-20T16:00", "0.5", "Giờ", "2026-11-20T16:30"),
        ("2026-11-20T16:50", 15, "Phút", "2026-11-23T07:35"),
    ],
)
def test_known_dues(received, value, unit, expected):
    assert _due(received, value, unit) == at(expected)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-20T06:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00", "2026-11-20T17:00"),  # at 15:00 is not after 15:00
        ("2026-11-20T15:01", "2026-11-23T17:00"),
        ("2026-11-20T18:00", "2026-11-23T17:00"),
        ("2026-11-21T09:00", "2026-11-23T17:00"),
        ("2026-08-21T15:01", "2026-08-22T17:00"),
    ],
)
def test_same_day_procedure_after_the_cut_off_is_due_the_next_working_day(received, expected):
    assert _due(received, 0, "Ngày làm việc") == at(expected)


def test_same_day_procedure_after_an_early_close_is_due_the_next_working_day():
    assert _due("2026-03-11T11:00", 0, "Ngày", HALF_DAY_UNIT) == at("2026-03-11T11:30")
    assert _due("2026-03-11T11:30", 0, "Ngày", HALF_DAY_UNIT) == at("2026-03-12T17:00")


def test_setting_may_make_one_working_day_a_same_day_limit():
    assert _due("2026-11-20T14:00", 1, "Ngày làm việc", same_day_up_to=Decimal(1)) == at("2026-11-20T17:00")
    assert _due("2026-11-20T16:00", 1, "Ngày làm việc", same_day_up_to=Decimal(1)) == at("2026-11-23T17:00")


def test_setting_may_move_the_cut_off_hour():
    assert _due("2026-11-20T15:01", 0, "Ngày", cut_off=time(16)) == at("2026-11-20T17:00")


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-16T09:00", "2026-11-17T17:00"),
        ("2026-11-16T17:00", "2026-11-18T17:00"),  # received at the close: that day is over
        ("2026-11-08T09:00", "2026-11-10T17:00"),
    ],
)
def test_setting_may_count_the_receipt_day(received, expected):
    assert _due(received, 2, "Ngày làm việc", counts_receipt_day=True) == at(expected)


def test_setting_that_counts_the_receipt_day_holds_for_days_and_months():
    assert _due("2026-11-16T09:00", 3, "Ngày", counts_receipt_day=True) == at("2026-11-18T17:00")
    assert _due("2026-11-16T17:00", 1, "Ngày", counts_receipt_day=True) == at("2026-11-17T17:00")
    assert _due("2026-11-17T09:00", 1, "Tháng", counts_receipt_day=True) == at("2026-12-16T17:00")


def test_setting_may_let_plain_hours_run_by_the_clock():
    assert _due("2026-11-20T16:00", 8, "Giờ", hours_are_working=False) == at("2026-11-21T00:00")
    assert _due("2026-11-20T16:00", 8, "Giờ làm việc", hours_are_working=False) == at("2026-11-23T16:00")


def test_unit_calendar_shortens_the_way():
    assert _due("2026-03-06T09:00", 1, "Ngày làm việc", SATURDAY_UNIT) == at("2026-03-07T11:30")


@given(
    instants(date(2018, 1, 1), date(2027, 3, 31)),
    st.sampled_from(LimitUnit),
    st.integers(1, 8),
    st.booleans(),
    st.booleans(),
)
def test_nothing_is_due_before_it_was_received(received, unit, value, counts_receipt_day, hours_are_working):
    rule = replace(RULE, counts_receipt_day=counts_receipt_day, hours_are_working=hours_are_working)
    quarters = Decimal(value) / 4 if unit == LimitUnit.WORKING_DAY else Decimal(value)
    promise = due(received, Limit(quarters, unit), NATION, rule)
    assert promise.at > promise.received_at


@given(instants(date(2018, 1, 1), date(2027, 6, 30)), st.integers(1, 60))
def test_working_day_limit_counts_its_days(received, days):
    promise = due(received, Limit(days, LimitUnit.WORKING_DAY), NATION, RULE)
    day, worked = received.date(), 0
    while day < promise.at.date():
        day += timedelta(days=1)
        worked += NATION.is_working_day(day)
    assert worked == days
    assert promise.at == NATION.closing_of(promise.at.date())


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (-1, "working_day"),
        (0, "working_hour"),
        (0, "month"),
        ("1.5", "day"),
        ("0.5", "month"),
        ("NaN", "hour"),
        ("Infinity", "minute"),
        ("ba", "day"),
        ("1e9", "minute"),
        (None, "day"),
        ("", "day"),
    ],
)
def test_limit_that_makes_no_sense_is_refused(value, unit):
    with pytest.raises(CalendarRefused, match="Thời hạn") as refusal:
        Limit(value, LimitUnit(unit))
    assert refusal.value.field == "limit_value"


def test_unknown_unit_is_refused_by_name():
    with pytest.raises(CalendarRefused, match="“Tuần trăng”"):
        LimitUnit.read("Tuần trăng")


@pytest.mark.parametrize("unit", list(LimitUnit))
def test_unit_is_read_from_our_word_and_from_the_field_s(unit):
    assert LimitUnit.read(unit.value) == unit
    assert LimitUnit.read(f"  {unit.label.upper()} ") == unit


@pytest.mark.parametrize(
    ("value", "unit"), [(300, "working_day"), (410, "day"), (14, "month"), (3000, "hour"), (99_999, "month")]
)
def test_due_beyond_the_calendar_names_the_last_day(value, unit):
    with pytest.raises(BeyondCalendar, match="31/12/2027"):
        _due("2026-11-20T09:00", value, unit)


def test_clock_hours_beyond_the_calendar_are_refused():
    with pytest.raises(BeyondCalendar, match="31/12/2027"):
        _due("2027-12-31T09:00", 24, "Giờ", hours_are_working=False)


def test_promise_that_reaches_an_estimated_year_says_so():
    limit = Limit(5, LimitUnit.WORKING_DAY)
    assert due(at("2026-12-30T09:00"), limit, NATION, RULE).estimated_years == [2027]
    assert due(at("2026-11-20T09:00"), limit, NATION, RULE).estimated_years == []
