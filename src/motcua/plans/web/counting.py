"""Statistics of tasks, the tasks behind a number, and the merits of a year."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES
from motcua.organizations.access import SignedInRequest, may_control, may_lead, scope_of
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import unit_at
from motcua.plans.access import may_see_plans
from motcua.plans.measures import CODES
from motcua.plans.models import Task
from motcua.plans.queries import Standing, standing, task_rows
from motcua.plans.queries.statistics import (
    BY_GROUP,
    BY_PLAN,
    BY_QUARTER,
    BY_SOURCE,
    BY_UNIT,
    StatisticRow,
    key_of,
    merits,
    statistics,
)
from motcua.plans.rendering.merits import merit_list
from motcua.plans.rules.times.periods import period_in_words
from motcua.plans.states import GRADES
from motcua.plans.task_status import COUNTED, DONE, LABELS, ORDER
from motcua.plans.working_forms import AsOfForm, unit_options

PAGE = 50
BY: list[tuple[str, Any]] = [
    (BY_SOURCE, _("Cơ quan giao")),
    (BY_UNIT, _("Đơn vị")),
    (BY_PLAN, _("Kế hoạch")),
    (BY_GROUP, _("Nhóm nhiệm vụ")),
    (BY_QUARTER, _("Quý đến hạn")),
]


def _scopes(account: Account) -> list[Unit]:
    return list({scope.pk: scope for scope in (scope_of(post) for post in account.posts_now)}.values())


@require_GET
@opens_to(may_see_plans)
def statistics_page(request: SignedInRequest) -> HttpResponse:
    """Assigned tasks by their four states, each number with its tasks behind it."""
    tops = _scopes(request.user)
    units = unit_options(list(Unit.objects.in_force().below(*tops)))
    form = AsOfForm(request.GET, units=[*((top.code, top.name) for top in tops), *units], by=BY, day=today())
    form.is_valid()
    told = form.cleaned_data
    day = min(told.get("den") or today(), today())
    code = told.get("don_vi") or tops[0].code
    unit = next((top for top in tops if top.code == code), None) or unit_at(code)
    by = told.get("theo") or BY_SOURCE
    rows, total = statistics(unit, day, by)
    where = {"don-vi": unit.code, "den": day.isoformat()}
    page = {
        "form": form,
        "unit": unit,
        "day": day,
        "by": dict(BY)[by],
        "statuses": [LABELS[code] for code in COUNTED],
        "rows": [_linked(row, where, by) for row in rows],
        "total": _linked(total, where, ""),
    }
    return render(request, "plans/statistics.html", page)


def _linked(row: StatisticRow, where: dict[str, str], by: str) -> dict[str, Any]:
    narrowed = dict(where)
    if by == BY_UNIT:
        narrowed["don-vi"] = row.key
    elif by:
        narrowed |= {"theo": by, "nhom": row.key}
    address = reverse("plans:counted")
    cells = [
        {"label": LABELS[code], "number": number, "url": f"{address}?{urlencode({'tt': code, **narrowed})}"}
        for code, number in row.four
    ]
    return {
        "label": row.label,
        "cells": cells,
        "total": row.total,
        "url": f"{address}?{urlencode({'so': 'tasks.total', **narrowed})}",
        "done": row.done,
    }


@require_GET
@opens_to(may_see_plans)
def counted(request: SignedInRequest) -> HttpResponse:
    """The very tasks behind a number: measure ``so`` or status ``tt``, unit ``don-vi``, as of ``den``; a report narrows
    by ``assigner`` and ``plan``, the statistics by ``theo`` and ``nhom``."""
    unit, day = _unit_and_day(request)
    found = _chosen(request, unit, day)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/counted.html",
        {"page": page, "rows": _rows(page.object_list, day), "unit": unit, "day": day, "count": len(found)},
    )


def _unit_and_day(request: HttpRequest) -> tuple[Unit, date]:
    try:
        unit = unit_at(request.GET.get("don-vi", "")[:40].replace("\0", ""))
        return unit, min(parse_date(request.GET.get("den", "")[:10]) or today(), today())
    except (Refused, ValueError) as unreadable:
        raise Http404 from unreadable


def _chosen(request: HttpRequest, unit: Unit, day: date) -> list[Standing]:
    asked = {key: request.GET.get(key, "").replace("\0", "") for key in ("assigner", "plan", "theo", "nhom")}
    where: dict[str, Any] = {key: asked[key] for key in ("assigner", "plan") if asked[key]}
    try:
        found = standing(unit, day, **where)
    except Refused as unknown:
        raise Http404 from unknown
    wanted = _statuses(request, is_of_plan="plan" in where)
    found = [each for each in found if each.status.code in wanted]
    if asked["theo"] in dict(BY) and asked["theo"] != BY_UNIT:
        found = [each for each in found if key_of(each, asked["theo"]) == asked["nhom"]]
    return sorted(found, key=lambda each: (ORDER.index(each.status.code), each.due_on or date.max, each.task_id))


def _statuses(request: HttpRequest, *, is_of_plan: bool) -> set[str]:
    if (status := request.GET.get("tt", "")) in LABELS:
        return {status}
    code = request.GET.get("so", "")
    if code not in CODES:
        raise Http404
    wanted = set(CODES[code] or COUNTED)
    if is_of_plan:  # a plan's report counts its routine tasks as well
        return set(ORDER) if CODES[code] is None else wanted | (DONE if code == "tasks.done" else set())
    return wanted


def _rows(chosen: Any, day: date) -> list[dict[str, Any]]:
    """Return the tasks and turns of a page with their statuses, in its order."""
    tasks = Task.objects.filter(pk__in=[each.task_id for each in chosen]).select_related("plan__holder")
    by_id = {row.task.pk: row for row in task_rows(tasks.defer("plan__lines", "plan__reading", "plan__spots"), day)}
    return [
        {
            "task": by_id[each.task_id].task,
            "status": each.status,
            "turn": period_in_words(each.turn) if each.turn else "",
            "due_on": each.due_on,
        }
        for each in chosen
        if each.task_id in by_id
    ]


@require_GET
@opens_to(may_lead, may_control)
def merits_page(request: SignedInRequest) -> HttpResponse:
    """Units and people of a year by grade and by what was on time: the list from which rewards are proposed."""
    units, people, year = _merits(request)
    page = {
        "units": units,
        "people": people,
        "year": year,
        "years": range(today().year, today().year - 6, -1),
        "grades": GRADES,
    }
    return render(request, "plans/merits.html", page)


@require_GET
@opens_to(may_lead, may_control)
def merits_file(request: SignedInRequest, file_format: str) -> HttpResponse:
    """The same list as a file."""
    if file_format not in MEDIA_TYPES:
        raise Http404
    units, people, year = _merits(request)
    response = HttpResponse(merit_list(units, people, year, file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="thi-dua-{year}.{file_format}"'
    return response


def _merits(request: SignedInRequest) -> tuple[Any, Any, int]:
    text = request.GET.get("nam", "")
    year = int(text) if text.isascii() and text.isdigit() and 1990 <= int(text[:4]) <= 2100 else today().year
    year = min(year, today().year)
    units, people = merits([scope.path for scope in _scopes(request.user)], year)
    return units, people, year
