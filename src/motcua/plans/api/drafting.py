"""Plans by hand: a draft from nothing or like another plan, its rows, what is said of it."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.actions import correcting, drafting, reshaping
from motcua.plans.api.finding import plan_for, router, row_for
from motcua.plans.models import Plan
from motcua.plans.queries import progress_of, task_rows


class DraftIn(Schema):
    unit: str = Field(description="Code of the unit whose plan it is")
    title: str
    year: int
    number: str = ""
    issued_on: date | None = None
    is_reform: bool = False
    like: str = Field("", description="Code of a plan whose groups, tasks and numbers are taken over")


class DescribeIn(Schema):
    """What is said of a draft; what is left out stays."""

    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    title: str | None = None
    kind: str | None = None
    year: int | None = None
    assigner: str | None = None
    is_reform: bool | None = None
    unit: str = ""


class NewRowIn(Schema):
    text: str
    number: str = ""
    product: str = ""
    lead_text: str = ""
    coordinating_text: str = ""
    deadline_text: str = ""
    section_path: list[str] = []
    after: str = Field("", description="Code of the row behind which it stands; empty: the end")


class MoveIn(Schema):
    up: bool


def said(plan: Plan) -> dict[str, Any]:
    """Return a plan with its counts."""
    return schemas.plan_out(plan, progress_of([plan])[plan.pk])


@router.post("/plan-drafts", response=schemas.PlanOut, operation_id="draft_plan", summary="Begin a plan by hand")
@opens_to(may_see_plans)
def draft_plan(request: SignedInRequest, told: DraftIn) -> dict[str, Any]:
    """From nothing, or like another plan; deadlines are moved into the new year to be reviewed."""
    fields = told.dict(exclude={"like", "unit"})
    new = drafting.NewPlan(unit=unit_at(told.unit), **fields)
    like = plan_for(request, told.like) if told.like else None
    return said(drafting.start_draft(new, actor=request.user, like=like))


@router.patch("/plans/{code}", response=schemas.PlanOut, operation_id="describe_plan", summary="Correct a draft")
@opens_to(may_see_plans)
def describe_plan(request: SignedInRequest, code: str, told: DescribeIn) -> dict[str, Any]:
    """A corrected year reads again the deadlines that leave their year to the plan; 409 once the plan is approved."""
    plan_for(request, code, to_review=True)
    fields = told.dict(exclude_unset=True)
    unit = fields.pop("unit", "")
    kept = {name: value for name, value in fields.items() if value is not None or name == "issued_on"}
    return said(correcting.describe(code, kept, actor=request.user, unit_code=unit))


@router.post("/plans/{code}/abandon", response={204: None}, operation_id="abandon_plan", summary="Give a draft up")
@opens_to(may_see_plans)
def abandon_plan(request: SignedInRequest, code: str) -> None:
    """The draft and its rows are gone; an uploaded file stays kept."""
    plan_for(request, code, to_review=True)
    drafting.abandon(code, actor=request.user)


@router.post("/plans/{code}/rows", response=schemas.TaskOut, operation_id="add_plan_row", summary="Add a row")
@opens_to(may_see_plans)
def add_plan_row(request: SignedInRequest, code: str, told: NewRowIn) -> dict[str, Any]:
    """At the end of a draft, or behind another row."""
    plan_for(request, code, to_review=True)
    fields = told.dict(exclude={"section_path", "after"})
    made = reshaping.add_task(code, fields, actor=request.user, after=told.after, section_path=told.section_path)
    return schemas.task_out(task_rows([made])[0])


@router.post("/plan-rows/{code}/drop", response=schemas.TaskOut, operation_id="drop_plan_row", summary="Drop a row")
@opens_to(may_see_plans)
def drop_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """It stays to be brought back."""
    row_for(request, code)
    return schemas.task_out(task_rows([reshaping.drop_task(code, actor=request.user)])[0])


@router.post(
    "/plan-rows/{code}/bring-back",
    response=schemas.TaskOut,
    operation_id="bring_back_plan_row",
    summary="Bring it back",
)
@opens_to(may_see_plans)
def bring_back_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Puts a dropped row into the draft again."""
    row_for(request, code)
    return schemas.task_out(task_rows([reshaping.bring_back_task(code, actor=request.user)])[0])


@router.post("/plan-rows/{code}/move", response=schemas.TaskOut, operation_id="move_plan_row", summary="Move a row")
@opens_to(may_see_plans)
def move_plan_row(request: SignedInRequest, code: str, told: MoveIn) -> dict[str, Any]:
    """It changes places with the row before or after it."""
    row_for(request, code)
    return schemas.task_out(task_rows([reshaping.move_task(code, up=told.up, actor=request.user)])[0])
