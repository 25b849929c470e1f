"""Sets of indicators: typed lines, versions by day, values by period and unit, what a centre above takes in."""

import json
from datetime import date

import pytest
from django.test import Client

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.dossiers.factories import MONDAY, make_world
from motcua.indicators import seed
from motcua.indicators.actions.sets import define_set
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.set_lines import items_of, text_of
from motcua.indicators.set_models import IndicatorSet
from motcua.indicators.sets import items_in, periods_before, set_at, values_below, values_of

LINES = "1 | Hồ sơ\n1.1 | Tiếp nhận | dossiers.received | Hồ sơ\n1.2 | Đúng hạn | dossiers.on_time_rate | %"


def test_lines_and_text_are_one():
    items = items_of(LINES)
    assert [(each["code"], each["measure"]) for each in items] == [
        ("1", ""), ("1.1", "dossiers.received"), ("1.2", "dossiers.on_time_rate"),
    ]  # fmt: skip
    assert items_of(text_of(items)) == items


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("1.1 Tiếp nhận", "Dòng 1 “1.1 Tiếp nhận” phải có dạng"),
        ("1 | A | dossiers.received\n1 | B | dossiers.received", "Dòng 2: mã “1” đã có"),
        ("1 | Chỉ có nhóm", "ít nhất một dòng có số đo"),
        ("1 | A | b | c | d", "phải có dạng"),
        ("", "từ 1 đến 200 dòng"),
    ],
)
def test_line_that_cannot_be_read_is_refused_with_its_place(lines, told):
    with pytest.raises(Refused, match=told):
        items_of(lines)


def test_periods_stand_side_by_side_over_the_turn_of_the_year():
    assert [each.code for each in periods_before(IndexPeriod.parse("2026Q2"))] == [
        "2025Q3",
        "2025Q4",
        "2026Q1",
        "2026Q2",
    ]


@pytest.fixture
def world(db):
    return make_world()


def _define(since=date(2020, 1, 1), lines=LINES, **more):
    return define_set("bo-thu", name="Bộ thử", lines=lines, source="Thử", valid_from=since, actor="", **more)


def test_newer_version_ends_the_older_and_each_is_found_by_its_day(world):
    _define()
    _define(date(2025, 7, 1), "1 | Tiếp nhận | dossiers.received")
    ends = list(IndicatorSet.objects.order_by("valid_from").values_list("valid_to", flat=True))
    assert ends == [date(2025, 6, 30), None]
    sizes = [len(set_at("bo-thu", day).items) for day in (date(2019, 1, 1), date(2025, 6, 30), date(2025, 7, 1))]
    assert sizes == [3, 3, 1]
    with pytest.raises(Refused, match="đã có phiên bản từ ngày đó"):
        _define(date(2024, 1, 1))


def test_item_that_nothing_answers_is_refused_by_its_code(world):
    with pytest.raises(Refused, match="2: Không có số đo"):
        _define(lines="1 | A | dossiers.received\n2 | B | nothing.here")


def test_values_are_those_of_the_measures_for_the_unit_and_below(world):
    found = _define()
    world.file_at_counter()
    period = IndexPeriod.of_month(MONDAY.date())
    top = world.units["T"]
    values = values_of(items_in(found), top, period)
    assert (values["1.1"].number, values["1.2"].number, values["1.2"].is_share) == (1, None, True)
    below = {unit.code: each["1.1"].number for unit, each in values_below(items_in(found), top, period)}
    assert sum(below.values()) == 1 and len(below) > 1


def test_item_may_name_an_indicator(world):
    seed.load(progress=lambda *_told: None, dossiers=0)
    found = set_at("phuc-vu-nguoi-dan", today())
    values = values_of(items_in(found), world.units["T"], IndexPeriod.parse(str(today().year)))
    assert set(values) == {"1", "2", "3", "4", "5"} and all(each.is_share for each in values.values())


def _browser(account):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client


def test_pages_show_and_give_a_set_to_officials_only(world):
    found = _define()
    assert Client().get(f"/chi-so/bo/{found.code}").status_code == 302
    browser = _browser(world.control)
    assert "Bộ thử" in browser.get("/chi-so/bo/").content.decode()
    page = browser.get(f"/chi-so/bo/{found.code}?unit=T&period={today().year}")
    assert page.status_code == 200 and "Đúng hạn" in page.content.decode()
    told = json.loads(browser.get(f"/chi-so/bo/{found.code}?unit=T&format=json").content)
    assert {row["code"] for row in told["rows"]} == {"1.1", "1.2"}
    lines = browser.get(f"/chi-so/bo/{found.code}?unit=T&format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("set,valid_from,period,first,last,unit,") and len(lines) == 1 + len(told["rows"])


def test_control_defines_a_set_by_its_form_and_others_may_not(world):
    form = {"code": "moi", "name": "Bộ mới", "source": "Thử", "valid_from": "01/01/2026", "lines": LINES}
    assert _browser(world.specialist).post("/chi-so/bo/", form).status_code == 404
    browser = _browser(world.control)
    wrong = browser.post("/chi-so/bo/", form | {"lines": "1 | A | nothing.here"})
    assert wrong.status_code == 422 and "Không có số đo" in wrong.content.decode()
    assert browser.post("/chi-so/bo/", form)["Location"] == "/chi-so/bo/moi"
    again = browser.get("/chi-so/bo/?bo=moi").content.decode()
    assert "1.1 | Tiếp nhận | dossiers.received | Hồ sơ" in again
