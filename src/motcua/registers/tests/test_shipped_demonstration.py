"""The invented entries of the demonstration: each fits its register, none names a real person."""

import json
from datetime import date, timedelta

import pytest

from motcua.organizations.actions.units import establish
from motcua.organizations.states import ONE_STOP
from motcua.registers.actions.shipping import take_in_shipped
from motcua.registers.demonstration import write_entries
from motcua.registers.models import Entry
from motcua.registers.rules.entry_checks import findings, missing
from motcua.registers.rules.periods import period_at
from motcua.registers.rules.shapes import ENTRY, OFFICIAL, UNIT
from motcua.registers.rules.values import computed, read_values
from motcua.registers.shipped import DATA, newest_shipped

ROWS = json.loads((DATA / "demonstration" / "entries.json").read_text(encoding="utf-8"))["entries"]
SHIPPED = {each.code: each for each in newest_shipped()}
DAY = date(2026, 6, 15)


def _meant(value):
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    what, _colon, which = value[1:].partition(":")
    if what in ("account", "entry"):
        return which
    return period_at(DAY, what).code if which else (DAY + timedelta(days=int(what))).isoformat()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['register']} {row['unit']}")
def test_entry_fits_its_register_in_its_state(row):
    definition = SHIPPED[row["register"]]
    values, faults = read_values(definition, {name: _meant(value) for name, value in row["values"].items()})
    values = computed(definition, values)
    assert row["state"] in definition.by_state
    assert [*faults, *missing(definition, values, row["state"])] == []
    assert [each for each in findings(definition, values, {}) if each.is_error] == []


def test_every_register_is_shown_with_entries():
    assert {row["register"] for row in ROWS} == SHIPPED.keys() - {"connections"}  # written for every unit


def test_what_is_personal_is_said_to_be_invented():
    for row in ROWS:
        for field in SHIPPED[row["register"]].fields:
            value = row["values"].get(field.code)
            if field.personal and field.type not in (OFFICIAL, ENTRY, UNIT) and value is not None:
                assert any(word in value.lower() for word in ("thử nghiệm", "bịa ra")), (row["register"], field.code)


def test_entries_are_written_once_and_only_for_units_that_are_there(cast):
    take_in_shipped()
    for unit in (cast.commune, cast.department):
        unit.one_stop = establish(
            code=f"{unit.code}.MC", name="Bộ phận Một cửa", kind=ONE_STOP, parent=unit,
            valid_from=date(2018, 1, 1), actor="",
        )  # fmt: skip
        unit.save()
    establish(
        code="H27.01", name="Văn phòng thử", kind="office", parent=cast.province, valid_from=date(2018, 1, 1), actor=""
    )
    write_entries(lambda *_told: None)
    written = Entry.objects.count()
    write_entries(lambda *_told: None)
    assert Entry.objects.count() == written
    assert set(Entry.objects.values_list("unit__code", flat=True)) == {"H27.01", "P.1", "P.3", "P.3.MC"}
    assert Entry.objects.filter(register__code="portal-counters").count() == 6
