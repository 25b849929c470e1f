"""Review of a draft: what is left to look at, and the steps of a reviewer, which can be taken back."""

from typing import Any

from django.http import Http404
from ninja import Schema
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.actions import correcting, reshaping, reviewing, undoing
from motcua.plans.api.finding import plan_for, router, row_for
from motcua.plans.models import Plan
from motcua.plans.queries import blockers, task_rows


class LeftOut(Schema):
    key: str = Field(description="What to acknowledge; those of a row begin with damaged, lead or text")
    message: str
    line: int = Field(description="Line of the source, 0: none")
    row: str | None = Field(description="Code of the row to check, null for the whole document")


class ReviewOut(Schema):
    checked: int
    rows: int
    left: list[LeftOut] = Field(description="What stands in the way of approval")
    names: dict[str, int] = Field(description="Names that no unit answers to, with how many rows wait for them")
    body_tasks: list[dict[str, Any]] = Field(description="Tasks that the articles assign, each with its id")
    legal_bases: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    last_step: str | None = Field(description="What undo takes back")


class KeyIn(Schema):
    key: str


class NameIn(Schema):
    name: str = Field(description="The name in the text")
    unit: str = Field(description="Code of the unit that it means")


class BodyTaskIn(Schema):
    id: str


class PartsIn(Schema):
    first: str = Field(description="Words that stay in the row")
    second: str = Field(description="Words of the new row")


class SectionIn(Schema):
    section_path: list[str]


def _draft(request: SignedInRequest, code: str) -> Plan:
    found = plan_for(request, code, to_review=True)
    if not found.is_draft:
        raise Http404
    return found


def _review(plan: Plan) -> dict[str, Any]:
    tasks = [task for task in plan.tasks.order_by("position") if not task.is_dropped]
    names: dict[str, int] = {}
    for task in tasks:
        task.plan = plan
        for name in task.unresolved if not task.is_checked else ():
            names[name] = names.get(name, 0) + 1
    last = plan.steps.defer("before", "left").order_by("-pk").first()
    return {
        "checked": sum(task.is_checked for task in tasks),
        "rows": len(tasks),
        "left": [
            {"key": one.key, "message": one.message, "line": one.line, "row": one.task.code if one.task else None}
            for one in blockers(plan, tasks)
        ],
        "names": names,
        **{name: plan.reading.get(name, []) for name in ("body_tasks", "legal_bases", "warnings")},
        "last_step": f"{last.label} {last.row}".strip() if last else None,
    }


def _row(request: SignedInRequest, code: str) -> dict[str, Any]:
    return schemas.task_out(task_rows([row_for(request, code)])[0])


@router.get("/plans/{code}/review", response=ReviewOut, operation_id="get_review", summary="What is left to look at")
@opens_to(may_see_plans)
def get_review(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Of a draft."""
    return _review(_draft(request, code))


@router.post("/plans/{code}/acknowledge", response=ReviewOut, operation_id="acknowledge_loss", summary="Loss was seen")
@opens_to(may_see_plans)
def acknowledge_loss(request: SignedInRequest, code: str, told: KeyIn) -> dict[str, Any]:
    """A person looked at a lost row, or at a claim that does not agree."""
    return _review(correcting.acknowledge(_draft(request, code).code, told.key, actor=request.user))


@router.post("/plans/{code}/accept-sure", response=ReviewOut, operation_id="accept_sure", summary="Accept sure rows")
@opens_to(may_see_plans)
def accept_sure(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Every row above the line of confidence counts as compared with the source; one step to undo."""
    reviewing.accept_sure(_draft(request, code).code, actor=request.user)
    return _review(_draft(request, code))


@router.post("/plans/{code}/undo", response=ReviewOut, operation_id="undo_review_step", summary="Take a step back")
@opens_to(may_see_plans)
def undo_review_step(request: SignedInRequest, code: str) -> dict[str, Any]:
    """The last one; refused where its rows were changed otherwise since."""
    undoing.undo(_draft(request, code).code, actor=request.user)
    return _review(_draft(request, code))


@router.post("/plans/{code}/names", response=ReviewOut, operation_id="name_unit", summary="Which unit a name means")
@opens_to(may_see_plans)
def name_unit(request: SignedInRequest, code: str, told: NameIn) -> dict[str, Any]:
    """Gives every row that waits for the name to the unit."""
    reviewing.name_unit(_draft(request, code).code, name=told.name, unit=unit_at(told.unit), actor=request.user)
    return _review(_draft(request, code))


@router.post(
    "/plans/{code}/body-tasks", response=schemas.TaskOut, operation_id="take_body_task", summary="An article as a row"
)
@opens_to(may_see_plans)
def take_body_task(request: SignedInRequest, code: str, told: BodyTaskIn) -> dict[str, Any]:
    """Makes a row of a task that the articles of the body assign."""
    made = reviewing.take_body_task(_draft(request, code).code, told.id, actor=request.user)
    return _row(request, made.code)


@router.post(
    "/plan-rows/{code}/split", response=list[schemas.TaskOut], operation_id="split_plan_row", summary="Two rows of one"
)
@opens_to(may_see_plans)
def split_plan_row(request: SignedInRequest, code: str, told: PartsIn) -> list[dict[str, Any]]:
    """The words are shared out; all else is in both."""
    row_for(request, code)
    made = reshaping.split_task(code, first=told.first, second=told.second, actor=request.user)
    return [_row(request, each.code) for each in made]


@router.post(
    "/plan-rows/{code}/merge", response=schemas.TaskOut, operation_id="merge_plan_row", summary="One row of two"
)
@opens_to(may_see_plans)
def merge_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """The row takes in the one after it."""
    row_for(request, code)
    return _row(request, reshaping.merge_with_next(code, actor=request.user).code)


@router.post(
    "/plan-rows/{code}/restore", response=schemas.TaskOut, operation_id="restore_plan_row", summary="As it was read"
)
@opens_to(may_see_plans)
def restore_plan_row(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Puts the row back as the reader read it."""
    row_for(request, code)
    return _row(request, correcting.restore_task(code, actor=request.user).code)


@router.put(
    "/plan-rows/{code}/section", response=schemas.TaskOut, operation_id="set_row_section", summary="Other group"
)
@opens_to(may_see_plans)
def set_row_section(request: SignedInRequest, code: str, told: SectionIn) -> dict[str, Any]:
    """Moves the row to the end of a group of the plan."""
    row_for(request, code)
    return _row(request, reviewing.move_into_section(code, section_path=told.section_path, actor=request.user).code)
