"""The catalogue of reporting regimes, with what the province set itself."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.organizations.states import COMMUNE
from motcua.reports.actions.rounds import set_sending_day
from motcua.reports.regimes import regimes_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 1)


def of(code, day=DAY):
    return next(each for each in regimes_on(day) if each.code == code)


def test_regime_tells_its_days_units_and_forms():
    found = of("kstt")
    assert ("Xã, phường, đặc khu", 16, "") in {(each.level, each.day, each.source) for each in found.days}
    assert {form.code for form in found.forms} == {"kstt-06", "kstt-06a", "kstt-07b"}
    assert (found.period.code, found.window.last) == ("2026Q2", date(2026, 6, 14))


def test_month_is_the_newest_period_only_of_a_regime_that_has_nothing_else():
    assert (of("discipline").period.code, of("decree-09").period.code) == ("2026M07", "2026H1")


def test_setting_of_the_province_stands_with_its_source_from_its_day_on(cast):
    set_sending_day("kstt", level=COMMUNE, day=18, valid_from=date(2026, 7, 1), source="QĐ 24/2019", actor=cast.control)
    communes = [(each.day, each.source) for each in of("kstt").days if each.level == "Xã, phường, đặc khu"]
    before = [each.day for each in of("kstt", date(2026, 6, 1)).days if each.level == "Xã, phường, đặc khu"]
    assert (communes, before) == ([(18, "QĐ 24/2019")], [16])


def test_page_and_api_tell_the_same_and_citizens_nothing(client, cast):
    client.force_login(cast.specialist)
    page = client.get(reverse("reports:regimes")).content.decode()
    told = client.get("/api/v1/report-regimes").json()
    assert {each["code"] for each in told} == {"decree-09", "kstt", "cchc", "resolution-131", "discipline"}
    assert all(each["name"] in page for each in told)
    client.force_login(cast.citizen)
    assert client.get(reverse("reports:regimes")).status_code in (302, 403, 404)
