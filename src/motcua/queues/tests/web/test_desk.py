"""The officer's window, from opening to closing, and the part of it that other pages carry."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.queues.actions import calling
from motcua.queues.factories import MORNING
from motcua.queues.models import Ticket, Window
from motcua.queues.states import ABSENT, CALLED, PASSED_ON, SERVED, SERVING, WAITING

DESK = "/quay/SANH/1"


@pytest.fixture
def officer(as_, clock):
    return as_("officer")


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def press(client, action, number=1, **sent):
    """Press a button of the desk as it stands: the number seen goes along."""
    ticket = Ticket.objects.filter(window__number=number, state__in=(CALLED, SERVING)).first()
    sent = {"so": ticket.code if ticket else ""} | sent
    return client.post(f"/quay/SANH/{number}/{action}", sent, follow=True)


def test_a_day_at_the_window(officer, world):
    for _turn in range(2):
        world.take()
    assert "Quầy 1" in text(officer.get("/quay/"))
    assert press(officer, "mo").redirect_chain[-1][0] == DESK
    assert "A001" in text(press(officer, "goi"))
    page = press(officer, "phuc-vu")
    assert "Xong, gọi số tiếp" in text(page) and 'data-key="n"' in page.content.decode()
    assert "/tiep-nhan/?so=A001" in page.content.decode()  # the counter's form takes the number over
    assert "A002" in text(press(officer, "goi"))
    for _turn in range(2):
        page = press(officer, "goi-lai")
    assert "Vắng" in text(page)
    press(officer, "vang")
    assert dict(Ticket.objects.values_list("label", "state")) == {"A001": SERVED, "A002": ABSENT}
    press(officer, "cho-lai", so=Ticket.objects.get(label="A002").code)
    assert Ticket.objects.get(label="A002").state == WAITING
    assert "A002" in text(press(officer, "goi"))
    press(officer, "phuc-vu")
    press(officer, "xong")
    press(officer, "nghi")
    assert "Đang nghỉ" in text(officer.get(DESK))
    press(officer, "lam-lai")
    assert press(officer, "dong").redirect_chain[-1][0] == "/quay/"
    assert Window.objects.get(number=1).officer is None


def test_an_empty_line_is_told(officer):
    press(officer, "mo")
    assert "Không còn ai chờ quầy này." in text(press(officer, "goi"))


def test_absent_is_not_offered_before_three_calls(officer, world):
    world.take()
    press(officer, "mo")
    assert 'data-key="v"' not in press(officer, "goi").content.decode()
    assert "gọi đủ 3 lần" in text(press(officer, "vang"))


def test_passing_on_by_the_page(officer, world, as_):
    world.take()
    world.open(2, "colleague")
    press(officer, "mo")
    page = press(officer, "goi")
    assert re.findall(r'<option value="([^"]+)"', page.content.decode()) == ["nhom-B", "quay-2"]
    press(officer, "chuyen", den="quay-2")
    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.wanted_window.number, ticket.turns.get().outcome) == (WAITING, 2, PASSED_ON)


@pytest.mark.parametrize("goal", ["", "quay-", "quay-99", "nhom-Z", "quay-²", "x"])
def test_odd_goals_are_told_so(officer, world, goal):
    world.take()
    press(officer, "mo")
    press(officer, "goi")
    page = press(officer, "chuyen", den=goal)
    assert page.status_code == 200 and "mc-notice--danger" in page.content.decode()
    assert Ticket.objects.get().state == CALLED


def test_a_stale_page_changes_nothing(officer, world):
    for _turn in range(2):
        world.take()
    press(officer, "mo")
    press(officer, "goi")
    page = press(officer, "phuc-vu", so="khongphaiso")
    assert "đã đổi số" in text(page)
    assert Ticket.objects.filter(state=CALLED).count() == 1


def test_waiting_part_is_no_whole_page(officer, world):
    world.take()
    press(officer, "mo")
    part = officer.get(DESK, headers={"hx-request": "true"})
    assert "<html" not in part.content.decode() and "A001" in text(part)
    same = f"{DESK}?v={part.context['version']}"
    assert officer.get(same, headers={"hx-request": "true"}).status_code == 204  # and a focus in it stays
    world.take()
    assert "A002" in text(officer.get(same, headers={"hx-request": "true"}))
    press(officer, "dong")
    assert officer.get(same, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("name", "status"), [("", 302), ("outsider", 404), ("control", 404), ("elsewhere", 404), ("officer", 404)]
)
def test_windows_are_their_officers(as_, world, clock, name, status):
    client = as_(name)
    number = 1 if name != "officer" else 99
    assert client.post(f"/quay/SANH/{number}/mo").status_code == status
    assert not Window.objects.filter(officer__isnull=False).exists()


def test_unknown_deed_is_not_there(officer):
    press(officer, "mo")
    assert officer.post(f"{DESK}/xoa-het").status_code == 404


def test_part_for_other_pages_calls_next(officer, world):
    world.take()
    part = officer.get("/quay/so-ke-tiep")
    assert "Mở quầy để gọi số" in text(part)
    press(officer, "mo")
    part = officer.get("/quay/so-ke-tiep")
    assert 'hx-post="/quay/SANH/1/goi"' in part.content.decode() and "1 người chờ" in text(part)
    called = officer.post(f"{DESK}/goi", {"so": ""}, headers={"hx-request": "true"})
    assert "A001" in text(called) and "<html" not in called.content.decode()
    refused = officer.post(f"{DESK}/goi", {"so": ""}, headers={"hx-request": "true"})
    assert "đã đổi số" in text(refused)


def test_part_is_empty_where_there_is_no_hall(as_, world, clock):
    assert as_("elsewhere").get("/quay/so-ke-tiep").status_code == 204
    assert as_("outsider").get("/quay/so-ke-tiep").status_code == 404


def test_desk_asks_the_same_however_many_wait(officer, world):
    press(officer, "mo")
    counts = []
    for more in (1, 4):
        for _turn in range(more):
            world.take()
        officer.get(DESK)
        with CaptureQueriesContext(connection) as caught:
            officer.get(DESK)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 25


def test_what_is_served_elsewhere_is_called_elsewhere(officer, world):
    world.take("B")
    press(officer, "mo")
    assert "Không còn ai chờ" in text(press(officer, "goi"))
    world.open(3, "colleague")
    assert calling.call_next("SANH", 3, actor=world.colleague, at=MORNING).label == "B001"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", "queues:halls"), ("officer", "queues:windows"), ("chief", "queues:figures"), ("control", "queues:figures"),
     ("outsider", "")],
)  # fmt: skip
def test_everybody_sees_the_entry_that_is_theirs(as_, world, clock, name, shown):
    client = as_(name)
    page = client.get("/lay-so/")
    entries = {str(reverse(each)) for each in ("queues:halls", "queues:windows", "queues:figures")}
    offered = page.context["navigation"] + page.context["more"]
    assert {item["url"] for item in offered} & entries == ({reverse(shown)} if shown else set())
