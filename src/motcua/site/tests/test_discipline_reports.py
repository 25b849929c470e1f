"""The month's report on discipline (C123): a round opened, filled from registers and dossiers, drafted, added up."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import CONTROL_OFFICER, DEPARTMENT, LEADER, OFFICE, PROVINCE, SPECIALIST
from motcua.registers.actions.keeping import keep
from motcua.registers.actions.shipping import take_in_shipped
from motcua.registers.models import Register
from motcua.registers.tests.shipped_examples import FULL
from motcua.reports.models import Report
from motcua.reports.queries import checked

MONTH = "2026M02"  # 15 January to 14 February 2026
SINCE = date(2018, 1, 1)


class World:
    """A province, its office, two departments, who reports and who controls."""

    def __init__(self):
        self.province = establish(code="P", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=SINCE, actor="")
        self.office = self._unit("P.0", "Văn phòng UBND tỉnh", OFFICE)
        self.first, self.second = self._unit("P.1", "Sở Thử", DEPARTMENT), self._unit("P.2", "Sở Nội vụ", DEPARTMENT)
        self.control = self._person("ks", self.office, CONTROL_OFFICER)
        self.writers = {unit: self._person(f"cv{unit.code}", unit, SPECIALIST) for unit in (self.first, self.second)}
        self.heads = {unit: self._person(f"ld{unit.code}", unit, LEADER) for unit in (self.first, self.second)}

    def _unit(self, code, name, kind):
        return establish(code=code, name=name, kind=kind, parent=self.province, valid_from=SINCE, actor="")

    def _person(self, username, unit, role):
        account = open_account(username=username, full_name="Người Thử", password=None, actor="")
        give_post(account, unit=unit, role=role, valid_from=SINCE, actor="")
        return Account.objects.get(pk=account.pk)

    def write(self, register, unit, state, **changes):
        keep(Register.objects.get(code=register), unit=unit, values=FULL[register] | changes, actor=None, state=state)


@pytest.fixture
def world(db):
    take_in_shipped()
    found = World()
    found.write("conduct", found.first, "received")
    found.write("conduct", found.first, "concluded", received_on="2025-12-01", verified_on="2025-12-20",
                concluded_on="2026-02-14", measure="transfer")  # fmt: skip
    found.write("conduct", found.second, "concluded", concluded_on="2026-02-15")  # the next month
    found.write("discipline", found.second, "in_force", decided_on="2026-01-15", ends_on="2027-01-15", form="warning")
    found.write("findings", found.first, "found", area="dress", due_on="2026-02-10")
    found.write("inspections", found.first, "inspected", subject="discipline")
    return found


def _opened(client, world):
    client.force_login(world.control)
    answer = client.post(reverse("reports:open_round"), {"regime": "discipline", "period": MONTH})
    assert answer.status_code == 302
    return {report.unit.code: report for report in Report.objects.select_related("unit")}


def _filled(client, account, report):
    """Let a unit begin: take its numbers, type what no register knows, return the rows as shown."""
    client.force_login(account)
    client.post(reverse("reports:act", args=[report.code, "do-lai"]))
    page = checked(Report.objects.get(pk=report.pk)).sheets[0]
    return {row.row.code: row.shown for row in page.rows}


def test_round_is_opened_for_every_unit_and_shown_on_the_board(client, world):
    reports = _opened(client, world)
    assert set(reports) == {"P", "P.0", "P.1", "P.2"}
    board = client.get(reverse("reports:board"), {"regime": "discipline", "period": MONTH}).content.decode()
    assert "Tháng 2 năm 2026" in board and "Sở Thử" in board


def test_rows_come_from_registers_and_dossiers_each_with_its_list(client, world):
    report = _opened(client, world)["P.1"]
    rows = _filled(client, world.writers[world.first], report)
    told = {code: rows[code] for code in ("1.1", "1.5", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.2.2", "4")}
    assert told == {"1.1": "0", "1.5": "0", "2.1": "1", "2.2": "1", "2.3": "0", "2.4": "1", "3.1": "1", "3.2": "1",
                    "3.2.2": "1", "4": "0"}  # fmt: skip
    cell = client.get(reverse("reports:cell", args=[report.code, 1, "2.2"])).content.decode()
    assert f"{reverse('registers:entries', args=['findings'])}?so=manners-found" in cell


def test_month_is_drafted_sent_and_added_up(client, world):
    reports = _opened(client, world)
    for unit in (world.first, world.second):
        report = reports[unit.code]
        _filled(client, world.writers[unit], report)
        client.force_login(world.heads[unit])
        draft = client.get(reverse("reports:narrative", args=[report.code]), {"soan": "1"}).content.decode()
        assert "KỶ LUẬT, KỶ CƯƠNG" in draft
        client.post(reverse("reports:act", args=[report.code, "gui"]))
        assert Report.objects.get(pk=report.pk).submitted_at is not None
    client.force_login(world.control)
    top = reports["P"]
    client.post(reverse("reports:act", args=[top.code, "tong-hop"]))
    sums = {cell.row: cell.summed for cell in top.cells.filter(row__in=("3.1", "3.2", "4.2", "2.4"))}
    assert sums == {"3.1": "2", "3.2": "1", "4.2": "1", "2.4": "1"}


def test_month_goes_out_in_the_layout_of_official_reports(client, world):
    report = _opened(client, world)["P.1"]
    _filled(client, world.writers[world.first], report)
    answer = client.get(reverse("reports:export", args=[report.code, "xlsx"]))
    sheet = load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).worksheets[-1]
    texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("kỷ luật, kỷ cương" in text.lower() for text in texts)
