"""The rows of the reform report that registers answer: filled with the right numbers, each opening its entries."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import COMMUNE, CONTROL_OFFICER, DEPARTMENT, OFFICE, PROVINCE
from motcua.registers.actions.keeping import keep
from motcua.registers.actions.shipping import take_in_shipped
from motcua.registers.models import Entry, Register
from motcua.registers.tests.more_shipped_examples import MORE_FULL
from motcua.registers.tests.shipped_examples import FULL
from motcua.reports.actions.writing import open_report
from motcua.reports.rules.catalogue import forms_of
from motcua.reports.rules.periods import ReportPeriod

PERIOD = ReportPeriod.parse("2026Q1")  # 15/12/2025 to 14/3/2026; the examples lie in February
SINCE = date(2018, 1, 1)
ROWS = {
    (1, "1"): "2", (7, "7"): "1",
    (1, "3.1"): "1", (1, "3.2"): "2", (1, "4.1"): "2", (1, "4.2"): "1", (1, "5.1"): "2", (1, "5.2"): "1",
    (1, "6.1"): "2", (1, "6.2"): "4", (1, "6.3"): "1", (1, "6.4"): "2", (1, "6.5"): "2", (1, "11"): "1",
    (5, "I.3"): "1", (5, "IV.2"): "1", (5, "IV.3"): "1", (5, "IV.4"): "2", (5, "IV.5"): "1", (5, "IV.6"): "1",
    (5, "IV.7"): "1",
    (7, "5.1.1"): "50", (7, "5.3.1"): "100", (7, "5.3.3"): "33,3",
}  # fmt: skip
WRITTEN = [
    ("inspections", "inspected", {}), ("inspections", "concluded", {"level": "commune"}),
    ("inspections", "carried_out", {"level": "commune"}), ("inspections", "inspected", {"subject": "procedures"}),
    ("inspections", "planned", {}),
    ("inspections", "carried_out", {"subject": "recruitment", "level": "department"}),
    ("inspections", "inspected", {"subject": "recruitment", "level": "department", "breaks_positions": True}),
    ("findings", "found", {}), ("findings", "handled", {}),
    ("findings", "found", {"found_on": "2026-03-15", "handled_on": None}),
    ("propaganda", "kept", {}), ("propaganda", "kept", {"form": "broadcast", "quantity": 4}),
    ("propaganda", "kept", {"form": "column"}), ("propaganda", "kept", {"form": "newspaper"}),
    ("propaganda", "kept", {"form": "newspaper", "done_on": "2025-12-14"}), ("propaganda", "void", {}),
    ("training-classes", "held", {}), ("training-classes", "held", {"theme": "digital"}),
    ("training-classes", "planned", {}),
    ("dialogues", "concluded", {}), ("dialogues", "held", {}), ("dialogues", "planned", {}),
    *(("discipline", "in_force", {"group": group}) for group in (
        "province_leader", "department_leader", "division_leader", "division_leader", "staff", "service_employee",
        "commune_official")),
    ("discipline", "annulled", {"group": "province_leader"}),
    ("guidance", "issued", {}), ("guidance", "ended", {"area": ["reform", "control"]}),
    ("guidance", "issued", {"form": "plan"}), ("guidance", "issued", {"area": ["control"]}),
    ("iso-declarations", "declared", {}), ("iso-declarations", "withdrawn", {"standard_name": "2008"}),
    ("iso-declarations", "declared", {"standard": "other"}),
]  # fmt: skip


@pytest.fixture
def units(db):
    take_in_shipped()
    province = establish(code="P", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=SINCE, actor="")
    named = {"P": province}
    for code, kind in (("P.0", OFFICE), ("P.1", DEPARTMENT), ("P.2", DEPARTMENT), ("X.1", COMMUNE), ("X.2", COMMUNE),
                       ("X.3", COMMUNE)):  # fmt: skip
        named[code] = establish(
            code=code, name=f"Đơn vị {code}", kind=kind, parent=province, valid_from=SINCE, actor=""
        )
    return named


@pytest.fixture
def control(units):
    account = open_account(username="ks", full_name="Người Thử", password=None, actor="")
    give_post(account, unit=units["P.0"], role=CONTROL_OFFICER, valid_from=SINCE, actor="")
    return Account.objects.get(pk=account.pk)


def _keep(register, unit, state, **changes):
    if register == "discipline":
        changes["decision"] = f"{Entry.objects.count()}/QĐ"
    values = {
        name: value for name, value in ((FULL | MORE_FULL)[register] | changes).items() if value not in ("", None)
    }
    keep(Register.objects.get(code=register), unit=unit, values=values, actor=None, state=state)


def _report(units, control, unit="P"):
    return open_report(unit=units[unit], period=PERIOD, regime="cchc", actor=control)


def test_rows_are_filled_from_registers(units, control):
    for register, state, changes in WRITTEN:
        _keep(register, units["P.1"], state, **changes)
    for unit, system, level in (("P.1", "one_stop", "department"), ("P.2", "one_stop", "department"),
                                ("P.1", "documents", "department"), ("X.1", "one_stop", "commune")):  # fmt: skip
        _keep("connections", units[unit], "connected", system=system, level=level)
    _keep("connections", units["X.2"], "cut", system="one_stop", level="commune")
    report = _report(units, control)
    cells = {(cell.appendix, cell.row): cell for cell in report.cells.all()}
    assert {place: cells[place].measured if place in cells else None for place in ROWS} == ROWS
    for place in ROWS:
        cell = cells[place]
        code = cell.lineage["measure"].split(".")[1]
        assert cell.lineage["link"].startswith(reverse("registers:entries", args=[code])), place


def test_every_row_that_registers_answer_is_in_this_table():
    forms = forms_of("cchc", PERIOD.window("cchc").last)
    measured = {
        (number, row.code)
        for number, form in forms.items()
        for row in form.rows.values()
        if row.measure is not None and row.measure.code.startswith("registers.")
    }
    assert measured == ROWS.keys()


def test_rows_stay_blank_while_no_register_is_kept(units, control):
    cells = _report(units, control).cells.filter(measured__gt="")
    assert {(cell.appendix, cell.row) for cell in cells} & ROWS.keys() == set()


def test_unit_that_wrote_nothing_says_none_once_the_register_is_kept(units, control):
    _keep("dialogues", units["P.1"], "held")
    cells = {(cell.appendix, cell.row): cell for cell in _report(units, control, "P.2").cells.all()}
    assert cells[1, "11"].measured == "0"


def test_list_behind_a_number_holds_the_very_entries(client, units, control):
    for changes in ({}, {"level": "commune"}, {"inspected_on": "2026-03-15", "concluded_on": "2026-03-20",
                                               "carried_out_on": "2026-03-30"}):  # fmt: skip
        _keep("inspections", units["P.1"], "carried_out", **changes)
    cell = _report(units, control).cells.get(appendix=1, row="3.1")
    client.force_login(control)
    page = client.get(cell.lineage["link"]).content.decode()
    listed = [f"/KT-2026-000{number}" in page for number in (1, 2, 3)]
    assert (cell.measured, listed) == ("1", [True, False, False])


def test_row_of_other_reporters_stays_blank(units, control):
    _keep("inspections", units["P.1"], "inspected", subject="recruitment", level="department")
    rows = {cell.row for cell in _report(units, control, "P.1").cells.filter(appendix=1, measured__gt="")}
    assert ("3.1" in rows, rows & {"5.1", "5.2", "8.1"}) == (True, set())
