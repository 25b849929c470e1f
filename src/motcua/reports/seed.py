"""The demonstration: the province's report of the last period that closed, and a report asked of its departments."""

from collections.abc import Callable
from datetime import timedelta

from motcua.base.clock import today
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import DEPARTMENT
from motcua.reports.actions.requests import ask
from motcua.reports.actions.writing import open_report
from motcua.reports.models import Report
from motcua.reports.rules.due_periods import last_due

ASKED = 5  # departments


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Open the province's report of the last period that closed, unless there is a report."""
    officer = Account.objects.filter(username="kiemsoat").first()
    province = Unit.objects.in_force().filter(kind="province", one_stop__isnull=False).first()
    if officer is None or province is None or Report.objects.exists():
        return
    progress("Báo cáo quý", 0, 1)
    period = last_due("cchc", today())
    open_report(unit=province, period=period, regime="cchc", actor=officer)
    departments = Unit.objects.in_force().below(province).filter(kind=DEPARTMENT).order_by("code")[:ASKED]
    if departments:
        ask(
            title="Hồ sơ quá hạn và nguyên nhân",
            words="Nêu nguyên nhân và ngày hoàn thành từng hồ sơ quá hạn.",
            items="Hồ sơ quá hạn chưa giải quyết | Hồ sơ\nTrong đó do phối hợp | Hồ sơ",
            due_on=today() + timedelta(days=7),
            units=departments,
            actor=officer,
        )
    progress("Báo cáo quý", 1, 1)
