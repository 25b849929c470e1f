"""Dossier codes under both orders of agency codes, and the dated scheme that numbers them (DOMAIN 4.8)."""

from datetime import date

import pytest

from motcua.base.refusal import Refused
from motcua.dossiers.queries.places import forget_places
from motcua.dossiers.rules import reception_rules
from motcua.dossiers.rules.code import dossier_code, read_dossier_code
from motcua.dossiers.rules.reception_rules import reception_rules_on, scheme_on
from motcua.organizations.actions.units import establish
from motcua.organizations.models import UnitCode
from motcua.organizations.states import DECISION_20, DEPARTMENT, QCVN_102


@pytest.mark.parametrize(
    ("code", "levels", "day", "number"),
    [
        ("000.17.22.H56-210531-0001", ("H56", "22", "17"), date(2021, 5, 31), 1),
        ("000.00.14.H56-200203-0118", ("H56", "14"), date(2020, 2, 3), 118),
        ("H56.14-200203-10118", ("H56", "14"), date(2020, 2, 3), 10118),
    ],
)
def test_code_says_agency_day_and_number(code, levels, day, number):
    read = read_dossier_code(code)
    assert (read.agency.levels, read.day, read.number) == (levels, day, number)
    agency = code.split("-")[0]
    assert dossier_code(agency, day, number) == code


@pytest.mark.parametrize(
    "code", ["", "000.17.22.H56-210532-0001", "000.17.22.H56-210229-0001", "000.17.22.H56-210531-001", "..-210531-0001"]
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError):
        read_dossier_code(code)


def test_every_value_of_reception_has_a_source_and_is_in_force_today():
    assert all(row["source"] for row in reception_rules._rows())
    rules = reception_rules_on(date(2026, 11, 21))
    assert (rules.agency_code_scheme, rules.duplicate_within_days > 0, rules.look_ups_an_hour > 0) == (
        QCVN_102,
        True,
        True,
    )


def test_dossiers_are_numbered_by_the_scheme_of_the_day(world, monkeypatch):
    department = world.units["T.01"]
    UnitCode.objects.create(unit=department, scheme=DECISION_20, code="T99.01", valid_from="2018-01-01", source="thử")
    rows = [row | ({"value": DECISION_20} if row["name"] == "agency_code_scheme" else {}) for row in
            reception_rules._rows()]  # fmt: skip
    monkeypatch.setattr(reception_rules, "_rows", lambda: rows)
    forget_places()
    try:
        assert scheme_on(date(2026, 3, 2)) == DECISION_20
        assert world.file_at_counter().code == "T99.01-260302-0001"
    finally:
        forget_places()


def test_agency_code_of_another_form_is_refused(world):
    with pytest.raises(Refused) as refused:
        establish(
            code="T.77",
            name="Sở Mã Sai",
            kind=DEPARTMENT,
            parent=world.units["T"],
            valid_from=date(2026, 1, 1),
            actor="",
            codes={QCVN_102: "T99.01"},
        )
    assert refused.value.field == "codes"
