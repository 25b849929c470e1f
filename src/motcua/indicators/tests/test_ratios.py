"""Ratios and targets: exact arithmetic, no data is not zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.indicators.rules.ratios import MET, MISSED, NO_DATA, RatioValue, outcome, still_needed


def test_ratio_is_rounded_half_up_to_one_decimal():
    assert RatioValue(10, 12).percent == Decimal("83.3")
    assert RatioValue(1, 8).percent == Decimal("12.5")
    assert RatioValue(0, 0).percent is None


@pytest.mark.parametrize(
    ("part", "whole", "comparator", "target", "expected"),
    [
        (98, 100, ">=", 98, MET),
        (9796, 10000, ">=", 98, MISSED),  # 97,96 is shown as 98,0 and does not pass for it
        (98, 100, ">", 98, MISSED),
        (100, 100, "=", 100, MET),
        (99, 100, "=", 100, MISSED),
        (0, 0, ">=", 0, NO_DATA),
        (1, 100, "<=", 1, MET),
        (1, 100, "<", 1, MISSED),
    ],
)
def test_outcome_compares_unrounded(part, whole, comparator, target, expected):
    assert outcome(RatioValue(part, whole), comparator, Decimal(target)) == expected


def test_unknown_comparator_is_a_mistake():
    with pytest.raises(ValueError, match="comparator"):
        outcome(RatioValue(1, 2), "~", Decimal(1))


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 100))
def test_what_is_still_needed_is_just_enough(part, whole, target):
    part = min(part, whole)
    needed = still_needed(RatioValue(part, whole), Decimal(target))
    assert outcome(RatioValue(part + needed, whole), ">=", Decimal(target)) == MET
    assert needed == 0 or outcome(RatioValue(part + needed - 1, whole), ">=", Decimal(target)) == MISSED
