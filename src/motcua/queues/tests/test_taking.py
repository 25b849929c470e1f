"""Taking numbers and coming to appointments."""

import re
from datetime import timedelta

import pytest
from django.http import Http404

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.actions.calendar import set_day
from motcua.queues.actions import taking
from motcua.queues.actions.halls import set_up_group
from motcua.queues.factories import MORNING
from motcua.queues.models import RequestCount, Ticket
from motcua.queues.opening import opening_of, slots_for
from motcua.queues.states import BOOKED, CANCELLED, KIOSK, PHONE, WAITING


def take(**changes):
    return taking.take_number("SANH", **({"group": "A", "channel": KIOSK, "at": MORNING} | changes))


def test_each_group_counts_from_one(world):
    assert [world.take(group).label for group in "ABAA"] == ["A001", "B001", "A002", "A003"]


def test_every_day_counts_from_one(world):
    world.take()
    assert take(at=MORNING + timedelta(days=1)).label == "A001"


@pytest.mark.parametrize(
    ("hours", "when"),
    [(-2, "07:30 02/03/2026"), (10, "07:30 03/03/2026"), (-24, "07:30 02/03/2026")],
)
def test_a_closed_hall_says_when_it_opens(world, hours, when):
    with pytest.raises(Refused, match=when):
        take(at=MORNING + timedelta(hours=hours))


def test_a_unit_off_for_the_day_gives_no_numbers(world):
    set_day(
        day=MORNING.date(), kind="day_off", name="Chuyển trụ sở", source="thử", unit=world.units["T.MC"], actor=""
    )  # fmt: skip
    assert opening_of(world.hall, MORNING).is_open is False


@pytest.mark.parametrize(
    ("changes", "field"), [({"group": "Z"}, "group"), ({"priority": "vip"}, "priority"), ({"channel": "x"}, "channel")]
)
def test_what_is_not_offered_is_refused_in_place(world, changes, field):
    with pytest.raises(Refused) as refused:
        take(**changes)
    assert refused.value.field == field
    assert not Ticket.objects.exists()


def test_unknown_hall_is_not_there(world):
    with pytest.raises(Http404):
        taking.take_number("KHAC", group="A", channel=KIOSK, at=MORNING)


def test_one_address_cannot_take_all_numbers(world):
    for _turn in range(30):
        take(address="203.0.113.7", channel=PHONE)
    with pytest.raises(Refused, match="Máy này"):
        take(address="203.0.113.7", channel=PHONE)
    take(address="203.0.113.8", channel=PHONE)
    take(address="203.0.113.7", channel=PHONE, at=MORNING + timedelta(minutes=1))


def test_of_an_address_nothing_readable_is_kept(world):
    take(address="203.0.113.7")
    of_address, of_hall = RequestCount.objects.order_by("key").values_list("key", flat=True)
    assert of_hall == "hall SANH"
    assert re.fullmatch("[0-9a-f]{64}", of_address)  # a digest under our own secret key


def test_fact_of_a_number_knows_no_person(world):
    ticket = world.take(priority="disabled")
    fact = Fact.objects.get(subject=ticket.code)
    assert (fact.verb, fact.actor, fact.unit) == ("ticket.taken", "", "T.MC")
    assert fact.data == {
        "hall": "SANH", "label": "A001", "group": "A", "channel": "kiosk", "is_favoured": True,
    }  # fmt: skip


def test_a_number_is_given_up_once(world):
    ticket = world.take()
    taking.cancel(ticket.code, at=MORNING)
    assert Ticket.objects.get().state == CANCELLED
    with pytest.raises(Refused, match="đã hủy"):
        taking.cancel(ticket.code, at=MORNING)


def slot(world, number=0):
    return slots_for(world.hall.groups.get(letter="A"), MORNING)[number].at


def test_slots_are_ahead_of_now_in_office_hours(world):
    found = slots_for(world.hall.groups.get(letter="A"), MORNING)
    assert (found[0].at, found[0].places) == (MORNING + timedelta(minutes=15), 2)
    assert found[-1].at == MORNING.replace(day=9, hour=16, minute=45)  # five working days ahead
    assert not [each for each in found if each.at.hour == 12]


def test_an_appointment_is_known_by_its_code_alone(world):
    ticket = taking.book("SANH", group="A", appointed_at=slot(world), at=MORNING)
    assert (ticket.label, ticket.state, ticket.taken_at) == ("AH01", BOOKED, None)


def test_a_full_slot_takes_no_more(world):
    wanted = slot(world)
    for _turn in range(2):
        taking.book("SANH", group="A", appointed_at=wanted, at=MORNING)
    assert slot(world) != wanted
    with pytest.raises(Refused) as refused:
        taking.book("SANH", group="A", appointed_at=wanted, at=MORNING)
    assert refused.value.field == "appointed_at"


def test_a_given_up_appointment_makes_room(world):
    wanted = slot(world)
    tickets = [taking.book("SANH", group="A", appointed_at=wanted, at=MORNING) for _turn in range(2)]
    taking.cancel(tickets[0].code, at=MORNING)
    assert slot(world) == wanted


@pytest.mark.parametrize("odd", [timedelta(minutes=7), timedelta(hours=-1), timedelta(days=90), timedelta(hours=4)])
def test_a_time_that_is_no_slot_is_refused(world, odd):
    with pytest.raises(Refused):
        taking.book("SANH", group="A", appointed_at=MORNING + odd, at=MORNING)


def test_groups_without_appointments_have_no_slots(world):
    assert slots_for(world.hall.groups.get(letter="B"), MORNING) == []
    set_up_group(world.hall, "B", name="Hộ tịch", appointments=1, actor=None)
    assert slots_for(world.hall.groups.get(letter="B"), MORNING)


@pytest.mark.parametrize(("minutes", "comes"), [(-31, False), (-30, True), (0, True), (15, True), (16, False)])
def test_people_come_around_the_appointed_time(world, minutes, comes):
    wanted = slot(world, 8)
    code = taking.book("SANH", group="A", appointed_at=wanted, at=MORNING).code
    at = wanted + timedelta(minutes=minutes)
    if comes:
        assert taking.arrive(code, at=at).state == WAITING
    else:
        with pytest.raises(Refused, match="giờ hẹn"):
            taking.arrive(code, at=at)


def test_a_number_of_the_day_is_no_appointment(world):
    with pytest.raises(Refused):
        taking.arrive(world.take().code, at=MORNING)
