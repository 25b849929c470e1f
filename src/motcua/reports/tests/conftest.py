"""A province, a department, the people who report, and a report that was opened."""

from datetime import timedelta

import pytest

from motcua.base.clock import today
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import CONTROL_OFFICER, DEPARTMENT, LEADER, OFFICE, PROVINCE, SPECIALIST
from motcua.reports.actions.writing import open_report
from motcua.reports.rules.periods import ReportPeriod

PERIOD = ReportPeriod.parse("2026Q3")


def _person(username, unit=None, role="", name="Nguyễn Văn Thử"):
    account = open_account(username=username, full_name=name, password=None, actor="")
    if unit:
        give_post(account, unit=unit, role=role, valid_from=today() - timedelta(days=1000), actor="")
    return Account.objects.get(pk=account.pk)


@pytest.fixture
def cast(db):
    since = today() - timedelta(days=2000)
    province = establish(code="P", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=since, actor="")
    office = establish(code="P.1", name="Văn phòng UBND tỉnh", kind=OFFICE, parent=province, valid_from=since, actor="")
    department = establish(code="P.2", name="Sở Thử", kind=DEPARTMENT, parent=province, valid_from=since, actor="")

    class Cast:
        unit, top = department, province
        specialist = _person("cv", department, SPECIALIST)
        leader = _person("ld", department, LEADER)
        control = _person("ks", office, CONTROL_OFFICER)
        outsider = _person("ngoai", establish(code="P.3", name="Sở Khác", kind=DEPARTMENT, parent=province,
                                               valid_from=since, actor=""), SPECIALIST)  # fmt: skip
        citizen = _person("dan")

    return Cast


@pytest.fixture
def report(cast):
    return open_report(unit=cast.unit, period=PERIOD, regime="cchc", actor=cast.specialist)
