"""Numbers of the turns of dossiers' lives, and that new states keep the sums of DOMAIN 4.12 and 8.2 true."""

from datetime import date, timedelta

import pytest

from motcua.dossiers.actions import handling, lateness, obligations, one_visit, papers, supplementing, withdrawing
from motcua.dossiers.factories import MONDAY, make_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.published import forget_marks
from motcua.dossiers.tests.test_history import NOTICE
from motcua.indicators.queries import count, ratio
from motcua.procedures.models import Procedure, Trait

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def number(world):
    """Return a count for the department in March."""
    return lambda code: count(code, world.units["T.01"], FIRST, LAST)


@pytest.fixture
def rate(world):
    """Return a ratio for the department in March, in per cent."""
    return lambda code: ratio(code, world.units["T.01"], FIRST, LAST).percent


def handled(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    return code


def mark(world, trait):
    forget_marks()
    procedure = Procedure.objects.get(code=world.procedure)
    Trait.objects.create(procedure=procedure, trait=trait, valid_from=date(2018, 1, 1), source="thử nghiệm")


def test_electronic_routing_leaves_out_what_went_on_paper(world, number, rate):
    codes = [handled(world) for _ in range(4)]
    world.file_at_counter(procedure=world.inter_agency)  # not handed over yet
    papers.give_papers(codes[0], actor=world.counter, at=MONDAY + 2 * HOUR)
    assert (number("dossiers.handed_over_electronically"), number("dossiers.handed_over")) == (3, 4)
    assert rate("dossiers.electronic_routing_rate") == 75


def test_one_visit_and_vertical_agencies_are_counted(world, number, rate):
    for trait in ("five_on_the_spot", "vertical"):
        mark(world, trait)
    code = handled(world)
    visit = one_visit.Visit(result_text="Được", payment_method="cash")
    for who in ("specialist", "head", "leader", "counter"):
        one_visit.handle_in_one_visit(code, visit=visit, actor=getattr(world, who), at=MONDAY + 3 * HOUR)
    handled(world)
    found = {
        name: number(f"dossiers.{name}")
        for name in ("in_one_visit", "five_on_the_spot", "of_five_on_the_spot", "of_vertical_agencies")
    }
    assert found == {"in_one_visit": 1, "five_on_the_spot": 1, "of_five_on_the_spot": 1, "of_vertical_agencies": 2}
    assert rate("dossiers.five_on_the_spot_rate") == 100


def test_new_states_keep_the_sums(world, number):
    """received = resolved + running (in time, late) + ended without result (DOMAIN 4.12 rule 1, 8.2)."""
    running, owing, late_owing, asked, gone = (handled(world) for _ in range(5))
    obligations.ask_obligation(owing, notice=NOTICE, actor=world.specialist, at=MONDAY + 2 * HOUR)
    Dossier.objects.filter(code=late_owing).update(due_at=MONDAY + HOUR)  # was late before the clock stood still
    obligations.ask_obligation(late_owing, notice=NOTICE, actor=world.specialist, at=MONDAY + 2 * HOUR)
    for code in (asked, gone):
        withdrawing.ask_withdrawal(code, reason="Thôi", actor=world.counter, at=MONDAY + 2 * HOUR)
    withdrawing.confirm_withdrawal(gone, actor=world.specialist, at=MONDAY + 3 * HOUR)
    supplementing.request_supplement(running, items="A", reason="B", actor=world.specialist, at=MONDAY + 2 * HOUR)
    in_time, late = number("dossiers.open_in_time"), number("dossiers.open_late")
    assert (in_time, late) == (2, 2)  # owing and supplementing stand; asked runs on and is late by the 31st
    withdrawn = Dossier.objects.filter(state="withdrawn").count()
    assert number("dossiers.received") == number("dossiers.resolved") + in_time + late + withdrawn
    assert number("dossiers.supplements_asked") == 1


def test_late_dossiers_are_counted_by_explanation_and_apology(world, number):
    later = MONDAY + timedelta(days=10)
    codes = [handled(world) for _ in range(2)]
    lateness.make_round(at=later)
    lateness.explain(codes[0], text="Thiếu ý kiến", actor=world.specialist, at=later)
    lateness.approve_apology(codes[0], actor=world.leader, at=later)
    lateness.send_apology(codes[0], actor=world.counter, at=later)
    for code in codes:
        handling.propose(code, actor=world.specialist, result_text="Được", at=later)
        handling.propose(code, actor=world.head, at=later)
        handling.approve(code, actor=world.leader, at=later)
    measured = [number(f"dossiers.late{name}") for name in (
        "", "_explained", "_unexplained", "_with_apology", "_without_apology")]  # fmt: skip
    assert measured == [2, 1, 1, 1, 1]
