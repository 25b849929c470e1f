"""Who handles what: publishing offerings and asking for them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.procedures import queries
from motcua.procedures.actions.offerings import NewOffering, offer
from motcua.procedures.models import Offering, Procedure
from motcua.procedures.tests.conftest import DAY
from motcua.workflow.actions.routes import NewStep, publish_route

pytestmark = pytest.mark.django_db
FORM = [{"name": "reason", "label": "Lý do", "type": "text", "required": True}]


@pytest.fixture
def route(db):
    step = NewStep("Tiếp nhận", "receive", "reception", "one_stop", 100)
    return publish_route(code="thu", name="Thử", steps=[step], valid_from=DAY, actor="")


@pytest.fixture
def birth(some_procedures, route) -> NewOffering:
    return NewOffering("1.001193", route, 1, "working_day", unit_kind="commune", questions=FORM)


def test_offering_for_a_kind_serves_every_unit_of_it(birth, commune, department):
    assert offer(offerings=[birth], valid_from=DAY, actor="A1") == 1
    found = queries.offering_for("1.001193", commune, DAY)
    assert (found.limit_value, found.limit_unit, found.questions) == (1, "working_day", FORM)
    assert queries.offering_for("1.001193", department, DAY) is None
    assert queries.offering_for("1.000894", commune, DAY) is None


def test_own_offering_of_a_unit_goes_before_that_of_its_kind(birth, commune):
    own = replace(birth, unit=commune, unit_kind="", limit_value=2)
    offer(offerings=[birth, own], valid_from=DAY, actor="")
    assert queries.offering_for("1.001193", commune, DAY).limit_value == 2
    procedure = Procedure.objects.get(code="1.001193")
    assert [one.unit for one in queries.offerings_of(procedure, DAY)] == [None, commune]


def test_offering_holds_from_its_day_to_its_last(birth, commune):
    offer(offerings=[birth], valid_from=DAY, actor="")
    Offering.objects.update(valid_to=date(2025, 12, 31))
    assert queries.offering_for("1.001193", commune, DAY - timedelta(days=1)) is None
    assert queries.offering_for("1.001193", commune, date(2025, 12, 31)) is not None
    assert queries.offering_for("1.001193", commune, date(2026, 1, 1)) is None


def test_offering_again_writes_nothing(birth):
    assert offer(offerings=[birth, birth], valid_from=DAY, actor="") == 1
    assert offer(offerings=[birth], valid_from=DAY, actor="") == 0
    assert Fact.objects.filter(verb="procedure.offered").count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"procedure_code": "9.999999"}, "procedure", "9.999999"),
        ({"unit_kind": ""}, "unit", "1.001193"),
        ({"unit_kind": "village"}, "unit", "1.001193"),
        ({"limit_value": 0}, "limit", "1.001193"),
        ({"limit_unit": "fortnight"}, "limit", "1.001193"),
        ({"fee": -1}, "fee", "1.001193"),
        ({"questions": [{**FORM[0], "type": "html"}]}, "questions", "câu hỏi 1"),
    ],
)
def test_wrong_offering_is_refused_and_none_is_written(birth, change, field, words):
    good = replace(birth, procedure_code="1.000894")
    with pytest.raises(Refused, match=words) as refused:
        offer(offerings=[good, replace(birth, **change)], valid_from=DAY, actor="")
    assert refused.value.field == field
    assert not Offering.objects.exists()


def test_page_names_who_takes_it_and_the_list_marks_it(client, birth, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        offer(offerings=[birth], valid_from=DAY, actor="")
    page = client.get("/thu-tuc/1.001193").content.decode()
    assert "1 ngày làm việc" in page
    assert "Nộp được tại đây" in client.get("/thu-tuc/", {"online": "here"}).content.decode()


def test_offering_of_a_province_that_ended_is_not_listed(client, birth):
    offer(offerings=[birth], valid_from=DAY, actor="")
    Offering.objects.update(valid_to=date(2025, 12, 31))
    assert "Chưa có đơn vị nào của tỉnh nhận hồ sơ này" in client.get("/thu-tuc/1.001193").content.decode()


def test_start_button_needs_an_online_offering_and_a_place_to_file(client, birth, monkeypatch):
    from motcua.procedures.web import procedure as page

    monkeypatch.setattr(page, "reverse", lambda name, args: f"/nop/{args[0]}")
    assert "/nop/1.001193" not in client.get("/thu-tuc/1.001193").content.decode()
    offer(offerings=[birth], valid_from=DAY, actor="")
    assert 'href="/nop/1.001193"' in client.get("/thu-tuc/1.001193").content.decode()
    Offering.objects.update(is_online=False)
    assert "/nop/1.001193" not in client.get("/thu-tuc/1.001193").content.decode()


def test_page_works_without_the_dossiers_module(client, birth, monkeypatch):
    from django.urls import NoReverseMatch

    from motcua.procedures.web import procedure as page

    def absent(name, args):
        raise NoReverseMatch

    monkeypatch.setattr(page, "reverse", absent)
    offer(offerings=[birth], valid_from=DAY, actor="")
    response = client.get("/thu-tuc/1.001193")
    assert response.status_code == 200
    assert "Nộp hồ sơ trực tuyến" not in response.content.decode()
