"""How far a published plan is, for everybody: no persons, no notes, no evidence; the same as open data."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.documents.rendering.list_file import MEDIA_TYPES, csv_text
from motcua.plans.models import Assignment, Plan
from motcua.plans.queries import TaskRow, task_rows
from motcua.plans.states import PUBLISHED
from motcua.plans.task_status import DONE, LABELS, OPEN_LATE, ORDER, TONES, task_status

OPEN_DATA = ("json", "csv")


def _plan(code: str) -> Plan:
    found = (
        Plan.objects.filter(code=code[:80].replace("\0", ""), state__in=PUBLISHED)
        .defer("lines", "spots", "reading")
        .select_related("unit", "holder", "parent")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _rows(plan: Plan) -> list[TaskRow]:
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    for each in tasks:
        each.plan = plan
    return task_rows(tasks, is_late_first=False)


def _shares(rows: list[TaskRow]) -> list[dict[str, Any]]:
    """Return the states that occur, late first, each with its count and its share of all in percent."""
    counts = Counter(row.status.code for row in rows)
    return [
        {
            "code": code,
            "label": LABELS[code],
            "tone": TONES[code],
            "count": counts[code],
            "width": f"{counts[code] / len(rows):.2%}",
        }
        for code in ORDER
        if counts[code]
    ]


def _by_unit(plan: Plan) -> list[dict[str, Any]]:
    """Return the leading units with how many tasks each has, has done and is late with, late first."""
    day = today()
    parts = Assignment.objects.filter(task__plan=plan, task__is_dropped=False, is_lead=True).values_list(
        "unit__name", "task__deadline_kind", "task__due_on", "done_on"
    )
    counts: dict[str, Counter[str]] = {}
    for name, kind, due_on, done_on in parts:
        status = task_status(deadline_kind=kind, due_on=due_on, done_on=done_on, day=day)
        counted = counts.setdefault(name, Counter())
        counted["total"] += 1
        counted["done"] += status.code in DONE
        counted["late"] += status.code == OPEN_LATE
    found = [
        {"name": name, **{key: counted[key] for key in ("total", "done", "late")}} for name, counted in counts.items()
    ]
    return sorted(found, key=lambda one: (-int(one["late"]), str(one["name"])))


@require_GET
@opens_to(everyone)
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Totals by state, by unit, and every task with its state."""
    plan = _plan(code)
    rows = _rows(plan)
    page = {
        "plan": plan,
        "rows": rows,
        "shares": _shares(rows),
        "units": _by_unit(plan),
        "done": sum(row.status.code in DONE for row in rows),
        "day": today(),
    }
    return render(request, "plans/progress.html", page)


@require_GET
@opens_to(everyone)
def open_data(request: HttpRequest, code: str, file_format: str) -> HttpResponse:
    """The same as JSON or CSV, for programs."""
    if file_format not in OPEN_DATA:
        raise Http404
    plan = _plan(code)
    told = [_told(row) for row in _rows(plan)]
    if file_format == "json":
        return JsonResponse(
            {
                "plan": plan.code, "number": plan.number, "title": plan.title, "year": plan.year,
                "unit": plan.unit.name, "state": plan.state, "as_of": today().isoformat(), "tasks": told,
            },
            json_dumps_params={"ensure_ascii": False},
        )  # fmt: skip
    head = [
        gettext("Mã"), gettext("Phần"), gettext("Nhiệm vụ"), gettext("Chủ trì"), gettext("Thời hạn"),
        gettext("Hạn cuối"), gettext("Hoàn thành"), gettext("Trạng thái"),
    ]  # fmt: skip
    lines = [
        [
            each["code"], " › ".join(each["section"]), each["text"], "; ".join(each["leads"]), each["deadline"],
            each["due_on"] or "", each["done_on"] or "", each["status_label"],
        ]
        for each in told
    ]  # fmt: skip
    answer = HttpResponse(csv_text(head, lines), content_type=MEDIA_TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{plan.code}-tien-do.csv"'
    return answer


def _told(row: TaskRow) -> dict[str, Any]:
    task = row.task
    return {
        "code": task.short_code,
        "section": task.section_path,
        "text": task.text,
        "leads": [group.label for group in row.leads],
        "deadline": task.deadline_text,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "done_on": task.done_on.isoformat() if task.done_on else None,
        "status": row.status.code,
        "status_label": row.status.label,
    }
