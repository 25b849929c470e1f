"""Whose turn it is, how many go before, how long that usually takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queues.rules.line import before_favoured, before_other, is_turn_of_others, minutes_to_wait


@pytest.mark.parametrize(
    ("last", "due"),
    [([], False), ([True], False), ([True, True], True), ([False, True], False), ([True, True, True], True)],
)
def test_others_are_due_after_two_favoured(last, due):
    assert is_turn_of_others(last, 2) is due


def order_of(favoured, others, most):
    """Call everybody one by one, as a window does."""
    called, last = [], []
    favoured, others = [("f", n) for n in range(favoured)], [("o", n) for n in range(others)]
    while favoured or others:
        lines = [others, favoured] if is_turn_of_others(last, most) else [favoured, others]
        line = next(line for line in lines if line)
        called.append(line.pop(0))
        last.insert(0, called[-1][0] == "f")
    return called


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 4))
def test_place_in_the_line_is_what_calling_makes_of_it(favoured, others, most):
    for before, (kind, ahead) in enumerate(order_of(favoured, others, most)):
        told = before_favoured(ahead, others, most) if kind == "f" else before_other(ahead, favoured, most)
        assert told == before


def test_everybody_is_called_though_favoured_ones_keep_coming():
    assert before_other(0, 1000, 2) == 2


@pytest.mark.parametrize(
    ("before", "seconds", "windows", "minutes"),
    [(0, 600, 2, (0, 1)), (1, 300, 1, (3, 8)), (4, 600, 2, (10, 30)), (3, 600, 0, None)],
)
def test_usual_waiting_is_a_range(before, seconds, windows, minutes):
    assert minutes_to_wait(before, seconds, windows) == minutes
