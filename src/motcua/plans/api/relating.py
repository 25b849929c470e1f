"""How plans relate: versions, plans above and below, the next year, readers, units that are no more."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest, may_control
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_draft, may_see_plans
from motcua.plans.actions import amending, approving, carrying, deriving
from motcua.plans.actions.handing_over import hand_over
from motcua.plans.api.drafting import said
from motcua.plans.api.finding import plan_for, router
from motcua.plans.models import Plan
from motcua.plans.queries.beginning import children_of, leftovers, readers_of
from motcua.plans.queries.relating import alignment_of, changes_of


class ReasonIn(Schema):
    reason: str = Field(description="Why it is amended, with the document that says so")


class ChangeOut(Schema):
    kind: str = Field(description="added, removed or changed")
    task: str
    text: str
    fields: list[dict[str, str]] = Field(description="name, before, after of each field that changed")


class ChildrenIn(Schema):
    due_on: date
    lead_days: int = Field(0, description="Working days that deadlines below come before the plan's own")


class ChildOut(Schema):
    unit: str
    tasks: int
    plan: str | None
    state: str = Field(description="overdue, none, drafting, approved, sent_late or sent")
    sent_at: datetime | None


class UnitIn(Schema):
    unit: str = Field(description="Code of the unit that drafts")


class ParentIn(Schema):
    parent: str = Field(description="Code of the plan above; empty: none")


class AlignmentOut(Schema):
    matched: int
    findings: list[dict[str, str]]
    pairs: list[dict[str, Any]]


class CarryIn(Schema):
    tasks: list[str] | None = Field(None, description="Short codes of the tasks wanted; null: every open one")


class ReadingUnitOut(Schema):
    unit: str
    read: int
    people: int


class HandOverIn(Schema):
    unit: str = Field(description="Code of the unit that is no more")
    to: str = Field(description="Code of its successor")


class HandedOut(Schema):
    parts: int


@router.post("/plans/{code}/amend", response=schemas.PlanOut, operation_id="amend_plan", summary="Begin a new version")
@opens_to(may_see_plans)
def amend_plan(request: SignedInRequest, code: str, told: ReasonIn) -> dict[str, Any]:
    """A draft with every row of the version in force; that one is followed until the new one is approved."""
    plan_for(request, code, to_review=True)
    return said(amending.amend(code, reason=told.reason, actor=request.user))


@router.get("/plans/{code}/changes", response=list[ChangeOut], operation_id="list_plan_changes", summary="What changed")
@opens_to(may_see_plans)
def list_plan_changes(request: SignedInRequest, code: str) -> list[dict[str, Any]]:
    """What a version changes in the one before; empty where it amends none."""
    return [each.as_json() for each in changes_of(plan_for(request, code))]


@router.post("/plans/{code}/signed-file", response=schemas.PlanOut, operation_id="attach_signed", summary="Signed PDF")
@opens_to(may_see_plans)
def attach_signed(request: SignedInRequest, code: str, file: UploadedFile = File(...)) -> dict[str, Any]:  # noqa: B008
    """Attaches the signed document; once approved it is not replaced."""
    plan_for(request, code, to_review=True)
    return said(amending.attach_signed(code, file, name=file.name or "", actor=request.user))


@router.post(
    "/plans/{code}/take-back-approval", response=schemas.PlanOut, operation_id="take_back_approval",
    summary="Make an approved plan a draft again",
)  # fmt: skip
@opens_to(may_see_plans)
def take_back_approval(request: SignedInRequest, code: str) -> dict[str, Any]:
    """On the day of its approval, while nothing was reported."""
    plan_for(request, code, to_review=True)
    return said(amending.take_back_approval(code, actor=request.user))


@router.post("/plans/{code}/close", response=schemas.PlanOut, operation_id="close_plan", summary="Close a plan")
@opens_to(may_see_plans)
def close_plan(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Ends its following for good; everything stays readable."""
    plan_for(request, code, to_review=True)
    return said(approving.close(code, actor=request.user))


@router.post("/plans/{code}/carry-over", response=schemas.PlanOut, operation_id="carry_over", summary="Next year")
@opens_to(may_see_plans)
def carry_over(request: SignedInRequest, code: str, told: CarryIn) -> dict[str, Any]:
    """Brings open tasks into the draft of the next year, with the year in which each was first set."""
    plan_for(request, code, to_review=True)
    return said(carrying.carry_over(code, actor=request.user, only=told.tasks))


