"""The list of work, its statistics, and urging letters."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Query, Schema
from pydantic import Field

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import working_schemas as shapes
from motcua.plans.access import may_see_plans, may_urge
from motcua.plans.actions import urging
from motcua.plans.api.finding import PAGE, router
from motcua.plans.queries.statistics import BY_GROUP, BY_PLAN, BY_QUARTER, BY_SOURCE, BY_UNIT, statistics
from motcua.plans.queries.urging import urgings_seen_by
from motcua.plans.queries.work_list import below_of, part_row, parts_of, turn_row, work_parts, work_turns

GROUPINGS = {"source": BY_SOURCE, "unit": BY_UNIT, "plan": BY_PLAN, "group": BY_GROUP, "quarter": BY_QUARTER}


class WorkQuery(Schema):
    """Filters of the list of work."""

    turns: bool = Field(False, description="Turns of tasks instead of tasks")
    below: bool = Field(False, description="Of the units under yours instead of your own")
    plan: str = ""
    unit: str = ""
    person: str = ""
    status: str = ""
    assigner: str = ""
    text: str = Field("", max_length=100, description="Words of the task, diacritics do not matter")
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("/work", response=list[shapes.WorkRowOut], operation_id="list_work", summary="What units have to do")
@opens_to(may_see_plans)
def list_work(request: SignedInRequest, told: Query[WorkQuery]) -> list[dict[str, Any]]:
    """Late first, then by last day; at most 100 from ``offset``."""
    own = [post.unit for post in request.user.posts_now]
    where = below_of(own) if told.below else parts_of(own, with_below=False)
    asked = {
        "ke_hoach": told.plan, "don_vi": told.unit, "nguoi": told.person, "status": told.status,
        "nguon": told.assigner, "q": told.text,
    }  # fmt: skip
    asked = {name: value.replace("\0", "") for name, value in asked.items() if value}
    day, window = today(), slice(told.offset, told.offset + PAGE)
    if told.turns:
        return [shapes.row_out(turn_row(turn, day)) for turn in work_turns(where, asked, day)[window]]
    return [shapes.row_out(part_row(part, day)) for part in work_parts(where, asked, day)[window]]


@router.get(
    "/task-statistics", response=list[shapes.StatisticOut], operation_id="task_statistics", summary="Four states"
)
@opens_to(may_see_plans)
def task_statistics(
    request: SignedInRequest, unit: str, by: str = "source", on_day: date | None = None
) -> list[dict[str, Any]]:
    """By source, unit, plan, group or quarter; the last line, without key, counts each task once."""
    if by not in GROUPINGS:
        raise Http404
    rows, total = statistics(unit_at(unit), min(on_day or today(), today()), GROUPINGS[by])
    return [shapes.statistic_out(row) for row in (*rows, total)]


@router.get("/urgings", response=list[shapes.UrgingOut], operation_id="list_urgings", summary="Urging letters")
@opens_to(may_see_plans)
def list_urgings(request: SignedInRequest) -> list[dict[str, Any]]:
    """Those of units that you look over, and those sent to them; at most 100, newest first."""
    return [shapes.urging_out(each) for each in urgings_seen_by(request.user)[:PAGE]]


@router.post("/urgings", response=list[shapes.UrgingOut], operation_id="write_urgings", summary="Write urging letters")
@opens_to(may_urge)
def write_urgings(request: SignedInRequest, told: shapes.UrgeIn) -> list[dict[str, Any]]:
    """One letter for each unit, kept as PDF and DOCX with its number blank."""
    made = urging.urge(units=told.units, plan=told.plan, soon=told.soon, actor=request.user)
    return [shapes.urging_out(each) for each in made]


@router.post("/urgings/{code}/sent", response=shapes.UrgingOut, operation_id="send_urging", summary="It was sent")
@opens_to(may_urge)
def send_urging(request: SignedInRequest, code: str, told: shapes.SentIn) -> dict[str, Any]:
    """Its number and day; the unit's heads are told."""
    return shapes.urging_out(
        urging.mark_sent(code.replace("\0", ""), number=told.number, sent_on=told.sent_on, actor=request.user)
    )  # fmt: skip
