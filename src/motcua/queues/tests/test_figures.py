"""Figures, measures, the demonstration, the API."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from motcua.base.models import Fact
from motcua.queues import seed
from motcua.queues.actions import calling, taking
from motcua.queues.actions.simulating import simulate_day
from motcua.queues.ahead import forget_usual, usual_seconds
from motcua.queues.chart import chart_of
from motcua.queues.factories import MORNING
from motcua.queues.figures import figures_of
from motcua.queues.measures import COUNTS
from motcua.queues.models import Hall, ServiceGroup, Ticket, Window
from motcua.queues.states import SERVED

DAY = MORNING.date()
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING + timedelta(minutes=50))


@pytest.fixture
def busy(world):
    """Four came at 8:00 and waited 0, 10, 20 and 30 minutes; one more gave up."""
    for _turn in range(4):
        world.take()
    taking.cancel(world.take("B").code, at=MORNING)
    world.open()
    for minute in (0, 10, 20, 30):
        world.call(minute=minute)
        calling.serve("SANH", 1, actor=world.officer, at=MORNING + timedelta(minutes=minute))
    calling.finish("SANH", 1, actor=world.officer, at=MORNING + timedelta(minutes=40))
    return world


def test_figures_say_how_long_people_waited(busy):
    found = figures_of(busy.hall, DAY, DAY)
    assert (found.total.taken, found.total.called, found.total.over_limit) == (5, 4, 2)
    assert (found.total.median, found.total.ninety) == (900, 1620)
    assert (found.served, found.absent, found.cancelled, found.lapsed) == (4, 0, 1, 0)
    assert [(each.key, each.called) for each in found.by_hour] == [(8, 4)]
    assert [(each.key, each.taken, each.called) for each in found.by_group] == [("A", 4, 4), ("B", 1, 0)]
    assert [(each.window, each.served, each.median) for each in found.by_window] == [(1, 4, 600)]


def test_figures_of_days_without_anybody_are_empty(world):
    found = figures_of(world.hall, DAY, DAY)
    assert (found.total.taken, found.total.median, found.by_hour, found.by_window) == (0, None, [], [])
    assert chart_of(found.by_hour) is None


def test_chart_is_as_high_as_the_numbers(busy):
    (bar,) = chart_of(figures_of(busy.hall, DAY, DAY).by_hour).bars
    assert (bar.label, bar.median_height, bar.ninety_height) == ("8h", 60, 108)  # of 200 for 50 minutes


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("queues.taken", 5), ("queues.called", 4), ("queues.served", 4), ("queues.within_limit", 2),
        ("queues.over_limit", 2), ("queues.absent", 0),
    ],
)  # fmt: skip
def test_measures_count_what_the_figures_say(busy, code, number):
    measure = COUNTS[code]
    rows = measure.source.model.objects.filter(measure.condition, **{f"{measure.source.at}__date": DAY})
    assert set(rows.values_list(f"{measure.source.unit}__code", flat=True)) <= {"T.MC"}
    assert rows.count() == number


def test_usual_time_is_learnt_from_five_turns_on(busy):
    group = busy.hall.groups.get(letter="A")
    assert usual_seconds(group) == 600  # the group's own: four turns tell too little
    ticket = busy.take(minute=41)
    busy.call(minute=41)
    calling.serve("SANH", 1, actor=busy.officer, at=MORNING + timedelta(minutes=41))
    calling.finish("SANH", 1, actor=busy.officer, at=MORNING + timedelta(minutes=42))
    forget_usual()
    assert Ticket.objects.get(pk=ticket.pk).state == SERVED
    assert usual_seconds(group) == 600
    group.usual_minutes = 3
    assert usual_seconds(group) == 600  # the median of our own turns


def test_a_number_opens_its_rows(busy, as_):
    page = as_("control").get("/quay/luot?so=queues.over_limit&don-vi=T.MC&tu=2026-03-02&den=2026-03-02")
    assert page.status_code == 200
    assert [ticket.label for ticket in page.context["rows"]] == ["A003", "A004"]
    answer = as_("control").get(f"{page.wsgi_request.get_full_path()}&format=csv")
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["A003", "A004"]


@pytest.mark.parametrize("query", ["so=x", "so=queues.called&don-vi=KHAC&tu=1/3/2026&den=2/3/2026",
                                   "so=queues.called&don-vi=T&tu=3/3/2026&den=2/3/2026"])  # fmt: skip
def test_odd_questions_are_told_so(world, as_, query):
    assert as_("control").get(f"/quay/luot?{query}").status_code == 422


@pytest.mark.parametrize(
    ("name", "status"), [("", 302), ("outsider", 404), ("control", 200), ("chief", 200), ("officer", 200)]
)
def test_figures_open_to_who_oversees(busy, as_, name, status):
    page = as_(name).get("/quay/so-lieu?san=SANH&tu=2/3/2026&den=2/3/2026")
    assert page.status_code == status
    if status == 200:
        assert page.context["figures"].total.called == 4


def test_figures_of_a_strangers_hall_are_not_shown(busy, as_):
    assert as_("elsewhere").get("/quay/so-lieu").context["halls"] == []
    assert as_("elsewhere").get("/api/v1/halls/SANH/figures?first=2026-03-02&last=2026-03-02").status_code == 404


def test_figures_as_a_file(busy, as_):
    answer = as_("control").get("/quay/so-lieu?san=SANH&tu=2/3/2026&den=2/3/2026&format=csv")
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert lines[1] == ["Tất cả", "", "5", "4", "15.0", "27.0", "2"]
    assert lines[-1] == ["1", "4", "0", "0", "10.0"]


@pytest.mark.parametrize("days", ["tu=3/3/2026&den=2/3/2026", "tu=1/1/2020&den=2/3/2026", "tu=32/1/2026", "den=x"])
def test_odd_days_are_told_so(world, as_, days):
    assert as_("control").get(f"/quay/so-lieu?san=SANH&{days}").status_code == 422


def test_a_simulated_day_is_a_real_one(world):
    officers = {1: world.officer, 2: world.colleague}
    taken = simulate_day(world.hall, DAY, people=40, officers=officers, until=MORNING.replace(hour=19), seed=1)
    found = figures_of(world.hall, DAY, DAY)
    assert (taken, found.total.taken) == (40, 40)
    assert found.served + found.absent == 40
    assert not Ticket.objects.filter(called_at__hour=12).exists()
    assert Fact.objects.filter(verb="ticket.called").count() >= 40


def test_nobody_comes_on_a_day_off(world):
    day = date(2026, 3, 1)
    assert simulate_day(world.hall, day, people=40, officers={}, until=MORNING, seed=1) == 0


def test_demonstration_is_loaded_once(world, monkeypatch):
    monkeypatch.setattr(seed, "CENTRE", "T.MC")
    monkeypatch.setattr(seed, "PEOPLE", 6)
    seed.load(progress=lambda *_told: None, dossiers=0)
    assert Hall.objects.count() == 1  # the small hall was there already
    Ticket.objects.all().delete()
    Window.objects.all().delete()
    ServiceGroup.objects.all().delete()
    Hall.objects.all().delete()
    seed.load(progress=lambda *_told: None, dossiers=0)
    assert Ticket.objects.exclude(state="lapsed").exists()
    seed.load(progress=lambda *_told: None, dossiers=0)
    assert Hall.objects.count() == 1


def send(client, address, body=None):
    return client.post(f"/api/v1{address}", json.dumps(body or {}), content_type="application/json")


def test_api_from_the_kiosk_to_the_end(world, as_):
    public, officer = as_(), as_("officer")
    taken = send(public, "/halls/SANH/tickets", {"group": "A", "is_kiosk": True})
    assert (taken.status_code, taken.json()["label"], taken.json()["before"]) == (201, "A001", 0)
    code = taken.json()["code"]
    assert taken.json()["address"].endswith(f"/so-thu-tu/{code}")
    assert send(officer, "/halls/SANH/windows/1/open").json()["state"] == "open"
    called = send(officer, "/halls/SANH/windows/1/call-next", {"at_ticket": ""}).json()
    assert (called["ticket"]["label"], called["ticket_code"]) == ("A001", code)
    assert public.get("/api/v1/halls/SANH").json()["calls"][0] == {
        "label": "A001", "window": 1, "times": 1, "is_serving": False,
    }  # fmt: skip
    send(officer, "/halls/SANH/windows/1/serve", {"at_ticket": code})
    passed = send(officer, "/halls/SANH/windows/1/pass-on", {"at_ticket": code, "to_group": "B"})
    assert passed.json()["ticket"] is None
    assert public.get(f"/api/v1/tickets/{code}").json()["group"] == "B"
    assert send(public, f"/tickets/{code}/cancel").json()["state"] == "cancelled"
    figures = as_("control").get("/api/v1/halls/SANH/figures?first=2026-03-02&last=2026-03-02").json()
    assert (figures["total"]["taken"], figures["cancelled"]) == (1, 1)


def test_api_books_one_of_the_slots(world, as_):
    public = as_()
    slots = public.get("/api/v1/halls/SANH/slots?group=A").json()
    booked = send(public, "/halls/SANH/appointments", {"group": "A", "at": slots[0]["at"]})
    assert (booked.status_code, booked.json()["state"]) == (201, "booked")
    assert send(public, "/halls/SANH/appointments", {"group": "A", "at": "2026-03-02T09:00:00"}).status_code == 409
    assert send(public, f"/tickets/{booked.json()['code']}/arrive").json()["state"] == "waiting"


@pytest.mark.parametrize("deed", ["open", "call-next", "xoa"])
def test_api_of_windows_is_for_their_officers(world, as_, deed):
    assert send(as_("elsewhere"), f"/halls/SANH/windows/1/{deed}").status_code == 404
    assert send(as_(), f"/halls/SANH/windows/1/{deed}").status_code == 401


def test_api_lists_halls_and_who_goes_first(world, as_):
    (hall,) = as_().get("/api/v1/halls").json()
    assert (hall["code"], hall["is_open"], [line["letter"] for line in hall["groups"]]) == ("SANH", True, ["A", "B"])
    assert [each["code"] for each in as_().get("/api/v1/hall-priorities").json()][:2] == ["elderly", "disabled"]
