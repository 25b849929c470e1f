"""Edges of the clock: Friday 16:59, Tết, a swapped Saturday, a unit's own hours, after 15:00 (R4.03-R4.11)."""

from datetime import date, datetime

import pytest

from motcua.base.clock import VIETNAM
from motcua.dossiers.actions import handling, obligations, supplementing, withdrawing
from motcua.dossiers.actions.filing import Paper
from motcua.dossiers.models import Dossier, WithdrawalRequest
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.rules.limits import promised_due, reply_due
from motcua.dossiers.tests.test_history import NOTICE
from motcua.organizations.models import CalendarDay, WorkingHours
from motcua.organizations.queries import calendar_for, forget_calendars
from motcua.procedures.models import Offering
from motcua.workflow.models import Run

pytestmark = pytest.mark.django_db


def at(text):
    """Return an instant of Vietnam written as "2026-02-13 16:59"."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def due(text, value, unit, code=""):
    return promised_due(calendar_for(code), at(text), value, unit)


@pytest.fixture
def _calendar(world):
    forget_calendars()


@pytest.mark.usefixtures("_calendar")
@pytest.mark.parametrize(
    ("received", "value", "unit", "expected"),
    [
        # Friday's last minute: the day of receipt is not counted (R4.04), the weekend is no working time (R4.11).
        ("2026-03-06 16:59", 1, "working_day", "2026-03-09 17:00"),
        ("2026-03-06 16:59", 8, "working_hour", "2026-03-09 16:59"),
        ("2026-03-06 17:00", 1, "working_day", "2026-03-09 17:00"),
        ("2026-03-06 17:01", 1, "working_hour", "2026-03-09 08:30"),
        ("2026-03-07 09:00", 1, "working_day", "2026-03-09 17:00"),
        # Same-day procedures: after 15:00 the next working day (R4.05).
        ("2026-03-04 14:59", 0, "working_day", "2026-03-04 17:00"),
        ("2026-03-04 15:00", 0, "working_day", "2026-03-04 17:00"),
        ("2026-03-04 15:01", 0, "working_day", "2026-03-05 17:00"),
        ("2026-03-06 15:01", 0, "working_day", "2026-03-09 17:00"),
        # Over Tết Bính Ngọ: 16-20/02/2026 are days off, 14/02 and 21/02 the weekends beside them.
        ("2026-02-13 16:59", 1, "working_day", "2026-02-23 17:00"),
        ("2026-02-13 16:00", 2, "working_hour", "2026-02-23 08:30"),
        ("2026-02-13 15:30", 0, "working_day", "2026-02-23 17:00"),
        # A limit in days that ends on a day off ends on the next working day (Civil Code 2015, article 148).
        ("2026-02-12 09:00", 5, "day", "2026-02-23 17:00"),
    ],
)
def test_due_instant_at_the_edge(received, value, unit, expected):
    found = due(received, value, unit)
    assert found.astimezone(VIETNAM) == at(expected)


@pytest.mark.usefixtures("_calendar")
def test_reply_to_a_filing_at_the_edge_of_tet():
    assert reply_due(calendar_for(), at("2026-02-13 16:59")).astimezone(VIETNAM) == at("2026-02-23 16:59")


def test_saturday_worked_instead_of_another_day_counts(world):
    """29/8/2026 is worked, 31/8 is off instead."""
    CalendarDay.objects.update_or_create(
        unit=None, day=date(2026, 8, 29), defaults={"kind": "working_saturday", "name": "Làm bù", "source": "thử"}
    )
    CalendarDay.objects.update_or_create(
        unit=None, day=date(2026, 8, 31), defaults={"kind": "day_off", "name": "Hoán đổi", "source": "thử"}
    )
    forget_calendars()
    assert due("2026-08-28 16:59", 1, "working_day").astimezone(VIETNAM) == at("2026-08-29 17:00")
    assert due("2026-08-29 09:00", 1, "working_day").astimezone(VIETNAM).date() > date(2026, 8, 31)


def test_unit_with_hours_of_its_own_keeps_its_own_clock(world):
    """The commune works on Saturday mornings and closes at 16:30."""
    hours = {"valid_from": date(2018, 1, 1), "source": "thử"}
    WorkingHours.objects.create(
        unit=world.units["T.10"], weekdays=[0, 1, 2, 3, 4], sessions=[["07:00", "11:30"], ["13:00", "16:30"]], **hours
    )
    WorkingHours.objects.create(unit=world.units["T.10"], weekdays=[5], sessions=[["07:00", "11:00"]], **hours)
    forget_calendars()
    friday = "2026-03-06 16:00"
    assert due(friday, 2, "working_hour", "T.10").astimezone(VIETNAM) == at("2026-03-07 08:30")
    assert due(friday, 1, "working_day", "T.10").astimezone(VIETNAM) == at("2026-03-07 11:00")
    assert due(friday, 1, "working_day", "T.01").astimezone(VIETNAM) == at("2026-03-09 17:00")
    code = world.file(unit="T.10", at=at("2026-03-06 16:29")).code
    assert Run.objects.get(subject=code).due_at.astimezone(VIETNAM) == at("2026-03-09 10:59")


# Pauses at the edges: what the applicant waits over a weekend or Tết is no working time.


@pytest.fixture
def code(world):
    """A dossier of five working days that the specialist handles since Friday 13/02/2026, the eve of Tết."""
    code = world.file_at_counter(at=at("2026-02-13 08:00")).code
    if Run.objects.get(subject=code).phase == "receive":
        handling.forward(code, actor=world.counter, at=at("2026-02-13 09:00"))
    return code


def due_of(code):
    return Dossier.objects.get(code=code).due_at.astimezone(VIETNAM)


@pytest.mark.parametrize("waits_for", ["supplement", "payment"])
@pytest.mark.parametrize(
    ("asked", "answered", "moved"),
    [
        ("2026-02-13 16:59", "2026-02-23 08:00", "2026-03-02 08:01"),  # one minute of Friday, half an hour of Monday
        ("2026-02-13 16:59", "2026-02-22 20:00", "2026-03-02 07:31"),  # a day off: one minute
        ("2026-02-15 10:00", "2026-02-20 10:00", "2026-02-27 17:00"),  # wholly in Tết: nothing
    ],
)
def test_pause_over_tet_moves_the_due_instant_by_working_time_only(world, code, waits_for, asked, answered, moved):
    assert due_of(code) == at("2026-02-27 17:00")
    if waits_for == "payment":
        obligations.ask_obligation(code, notice=NOTICE, actor=world.specialist, at=at(asked))
        obligations.settle_obligation(code, reference="B", actor=world.counter, at=at(answered))
    else:
        supplementing.request_supplement(code, items="A", reason="B", actor=world.specialist, at=at(asked))
        supplementing.supply(code, papers=[Paper("A")], actor=world.counter, at=at(answered))
    assert due_of(code) == at(moved)
    assert Run.objects.get(subject=code).due_at.astimezone(VIETNAM) == at(moved)


def test_withdrawal_asked_on_the_eve_of_tet_is_answered_after_it(world, code):
    withdrawing.ask_withdrawal(code, reason="Thôi", actor=world.counter, at=at("2026-02-13 16:59"))
    assert WithdrawalRequest.objects.get().answer_by.astimezone(VIETNAM) == at("2026-02-23 16:59")


@pytest.mark.parametrize(
    ("decided", "is_on_time"), [("2026-02-27 16:59", True), ("2026-02-27 17:00", True), ("2026-02-27 17:01", False)]
)
def test_on_time_is_exact_to_the_minute(world, code, decided, is_on_time):
    handling.propose(code, result_text="Được", actor=world.specialist, at=at("2026-02-24 09:00"))
    handling.propose(code, actor=world.head, at=at("2026-02-24 10:00"))
    handling.approve(code, actor=world.leader, at=at(decided))
    assert Dossier.objects.get(code=code).is_on_time is is_on_time


def test_limit_of_the_offering_is_what_is_promised(world):
    Offering.objects.filter(unit=world.units["T.01"]).update(limit_value=0, limit_unit="working_day")
    offering_of.cache_clear()
    code = world.file_at_counter(at=at("2026-03-04 15:01")).code
    offering_of.cache_clear()
    assert due_of(code) == at("2026-03-05 17:00")
