"""The list of work: what my units have to do, what those under them do, what waits for me; as pages and as files."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.documents.rendering.list_file import MEDIA_TYPES
from motcua.organizations.access import SignedInRequest, may_control, may_lead
from motcua.organizations.models import Account
from motcua.plans.access import may_see_plans
from motcua.plans.queries.work_list import (
    WorkRow,
    below_of,
    choices_of,
    part_row,
    parts_of,
    requests_for,
    turn_row,
    waiting_for,
    work_parts,
    work_turns,
)
from motcua.plans.rendering.work_list import work_list
from motcua.plans.task_status import OPEN_LATE
from motcua.plans.working_forms import WorkFilterForm

PAGE = 50
MOST_EXPORTED = 20_000
SAVED_PAGE = "plans:tasks"
LEADING, TURNS, ALL, PERSONAL, BELOW = "chu-tri", "ky", "tat-ca", "cua-toi", "cap-duoi"
WAITING, REQUESTS = "cho-xac-nhan", "gia-han"


@dataclass
class _List:
    """A group of the list: its rows as the database gives them, ``is_turns`` where these are turns."""

    group: str
    form: WorkFilterForm
    found: QuerySet[Any]
    is_turns: bool

    def rows(self, chosen: Any) -> list[WorkRow]:
        day = today()
        return [turn_row(each, day) if self.is_turns else part_row(each, day) for each in chosen]


def _where(account: Account, group: str) -> Q:
    """Return the condition on parts of a group; a leader's own list holds the work of the unit itself."""
    own = [post.unit for post in account.posts_now]
    if group == BELOW:
        return below_of(own)
    if group == PERSONAL:
        return Q(person=account.pk)
    mine = parts_of(own, with_below=False)
    return mine if group == ALL else mine & Q(is_lead=True)


def _listed(request: SignedInRequest) -> _List:
    group = request.GET.get("nhom", LEADING)
    group = group if group in (LEADING, TURNS, ALL, PERSONAL, BELOW, WAITING, REQUESTS) else LEADING
    where = _where(request.user, group)
    plans, units, people = choices_of(where)
    told = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form = WorkFilterForm(told, plans=plans, units=units, people=people)
    asked, day = form.asked(), today()
    if group == WAITING:
        return _List(group, form, waiting_for(request.user), False)
    if group == TURNS:
        return _List(group, form, work_turns(where, asked, day), True)
    return _List(group, form, work_parts(where, asked, day), False)


def _tabs(request: SignedInRequest, group: str) -> list[dict[str, Any]]:
    user, day = request.user, today()
    counts = {
        each: work_parts(_where(user, each), {}, day).order_by().count() for each in (LEADING, ALL, PERSONAL, BELOW)
    }
    counts[TURNS] = work_turns(_where(user, TURNS), {}, day).order_by().count()
    counts[WAITING] = waiting_for(user).count()
    counts[REQUESTS] = requests_for(user).count()
    words = {
        LEADING: gettext("Chủ trì"),
        TURNS: gettext("Các kỳ"),
        ALL: gettext("Tất cả, kể cả phối hợp"),
        PERSONAL: gettext("Giao cho tôi"),
        BELOW: gettext("Đơn vị cấp dưới"),
        WAITING: gettext("Chờ tôi xác nhận"),
        REQUESTS: gettext("Chờ trả lời gia hạn"),
    }
    return [
        {"label": label, "url": f"?nhom={each}", "active": each == group, "count": counts[each]}
        for each, label in words.items()
        if counts[each] or each in (LEADING, ALL, group)
    ]


@require_GET
@opens_to(may_see_plans)
def tasks(request: SignedInRequest) -> HttpResponse:
    """What my units have to do, overdue first; what they only help with; what waits for me to accept or answer."""
    listed = _listed(request)
    asked = listed.form.asked()
    late = work_parts(_where(request.user, LEADING), {"status": OPEN_LATE}, today()).order_by().count()
    if listed.group == REQUESTS:
        chosen = Paginator(requests_for(request.user), PAGE).get_page(request.GET.get("page"))
        rows = []
    else:
        chosen = Paginator(listed.found, PAGE).get_page(request.GET.get("page"))
        rows = listed.rows(chosen.object_list)
    page = {
        "page": chosen,
        "rows": rows,
        "requests": chosen.object_list if listed.group == REQUESTS else [],
        "tabs": _tabs(request, listed.group),
        "group": listed.group,
        "is_filtered": listed.group not in (WAITING, REQUESTS),
        "late": late,
        "late_turns": work_turns(_where(request.user, TURNS), {"status": OPEN_LATE}, today()).order_by().count(),
        "may_judge": may_lead(request.user) or may_control(request.user),
        "form": listed.form,
        "chips": _chips(request, listed.form, asked),
        "saved": list(request.user.saved_views.filter(page=SAVED_PAGE).order_by("name")),
        "saved_page": SAVED_PAGE,
        "export": reverse("plans:export_tasks", args=["xlsx"])[: -len("xlsx")],
    }
    return render(request, "plans/tasks.html", page)


def _chips(request: SignedInRequest, form: WorkFilterForm, asked: dict[str, str]) -> list[dict[str, str]]:
    found = []
    for name, value in asked.items():
        left = request.GET.copy()
        left.pop(name, None)
        left.pop("page", None)
        field = form.fields[name]
        shown = dict(getattr(field, "choices", [])).get(value, value)
        found.append({"label": f"{field.label}: {shown}", "url": f"?{left.urlencode()}"})
    return found


@require_GET
@opens_to(may_see_plans)
def export(request: SignedInRequest, file_format: str) -> HttpResponse:
    """The rows that the list shows, all pages of them, as a file."""
    listed = _listed(request)
    if file_format not in MEDIA_TYPES or listed.group == REQUESTS:
        raise Http404
    rows = listed.rows(listed.found[:MOST_EXPORTED])
    response = HttpResponse(work_list(rows, file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="nhiem-vu-{today():%Y%m%d}.{file_format}"'
    return response
