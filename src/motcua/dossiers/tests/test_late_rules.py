"""The pure rules of lateness: forecast, bursts, dated numbers, and the words for working time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.dossiers.queries.why import as_time
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.dossiers.rules.forecast import Pace, Step, load_of, parts_of
from motcua.dossiers.rules.guards import bursts

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
USUAL = Pace((60, 120, 180, 240, 600), window=1200)  # one lies open at a time, usually


@pytest.mark.parametrize(
    ("held", "rest"),
    [
        (0, 180),  # the middle of all
        (150, 90),  # the middle of 30, 90, 450
        (599, 1),
        (600, 180),  # longer than any before: as if it began anew
    ],
)
def test_rest_of_a_step_is_told_by_cases_held_as_long(held, rest):
    (part,) = parts_of([Step("Thẩm định", USUAL, share=100, open_now=1)], held)
    assert part.minutes == rest


def test_load_lengthens_but_never_shortens_and_never_more_than_threefold():
    assert load_of(Step("x", USUAL, 100, open_now=0)) == 1
    assert load_of(Step("x", USUAL, 100, open_now=2)) == 2
    assert load_of(Step("x", USUAL, 100, open_now=99)) == 3
    assert load_of(Step("x", Pace(), 100, open_now=99)) == 1


@pytest.mark.parametrize(("held", "rest"), [(0, 100), (40, 60), (100, 100), (500, 100)])
def test_step_without_known_cases_takes_its_share(held, rest):
    first, second = parts_of([Step("x", Pace((1, 2, 3)), 100), Step("y", Pace(), 50)], held)
    assert (first.minutes, first.is_known, second.minutes) == (rest, False, 50)


def _rows(*seconds):
    return [(START + timedelta(seconds=each), f"{each}") for each in seconds]


def test_burst_is_found_once_however_long():
    within = timedelta(seconds=10)
    assert bursts(_rows(0, 5, 60), count=3, within=within) == []
    assert bursts(_rows(0, 5, 10), count=3, within=within) == [_rows(0, 5, 10)]
    long = _rows(*range(50))
    assert bursts(long, count=3, within=within) == [long]
    assert bursts(_rows(0, 1, 2, 100, 101, 102), count=3, within=within) == [_rows(0, 1, 2), _rows(100, 101, 102)]
    assert bursts([], count=3, within=within) == []


def test_numbers_are_dated():
    assert control_rules_on(date(2026, 3, 2)).apology_days_before_due == 1
    with pytest.raises(LookupError):
        control_rules_on(date(2010, 1, 1))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 phút làm việc"), (59, "59 phút làm việc"), (60, "1 giờ làm việc"), (125, "2 giờ 5 phút làm việc"),
     (480, "1 ngày làm việc"), (1019, "2 ngày làm việc"), (1020, "2 ngày 1 giờ làm việc")],
)  # fmt: skip
def test_working_time_in_words(minutes, words):
    assert as_time(minutes) == words
