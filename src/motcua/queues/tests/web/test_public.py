"""Kiosk, slip, phone, appointments and the hall's screen: no account, nothing about anybody."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.base.models import Fact
from motcua.queues.actions import calling
from motcua.queues.factories import MORNING
from motcua.queues.models import Ticket
from motcua.queues.states import BOOKED, CANCELLED, DESK, KIOSK, PHONE, WAITING

KIOSK_PAGE, SCREEN = "/lay-so/SANH", "/lay-so/SANH/man-hinh"


@pytest.fixture
def public(as_, clock):
    return as_()


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_machine_gives_a_slip_and_waits_for_the_next(public):
    page = public.get(f"{KIOSK_PAGE}?may=1")
    assert "Đất đai" in text(page) and "Người khuyết tật" in text(page)
    answer = public.post(KIOSK_PAGE, {"group": "A", "priority": "", "may": "1"})
    ticket = Ticket.objects.get()
    assert answer.url == f"/so-thu-tu/{ticket.code}/phieu?may=1"
    slip = public.get(answer.url)
    assert "A001" in text(slip) and "/lay-so/SANH?may=1" in slip.content.decode()
    assert (ticket.channel, ticket.priority) == (KIOSK, "")


def test_a_phone_is_led_to_its_place_in_the_line(public, world):
    world.take()
    answer = public.post(KIOSK_PAGE, {"group": "A", "priority": "elderly"})
    ticket = Ticket.objects.get(label="A002")
    assert (answer.url, ticket.channel, ticket.priority) == (f"/so-thu-tu/{ticket.code}", PHONE, "elderly")
    page = text(public.get(answer.url))
    assert "A002" in page and "Trước bạn còn 0 người" in page and "chưa có quầy nào mở" in page


def test_an_officer_takes_a_number_for_somebody(as_, world, clock):
    answer = as_("officer").post(KIOSK_PAGE, {"group": "A"})
    ticket = Ticket.objects.get()
    assert (answer.url, ticket.channel) == (f"/so-thu-tu/{ticket.code}/phieu", DESK)
    assert Fact.objects.get(subject=ticket.code).actor == world.officer.code


@pytest.mark.parametrize("sent", [{}, {"group": "Z"}, {"group": "A", "priority": "vip"}, {"group": "\0"}])
def test_an_odd_request_is_told_so_on_the_kiosk(public, sent):
    page = public.post(KIOSK_PAGE, sent)
    assert (page.status_code, Ticket.objects.count()) == (422, 0)
    assert 'role="alert"' in page.content.decode()


def test_a_closed_hall_gives_no_numbers(public, clock):
    clock.go_on(hours=10)
    page = public.get(KIOSK_PAGE)
    assert "mở lại lúc 07:30 03/03/2026" in text(page) and 'name="group"' not in page.content.decode()
    assert public.post(KIOSK_PAGE, {"group": "A"}).status_code == 422


def test_place_moves_up_and_unchanged_parts_are_not_sent_again(public, world):
    first, ticket = world.take(), world.take()
    world.open()
    address = reverse("queues:ticket", args=[ticket.code])
    page = public.get(address)
    assert "Trước bạn còn 1 người" in text(page)
    version = page.context["version"]
    assert public.get(f"{address}?v={version}", headers={"hx-request": "true"}).status_code == 204
    world.call()
    calling.serve("SANH", 1, actor=world.officer, at_ticket=first.code, at=MORNING)
    world.call()
    part = public.get(f"{address}?v={version}", headers={"hx-request": "true"})
    assert "Mời bạn đến quầy 1" in text(part) and "<html" not in part.content.decode()


def test_a_number_is_given_up_on_its_page(public, world):
    ticket = world.take()
    assert "Đã hủy" in text(public.post(reverse("queues:cancel", args=[ticket.code]), follow=True))
    assert Ticket.objects.get().state == CANCELLED
    again = public.post(reverse("queues:cancel", args=[ticket.code]), follow=True)
    assert "không hủy được nữa" in text(again)


@pytest.mark.parametrize(
    "address", ["/so-thu-tu/khongcoso", "/so-thu-tu/khongcoso/phieu", "/lay-so/KHAC", "/lay-so/KHAC/man-hinh"]
)
def test_what_is_not_there_is_not_there(public, address):
    assert public.get(address).status_code == 404


def test_an_appointment_is_booked_and_come_to(public, clock):
    page = public.get("/lay-so/SANH/dat-hen")
    slot = page.context["days"][0]["slots"][0]
    answer = public.post("/lay-so/SANH/dat-hen", {"group": "A", "appointed_at": slot.isoformat()})
    ticket = Ticket.objects.get()
    assert (ticket.state, answer.url) == (BOOKED, f"/so-thu-tu/{ticket.code}")
    assert "Hẹn lúc 08:15 02/03/2026" in text(public.get(answer.url))
    clock.go_on(minutes=10)
    arrived = public.post("/lay-so/SANH/co-hen", {"code": f" {ticket.code.upper()} ", "may": "1"})
    assert arrived.url == f"/so-thu-tu/{ticket.code}/phieu?may=1"
    assert Ticket.objects.get().state == WAITING


@pytest.mark.parametrize("when", ["", "hôm nay", "2026-03-02T08:15:00", "2026-03-02T08:17:00+07:00"])
def test_a_time_that_is_no_slot_is_told_so(public, when):
    page = public.post("/lay-so/SANH/dat-hen", {"group": "A", "appointed_at": when})
    assert (page.status_code, Ticket.objects.count()) == (422, 0)


@pytest.mark.parametrize("code", ["", "khongcoso", "a\0b"])
def test_a_wrong_code_at_the_kiosk_is_told_so(public, code):
    page = public.post("/lay-so/SANH/co-hen", {"code": code})
    assert page.status_code == 422 and "Không có lịch hẹn" in text(page)


def test_the_screen_shows_who_is_called_where(public, world):
    world.take()
    world.take("B")
    world.open()
    world.call()
    page = public.get(SCREEN)
    shown = page.context["screen"]
    assert [(call.label, call.window, call.times) for call in shown.calls] == [("A001", 1, 1)]
    assert [(line.group.letter, line.waiting) for line in shown.lines] == [("A", 0), ("B", 1)]
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    part = f"{SCREEN}?v={shown.version}"
    assert public.get(part, headers={"hx-request": "true"}).status_code == 204
    calling.recall("SANH", 1, actor=world.officer, at=MORNING + timedelta(seconds=20))
    again = public.get(part, headers={"hx-request": "true"})
    assert again.context["screen"].calls[0].stamp == shown.calls[0].stamp + 20_000  # what the page announces


def test_whoever_is_awaited_stands_above_whoever_is_served(public, world):
    world.take()
    world.take("B")
    world.open(1)
    world.open(3, "colleague")
    world.call(1, minute=1)
    world.call(3, "colleague", minute=2)
    calling.serve("SANH", 3, actor=world.colleague, at=MORNING + timedelta(minutes=3))
    shown = public.get(SCREEN).context["screen"].calls
    assert [(call.label, call.is_serving) for call in shown] == [("A001", False), ("B001", True)]


def test_yesterday_is_not_on_the_screen(public, world, clock):
    world.take()
    world.open()
    world.call()
    clock.go_on(days=1)
    shown = public.get(SCREEN).context["screen"]
    assert (shown.calls, shown.waiting) == ([], 0)


def test_pages_speak_english(public, world):
    public.post("/ngon-ngu", {"language": "en", "next": "/"})
    ticket = world.take()
    for address in (KIOSK_PAGE, SCREEN, f"/so-thu-tu/{ticket.code}", f"/so-thu-tu/{ticket.code}/phieu", "/lay-so/"):
        page = public.get(address)
        assert 'lang="en"' in page.content.decode()
    assert "Land" in text(public.get(KIOSK_PAGE)) and "Person with a disability" in text(public.get(KIOSK_PAGE))


@pytest.mark.parametrize(("address", "most"), [(KIOSK_PAGE, 9), (SCREEN, 8), ("ticket", 6)])
def test_pages_ask_the_same_however_many_wait(public, world, django_assert_max_num_queries, address, most):
    tickets = [world.take(group) for group in "AABB"]
    world.open()
    world.call()
    public.get("/lay-so/SANH")  # the calendar is read once
    with django_assert_max_num_queries(most):
        public.get(reverse("queues:ticket", args=[tickets[1].code]) if address == "ticket" else address)
