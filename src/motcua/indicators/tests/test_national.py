"""Published national figures beside ours: the right record, by name and under the right province."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.base.text import fold
from motcua.indicators.national import beside, national_records, province_places, record_for
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.actions.units import establish
from motcua.organizations.states import COMMUNE, DEPARTMENT, PROVINCE

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


def province_with(name, department):
    province = establish(code="P", name=name, kind=PROVINCE, parent=None, valid_from=SINCE, actor="")
    below = establish(code="P.01", name=department, kind=DEPARTMENT, parent=province, valid_from=SINCE, actor="")
    return province, below


def test_records_hold_every_province_and_group():
    records = national_records()
    assert len([each for each in records if each.level == "province"]) == 34
    assert {len(each.groups) for each in records} == {6}


def test_department_of_the_same_name_elsewhere_is_another():
    province, department = province_with("Tỉnh Gia Lai", "Sở Tư pháp")
    commune = establish(code="P.10", name="Xã Đề Gi", kind=COMMUNE, parent=province, valid_from=SINCE, actor="")
    assert record_for(department, province, 2026).total == Decimal("62.06")
    assert record_for(commune, province, 2026).total == Decimal("73.76")
    assert record_for(province, province, 2025) is None


def test_province_without_published_departments_has_none():
    province, department = province_with("Tỉnh Hà Tĩnh", "Sở Tư pháp")
    assert record_for(province, province, 2026).total == Decimal("57.2")
    assert record_for(department, province, 2026) is None


def test_only_like_is_set_beside_like():
    province, _department = province_with("Thành phố Huế", "Sở Y tế")
    row = beside(province, IndexPeriod.parse("2026"))[0]
    groups = {code: (ours, theirs, difference) for code, ours, theirs, difference in row.groups}
    assert groups["TDGQ"] == (Decimal(0), Decimal("17.78"), Decimal("-17.78"))
    assert groups["MDHL"] == (None, Decimal("10.56"), None)
    assert row.difference is None


def test_map_has_a_tile_for_every_province_and_none_over_another():
    places = province_places()
    provinces = {each.code: each.total for each in national_records() if each.level == "province"}
    assert {each.code for each in places} == provinces.keys()
    assert len({(each.row, each.column) for each in places}) == len(places)
    names = {each.code: fold(each.name) for each in national_records() if each.level == "province"}
    assert [each.name for each in places if fold(each.name) not in names[each.code]] == ["TP. HCM"]  # no room for more
