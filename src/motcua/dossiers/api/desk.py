"""Operations of heads and leaders over many dossiers: the board, giving and taking back, the stuck, signing."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access.late import may_assign, may_lead_or_control, may_sign
from motcua.dossiers.actions.giving import Given, give_back_many, give_many
from motcua.dossiers.actions.signing import Draft, drafts_of, sign_many
from motcua.dossiers.queries.board import board_of, stuck_for
from motcua.dossiers.schemas.late import CodesIn
from motcua.organizations.access import SignedInRequest, has_role_in
from motcua.organizations.models import Account
from motcua.organizations.queries import unit_at
from motcua.organizations.states import LEADER, UNIT_HEAD

router = Router(tags=["dossiers"])


class LoadOut(Schema):
    """One person's hands; minutes are working minutes."""

    account: str | None = Field(description="Code; null: nobody has claimed them")
    name: str
    role: str
    dossiers: list[str]
    late: int
    minutes: int = Field(description="Forecast for the steps in hand")
    capacity: int = Field(description="In the days that the forecast looks ahead, less delegated leave")
    away_until: date | None
    substitutes: list[str]


class GiveIn(Schema):
    """Dossiers, and who shall do their present step."""

    codes: list[str] = Field(max_length=200)
    to: str = Field(max_length=40, description="Account code")


class MoveBody(Schema):
    """One dossier and who held its step before."""

    code: str = Field(max_length=80)
    before: str = Field("", max_length=40, description="Account code; empty: nobody")


class GiveBackIn(Schema):
    """What was given, to be taken back."""

    held_by: str = Field(max_length=40, description="Account code of whoever it was given to")
    moves: list[MoveBody] = Field(max_length=200)


class GivenOut(Schema):
    """What went, and why the rest did not."""

    held_by: str = Field(description="Account code")
    moves: list[MoveBody]
    refused: dict[str, str]


class StuckOut(Schema):
    """A dossier that does not move; ``held`` in working minutes."""

    code: str
    unit: str
    step: str
    holder: str | None = Field(description="Account code")
    since: datetime
    held: int
    due_at: datetime


class DraftOut(Schema):
    """One result as it would be signed, or why it cannot be."""

    code: str
    title: str
    position: int
    due_at: datetime | None
    text: str
    document: int | None = Field(description="Version of the result document; null: words only")
    refusal: str


class SeenBody(Schema):
    """A result that the preview showed, at the step where it showed it."""

    code: str = Field(max_length=80)
    position: int


class SeenIn(Schema):
    """What is to be signed."""

    seen: list[SeenBody] = Field(max_length=50)


class SignedOut(Schema):
    """What was decided, and why the rest was not."""

    done: list[str]
    refused: dict[str, str]


@router.get("/boards/{unit}", response=list[LoadOut], operation_id="get_board")
@opens_to(may_assign)
def get_board(request: SignedInRequest, unit: str) -> list[dict[str, Any]]:
    """Who has how much in hand at a unit that the caller leads: nobody's first, then the fullest hands."""
    try:
        found = unit_at(unit)
    except Refused as refusal:
        raise Http404 from refusal
    if not has_role_in(request.user, found, UNIT_HEAD, LEADER):
        raise Http404
    return [
        {
            "account": load.account.code if load.account else None,
            "name": load.account.full_name if load.account else "",
            "role": load.role_label,
            "dossiers": [run.subject for run in load.runs],
            "late": load.late,
            "minutes": load.minutes,
            "capacity": load.capacity,
            "away_until": load.away_until,
            "substitutes": list(load.substitutes),
        }
        for load in board_of(found)
    ]


@router.post("/dossier-batches/give", response=GivenOut, operation_id="give_dossiers")
@opens_to(may_assign)
def give(request: SignedInRequest, body: GiveIn) -> dict[str, Any]:
    """Give the present step of many dossiers to one person; the answer can be sent to take it back."""
    to = _account(body.to)
    return _given(give_many(body.codes, to=to, actor=request.user), to)


@router.post("/dossier-batches/give-back", response=GivenOut, operation_id="give_dossiers_back")
@opens_to(may_assign)
def give_back(request: SignedInRequest, body: GiveBackIn) -> dict[str, Any]:
    """Give each dossier back to whoever held its step before."""
    held_by, moves = _account(body.held_by), [(move.code, move.before) for move in body.moves]
    return _given(give_back_many(moves, held_by=held_by, actor=request.user), held_by)


@router.get("/stuck-dossiers", response=list[StuckOut], operation_id="list_stuck_dossiers")
@opens_to(may_lead_or_control)
def list_stuck(request: HttpRequest) -> list[dict[str, Any]]:
    """What has not moved for days in the units that the caller looks over, the longest first."""
    return [
        {
            "code": each.run.subject,
            "unit": each.run.unit.code,
            "step": each.run.step_name,
            "holder": each.run.assignee.code if each.run.assignee else None,
            "since": each.since,
            "held": each.held,
            "due_at": each.run.due_at,
        }
        for each in stuck_for(request.user)
    ]


@router.post("/dossier-batches/drafts", response=list[DraftOut], operation_id="preview_signing")
@opens_to(may_sign)
def preview_signing(request: SignedInRequest, body: CodesIn) -> list[Draft]:
    """Show the results that signing many dossiers would decide; changes nothing."""
    return drafts_of(body.codes, actor=request.user)


@router.post("/dossier-batches/sign", response=SignedOut, operation_id="sign_dossiers")
@opens_to(may_sign)
def sign(request: SignedInRequest, body: SeenIn) -> dict[str, Any]:
    """Sign results that were previewed; one that moved since is refused, the rest goes."""
    done, refused = sign_many([(each.code, each.position) for each in body.seen], actor=request.user)
    return {"done": done, "refused": refused}


def _account(code: str) -> Account:
    found = Account.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _given(given: Given, held_by: Account) -> dict[str, Any]:
    return {
        "held_by": held_by.code,
        "moves": [{"code": code, "before": who} for code, who in given.moves],
        "refused": given.refused,
    }
