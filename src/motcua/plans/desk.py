"""What plans put before those who accept their tasks: requests for later days, completions."""

from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM
from motcua.base.desk import Entry, Tray, TrayPage
from motcua.organizations.access import has_role
from motcua.organizations.states import CONTROL_OFFICER, LEADER
from motcua.plans.addresses import page_of
from motcua.plans.models import Assignment, Extension
from motcua.plans.queries.work_list import requests_for, waiting_for

may_accept = has_role(LEADER, CONTROL_OFFICER)


def extensions(account: Any, most: int) -> TrayPage:
    """Requests for later days that the account may answer."""
    found = requests_for(account)
    rows = list(found[: most + 1])
    count = len(rows) if len(rows) <= most else found.order_by().count()
    return TrayPage([_asked(row) for row in rows[:most]], count, reverse("plans:tasks"))


def completions(account: Any, most: int) -> TrayPage:
    """Tasks reported as done that the account may accept."""
    found = waiting_for(account)
    rows = list(found[: most + 1])
    count = len(rows) if len(rows) <= most else found.order_by().count()
    return TrayPage([_reported(row) for row in rows[:most]], count, reverse("plans:tasks"))


def _asked(row: Extension) -> Entry:
    words = gettext("%(unit)s xin lùi đến %(day)s") % {"unit": row.unit.name, "day": f"{row.new_due_on:%d/%m/%Y}"}
    return Entry(row.task.text[:200], page_of(row.task.code), words, _end_of(row.task.due_on), row.task.plan.code)


def _reported(row: Assignment) -> Entry:
    words = gettext("%(unit)s báo hoàn thành") % {"unit": row.unit.name}
    return Entry(row.task.text[:200], page_of(row.task.code), words, _end_of(row.task.due_on), row.task.plan.code)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(17), tzinfo=VIETNAM) if day else None


TRAYS = [
    Tray("extensions", _("Xin lùi hạn nhiệm vụ"), 50, may_accept, extensions),
    Tray("completions", _("Báo hoàn thành nhiệm vụ"), 55, may_accept, completions),
]
