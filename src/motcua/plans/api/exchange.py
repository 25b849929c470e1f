"""Plans in and out as files; what is counted of them and reported from them."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpResponse
from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES as LIST_TYPES
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest, may_control, may_lead, scope_of
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.actions import carrying, recurring
from motcua.plans.actions.importing import import_rows
from motcua.plans.api.drafting import said
from motcua.plans.api.finding import plan_for, router, task_for
from motcua.plans.queries import task_rows
from motcua.plans.queries.plan_report import quarters_of, report_of
from motcua.plans.queries.sheets import difference_of
from motcua.plans.queries.statistics import Merit, merits
from motcua.plans.queries.urging import urgings_seen_by
from motcua.plans.rendering import task_list
from motcua.plans.rendering.official import MEDIA_TYPES as DOCUMENT_TYPES
from motcua.plans.rendering.plan_file import document_of
from motcua.plans.rendering.task_calendar import MEDIA_TYPE, entry_of, task_calendar
from motcua.plans.rules.relating.task_sheet import Difference


class DifferenceOut(Schema):
    """What a file changes; ``seen`` goes with the request that puts it in."""

    seen: datetime
    changed: dict[str, dict[str, tuple[str, str]]] = Field(description="Row, field: before and after")
    added: list[tuple[str, dict[str, str]]] = Field(description="Row before it, fields")
    missing: list[str] = Field(description="Rows that the file does not have")
    errors: list[str] = Field(description="Cells that cannot be read; nothing can be put in while there are some")


class ReportOut(Schema):
    quarter: str
    day: str
    total: int
    done: int
    rate: float | None = Field(description="Done of all in percent")
    counts: dict[str, int]
    turns: dict[str, int]
    late: list[str] = Field(description="Codes of the tasks that were late on that day")


class MeritOut(Schema):
    name: str
    unit: str
    done: int
    on_time: int
    grades: dict[str, int]
    tasks: list[str]


class MeritsOut(Schema):
    units: list[MeritOut]
    people: list[MeritOut]


class RemindedOut(Schema):
    units: int


@router.get("/plans/{code}/file", operation_id="get_plan_file", summary="A plan as a file")
@opens_to(may_see_plans)
def get_plan_file(
    request: SignedInRequest, code: str, kind: Literal["docx", "pdf", "xlsx", "csv", "ics"] = "docx"
) -> HttpResponse:
    """DOCX and PDF in the layout of Decree 30, which the reader reads back; XLSX to edit and import; calendar."""
    plan = plan_for(request, code)
    if kind in DOCUMENT_TYPES:
        return HttpResponse(document_of(plan, kind), content_type=DOCUMENT_TYPES[kind])
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    for task in tasks:
        task.plan = plan
    rows = task_rows(tasks)
    if kind == "ics":
        entries = [entry for row in rows if (entry := entry_of(row.task))]
        return HttpResponse(task_calendar(plan.name, entries), content_type=MEDIA_TYPE)
    return HttpResponse(task_list.task_list(plan, rows, kind), content_type=LIST_TYPES[kind])


@router.post(
    "/plans/{code}/rows-file", response=DifferenceOut, operation_id="import_plan_rows", summary="Rows from a file"
)
@opens_to(may_see_plans)
def import_plan_rows(
    request: SignedInRequest,
    code: str,
    file: UploadedFile = File(...),  # noqa: B008
    seen: datetime | None = None,
    drop: bool = False,
) -> dict[str, Any]:
    """Without ``seen`` only the difference is told; with it the rows are put in, with ``drop`` missing ones dropped.

    XLSX or JSON as they are exported, at most 5 MB. Refused with 409 where the draft was changed since ``seen``.
    """
    plan = plan_for(request, code, to_review=True)
    if not plan.is_draft:
        raise Http404
    found = difference_of(plan, file)
    if seen is not None:
        if found.errors:
            raise Refused(" ".join(_errors(found))[:1000], field="file")
        plan = import_rows(
            code, changed=found.changed, added=found.added, dropped=found.missing if drop else [], actor=request.user,
            seen=seen,
        )  # fmt: skip
    return {
        "seen": plan_for(request, code).changed_at,
        "changed": found.changed,
        "added": found.added,
        "missing": found.missing,
        "errors": _errors(found),
    }


def _errors(found: Difference) -> list[str]:
    return [f"{each.cell}: {each.message}" if each.cell else each.message for each in found.errors]


@router.get("/plans/{code}/report", response=ReportOut, operation_id="get_plan_report", summary="How a quarter ended")
@opens_to(may_see_plans)
def get_plan_report(request: SignedInRequest, code: str, quarter: str = "") -> dict[str, Any]:
    """As of the last day of ``quarter`` ("2026-Q3", the latest where empty), or of today within it."""
    plan = plan_for(request, code)
    known = quarters_of(plan)
    if not plan.is_published or (quarter and quarter not in known):
        raise Http404
    made = report_of(plan, quarter or known[0])
    return {
        "quarter": made.quarter,
        "day": made.day.isoformat(),
        "total": len(made.rows),
        "done": made.done,
        "rate": made.rate,
        "counts": dict(made.counts),
        "turns": dict(made.turns),
        "late": [each.row.task.code for each in made.late],
    }


@router.get("/merits", response=MeritsOut, operation_id="list_merits", summary="Proposals for reward")
@opens_to(may_lead, may_control)
def list_merits(request: SignedInRequest, year: int) -> dict[str, Any]:
    """Units and people under yours by grade, then by what was on time."""
    units, people = merits([scope_of(post).path for post in request.user.posts_now], min(max(year, 1990), 2100))
    return {"units": [_merit(each) for each in units], "people": [_merit(each) for each in people]}


def _merit(merit: Merit) -> dict[str, Any]:
    plain = ("name", "unit", "done", "on_time", "tasks")
    return {**{name: getattr(merit, name) for name in plain}, "grades": dict(merit.grades)}


@router.get("/urgings/{code}/file", operation_id="get_urging_file", summary="An urging letter as a file")
@opens_to(may_see_plans)
def get_urging_file(request: SignedInRequest, code: str, kind: Literal["pdf", "docx"] = "pdf") -> HttpResponse:
    """In the layout of Decree 30, number and day blank."""
    found = urgings_seen_by(request.user).filter(code=code).first() if "\0" not in code else None
    if found is None:
        raise Http404
    kept = found.file if kind == "pdf" else found.word_file
    with open_stored(kept.sha256) as file:
        return HttpResponse(file.read(), content_type=kept.media_type)


@router.post(
    "/plans/{code}/remind-readers", response=RemindedOut, operation_id="remind_readers", summary="Remind of reading"
)
@opens_to(may_see_plans)
def remind_readers(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Heads of the units whose officials have not all read the plan get a notice."""
    return {"units": carrying.remind_readers(plan_for(request, code).code, actor=request.user)}


@router.post(
    "/tasks/{code}/past-turns", response=schemas.PlanOut, operation_id="make_past_turns", summary="Earlier turns too"
)
@opens_to(may_see_plans)
def make_past_turns(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Makes the turns of a recurring task from the beginning of its plan."""
    task = task_for(request, code)
    recurring.make_past_turns(code, actor=request.user)
    return said(task.plan)
