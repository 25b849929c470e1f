"""Whose turn it is, how many go before, how long that usually takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queues.rules.line import Place, Waiting, is_turn_of_others, minutes_to_wait, outlook_of

A, B = 1, 2
SECONDS = {A: 600, B: 120}


@pytest.mark.parametrize(
    ("last", "due"),
    [([], False), ([True], False), ([True, True], True), ([False, True], False), ([True, True, True], True)],
)
def test_others_are_due_after_two_favoured(last, due):
    assert is_turn_of_others(last, 2) is due


def line(*kinds):
    """Return people of the groups named, "A+" being favoured; the key is the place in the line."""
    return [Waiting(key, {"A": A, "B": B}[kind[0]], kind.endswith("+")) for key, kind in enumerate(kinds)]


def before(outlook):
    return [outlook.turns[key][0] for key in sorted(outlook.turns)]


def test_one_window_calls_in_order():
    outlook = outlook_of(line("A", "A", "A"), [Place(1, frozenset({A}), free_in=60)], SECONDS, 2)
    assert outlook.turns == {0: (0, 60), 1: (1, 660), 2: (2, 1260)}
    assert outlook.newcomer == {A: 1860}


def test_two_favoured_then_one_of_the_others():
    outlook = outlook_of(line("A", "A", "A+", "A+", "A+", "A+"), [Place(1, frozenset({A}))], SECONDS, 2)
    assert before(outlook) == [2, 5, 0, 1, 3, 4]


def test_other_groups_at_the_same_window_go_before_too():
    outlook = outlook_of(line("A", "A", "B"), [Place(1, frozenset({A, B}))], SECONDS, 2)
    assert outlook.turns[2] == (2, 1200)


def test_a_second_window_shortens_the_wait():
    places = [Place(1, frozenset({A, B})), Place(2, frozenset({A}), free_in=30)]
    outlook = outlook_of(line("A", "A", "B"), places, SECONDS, 2)
    assert outlook.turns == {0: (0, 0), 1: (1, 30), 2: (1, 600)}  # only the first window concerns the third person
    assert outlook.newcomer == {A: 630, B: 720}


def test_whoever_was_sent_to_a_window_waits_for_it():
    people = [Waiting(0, A, True, wanted=2), Waiting(1, A, False)]
    places = [Place(1, frozenset({A})), Place(2, frozenset({B}), free_in=300)]
    assert outlook_of(people, places, SECONDS, 2).turns == {0: (0, 300), 1: (0, 0)}


def test_whom_no_window_serves_nothing_is_told():
    outlook = outlook_of(line("A", "B"), [Place(1, frozenset({A}))], SECONDS, 2)
    assert (outlook.turns, outlook.newcomer) == ({0: (0, 0)}, {A: 600})
    assert outlook_of(line("A"), [], SECONDS, 2).turns == {}


@given(st.lists(st.sampled_from(["A", "A+", "B", "B+"]), max_size=20), st.integers(1, 3), st.integers(1, 4))
def test_everybody_is_called_once_and_nobody_stands_still(kinds, windows, most):
    people = line(*kinds)
    places = [Place(number, frozenset({A, B})) for number in range(windows)]
    outlook = outlook_of(people, places, SECONDS, most)
    assert sorted(before(outlook)) == list(range(len(people)))
    for person in people:
        others_ahead = sum(not each.is_favoured for each in people[: person.key])
        if not person.is_favoured:
            # Each window calls at most ``most`` favoured ones before one of the others.
            assert outlook.turns[person.key][0] <= others_ahead + windows * most * (others_ahead + 1)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, (0, 1)), (300, (3, 8)), (1200, (10, 30)), (None, None)])
def test_usual_waiting_is_a_range(seconds, minutes):
    assert minutes_to_wait(seconds) == minutes
