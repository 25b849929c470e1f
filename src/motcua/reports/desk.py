"""What reports put before heads and control officers: to be sent, to be approved."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.desk import Entry, Tray, TrayPage
from motcua.organizations.access import has_role
from motcua.organizations.states import CONTROL_OFFICER, LEADER, UNIT_HEAD
from motcua.reports.access import may_accept, visible_to
from motcua.reports.models import Report
from motcua.reports.states import OPEN_STATES, SUBMITTED

COUNT_CAP = 1_000


def to_approve(account: Any, most: int) -> TrayPage:
    """Reports that were sent and wait for the account's approval, the oldest first."""
    found = visible_to(account).filter(state=SUBMITTED).order_by("submitted_at", "pk")
    rows = [row for row in found[:COUNT_CAP] if may_accept(account, row.unit)]
    return TrayPage([_entry(row) for row in rows[:most]], len(rows), reverse("reports:reports"))


def to_send(account: Any, most: int) -> TrayPage:
    """Reports of the account's units that are being written or were sent back."""
    units = {unit.pk for unit in account.units_as(UNIT_HEAD, LEADER)}
    found: QuerySet[Report] = Report.objects.filter(unit__in=units, state__in=OPEN_STATES).select_related("unit")
    rows = list(found.order_by("opened_at", "pk")[: most + 1])
    count = len(rows) if len(rows) <= most else found.count()
    return TrayPage([_entry(row) for row in rows[:most]], count, reverse("reports:reports"))


def _entry(row: Report) -> Entry:
    title = f"{row.regime_label}, {row.report_period.label}"
    return Entry(title, reverse("reports:report", args=[row.code]), f"{row.unit.name}: {row.state_label}")


TRAYS = [
    Tray("reports", _("Báo cáo chờ duyệt"), 60, has_role(CONTROL_OFFICER), to_approve),
    Tray("reports_to_send", _("Báo cáo cần gửi"), 65, has_role(UNIT_HEAD, LEADER), to_send),
]
