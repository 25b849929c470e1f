"""A plan as files: its rows as the page shows them (CSV, XLSX, JSON, ICS), or the whole as a document (DOCX, PDF)."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to
from motcua.documents.rendering.list_file import MEDIA_TYPES as LIST_TYPES
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_see_plans
from motcua.plans.models import Plan
from motcua.plans.queries import TaskRow
from motcua.plans.rendering import task_list
from motcua.plans.rendering.official import MEDIA_TYPES as DOCUMENT_TYPES
from motcua.plans.rendering.plan_file import document_of
from motcua.plans.rendering.task_calendar import MEDIA_TYPE, entry_of, task_calendar
from motcua.plans.web.filtering import filtered
from motcua.plans.web.finding import plan_for


@require_GET
@opens_to(may_see_plans)
def export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The rows that the page shows, or the document, as a file."""
    plan = plan_for(request, code)
    if file_format in DOCUMENT_TYPES:
        response = HttpResponse(document_of(plan, file_format), content_type=DOCUMENT_TYPES[file_format])
    elif file_format in _LISTS:
        _form, _all, rows = filtered(plan, request)
        response = _LISTS[file_format](plan, rows)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{plan.code}.{file_format}"'
    return response


def _table(file_format: str) -> Callable[[Plan, list[TaskRow]], HttpResponse]:
    def made(plan: Plan, rows: list[TaskRow]) -> HttpResponse:
        content = task_list.task_list(plan, rows, file_format)
        return HttpResponse(content, content_type=LIST_TYPES[file_format])

    return made


def _calendar(plan: Plan, rows: list[TaskRow]) -> HttpResponse:
    entries = [entry for row in rows if (entry := entry_of(row.task))]
    return HttpResponse(task_calendar(plan.name, entries), content_type=MEDIA_TYPE)


def _json(plan: Plan, rows: list[TaskRow]) -> HttpResponse:
    told = {
        "plan": plan.code, "number": plan.number, "title": plan.title, "year": plan.year, "unit": plan.unit.code,
        "tasks": [_told(row) for row in sorted(rows, key=lambda row: row.task.position)],
    }  # fmt: skip
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _told(row: TaskRow) -> dict[str, object]:
    task = row.task
    return {
        "code": task.short_code, "section_path": task.section_path, "number": task.number, "text": task.text,
        "product": task.product, "lead_text": task.lead_text, "coordinating_text": task.coordinating_text,
        "deadline_text": task.deadline_text, "due_on": task.due_on.isoformat() if task.due_on else None,
        "done_on": task.done_on.isoformat() if task.done_on else None, "status": row.status.code,
    }  # fmt: skip


_LISTS: dict[str, Callable[[Plan, list[TaskRow]], HttpResponse]] = {
    "csv": _table("csv"), "xlsx": _table("xlsx"), "json": _json, "ics": _calendar,
}  # fmt: skip
