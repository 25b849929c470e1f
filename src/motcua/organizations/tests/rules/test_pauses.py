"""Time of waiting for the applicant moves the due instant (R4.10, R4.13)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.pauses import Pause, suspended_minutes
from motcua.organizations.rules.time_limits import Limit, LimitUnit, due
from motcua.organizations.tests.rules.calendars import NATION, SATURDAY_UNIT, at, instants
from motcua.organizations.tests.rules.test_time_limits import RULE


def _promise(received, value, unit, calendar=NATION):
    return due(at(received), Limit(value, unit), calendar, RULE)


def _pause(start, end):
    return Pause(at(start), at(end) if end else None)


THREE_DAYS = ("2026-11-16T09:00", 3, LimitUnit.WORKING_DAY)  # due on Thursday the 19th


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], "19T17:00"),
        ([("17T10:00", "18T10:00")], "20T17:00"),
        ([("17T10:00", "17T11:00")], "20T08:30"),
        ([("17T17:00", "18T07:30")], "19T17:00"),  # a night costs nobody anything
        ([("17T10:00", "17T11:00"), ("18T10:00", "18T11:00")], "20T09:30"),
        ([("17T10:00", "17T11:00"), ("17T10:30", "17T11:30")], "20T09:00"),  # an overlap counts once
        ([("17T08:00", "17T11:00"), ("17T09:00", "17T10:00")], "20T10:30"),
        ([("16T08:00", "16T09:30")], "20T08:00"),  # before receipt nothing ran
        ([("20T09:00", "20T10:00")], "20T08:30"),  # late, and still late
    ],
)
def test_pauses_move_the_due_instant_by_their_working_time(pauses, expected):
    made = [_pause(f"2026-11-{start}", f"2026-11-{end}") for start, end in pauses]
    promise = _promise(*THREE_DAYS).moved_by(made)
    assert promise.at == at(f"2026-11-{expected}")
    assert promise.promised_at == at("2026-11-19T17:00")


def test_open_pause_leaves_no_due_instant():
    closed, still_open = _pause("2026-11-17T10:00", "2026-11-17T11:00"), _pause("2026-11-18T10:00", None)
    assert _promise(*THREE_DAYS).moved_by([closed, still_open]) is None


def test_asking_again_with_more_pauses_starts_from_the_promise():
    first = _pause("2026-11-17T10:00", "2026-11-17T11:00")
    second = _pause("2026-11-18T10:00", "2026-11-18T11:00")
    once = _promise(*THREE_DAYS).moved_by([first])
    assert once.moved_by([first, second]) == _promise(*THREE_DAYS).moved_by([second, first])


def test_pause_counts_the_working_time_of_the_unit():
    pause = _pause("2026-03-06T17:00", "2026-03-09T07:30")
    assert suspended_minutes(NATION, [pause], at("2026-03-02T09:00")) == 0
    assert suspended_minutes(SATURDAY_UNIT, [pause], at("2026-03-02T09:00")) == 240


def test_pause_that_ends_before_it_starts_is_refused():
    with pytest.raises(CalendarRefused, match="kết thúc 09:00 17/11/2026 trước khi bắt đầu 10:00 17/11/2026"):
        _pause("2026-11-17T10:00", "2026-11-17T09:00")


@given(
    instants(date(2026, 1, 5), date(2026, 6, 30)),
    st.integers(1, 4_000),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 8_000)), max_size=4),
)
def test_unpaused_working_minutes_until_due_are_the_limit(received, minutes, offsets):
    pauses = [
        Pause(received + timedelta(minutes=start), received + timedelta(minutes=start + length))
        for start, length in offsets
    ]
    promise = due(received, Limit(minutes, LimitUnit.MINUTE), NATION, RULE)
    moved = promise.moved_by(pauses)
    paused = suspended_minutes(NATION, pauses, promise.received_at)
    assert NATION.working_minutes_between(promise.received_at, moved.at) == minutes + paused
