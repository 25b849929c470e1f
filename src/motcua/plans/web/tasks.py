"""The tasks of my units, what waits for my acceptance, and the tasks behind a number of a report."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.organizations.states import CONTROL_OFFICER, LEADER
from motcua.plans.access import may_see_plans
from motcua.plans.measures import CODES
from motcua.plans.models import Assignment, Task
from motcua.plans.queries import assigned_to, statuses_for, task_rows
from motcua.plans.task_status import COUNTED, DONE, LABELS, ORDER

PAGE = 50
ALL, MINE, WAITING = "tat-ca", "chu-tri", "cho-xac-nhan"


def _mine(account: Any) -> list[Unit]:
    return [post.unit for post in account.posts_now]


def _waiting(account: Any) -> list[Assignment]:
    """Return completions that the account may accept: of plans whose holder it leads or oversees."""
    scopes = [scope_of(post) for post in account.posts_now if post.role == CONTROL_OFFICER]
    own = [post.unit_id for post in account.posts_now if post.role == LEADER]
    found = (
        Assignment.objects.filter(reported_on__isnull=False, task__plan__state="approved", task__is_dropped=False)
        .select_related("unit", "task__plan__holder")
        .defer("task__plan__lines", "task__plan__reading")
        .order_by("reported_on", "task_id")
    )
    return [
        part
        for part in found[:500]
        if part.task.plan.holder_id in own or any(part.task.plan.holder.path.startswith(top.path) for top in scopes)
    ]


@require_GET
@opens_to(may_see_plans)
def tasks(request: SignedInRequest) -> HttpResponse:
    """What my units have to do, overdue first; what they only help with; what waits for me to accept."""
    view = request.GET.get("nhom", MINE)
    day = today()
    waiting = _waiting(request.user)
    parts = list(assigned_to(_mine(request.user)).defer("task__plan__lines", "task__plan__reading"))
    rows: list[dict[str, Any]] = [
        {"part": part, "task": part.task, "status": part.task.status(day, part.done_on)} for part in parts
    ]
    leading = [row for row in rows if row["part"].is_lead]
    shown = {ALL: rows, MINE: leading}.get(view, leading)
    if view == WAITING:
        shown = [{"part": part, "task": part.task, "status": part.task.status(day)} for part in waiting]
    status = request.GET.get("status", "")
    if status in LABELS:
        shown = [row for row in shown if row["status"].code == status]
    shown.sort(key=lambda row: (ORDER.index(row["status"].code), row["task"].due_on or date.max, row["task"].pk))
    late = sum(row["status"].code == "open_late" for row in leading)
    page = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "tabs": [
            {"label": gettext("Chủ trì"), "url": "?", "active": view == MINE, "count": len(leading)},
            {"label": gettext("Tất cả, kể cả phối hợp"), "url": f"?nhom={ALL}", "active": view == ALL,
             "count": len(rows)},
            {"label": gettext("Chờ tôi xác nhận"), "url": f"?nhom={WAITING}", "active": view == WAITING,
             "count": len(waiting)},
        ],
        "view": view,
        "late": late,
        "day": day,
        "status": status,
        "status_label": LABELS.get(status, ""),
    }  # fmt: skip
    return render(request, "plans/tasks.html", page)


@require_GET
@opens_to(may_see_plans)
def counted(request: SignedInRequest) -> HttpResponse:
    """The very tasks behind a number of a report: measure ``so``, unit ``don-vi``, as of ``den``."""
    code = request.GET.get("so", "")
    if code not in CODES:
        raise Http404
    try:
        unit = unit_at(request.GET.get("don-vi", "")[:40].replace("\0", ""))
        day = min(parse_date(request.GET.get("den", "")[:10]) or today(), today())
    except (Refused, ValueError) as unreadable:
        raise Http404 from unreadable
    asked = {key: request.GET.get(key, "").replace("\0", "") for key in ("assigner", "plan")}
    where: dict[str, Any] = {key: value for key, value in asked.items() if value}
    statuses = statuses_for(unit, day, **where)
    wanted = set(CODES[code] or COUNTED)
    if where.get("plan"):
        wanted = set(ORDER) if CODES[code] is None else wanted | (DONE if code == "tasks.done" else set())
    chosen = [pk for pk, status in statuses.items() if status in wanted]
    found = Task.objects.filter(pk__in=chosen).select_related("plan__holder").order_by("plan__year", "position")
    found = found.defer("plan__lines", "plan__reading")
    page = {
        "page": Paginator(task_rows(found, day), PAGE).get_page(request.GET.get("page")),
        "unit": unit,
        "day": day,
        "count": len(chosen),
    }
    return render(request, "plans/counted.html", page)
