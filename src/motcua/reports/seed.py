"""The demonstration's report: the Office of Hà Tĩnh for the last period that closed, measured and left open."""

from collections.abc import Callable

from motcua.base.clock import today
from motcua.organizations.models import Account, Unit
from motcua.reports.actions.writing import open_report
from motcua.reports.models import Report
from motcua.reports.rules.due_periods import last_due


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Open the province's report of the last period that closed, unless there is a report."""
    officer = Account.objects.filter(username="kiemsoat").first()
    province = Unit.objects.in_force().filter(kind="province", one_stop__isnull=False).first()
    if officer is None or province is None or Report.objects.exists():
        return
    progress("Báo cáo quý", 0, 1)
    period = last_due("cchc", today())
    open_report(unit=province, period=period, regime="cchc", actor=officer)
    progress("Báo cáo quý", 1, 1)
