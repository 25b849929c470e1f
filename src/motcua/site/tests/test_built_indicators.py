"""Indicators put together in the browser over real dossiers, and series of units that were merged."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.dossiers.factories import MONDAY, make_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import IN_PERSON, ONLINE, RETURNED
from motcua.indicators.actions.targets import define
from motcua.indicators.models import Indicator
from motcua.indicators.queries import observe, ratio, rows_behind
from motcua.indicators.restating import predecessors_of, restated
from motcua.indicators.rules.ratios import RatioValue
from motcua.organizations.models import Succession, Unit
from motcua.procedures.models import Offering, ProcedureVersion

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
LATE_ONLINE = "dossiers.late?channel=online / dossiers.resolved?channel=online"


@pytest.fixture
def world():
    made = make_world()
    Unit.objects.filter(pk=made.units["T"].pk).update(one_stop=made.units["T.MC"])
    return made


def add(world, number, *, unit="T.01", is_on_time=True, channel=ONLINE):
    version = ProcedureVersion.objects.get(procedure__code=world.procedure)
    Dossier.objects.bulk_create(
        Dossier(
            code=f"D{uuid4().hex[:12]}", version=version, offering=Offering.objects.first(),
            competent_unit=world.units[unit], receiving_unit=world.units["T.MC"], channel=channel, state=RETURNED,
            applicant_name="Người Thử", filed_at=MONDAY, received_at=MONDAY, due_at=MONDAY, decided_at=MONDAY,
            is_on_time=is_on_time,
        )
        for _ in range(number)
    )  # fmt: skip


def form(**changed):
    return {
        "code": "tre_truc_tuyen", "name": "Hồ sơ trực tuyến trễ hạn", "part": "dossiers.late",
        "whole": "dossiers.resolved", "channel": "online", "formula": "trễ / đã giải quyết, trực tuyến",
        "source": "Kế hoạch thử", "valid_from": "01/01/2026",
    } | changed  # fmt: skip


def test_narrowed_ratio_counts_only_what_it_says_and_opens_it(world, client):
    add(world, 3)
    add(world, 1, is_on_time=False)
    add(world, 5, is_on_time=False, channel=IN_PERSON)
    assert ratio(LATE_ONLINE, world.units["T"], FIRST, LAST) == RatioValue(1, 4)
    assert observe([LATE_ONLINE], world.units["T"], FIRST, LAST).total(LATE_ONLINE) == RatioValue(1, 4)
    client.force_login(world.control)
    page = client.get(rows_behind(LATE_ONLINE, "T", FIRST, LAST)["part_url"])
    assert page.context["counted"] == 1


@pytest.mark.parametrize(
    "measure",
    ["dossiers.late / khong.co", "dossiers.late?applicant_name=x / dossiers.resolved", "a / b / c", "dossiers.late",
     "tasks.done / tasks.total", "dossiers.late?channel__in=x / dossiers.resolved"],
)  # fmt: skip
def test_nothing_but_declared_counts_and_narrowings_is_a_ratio(world, measure):
    with pytest.raises(Refused):
        define(code="x", name="X", measure=measure, valid_from=FIRST, actor="")


def test_officer_tests_then_publishes_a_new_version(world, client):
    client.force_login(world.control)
    address = reverse("indicators:builder")
    page = client.post(address, form(test="1"))
    assert (page.status_code, Indicator.objects.count()) == (200, 0)
    assert page.context["test"]["period"].last < today()
    assert client.post(address, form(publish="1")).status_code == 302
    made = Indicator.objects.get()
    assert (made.measure, made.source) == (LATE_ONLINE, "Kế hoạch thử")
    again = client.post(address, form(publish="1", name="Tên mới"))
    assert (again.status_code, Indicator.objects.count()) == (422, 1)
    client.post(address, form(publish="1", name="Tên mới", valid_from="01/06/2026"))
    assert Indicator.objects.get(name="Tên mới").valid_from == date(2026, 6, 1)
    for name in ("overview", "targets", "directing"):
        assert client.get(reverse(f"indicators:{name}")).status_code == 200
    assert client.get(reverse("indicators:indicator", args=["tre_truc_tuyen"])).status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "Không hợp lệ"}, "code"),
        ({"whole": ""}, "whole"),
        ({"part": "khong.co"}, "part"),
        ({"source": ""}, "source"),
    ],
)
def test_unfinished_indicator_is_an_error_in_place(world, client, changed, field):
    client.force_login(world.control)
    page = client.post(reverse("indicators:builder"), form(publish="1", **changed))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_only_control_and_administrators_define(world, client):
    client.force_login(world.specialist)
    assert client.get(reverse("indicators:builder")).status_code == 404
    body = {"code": "x1", "name": "X", "measure": LATE_ONLINE, "formula": "", "source": "Y", "valid_from": "2026-01-01"}
    assert client.post("/api/v1/indicators", body, content_type="application/json").status_code == 404
    client.force_login(world.control)
    assert client.post("/api/v1/indicators", body, content_type="application/json").json()["measure"] == LATE_ONLINE


def test_merged_units_series_holds_what_went_wholly_into_it(world, client):
    add(world, 3, unit="T.02")
    add(world, 2, unit="T.10", is_on_time=False)
    add(world, 6, unit="T.01")
    new = world.units["T.01"]
    Succession.objects.create(old=world.units["T.02"], new=new, on_day=date(2026, 7, 1))
    Succession.objects.create(old=world.units["T.10"], new=new, on_day=date(2026, 7, 1), is_partial=True)
    before = predecessors_of(new)
    code = "dossiers.on_time_rate"
    assert restated([code], new, before, FIRST, LAST).total(code) == RatioValue(9, 9)
    define(code="on_time", name="Đúng hạn", measure=code, valid_from=FIRST, actor="")
    page = client.get(reverse("indicators:indicator", args=["on_time"]), {"unit": "T.01", "year": 2026})
    assert page.context["total"]["value"] == RatioValue(9, 9)
    assert "một phần, không cộng vào" in page.content.decode()


def test_public_does_not_see_small_cells_and_officials_do(world, client):
    add(world, 2, is_on_time=False)
    define(code="on_time", name="Đúng hạn", measure="dossiers.on_time_rate", valid_from=FIRST, actor="")
    address = reverse("indicators:indicator", args=["on_time"])
    public = client.get(address, {"year": 2026})
    assert public.context["total"]["is_hidden"]
    assert "không công khai" in public.content.decode()
    client.force_login(world.control)
    assert client.get(address, {"year": 2026}).context["total"]["value"] == RatioValue(0, 2)
