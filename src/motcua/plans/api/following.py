"""What is reported of tasks."""

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.actions import following
from motcua.plans.api.finding import router, task_for
from motcua.plans.api.tasks import get_task


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


@router.post("/tasks/{code}/progress", response=schemas.TaskOut, operation_id="report_progress", summary="Progress")
@opens_to(may_see_plans)
def report_progress(request: SignedInRequest, code: str, told: ProgressIn) -> dict[str, Any]:
    """How far a unit's part is."""
    task_for(request, code)
    following.report_progress(
        code, unit=unit_at(told.unit), percent=told.percent, note=told.note, actor=request.user,
        evidence=following.Evidence(link=told.link, number=told.number),
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/completion", response=schemas.TaskOut, operation_id="report_completion", summary="Done")
@opens_to(may_see_plans)
def report_completion(request: SignedInRequest, code: str, told: CompletionIn) -> dict[str, Any]:
    """A leading unit's part is done, with evidence; counts once accepted."""
    task_for(request, code)
    following.report_completion(
        code, unit=unit_at(told.unit), on_day=told.on_day, note=told.note, actor=request.user,
        evidence=following.Evidence(link=told.link, number=told.number),
    )  # fmt: skip
    return get_task(request, code)


@router.post("/tasks/{code}/accept", response=schemas.TaskOut, operation_id="accept_completion", summary="Accept")
@opens_to(may_see_plans)
def accept_completion(request: SignedInRequest, code: str, told: UnitIn) -> dict[str, Any]:
    """Accepts what a unit reported as done."""
    task_for(request, code)
    following.accept(code, unit=unit_at(told.unit), actor=request.user)
    return get_task(request, code)
