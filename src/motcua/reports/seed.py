"""The demonstration's report: the Office of Hà Tĩnh for the last finished quarter, measured and left open."""

from collections.abc import Callable

from motcua.base.clock import today
from motcua.organizations.models import Account, Unit
from motcua.reports.actions.writing import open_report
from motcua.reports.models import Report
from motcua.reports.rules.periods import ReportPeriod


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Open the province's report of the last finished quarter, unless there is a report."""
    officer = Account.objects.filter(username="kiemsoat").first()
    province = Unit.objects.in_force().filter(kind="province", one_stop__isnull=False).first()
    if officer is None or province is None or Report.objects.exists():
        return
    progress("Báo cáo quý", 0, 1)
    period = ReportPeriod(today().year, "quarter", (today().month - 1) // 3 + 1).previous()
    open_report(unit=province, period=period, regime="cchc", actor=officer)
    progress("Báo cáo quý", 1, 1)
