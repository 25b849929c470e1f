"""Calling to windows, from the first call to the end of the day."""

from datetime import timedelta

import pytest
from django.http import Http404

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.queues.actions import calling, taking, windows
from motcua.queues.actions.days import end_days_before
from motcua.queues.factories import MORNING
from motcua.queues.models import Ticket, Turn, Window
from motcua.queues.opening import slots_for
from motcua.queues.states import ABSENT, CALLED, CLOSED, LAPSED, PASSED_ON, SERVED, SERVING, WAITING


def at(minute):
    return MORNING + timedelta(minutes=minute)


def state(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def test_first_come_first_called(world):
    tickets = [world.take(minute=each) for each in range(3)]
    world.open()
    called = world.call(minute=5)
    assert (called.label, called.state, called.waited_seconds) == ("A001", CALLED, 300)
    assert [state(each) for each in tickets[1:]] == [WAITING, WAITING]


def test_window_calls_its_own_groups_only(world):
    world.take("B")
    world.open(1)
    assert world.call(1) is None
    world.open(3, "colleague")
    assert world.call(3, "colleague").label == "B001"


def test_serving_ends_with_the_next_call(world):
    first = world.take()
    world.take(minute=1)
    world.open()
    world.call(minute=2)
    calling.serve("SANH", 1, actor=world.officer, at=at(3))
    assert state(first) == SERVING
    assert world.call(minute=9).label == "A002"
    turn = Turn.objects.get(ticket=first)
    assert (state(first), turn.outcome, turn.ended_at - turn.started_at) == (SERVED, SERVED, timedelta(minutes=6))


def test_last_one_is_finished_though_nobody_waits(world):
    first = world.take()
    world.open()
    world.call()
    calling.serve("SANH", 1, actor=world.officer, at=at(1))
    assert world.call(minute=2) is None
    assert state(first) == SERVED


def test_whoever_was_called_is_not_passed_over(world):
    world.take()
    world.take()
    world.open()
    world.call()
    with pytest.raises(Refused, match="vừa được gọi"):
        world.call()


def test_a_key_pressed_twice_calls_once(world):
    for _turn in range(3):
        world.take()
    world.open()
    first = calling.call_next("SANH", 1, actor=world.officer, at_ticket="", at=at(1))
    calling.serve("SANH", 1, actor=world.officer, at_ticket=first.code, at=at(2))
    calling.call_next("SANH", 1, actor=world.officer, at_ticket=first.code, at=at(3))
    with pytest.raises(Refused, match="đã đổi số"):
        calling.call_next("SANH", 1, actor=world.officer, at_ticket=first.code, at=at(3))
    assert Turn.objects.count() == 2


def test_two_favoured_then_one_of_the_others(world):
    for minute, priority in enumerate(["", "", "elderly", "disabled", "merit", "pregnant"]):
        world.take(minute=minute, priority=priority)
    world.open()
    order = []
    for minute in range(10, 16):
        order.append(world.call(minute=minute).label)
        calling.serve("SANH", 1, actor=world.officer, at=at(minute))
    assert order == ["A003", "A004", "A001", "A005", "A006", "A002"]


def test_an_appointment_goes_first_from_its_time_on(world):
    wanted = slots_for(world.hall.groups.get(letter="A"), MORNING)[0].at  # 8:15
    code = taking.book("SANH", group="A", appointed_at=wanted, at=MORNING).code
    world.take(minute=1)
    world.take(minute=2)
    taking.arrive(code, at=at(5))
    world.open()
    assert world.call(minute=6).label == "A001"
    calling.serve("SANH", 1, actor=world.officer, at=at(7))
    called = world.call(minute=20)
    assert (called.label, called.waited_seconds) == ("AH01", 5 * 60)


@pytest.mark.parametrize(("minute", "within"), [(15, True), (16, False)])
def test_limit_of_waiting_is_judged_at_the_first_call(world, minute, within):
    world.take()
    world.open()
    assert world.call(minute=minute).is_within_limit is within


def test_absent_only_after_three_calls(world):
    ticket = world.take()
    world.open()
    world.call()
    for _turn in range(2):
        with pytest.raises(Refused, match="gọi đủ 3 lần"):
            calling.miss("SANH", 1, actor=world.officer, at=at(1))
        calling.recall("SANH", 1, actor=world.officer, at=at(1))
    calling.miss("SANH", 1, actor=world.officer, at=at(2))
    assert (state(ticket), Turn.objects.get().calls) == (ABSENT, 3)


def test_whoever_was_absent_gets_the_old_place_back(world):
    ticket = world.take()
    world.take(minute=1)
    world.open()
    world.call()
    for _turn in range(2):
        calling.recall("SANH", 1, actor=world.officer, at=at(1))
    calling.miss("SANH", 1, actor=world.officer, at=at(2))
    calling.bring_back(ticket.code, actor=world.officer, at=at(3))
    again = world.call(minute=30)
    assert (again.pk, again.waited_seconds) == (ticket.pk, 0)  # waiting ended with the first call


def test_passed_on_goes_before_the_others_there(world):
    world.take("B")
    ticket = world.take("A", minute=1)
    world.open(1)
    world.call(1, minute=2)
    calling.pass_on("SANH", 1, actor=world.officer, to_group="B", at=at(3))
    world.open(3, "colleague")
    assert world.call(3, "colleague", minute=4).pk == ticket.pk
    assert list(Turn.objects.order_by("id").values_list("window__number", "outcome")) == [(1, PASSED_ON), (3, "")]


def test_passed_on_to_a_window_waits_for_it_alone(world):
    ticket = world.take("A")
    world.open(1)
    world.open(2, "colleague")
    world.call(1)
    calling.pass_on("SANH", 1, actor=world.officer, to_window=2, at=at(1))
    assert world.call(1, minute=2) is None
    assert world.call(2, "colleague", minute=3).pk == ticket.pk


def test_a_window_that_closes_lets_go_who_was_sent_to_it(world):
    ticket = world.take("A")
    world.open(1)
    world.open(2, "colleague")
    world.call(1)
    calling.pass_on("SANH", 1, actor=world.officer, to_window=2, at=at(1))
    windows.close_window("SANH", 2, actor=world.colleague, at=at(2))
    assert world.call(1, minute=3).pk == ticket.pk


@pytest.mark.parametrize("goal", [{}, {"to_group": "A"}, {"to_window": 1}, {"to_window": 3}, {"to_group": "Z"}])
def test_passing_on_needs_somewhere_to_go(world, goal):
    world.take()
    world.open()
    world.call()
    with pytest.raises(Refused):
        calling.pass_on("SANH", 1, actor=world.officer, at=at(1), **goal)


def test_nobody_is_called_during_a_break(world):
    world.take()
    world.open()
    windows.pause_window("SANH", 1, actor=world.officer, at=at(1))
    with pytest.raises(Refused, match="tạm nghỉ"):
        world.call(minute=2)
    windows.resume_window("SANH", 1, actor=world.officer, at=at(3))
    assert world.call(minute=4)


def test_a_window_with_somebody_neither_rests_nor_closes(world):
    world.take()
    world.open()
    world.call()
    for deed in (windows.pause_window, windows.close_window):
        with pytest.raises(Refused, match="còn số A001"):
            deed("SANH", 1, actor=world.officer, at=at(1))


def test_one_officer_sits_at_one_window(world):
    world.open(1)
    world.open(2)
    states = dict(Window.objects.values_list("number", "state"))
    assert states == {1: CLOSED, 2: "open", 3: CLOSED}


def test_a_colleagues_window_is_left_alone(world):
    world.open(1)
    with pytest.raises(Refused, match="người khác"):
        world.open(1, "colleague")
    with pytest.raises(Refused, match="người khác"):
        world.call(1, "colleague")


@pytest.mark.parametrize("name", ["elsewhere", "outsider", "chief", "control"])
def test_whoever_does_not_receive_here_finds_no_window(world, name):
    with pytest.raises(Http404):
        world.open(1, name)


def test_a_closed_window_calls_nobody(world):
    world.take()
    with pytest.raises(Refused, match="chưa mở"):
        world.call()


def test_next_day_begins_empty(world):
    waiting, booked = world.take("A"), slots_for(world.hall.groups.get(letter="A"), MORNING)[0].at
    taking.book("SANH", group="A", appointed_at=booked, at=MORNING)
    served = world.take("B")
    world.open(3)
    world.call(3)
    calling.serve("SANH", 3, actor=world.officer, at=at(2))
    next_day = MORNING + timedelta(days=1)
    with pytest.raises(Refused, match="chưa mở"):  # yesterday's window counts as closed before anything is cleared
        calling.call_next("SANH", 3, actor=world.officer, at=next_day)
    windows.open_window("SANH", 3, actor=world.officer, at=next_day)
    assert (state(waiting), state(served)) == (LAPSED, SERVED)
    assert Ticket.objects.filter(state=LAPSED).count() == 2
    assert Turn.objects.get(ticket=served).ended_at is None
    assert calling.call_next("SANH", 3, actor=world.officer, at=next_day) is None


def test_ending_days_twice_changes_nothing(world):
    world.take()
    tomorrow = MORNING.date() + timedelta(days=1)
    assert (end_days_before(tomorrow), end_days_before(tomorrow)) == (1, 0)


def test_every_step_is_a_fact(world):
    ticket = world.take()
    world.open()
    world.call()
    calling.serve("SANH", 1, actor=world.officer, at=at(1))
    calling.finish("SANH", 1, actor=world.officer, at=at(2))
    facts = list(Fact.objects.filter(subject=ticket.code).order_by("id"))
    assert [fact.verb for fact in facts] == ["ticket.taken", "ticket.called", "ticket.service_started", "ticket.served"]
    assert {fact.actor for fact in facts[1:]} == {world.officer.code}


def test_deeds_cost_what_they_cost(world, django_assert_max_num_queries):
    for _turn in range(5):
        world.take()
    world.open()
    with django_assert_max_num_queries(8):  # its BEGIN and COMMIT among them
        world.take()
    with django_assert_max_num_queries(10):
        world.call(minute=1)
    with django_assert_max_num_queries(8):
        calling.serve("SANH", 1, actor=world.officer, at=at(2))
    with django_assert_max_num_queries(14):  # ends one and calls another
        world.call(minute=3)
