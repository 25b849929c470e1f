"""Units over time: loaded whole, found by day, merged into their successors."""

from datetime import date

import pytest

from motcua.base.refusal import Refused
from motcua.organizations.actions.calendar import load_calendar
from motcua.organizations.actions.units import establish, load_administrative_units
from motcua.organizations.models import Succession, Unit, UnitCode
from motcua.organizations.queries import calendar_for, successors_of, unit_at
from motcua.organizations.states import COMMUNE, DISTRICT, PROVINCE, QCVN_102

OLD_DAY, NEW_DAY = date(2024, 5, 1), date(2026, 5, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    load_administrative_units(actor="")


def _numbers(day):
    return [Unit.objects.in_force(day).filter(kind=kind).count() for kind in (PROVINCE, DISTRICT, COMMUNE)]


def test_units_are_loaded_whole_for_both_regimes(units):
    assert _numbers(OLD_DAY) == [63, 696, 10035]
    assert _numbers(NEW_DAY) == [34, 0, 3321]


def test_loading_twice_changes_nothing(units):
    assert load_administrative_units(actor="") == 0


def test_one_code_names_different_units_on_different_days(units):
    assert unit_at("18583", OLD_DAY).name == "Xã Thạch Châu"
    assert unit_at("18583", NEW_DAY).name == "Xã Mai Phụ"


def test_merged_commune_is_followed_to_its_successor(units):
    assert [each.name for each in successors_of(unit_at("18583", OLD_DAY))] == ["Xã Mai Phụ"]


def test_merged_province_is_followed_to_its_successor(units):
    assert [each.name for each in successors_of(unit_at("02", OLD_DAY))] == ["Tỉnh Tuyên Quang"]


def test_successions_know_splits(units):
    assert Succession.objects.filter(is_partial=True).exists()


def test_path_holds_the_units_above(units):
    commune = unit_at("18583", OLD_DAY)
    assert [each.kind for each in (commune, commune.parent, commune.parent.parent)] == [COMMUNE, DISTRICT, PROVINCE]
    assert commune.parent.parent.holds(commune)
    assert commune in Unit.objects.below(commune.parent)


def test_official_code_names_its_unit_only_while_it_is_in_force(units):
    UnitCode.objects.create(
        unit=unit_at("42"), scheme=QCVN_102, code="000.00.00.H99", valid_from=OLD_DAY, valid_to=date(2024, 12, 31)
    )
    assert unit_at("000.00.00.H99", OLD_DAY).code == "42"
    with pytest.raises(Refused, match="H99"):
        unit_at("000.00.00.H99", NEW_DAY)


def test_dissolved_unit_keeps_its_clock_for_what_it_left_open(units):
    load_calendar()
    gone = Unit.objects.filter(kind=DISTRICT).exclude(code__in=Unit.objects.in_force().values("code")).first()
    assert calendar_for(gone.code) == calendar_for()
    with pytest.raises(Refused, match="99999"):
        calendar_for("99999")


def test_unknown_code_is_refused_by_name(units):
    with pytest.raises(Refused, match="99999"):
        unit_at("99999")


def test_new_district_is_refused_after_the_reform(units):
    with pytest.raises(Refused, match="cấp huyện"):
        establish(code="X1", name="Huyện Thử", kind=DISTRICT, parent=None, valid_from=NEW_DAY, actor="A1")


def test_code_in_use_is_refused(units):
    with pytest.raises(Refused, match="đang được dùng"):
        establish(code="42", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=NEW_DAY, actor="A1")
