"""Where a task stands (DOMAIN 10.1, R10.1-R10.6)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.task_status import (
    COUNTED,
    DONE_LATE,
    DONE_ON_TIME,
    DONE_UNDATED,
    OPEN_IN_TIME,
    OPEN_LATE,
    ROUTINE,
    ROUTINE_DONE,
    UNDATED,
    task_status,
)

DUE = date(2026, 3, 31)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def status(kind="date", due_on=DUE, done_on=None, day=DUE):
    return task_status(deadline_kind=kind, due_on=due_on, done_on=done_on, day=day).code


@pytest.mark.parametrize(
    ("done_on", "day", "expected"),
    [
        (None, DUE, OPEN_IN_TIME),  # the last day itself is in time
        (None, DUE + timedelta(1), OPEN_LATE),
        (DUE, DUE, DONE_ON_TIME),
        (DUE + timedelta(1), DUE + timedelta(9), DONE_LATE),
        (DUE + timedelta(5), DUE + timedelta(2), OPEN_LATE),  # not done yet on the day that is asked about
        (DUE - timedelta(5), DUE - timedelta(9), OPEN_IN_TIME),
    ],
)
def test_task_with_a_day_is_one_of_four(done_on, day, expected):
    assert status(done_on=done_on, day=day) == expected


@pytest.mark.parametrize("kind", ["recurring", "ongoing"])
def test_routine_task_is_not_counted_even_after_its_window(kind):
    late = date(2027, 1, 1)
    assert status(kind, day=late) == ROUTINE
    assert status(kind, done_on=DUE, day=late) == ROUTINE_DONE
    assert {ROUTINE, ROUTINE_DONE}.isdisjoint(COUNTED)


@pytest.mark.parametrize("kind", ["external", "event", "unspecified"])
def test_task_by_reference_is_not_on_time_before_its_day_is_known(kind):
    assert status(kind, due_on=None) == UNDATED
    assert status(kind, due_on=None, done_on=DUE) == DONE_UNDATED
    assert status("date", done_on=DUE) == DONE_ON_TIME  # R10.6: once the reference is resolved


@pytest.mark.parametrize(
    ("words", "last_good_day"),
    [
        ("Trước ngày 01/4/2023", date(2023, 3, 31)),
        ("14/12/2023", date(2023, 12, 14)),
        ("Tháng 02/2023", date(2023, 2, 28)),
        ("Tháng 11/2022, chậm nhất tháng 3/2023", date(2023, 3, 31)),  # R10.5: late only after the later day
    ],
)
def test_words_of_a_deadline_decide_the_last_good_day(words, last_good_day):
    deadline = parse_deadline(words)
    asked = {"kind": deadline.kind, "due_on": deadline.due_on}
    assert status(**asked, day=last_good_day) == OPEN_IN_TIME
    assert status(**asked, day=last_good_day + timedelta(1)) == OPEN_LATE


@given(due_on=DAYS, done_on=st.none() | DAYS, day=DAYS)
def test_four_states_are_exact_opposites(due_on, done_on, day):
    found = task_status(deadline_kind="date", due_on=due_on, done_on=done_on, day=day)
    is_done = done_on is not None and done_on <= day
    assert found.code in COUNTED
    assert (found.code in (DONE_ON_TIME, DONE_LATE)) == is_done
    assert (found.days_late > 0) == (found.code in (DONE_LATE, OPEN_LATE))
