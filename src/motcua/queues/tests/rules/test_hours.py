"""When numbers are given, which appointments there are, which seconds of waiting count."""

from datetime import date, datetime

import pytest

from motcua.base.clock import VIETNAM
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.rules.hours import gives_numbers, slots_of, waited_seconds
from motcua.queues.rules.labels import label_of, series_of
from motcua.queues.rules.priorities import priorities_on

SESSIONS = ((450, 690), (780, 1020))  # 7:30-11:30, 13:00-17:00


def at(hour, minute, second=0):
    return datetime(2026, 3, 2, hour, minute, second, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("minute", "gives"), [(419, False), (420, True), (700, True), (1019, True), (1020, False), (0, False)]
)
def test_numbers_are_given_from_shortly_before_opening_to_the_close(minute, gives):
    assert gives_numbers(SESSIONS, minute, open_before=30, stop_before=0) is gives


def test_no_numbers_on_a_day_off():
    assert gives_numbers((), 600, open_before=30, stop_before=0) is False


def test_slots_lie_whole_within_a_session():
    assert slots_of(((450, 500), (780, 795)), 15) == [450, 465, 480, 780]


@pytest.mark.parametrize(
    ("since", "called", "seconds"),
    [
        (at(8, 0), at(8, 14, 30), 870),
        (at(7, 5), at(7, 40), 600),  # before opening nobody can be called
        (at(11, 20), at(13, 10), 1200),  # ten minutes before noon, ten after
        (at(12, 0), at(13, 0, 5), 5),
        (at(16, 50), at(17, 20), 1800),  # after the close people still wait
        (at(9, 0), at(8, 50), 0),  # an appointment served early
    ],
)
def test_waiting_counts_while_somebody_could_be_called(since, called, seconds):
    assert waited_seconds(since, called, SESSIONS) == seconds


def test_limit_of_waiting_is_dated():
    limits = [hall_rules_on(date(year, 3, 2)).waiting_limit_minutes for year in (2022, 2024, 2025, 2026)]
    assert limits == [30, 30, 15, 15]
    with pytest.raises(LookupError):
        hall_rules_on(date(2021, 12, 31))


def test_priorities_name_their_source():
    found = priorities_on(date(2026, 3, 2))
    assert [each.code for each in found] == ["elderly", "disabled", "merit", "pregnant"]
    assert all(each.source and each.name_en for each in found)
    assert [each.code for each in priorities_on(date(2010, 12, 31))] == ["elderly"]


def test_labels_have_four_signs_until_the_day_is_long():
    assert label_of(series_of("A", is_appointment=False), 7) == "A007"
    assert label_of(series_of("A", is_appointment=True), 7) == "AH07"
    assert label_of("A", 1234) == "A1234"
