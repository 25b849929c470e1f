"""Plans and their rows in review."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.plans import schemas
from motcua.plans.access import may_see_plans, visible_to
from motcua.plans.actions import approving, correcting
from motcua.plans.api.finding import PAGE, plan_for, router, row_for
from motcua.plans.queries import progress_of, task_rows


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


class ApproveIn(Schema):
    seen: datetime | None = Field(None, description="changed_at of the plan that was seen; refused if it changed since")


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
    found = plan_for(request, code)
    return schemas.plan_out(found, progress_of([found])[found.pk])


@router.get("/plan-rows/{code}", response=schemas.TaskOut, operation_id="get_plan_row", summary="A row in review")
@opens_to(may_see_plans)
def get_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """A row of a draft, with its doubts."""
    return schemas.task_out(task_rows([row_for(request, code)])[0])


@router.patch("/plan-rows/{code}", response=schemas.TaskOut, operation_id="correct_plan_row", summary="Correct a row")
@opens_to(may_see_plans)
def correct_plan_row(request: SignedInRequest, code: str, row: RowIn) -> dict[str, Any]:
    """Changes the fields that are given; refused with 409 once the plan is approved."""
    row_for(request, code)
    given = row.dict(exclude_unset=True)
    seen, due_on = given.pop("seen", None), given.pop("due_on", None)
    fields = {name: value for name, value in given.items() if value is not None}
    correcting.correct_task(
        code, fields, actor=request.user, seen=seen, due_on=due_on, is_due_set="due_on" in row.model_fields_set
    )
    return schemas.task_out(task_rows([row_for(request, code)])[0])


@router.post("/plan-rows/{code}/check", response=schemas.TaskOut, operation_id="check_plan_row", summary="Row is right")
@opens_to(may_see_plans)
def check_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Says that a person compared the row with the source."""
    row_for(request, code)
    correcting.check_task(code, actor=request.user)
    return schemas.task_out(task_rows([row_for(request, code)])[0])


@router.post("/plans/{code}/approve", response=schemas.PlanOut, operation_id="approve_plan", summary="Approve a plan")
@opens_to(may_see_plans)
def approve_plan(request: SignedInRequest, code: str, told: ApproveIn) -> dict[str, Any]:
    """Refused with 409 while something lost was not looked at."""
    plan_for(request, code, to_review=True)
    done = approving.approve(code, actor=request.user, seen=told.seen)
    return schemas.plan_out(done, progress_of([done])[done.pk])
