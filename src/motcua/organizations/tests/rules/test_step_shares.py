"""The limits of the steps add up to the limit of the whole (R4.09)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.step_shares import minutes_by_share, split_by_share
from motcua.organizations.rules.time_limits import Limit, LimitUnit, due
from motcua.organizations.tests.rules.calendars import NATION, at, instants
from motcua.organizations.tests.rules.test_time_limits import RULE

shares = st.lists(st.one_of(st.integers(0, 100), st.decimals(0, 1, places=3)), min_size=1, max_size=9).filter(any)


@given(st.integers(0, 100_000), shares)
def test_minutes_of_steps_add_up_and_keep_proportion(total, parts):
    minutes = minutes_by_share(total, parts)
    whole = sum(Fraction(part) for part in parts)
    assert sum(minutes) == total
    for got, part in zip(minutes, parts, strict=True):
        assert abs(got - total * Fraction(part) / whole) < 1


@given(
    instants(date(2025, 11, 1), date(2026, 10, 31)),
    st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.DAY, LimitUnit.WORKING_HOUR]),
    st.integers(1, 30),
    shares,
)
def test_steps_follow_each_other_until_the_whole_is_due(received, unit, value, parts):
    promise = due(received, Limit(value, unit), NATION, RULE)
    steps = split_by_share(promise, parts)
    assert steps == sorted(steps)
    assert len(steps) == len(parts)
    assert steps[0] >= promise.received_at
    assert steps[-1] == promise.at


def test_hours_are_divided_along_working_time():
    promise = due(at("2026-11-16T09:00"), Limit(16, LimitUnit.WORKING_HOUR), NATION, RULE)
    parts = [Decimal("0.1"), Decimal("0.7"), Decimal("0.2")]  # 96, 672 and 192 minutes
    expected = ["2026-11-16T10:36", "2026-11-17T15:18", "2026-11-18T09:00"]
    assert split_by_share(promise, parts) == [at(end) for end in expected]


@pytest.mark.parametrize("parts", [[], [0, 0], [1, -1, 3]])
def test_shares_that_divide_nothing_are_refused(parts):
    with pytest.raises(CalendarRefused, match="Tỷ lệ"):
        minutes_by_share(100, parts)
