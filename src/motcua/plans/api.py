"""Plans and tasks over the API: the same actions as the pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_draft, may_see_plans, visible_tasks, visible_to
from motcua.plans.actions import approving, correcting, following, opening
from motcua.plans.models import Plan, Task
from motcua.plans.queries import progress_of, task_rows

router = Router(tags=["plans"])
PAGE = 100


class UploadIn(Schema):
    unit: str = Field("", description="Code of the unit whose plan it is; empty: the issuer named in the document")
    is_reform: bool = Field(False, description="Whether it is the reform plan of its year")


class RowIn(Schema):
    """Fields to change; what is left out stays."""

    number: str | None = None
    text: str | None = None
    product: str | None = None
    lead_text: str | None = None
    coordinating_text: str | None = None
    deadline_text: str | None = None
    due_on: date | None = Field(None, description="Last day set by hand; goes before the words")
    seen: datetime | None = Field(None, description="changed_at of the row that was seen; refused if it changed since")


class ProgressIn(Schema):
    unit: str = Field(description="Code of the unit that reports")
    percent: int = Field(ge=0, le=100)
    note: str = ""
    link: str = ""
    number: Decimal | None = None


class CompletionIn(Schema):
    unit: str = Field(description="Code of the leading unit that reports")
    on_day: date
    note: str = ""
    link: str = ""
    number: Decimal | None = None


class UnitIn(Schema):
    unit: str = Field(description="Code of the unit whose completion is accepted")


class ApproveIn(Schema):
    seen: datetime | None = Field(None, description="changed_at of the plan that was seen; refused if it changed since")


def _plan(request: SignedInRequest, code: str, *, to_review: bool = False) -> Plan:
    found = visible_to(request.user).filter(code=code).first() if "\0" not in code else None
    if found is None or (to_review and not may_draft(request.user, found.holder)):
        raise Http404
    return found


def _task(request: SignedInRequest, code: str) -> Task:
    found = visible_tasks(request.user).filter(code=code).first() if "\0" not in code else None
    if found is None:
        raise Http404
    return found


def _row(request: SignedInRequest, code: str) -> Task:
    """Return a row of a draft that the account reviews."""
    found = Task.objects.select_related("plan__holder__parent").filter(code=code).first() if "\0" not in code else None
    if found is None or not may_draft(request.user, found.plan.holder):
        raise Http404
    return found


@router.post("/plans", response=schemas.PlanOut, operation_id="upload_plan", summary="Upload a document and read it")
@opens_to(may_see_plans)
def upload_plan(request: SignedInRequest, told: Form[UploadIn], file: UploadedFile = File(...)) -> dict[str, Any]:  # noqa: B008
    """The file is kept, its rows are written as a draft; one that cannot be read is kept and refused with 409."""
    made = opening.upload_and_read(
        file,
        name=file.name or "",
        unit=unit_at(told.unit) if told.unit else None,
        is_reform=told.is_reform,
        actor=request.user,
    )
    return schemas.plan_out(made, progress_of([made])[made.pk])


@router.get("/plans", response=list[schemas.PlanOut], operation_id="list_plans", summary="Plans that you see")
@opens_to(may_see_plans)
def list_plans(request: SignedInRequest, year: int | None = None, state: str = "") -> list[dict[str, Any]]:
    """Newest year first, at most 100."""
    found = visible_to(request.user).defer("lines")
    if year is not None:
        found = found.filter(year=min(max(year, 0), 9999))
    if state:
        found = found.filter(state=state[:12])
    plans = list(found.order_by("-year", "code")[:PAGE])
    counts = progress_of(plans)
    return [schemas.plan_out(plan, counts[plan.pk]) for plan in plans]


@router.get("/plans/{code}", response=schemas.PlanOut, operation_id="get_plan", summary="A plan with its counts")
@opens_to(may_see_plans)
def get_plan(request: SignedInRequest, code: str) -> dict[str, Any]:
    """With what the document says of itself, what was lost, and how many tasks stand where."""
    found = _plan(request, code)
    return schemas.plan_out(found, progress_of([found])[found.pk])


@router.get("/plans/{code}/tasks", response=list[schemas.TaskOut], operation_id="list_tasks", summary="Tasks of a plan")
@opens_to(may_see_plans)
def list_tasks(request: SignedInRequest, code: str, status: str = "", unit: str = "") -> list[dict[str, Any]]:
    """In the order of the plan; ``status`` and the code of a leading ``unit`` narrow it."""
    plan = _plan(request, code)
    tasks = plan.tasks.filter(is_dropped=False).order_by("position")
    if unit:
        tasks = tasks.filter(assignments__unit__code=unit.replace("\0", ""), assignments__is_lead=True)
    found = list(tasks)
    for each in found:
        each.plan = plan
    rows = task_rows(found, is_late_first=False)
    return [schemas.task_out(row) for row in rows if not status or row.status.code == status]


@router.get("/tasks/{code}", response=schemas.TaskOut, operation_id="get_task", summary="A task of a published plan")
@opens_to(may_see_plans)
def get_task(request: SignedInRequest, code: str) -> dict[str, Any]:
    """With its status as of today and its units."""
    return schemas.task_out(task_rows([_task(request, code)], today())[0])


@router.get("/plan-rows/{code}", response=schemas.TaskOut, operation_id="get_plan_row", summary="A row in review")
@opens_to(may_see_plans)
def get_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """A row of a draft, with its doubts."""
    return schemas.task_out(task_rows([_row(request, code)])[0])


@router.patch("/plan-rows/{code}", response=schemas.TaskOut, operation_id="correct_plan_row", summary="Correct a row")
@opens_to(may_see_plans)
def correct_plan_row(request: SignedInRequest, code: str, row: RowIn) -> dict[str, Any]:
    """Changes the fields that are given; refused with 409 once the plan is approved."""
    _row(request, code)
    given = row.dict(exclude_unset=True)
    seen, due_on = given.pop("seen", None), given.pop("due_on", None)
    fields = {name: value for name, value in given.items() if value is not None}
    correcting.correct_task(
        code, fields, actor=request.user, seen=seen, due_on=due_on, is_due_set="due_on" in row.model_fields_set
    )
    return schemas.task_out(task_rows([_row(request, code)])[0])


@router.post("/plan-rows/{code}/check", response=schemas.TaskOut, operation_id="check_plan_row", summary="Row is right")
@opens_to(may_see_plans)
def check_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Says that a person compared the row with the source."""
    _row(request, code)
    correcting.check_task(code, actor=request.user)
    return schemas.task_out(task_rows([_row(request, code)])[0])


