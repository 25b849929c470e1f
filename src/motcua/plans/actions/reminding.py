"""Reminders: three working days before a task's last day, on the day after it, and every week it stays late."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, today
from motcua.notifications.actions.notices import notify
from motcua.organizations.queries import calendar_for
from motcua.plans.addresses import page_of
from motcua.plans.models import Assignment
from motcua.plans.queries import due_between, heads_of

WORKING_DAYS_BEFORE = 3
LATE_FOR_AT_MOST = timedelta(days=365)  # what is late for longer is in every list, not in the morning's notices


def remind(day: date | None = None) -> int:
    """Write the notices of ``day`` (default: today) and return how many are new; a second run writes none."""
    day = day or today()
    written = 0
    for part in due_between(day - LATE_FOR_AT_MOST, soon_after(day)):
        stage, words = _stage(part, day)
        for head, unit, _count in heads_of({part.unit.code: 1}):
            written += notify(
                head,
                key=f"task:{part.pk}:{part.task.due_on}:{stage}",
                subject=part.task.code,
                text=words % {"unit": unit, "row": part.task.code, "day": f"{part.task.due_on:%d/%m/%Y}"},
                link=page_of(part.task.code),
            )
    return written


def soon_after(day: date) -> date:
    """Return the last day about which one is reminded on ``day``: three working days on, days off skipped (R10.2)."""
    morning = datetime.combine(day, time(0, 0), tzinfo=VIETNAM)
    return calendar_for().add_working_days(morning, WORKING_DAYS_BEFORE).astimezone(VIETNAM).date()


def _stage(part: Assignment, day: date) -> tuple[str, str]:
    due_on = part.task.due_on
    if due_on is None or due_on >= day:
        return "soon", gettext("%(unit)s: nhiệm vụ %(row)s đến hạn ngày %(day)s.")
    return f"late{(day - due_on).days // 7}", gettext("%(unit)s: nhiệm vụ %(row)s đã quá hạn từ ngày %(day)s.")
