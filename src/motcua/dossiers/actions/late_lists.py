"""Publishing the list of late dossiers of a month (R4.20)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.access.late import may_control_dossiers
from motcua.dossiers.events import LATE_LIST_PUBLISHED
from motcua.dossiers.models import LateList
from motcua.dossiers.queries.late_lists import late_rows
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.organizations.models import Account


@transaction.atomic
def publish_late_list(month: date, *, actor: Account | None = None, at: datetime | None = None) -> LateList:
    """Publish the list of ``month`` (its first day) as it is known now; a list once published stays as it was.

    Raises:
        Refused: the month is not over, it was published, or the actor does no control work.
    """
    published_at = at or now()
    if actor is not None and not may_control_dossiers(actor):
        raise Refused(gettext("Chỉ cán bộ kiểm soát thủ tục hành chính được công khai danh sách này."))
    if published_at.astimezone(VIETNAM).date() < _next_month(month):
        raise Refused(gettext("Tháng %(month)s chưa hết.") % {"month": f"{month:%m/%Y}"}, field="month")
    rows = late_rows(month, _next_month(month))

    published, is_new = LateList.objects.get_or_create(
        month=month.replace(day=1),
        defaults={"rows": rows, "published_at": published_at, "published_by": actor.code if actor else ""},
    )
    if not is_new:
        raise Refused(gettext("Danh sách tháng %(month)s đã công khai.") % {"month": f"{month:%m/%Y}"}, field="month")

    record(
        LATE_LIST_PUBLISHED,
        subject=f"{month:%Y-%m}",
        actor=actor.code if actor else "",
        at=published_at,
        count=len(rows),
    )
    return published


def publish_when_due(*, at: datetime | None = None) -> bool:
    """Publish the list of last month from the day of the month on that the dated rules name; return whether it was."""
    at = at or now()
    today = at.astimezone(VIETNAM).date()
    month = _month_before(today)
    if today.day < control_rules_on(today).late_list_day or LateList.objects.filter(month=month).exists():
        return False
    publish_late_list(month, at=at)
    return True


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _month_before(day: date) -> date:
    return date(day.year - (day.month == 1), 12 if day.month == 1 else day.month - 1, 1)
