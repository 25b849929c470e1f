"""Indicators in versions and targets set for them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from motcua.base.clock import now, today
from motcua.base.refusal import Refused
from motcua.indicators.actions.targets import define, set_target, withdraw_target
from motcua.indicators.models import Indicator, KeptCheck, Target
from motcua.indicators.queries import count, indicators_in_force, judge, observe, targets_set_by
from motcua.indicators.registry import measures
from motcua.indicators.rules.ratios import NO_DATA
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Unit
from motcua.organizations.states import CONTROL_OFFICER, ONE_STOP, PROVINCE

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def province():
    unit = establish(code="P", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=date(2020, 1, 1), actor="")
    counter = establish(code="P.MC", name="Một cửa", kind=ONE_STOP, parent=unit, valid_from=date(2020, 1, 1), actor="")
    Unit.objects.filter(pk=unit.pk).update(one_stop=counter)
    return Unit.objects.get(pk=unit.pk)


@pytest.fixture
def indicator():
    return define(code="on_time", name="Đúng hạn", measure="dossiers.on_time_rate", valid_from=FIRST, actor="A1")


def _set(indicator, province, **changed):
    return set_target(
        indicator,
        **{
            "set_by": "KH-1.t1", "words": "Ít nhất 98 %", "scope_unit": province, "comparator": ">=",
            "value": Decimal(98), "first_day": FIRST, "last_day": LAST, "actor": "A1",
        } | changed,
    )  # fmt: skip


def test_every_ratio_of_the_house_names_counts_that_exist():
    assert {"dossiers.on_time_rate", "dossiers.received", "procedures.total"} <= measures().keys()


def test_new_version_ends_the_one_before(indicator):
    define(
        code="on_time", name="Đúng hạn (mới)", measure="dossiers.on_time_rate", valid_from=date(2027, 1, 1), actor="A1"
    )
    assert Indicator.objects.get(valid_from=FIRST).valid_to == date(2026, 12, 31)
    assert [each.name for each in indicators_in_force(date(2027, 5, 1))] == ["Đúng hạn (mới)"]


def test_indicator_on_a_count_is_refused():
    with pytest.raises(Refused, match="tỷ lệ"):
        define(code="x", name="X", measure="dossiers.received", valid_from=FIRST, actor="A1")


def test_unknown_measure_is_refused_by_name():
    with pytest.raises(Refused, match="khong.co"):
        define(code="x", name="X", measure="khong.co", valid_from=FIRST, actor="A1")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"comparator": "~"}, "comparator"),
        ({"value": Decimal(101)}, "value"),
        ({"value": Decimal(-1)}, "value"),
        ({"last_day": date(2025, 1, 1)}, "last_day"),
    ],
)
def test_impossible_target_is_refused(indicator, province, changed, field):
    with pytest.raises(Refused) as refusal:
        _set(indicator, province, **changed)
    assert (refusal.value.field, Target.objects.count()) == (field, 0)


def test_target_set_again_replaces_the_one_before(indicator, province):
    _set(indicator, province)
    second = _set(indicator, province, value=Decimal(99))
    assert list(targets_set_by("KH-1")) == [second]


def test_withdrawn_target_stays_readable(indicator, province):
    target = _set(indicator, province)
    withdraw_target(target, actor="A1")
    withdraw_target(target, actor="A1")
    assert not targets_set_by("KH-1").exists()
    assert Target.objects.count() == 1


def test_target_without_data_is_neither_met_nor_missed(indicator, province):
    assert judge(_set(indicator, province)).outcome == NO_DATA


def test_count_cannot_be_narrowed_by_anything(province):
    with pytest.raises(Refused, match="màu"):
        count("dossiers.resolved", province, FIRST, LAST, màu="đỏ")


def test_observing_whole_months_asks_for_the_cells_once(province, django_assert_num_queries):
    with django_assert_num_queries(3):
        observe(["dossiers.on_time_rate", "dossiers.paid_online_rate", "dossiers.online_rate"], province, FIRST, LAST)


def test_pages_open_to_the_public(client, indicator, province):
    _set(indicator, province)
    for address in (
        reverse("indicators:overview"),
        reverse("indicators:overview") + "?format=csv",
        reverse("indicators:indicator", args=["on_time"]),
        reverse("indicators:targets") + f"?year={today().year}",
    ):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["?unit=khong-co", "?year=abc", "?year=1500", "?unit=" + "x" * 300])
def test_unreadable_question_is_an_error_in_place(client, indicator, province, query):
    assert client.get(reverse("indicators:overview") + query).status_code == 422


def test_page_of_a_year_shows_the_version_of_that_year(client, indicator, province):
    define(code="on_time", name="Tên mới", measure="dossiers.online_rate", valid_from=today(), actor="A1")
    address = reverse("indicators:indicator", args=["on_time"])
    assert client.get(address).context["indicator"].name == "Tên mới"
    assert client.get(address, {"year": today().year - 1}).context["indicator"] == indicator


def test_unknown_indicator_is_not_found(client, province):
    assert client.get(reverse("indicators:indicator", args=["khong-co"])).status_code == 404


def test_officials_see_when_the_figures_were_last_held_against_the_rows(client, indicator, province):
    check = KeptCheck.objects.create(checked_at=now(), cells=12, different=0)
    official = open_account(username="canbo", full_name="Người Thử", password=None, actor="")
    give_post(official, unit=province, role=CONTROL_OFFICER, valid_from=FIRST, actor="")
    client.force_login(official)
    assert "12 ô số liệu khớp" in client.get(reverse("indicators:overview")).content.decode()
    check.different = 1
    check.differences = [{"unit": "P", "month": "2026-03", "measure": "dossiers.late", "kept": 3, "counted": 2}]
    check.save()
    page = client.get(reverse("indicators:overview")).content.decode()
    assert "dossiers.late: 3 ≠ 2" in page
    client.logout()
    assert "dossiers.late: 3" not in client.get(reverse("indicators:overview")).content.decode()
