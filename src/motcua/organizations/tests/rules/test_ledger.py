"""Every result explains itself: entries follow each other and add up to the limit."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.organizations.rules.pauses import Pause
from motcua.organizations.rules.time_limits import Limit, LimitUnit, due
from motcua.organizations.tests.rules.calendars import HALF_DAY_UNIT, NATION, SATURDAY_UNIT, at, instants
from motcua.organizations.tests.rules.test_time_limits import RULE

received_at = instants(date(2025, 11, 1), date(2026, 10, 31))
calendars = st.sampled_from([NATION, SATURDAY_UNIT, HALF_DAY_UNIT])
rules = st.sampled_from([RULE, replace(RULE, counts_receipt_day=True), replace(RULE, hours_are_working=False)])
pauses = st.lists(st.tuples(st.integers(-500, 20_000), st.integers(0, 8_000)), max_size=3)


def _with_pauses(promise, offsets):
    start = promise.received_at
    edges = [(start + timedelta(minutes=after), timedelta(minutes=length)) for after, length in offsets]
    return promise.moved_by([Pause(first, first + length) for first, length in edges])


def _hangs_together(promise):
    entries = promise.ledger()
    edges = [promise.received_at, *(entry.end for entry in entries)]
    assert [entry.start for entry in entries] == edges[:-1]
    assert edges[-1] == promise.at
    assert all(entry.start < entry.end for entry in entries)
    assert all(
        entry.minutes == (entry.end - entry.start) / timedelta(minutes=1) for entry in entries if not entry.is_counted
    )
    return [entry for entry in entries if entry.is_counted]


def _shown(promise):
    return [
        (f"{entry.start:%d %H:%M}", f"{entry.end:%d %H:%M}", entry.minutes, entry.is_counted, entry.reason)
        for entry in promise.ledger()
    ]


@given(calendars, received_at, st.integers(1, 20_000), rules, pauses)
def test_counted_minutes_add_up_to_a_limit_in_minutes(calendar, received, minutes, rule, offsets):
    promise = _with_pauses(due(received, Limit(minutes, LimitUnit.MINUTE), calendar, rule), offsets)
    assert sum(entry.minutes for entry in _hangs_together(promise)) == minutes


@given(calendars, received_at, st.integers(1, 240), rules, pauses)
def test_counted_days_add_up_to_a_limit_in_working_days(calendar, received, quarters, rule, offsets):
    limit = Limit(Decimal(quarters) / 4, LimitUnit.WORKING_DAY)
    promise = _with_pauses(due(received, limit, calendar, rule), offsets)
    counted = _hangs_together(promise)
    assert sum(entry.days for entry in counted) == limit.value


@given(calendars, received_at, st.integers(1, 90), rules)
def test_counted_days_add_up_to_a_limit_in_days(calendar, received, days, rule):
    promise = due(received, Limit(days, LimitUnit.DAY), calendar, rule)
    counted = _hangs_together(promise)
    assert sum(entry.days for entry in counted) == days
    assert sum(entry.minutes for entry in counted) == days * 1440


@given(calendars, received_at, st.integers(1, 12), rules)
def test_ledger_of_months_hangs_together(calendar, received, months, rule):
    _hangs_together(due(received, Limit(months, LimitUnit.MONTH), calendar, rule))


@given(calendars, received_at)
def test_ledger_of_a_same_day_procedure_hangs_together(calendar, received):
    promise = due(received, Limit(0, LimitUnit.WORKING_DAY), calendar, RULE)
    counted = sum(entry.minutes for entry in _hangs_together(promise))
    if promise.at.date() == promise.received_at.date():
        assert counted == calendar.working_minutes_between(promise.received_at, promise.at)
    else:
        assert counted == sum(end - start for start, end in calendar.sessions_on(promise.at.date()))


def test_hours_over_tet_are_explained_day_by_day():
    promise = due(at("2026-02-13T16:00"), Limit(2, LimitUnit.WORKING_HOUR), NATION, RULE)
    assert _shown(promise) == [
        ("13 16:00", "13 17:00", 60, True, "giờ làm việc"),
        ("13 17:00", "14 00:00", 420, False, "ngoài giờ làm việc"),
        ("14 00:00", "15 00:00", 1440, False, "Thứ bảy"),
        ("15 00:00", "16 00:00", 1440, False, "Chủ nhật"),
        ("16 00:00", "17 00:00", 1440, False, "Giao thừa Tết Nguyên Đán"),
        ("17 00:00", "18 00:00", 1440, False, "Tết Nguyên Đán"),
        ("18 00:00", "19 00:00", 1440, False, "Mùng hai Tết Nguyên Đán"),
        ("19 00:00", "20 00:00", 1440, False, "Mùng ba Tết Nguyên Đán"),
        ("20 00:00", "21 00:00", 1440, False, "Mùng bốn Tết Nguyên Đán"),
        ("21 00:00", "22 00:00", 1440, False, "Thứ bảy"),
        ("22 00:00", "23 00:00", 1440, False, "Chủ nhật"),
        ("23 00:00", "23 07:30", 450, False, "ngoài giờ làm việc"),
        ("23 07:30", "23 08:30", 60, True, "giờ làm việc"),
    ]


def test_worked_saturday_and_lunch_are_named():
    promise = due(at("2026-01-09T16:30"), Limit(5, LimitUnit.WORKING_HOUR), NATION, RULE)
    assert _shown(promise) == [
        ("09 16:30", "09 17:00", 30, True, "giờ làm việc"),
        ("09 17:00", "10 07:30", 870, False, "ngoài giờ làm việc"),
        ("10 07:30", "10 11:30", 240, True, "Làm bù"),
        ("10 11:30", "10 13:00", 90, False, "nghỉ trưa"),
        ("10 13:00", "10 13:30", 30, True, "Làm bù"),
    ]


def test_days_are_explained_by_the_day():
    promise = due(at("2026-08-20T09:00"), Limit(Decimal("2.5"), LimitUnit.WORKING_DAY), NATION, RULE)
    assert _shown(promise) == [
        ("20 09:00", "21 00:00", 900, False, "ngày tiếp nhận không tính"),
        ("21 00:00", "22 00:00", 480, True, "ngày làm việc"),
        ("22 00:00", "23 00:00", 480, True, "Làm bù"),
        ("23 00:00", "24 00:00", 1440, False, "Chủ nhật"),
        ("24 00:00", "24 11:30", 240, True, "ngày làm việc"),
    ]


def test_pause_is_named_in_working_time():
    promise = due(at("2026-11-16T09:00"), Limit(4, LimitUnit.WORKING_HOUR), NATION, RULE)
    moved = promise.moved_by([Pause(at("2026-11-16T10:00"), at("2026-11-17T10:00"))])
    assert _shown(moved) == [
        ("16 09:00", "16 10:00", 60, True, "giờ làm việc"),
        ("16 10:00", "17 10:00", 1440, False, "tạm dừng chờ bổ sung"),
        ("17 10:00", "17 11:30", 90, True, "giờ làm việc"),
        ("17 11:30", "17 13:00", 90, False, "nghỉ trưa"),
        ("17 13:00", "17 14:30", 90, True, "giờ làm việc"),
    ]


def test_pause_after_the_limit_ran_out_is_made_up():
    promise = due(at("2026-11-16T09:00"), Limit(1, LimitUnit.WORKING_HOUR), NATION, RULE)
    moved = promise.moved_by([Pause(at("2026-11-16T10:30"), at("2026-11-16T10:50"))])
    assert _shown(moved) == [
        ("16 09:00", "16 10:00", 60, True, "giờ làm việc"),
        ("16 10:00", "16 10:20", 20, False, "bù thời gian tạm dừng"),
    ]


def test_pause_of_a_limit_in_days_is_made_up_after_it():
    promise = due(at("2026-11-16T09:00"), Limit(1, LimitUnit.WORKING_DAY), NATION, RULE)
    moved = promise.moved_by([Pause(at("2026-11-17T09:00"), at("2026-11-17T10:00"))])
    assert _shown(moved)[-2:] == [
        ("17 00:00", "17 17:00", 480, True, "ngày làm việc"),
        ("17 17:00", "18 08:30", 930, False, "bù thời gian tạm dừng"),
    ]


def test_day_that_rolls_on_is_explained():
    promise = due(at("2026-11-19T09:00"), Limit(2, LimitUnit.DAY), NATION, RULE)
    assert _shown(promise) == [
        ("19 09:00", "20 00:00", 900, False, "ngày tiếp nhận không tính"),
        ("20 00:00", "22 00:00", 2880, True, "ngày"),
        ("22 00:00", "23 00:00", 1440, False, "Chủ nhật"),
        ("23 00:00", "23 17:00", 1020, False, "ngày cuối là ngày nghỉ, chuyển sang ngày làm việc tiếp theo"),
    ]


def test_receipt_after_the_cut_off_is_explained():
    promise = due(at("2026-11-19T15:30"), Limit(0, LimitUnit.WORKING_DAY), NATION, RULE)
    assert _shown(promise)[0] == (
        "19 15:30",
        "20 00:00",
        510,
        False,
        "tiếp nhận sau giờ quy định, tính từ ngày làm việc tiếp theo",
    )


def test_closed_day_of_a_unit_is_named():
    promise = due(at("2026-03-09T16:30"), Limit(1, LimitUnit.WORKING_HOUR), SATURDAY_UNIT, RULE)
    assert ("10 00:00", "11 00:00", 1440, False, "Ngày hội địa phương") in _shown(promise)


@pytest.mark.parametrize(
    ("limit", "days"),
    [(Limit(2, LimitUnit.WORKING_DAY), 2), (Limit("1.5", LimitUnit.WORKING_DAY), 1.5)],
)
def test_entry_has_the_shape_of_the_contract(limit, days):
    last = due(at("2026-11-16T09:00"), limit, NATION, RULE).ledger()[-1].as_dict()
    assert list(last) == ["from", "to", "minutes", "counted", "reason", "days"]
    assert (last["from"], last["counted"], last["days"]) == ("2026-11-17T00:00:00+07:00", True, days)