@router.post("/plans/{code}/approve", response=schemas.PlanOut, operation_id="approve_plan", summary="Approve a plan")
@opens_to(may_see_plans)
def approve_plan(request: SignedInRequest, code: str, told: ApproveIn) -> dict[str, Any]:
    """Refused with 409 while something lost was not looked at."""
    _plan(request, code, to_review=True)
    done = approving.approve(code, actor=request.user, seen=told.seen)
    return schemas.plan_out(done, progress_of([done])[done.pk])


@router.post("/tasks/{code}/progress", response=schemas.TaskOut, operation_id="report_progress", summary="Progress")
@opens_to(may_see_plans)
def report_progress(request: SignedInRequest, code: str, told: ProgressIn) -> dict[str, Any]:
    """How far a unit's part is."""
    _task(request, code)
    following.report_progress(
        code, unit=unit_at(told.unit), percent=told.percent, note=told.note, actor=request.user,
        evidence=following.Evidence(link=told.link, number=told.number),
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/completion", response=schemas.TaskOut, operation_id="report_completion", summary="Done")
@opens_to(may_see_plans)
def report_completion(request: SignedInRequest, code: str, told: CompletionIn) -> dict[str, Any]:
    """A leading unit's part is done, with evidence; counts once accepted."""
    _task(request, code)
    following.report_completion(
        code, unit=unit_at(told.unit), on_day=told.on_day, note=told.note, actor=request.user,
        evidence=following.Evidence(link=told.link, number=told.number),
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/accept", response=schemas.TaskOut, operation_id="accept_completion", summary="Accept")
@opens_to(may_see_plans)
def accept_completion(request: SignedInRequest, code: str, told: UnitIn) -> dict[str, Any]:
    """Accepts what a unit reported as done."""
    _task(request, code)
    following.accept(code, unit=unit_at(told.unit), actor=request.user)
    return get_task(request, code)
