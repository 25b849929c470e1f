"""What people are told is what happens."""

from datetime import timedelta

import pytest

from motcua.queues.actions import calling
from motcua.queues.ahead import look_ahead, standing_of
from motcua.queues.factories import MORNING
from motcua.queues.models import Ticket

LINE = [("A", ""), ("B", ""), ("A", "elderly"), ("A", ""), ("B", "merit"), ("A", "disabled"), ("B", ""), ("A", "")]


def at(minute):
    return MORNING + timedelta(minutes=minute)


def befores(world):
    tickets = Ticket.objects.filter(state="waiting").select_related("hall__unit", "group").order_by("id")
    return {ticket.label: standing_of(ticket, MORNING + timedelta(minutes=9)).before for ticket in tickets}


def test_the_order_told_is_the_order_called(world):
    for minute, (group, priority) in enumerate(LINE):
        world.take(group, minute=minute, priority=priority)
    world.open(2)  # serves both
    told = befores(world)
    called = []
    for minute in range(10, 10 + len(LINE)):
        called.append(world.call(2, minute=minute).label)
        calling.serve("SANH", 2, actor=world.officer, at=at(minute))
    assert sorted(told, key=told.get) == called


def test_without_a_window_the_place_is_told_and_no_time(world):
    for minute in range(3):
        ticket = world.take(minute=minute)
    world.take("B", minute=0)
    standing = standing_of(ticket, at(5))
    assert (standing.before, standing.minutes) == (2, None)


def test_usual_waiting_counts_who_is_at_the_window(world):
    world.take()
    ticket = world.take()
    world.open()
    world.call()
    calling.serve("SANH", 1, actor=world.officer, at=at(0))
    assert standing_of(ticket, at(4)).minutes == (4, 9)  # six of ten minutes are left
    assert standing_of(ticket, at(40)).minutes == (1, 5)  # longer than usual: a quarter is left


def test_who_comes_now_is_told_how_long_it_takes(world):
    for _turn in range(2):
        world.take()
    world.open(2)
    lines = {line.group.letter: line for line in look_ahead(world.hall, at(1)).lines()}
    assert (lines["A"].waiting, lines["A"].minutes, lines["A"].windows) == (2, (10, 30), 1)
    assert (lines["B"].waiting, lines["B"].minutes) == (0, (10, 30))  # the same window serves those before


@pytest.mark.parametrize("deed", ["call", "cancelled"])
def test_whoever_does_not_wait_has_no_place(world, deed):
    ticket = world.take()
    if deed == "call":
        world.open()
        world.call()
    else:
        Ticket.objects.update(state="cancelled")
    assert standing_of(Ticket.objects.get(pk=ticket.pk), at(1)) is None