@router.get("/plans/{code}/children", response=list[ChildOut], operation_id="list_children", summary="Plans below")
@opens_to(may_see_plans)
def list_children(request: SignedInRequest, code: str) -> list[dict[str, Any]]:
    """The units with work in a plan, and how far their own plans are."""
    return [
        {
            "unit": row.unit.code,
            "tasks": row.tasks,
            "plan": row.plan.code if row.plan else None,
            "state": row.state,
            "sent_at": row.plan.sent_at if row.plan else None,
        }
        for row in children_of(plan_for(request, code))
    ]


@router.post("/plans/{code}/children", response=schemas.PlanOut, operation_id="ask_children", summary="Ask for plans")
@opens_to(may_see_plans)
def ask_children(request: SignedInRequest, code: str, told: ChildrenIn) -> dict[str, Any]:
    """Says until when the units with work in it send their own plans."""
    plan_for(request, code, to_review=True)
    return said(deriving.ask_for_children(code, due_on=told.due_on, lead_days=told.lead_days, actor=request.user))


@router.post("/plans/{code}/derive", response=schemas.PlanOut, operation_id="derive_plan", summary="Draft a plan below")
@opens_to(may_see_plans)
def derive_plan(request: SignedInRequest, code: str, told: UnitIn) -> dict[str, Any]:
    """With the tasks given to the unit, its own people and days, and the numbers of its tier."""
    plan_for(request, code)
    return said(deriving.derive(code, unit=unit_at(told.unit), actor=request.user))


@router.post("/plans/{code}/parent", response=schemas.PlanOut, operation_id="choose_parent", summary="Plan above")
@opens_to(may_see_plans)
def choose_parent(request: SignedInRequest, code: str, told: ParentIn) -> dict[str, Any]:
    """Says which plan above a draft carries out; rows are matched by their text."""
    plan_for(request, code, to_review=True)
    parent = plan_for(request, told.parent) if told.parent else None
    return said(deriving.choose_parent(code, parent=parent, actor=request.user))


@router.post("/plans/{code}/send", response=schemas.PlanOut, operation_id="send_plan", summary="Send it up")
@opens_to(may_see_plans)
def send_plan(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Sends an approved plan to the holder of the plan above; once."""
    plan_for(request, code, to_review=True)
    return said(deriving.send_up(code, actor=request.user))


@router.get(
    "/plans/{code}/alignment", response=AlignmentOut, operation_id="align_plan", summary="Beside the plan above"
)
@opens_to(may_see_plans)
def align_plan(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Pairs of tasks (by code) with what is missing, weaker, later, copied or of another level or year."""
    plan = plan_for(request, code)
    found = alignment_of(plan)
    if found is None:
        raise Http404
    codes = {str(pk): code for pk, code in _codes_of(plan)}
    told = found.as_json()
    for each in [*told["pairs"], *told["findings"], *(one for pair in told["pairs"] for one in pair["findings"])]:
        for side in ("parent", "child"):
            each[side] = codes.get(each[side] or "", each[side])
    return told


def _codes_of(plan: Plan) -> list[tuple[int, str]]:
    rows = plan.tasks.values_list("pk", "code")
    return [*rows, *(plan.parent.tasks.values_list("pk", "code") if plan.parent else [])]


@router.post("/plans/{code}/read", response={204: None}, operation_id="read_plan", summary="I have read it")
@opens_to(may_see_plans)
def read_plan(request: SignedInRequest, code: str) -> None:
    """For officials of units with work in it; twice is once."""
    plan_for(request, code)
    carrying.read_by(code, actor=request.user)


@router.get("/plans/{code}/readers", response=list[ReadingUnitOut], operation_id="list_readers", summary="Who read it")
@opens_to(may_see_plans)
def list_readers(request: SignedInRequest, code: str) -> list[dict[str, Any]]:
    """For its holder: how many officials of each unit have read it."""
    plan = plan_for(request, code)
    if not may_draft(request.user, plan.holder):
        raise Http404
    return [{"unit": each.unit.code, "read": each.read, "people": len(each.people)} for each in readers_of(plan)]


@router.post("/plan-handovers", response=HandedOut, operation_id="hand_over_plans", summary="To a unit's successor")
@opens_to(may_control)
def hand_over_plans(request: SignedInRequest, told: HandOverIn) -> dict[str, int]:
    """Gives a successor what a unit that is no more left open."""
    left = next((each for each in leftovers(request.user) if each.unit.code == told.unit), None)
    if left is None:
        raise Http404
    return {"parts": hand_over(left.unit, to=unit_at(told.to), actor=request.user)}
