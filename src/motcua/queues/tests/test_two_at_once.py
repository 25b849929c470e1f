"""Many at the same time, on connections of their own: every number is given once and called once."""

from datetime import timedelta

import pytest

from motcua.base.refusal import Refused
from motcua.base.tests.at_once import at_once
from motcua.queues.actions import calling, taking
from motcua.queues.factories import MORNING, make_hall_world
from motcua.queues.models import Ticket, Turn
from motcua.queues.opening import slots_for
from motcua.queues.states import CALLED, KIOSK

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_hall_world()


def test_two_officers_never_call_the_same_number(world):
    for _turn in range(6):
        world.take()
    world.open(1, "officer")
    world.open(2, "colleague")
    for minute in range(3):
        at = MORNING + timedelta(minutes=minute)
        called = at_once(
            lambda at=at: calling.call_next("SANH", 1, actor=world.officer, at=at),
            lambda at=at: calling.call_next("SANH", 2, actor=world.colleague, at=at),
        )
        assert {each.label for each in called} == {f"A00{2 * minute + 1}", f"A00{2 * minute + 2}"}
        calling.serve("SANH", 1, actor=world.officer, at=at)
        calling.serve("SANH", 2, actor=world.colleague, at=at)
    assert Turn.objects.count() == 6


def test_last_number_goes_to_one_of_two(world):
    world.take()
    world.open(1, "officer")
    world.open(2, "colleague")
    called = at_once(
        lambda: calling.call_next("SANH", 1, actor=world.officer, at=MORNING),
        lambda: calling.call_next("SANH", 2, actor=world.colleague, at=MORNING),
    )
    assert sorted(each.label if each else "" for each in called) == ["", "A001"]


def test_one_key_pressed_twice_calls_one(world):
    for _turn in range(3):
        world.take()
    world.open()
    answers = at_once(*[lambda: calling.call_next("SANH", 1, actor=world.officer, at_ticket="", at=MORNING)] * 2)
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Ticket.objects.filter(state=CALLED).count() == 1


def test_kiosks_give_every_number_once(world):
    tickets = at_once(*[lambda: taking.take_number("SANH", group="A", channel=KIOSK, at=MORNING)] * 8)
    assert sorted(ticket.label for ticket in tickets) == [f"A{number:03d}" for number in range(1, 9)]


def test_last_place_of_a_slot_is_given_once(world):
    wanted = slots_for(world.hall.groups.get(letter="A"), MORNING)[0].at
    answers = at_once(*[lambda: taking.book("SANH", group="A", appointed_at=wanted, at=MORNING)] * 4)
    assert sum(isinstance(answer, Refused) for answer in answers) == 2
