"""Publication over the API: decisions, proposals, differences between versions, marks: the pages' own actions."""

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from motcua.base.guard import everyone, opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.procedures.access import may_publish, may_see_publication
from motcua.procedures.actions import deciding, drafting_decisions, marking
from motcua.procedures.actions.national import propose_differences
from motcua.procedures.actions.publishing import publish_due, refuse_proposal
from motcua.procedures.models import Decision, Procedure, Proposal
from motcua.procedures.publication_queries import compare, decision_for, decisions, version_of_day
from motcua.procedures.publication_schemas import (
    AuthorityIn,
    AuthorityOut,
    ComparedOut,
    ComparisonOut,
    DecisionLine,
    DecisionOut,
    DecisionRowOut,
    DraftIn,
    HeadIn,
    MarkIn,
    MarkOut,
    OpinionIn,
    OpinionOut,
    OpinionsIn,
    ProposalOut,
    RefusalIn,
    RowIn,
    SignIn,
    StandingOut,
    VersionDay,
)
from motcua.procedures.queries import versions_of

router = Router(tags=["publication"])


def _found(code: str) -> Decision:
    decision = decision_for(code)
    if decision is None:
        raise Http404
    return decision


def _procedure(code: str) -> Procedure:
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise Http404
    return procedure


@router.get(
    "/procedures/{code}/versions", response=list[VersionDay], auth=None, operation_id="list_procedure_versions",
    summary="Versions of a procedure",
)  # fmt: skip
@opens_to(everyone)
def list_procedure_versions(request: HttpRequest, code: str) -> list[Any]:
    """Newest first; 404 when there is no such procedure."""
    found = versions_of(_procedure(code).code)
    if not found:
        raise Http404
    return list(found)


@router.get(
    "/procedures/{code}/differences", response=ComparisonOut, auth=None, operation_id="compare_procedure_versions",
    summary="What differs between two versions",
)  # fmt: skip
@opens_to(everyone)
def compare_procedure_versions(
    request: HttpRequest,
    code: str,
    before: date = Query(..., description="The day on which a version began"),  # noqa: B008
    after: date = Query(..., description="The day on which another began"),  # noqa: B008
) -> dict[str, Any]:
    """Part by part, word by word; 404 where no version began on one of the days."""
    old, new = version_of_day(code, before), version_of_day(code, after)
    if old is None or new is None:
        raise Http404
    return {"before": before, "after": after, "differences": compare(old, new)}


@router.get(
    "/procedures/{code}/standing", response=StandingOut, auth=None, operation_id="get_procedure_standing",
    summary="Marks and authority over time",
)  # fmt: skip
@opens_to(everyone)
def get_procedure_standing(request: HttpRequest, code: str) -> dict[str, Any]:
    """Marks (internal, free of territory, by post …) and who receives, decides, coordinates."""
    procedure = _procedure(code)
    return {
        "marks": list(procedure.traits.order_by("-valid_from")),
        "authorities": list(procedure.authorities.select_related("unit").order_by("-valid_from")),
    }


@router.post("/procedures/{code}/marks", response=MarkOut, operation_id="mark_procedure", summary="Give or end a mark")
@opens_to(may_publish)
def mark_procedure(request: SignedInRequest, code: str, told: MarkIn) -> Any:
    """Refused with 409 where it changes nothing."""
    return marking.mark(
        code, told.trait, on=told.on, valid_from=told.valid_from, source=told.source, actor=request.user
    )


@router.post(
    "/procedures/{code}/authorities", response=AuthorityOut, operation_id="set_procedure_authority",
    summary="Say who receives, decides or coordinates",
)  # fmt: skip
@opens_to(may_publish)
def set_procedure_authority(request: SignedInRequest, code: str, told: AuthorityIn) -> Any:
    """Ends what held before for receiving and deciding; coordinators add up."""
    return marking.set_authority(
        code, told.role, unit=unit_at(told.unit) if told.unit else None, unit_kind=told.unit_kind,
        valid_from=told.valid_from, source=told.source, actor=request.user,
    )  # fmt: skip


@router.get("/decisions", response=list[DecisionLine], operation_id="list_decisions", summary="Decisions")
@opens_to(may_see_publication)
def list_decisions(
    request: SignedInRequest,
    limit: int = Query(100, ge=1, le=500),  # noqa: B008
    offset: int = Query(0, ge=0),  # noqa: B008
) -> list[Decision]:
    """Newest first."""
    return list(decisions()[offset : offset + limit])


@router.post("/decisions", response={202: DecisionLine}, operation_id="upload_decision", summary="Upload a decision")
@opens_to(may_publish)
def upload_decision(
    request: SignedInRequest,
    file: UploadedFile = File(...),  # noqa: B008
) -> Status[Decision]:
    """Kept and read behind; ask for it until its state is review or failed."""
    return Status(202, deciding.upload_decision(file, name=file.name or "", actor=request.user))


@router.get("/decisions/{code}", response=DecisionOut, operation_id="get_decision", summary="One decision")
@opens_to(may_see_publication)
def get_decision(request: SignedInRequest, code: str) -> Decision:
    """With its rows, opinions and problems."""
    return _found(code)


@router.patch("/decisions/{code}", response=DecisionOut, operation_id="correct_decision", summary="Correct its head")
@opens_to(may_publish)
def correct_decision(request: SignedInRequest, code: str, told: HeadIn) -> Decision:
    """Refused with 409 once it is confirmed."""
    _found(code)
    return deciding.correct_head(code, actor=request.user, **told.dict(exclude_unset=True, exclude_none=True))


@router.put(
    "/decisions/{code}/rows/{position}", response=DecisionRowOut, operation_id="correct_decision_row",
    summary="Correct, drop or add a row",
)  # fmt: skip
@opens_to(may_publish)
def correct_decision_row(request: SignedInRequest, code: str, position: int, told: RowIn) -> Any:
    """The position after the last one adds a row."""
    _found(code)
    return deciding.correct_row(
        code, position, actor=request.user, procedure_code=told.code, name=told.name, change=told.change,
        is_dropped=told.is_dropped,
    )  # fmt: skip


@router.put(
    "/decisions/{code}/rows/{position}/content", response=DecisionRowOut, operation_id="write_procedure_content",
    summary="Write the parts of a row's procedure",
)  # fmt: skip
@opens_to(may_publish)
def write_procedure_content(request: SignedInRequest, code: str, position: int, told: dict[str, Any]) -> Any:
    """A row of the catalogue (the JSONL's keys) without code, name and source; an empty object takes it back."""
    _found(code)
    return deciding.write_content(code, position, actor=request.user, content=told)


@router.post("/decisions/{code}/confirm", response=DecisionOut, operation_id="confirm_decision", summary="Confirm")
@opens_to(may_publish)
def confirm_decision(request: SignedInRequest, code: str) -> Decision:
    """Its rows become proposals, published on the day of effect; 409 names the first problem and its row."""
    _found(code)
    deciding.confirm_decision(code, actor=request.user)
    publish_due()
    return _found(code)


@router.post("/decisions/{code}/read-again", response=DecisionLine, operation_id="read_decision_again", summary="Again")
@opens_to(may_publish)
def read_decision_again(request: SignedInRequest, code: str) -> Decision:
    """Refused with 409 unless it failed."""
    _found(code)
    return deciding.read_decision_again(code, actor=request.user)


@router.post("/decisions/{code}/leave-out", response=DecisionLine, operation_id="leave_out_decision", summary="Drop it")
@opens_to(may_publish)
def leave_out_decision(request: SignedInRequest, code: str) -> Decision:
    """Refused with 409 once it is confirmed; its file stays kept."""
    _found(code)
    return deciding.leave_out_decision(code, actor=request.user)


@router.post("/decisions/drafts", response=DecisionOut, operation_id="draft_decision", summary="Draft a decision")
@opens_to(may_publish)
def draft_decision(request: SignedInRequest, told: DraftIn) -> Decision:
    """Of open proposals."""
    return drafting_decisions.draft_decision(
        told.proposals, unit=unit_at(told.unit), title=told.title, valid_from=told.valid_from, actor=request.user
    )


@router.post("/decisions/{code}/opinions", response=DecisionOut, operation_id="ask_opinions", summary="Ask opinions")
@opens_to(may_publish)
def ask_opinions(request: SignedInRequest, code: str, told: OpinionsIn) -> Decision:
    """Of units on a draft, by a day."""
    _found(code)
    units: list[Unit] = [unit_at(unit) for unit in told.units]
    return drafting_decisions.ask_opinions(code, units, due_on=told.due_on, actor=request.user)


@router.put("/decisions/{code}/opinion", response=OpinionOut, operation_id="give_opinion", summary="Give an opinion")
@opens_to(may_see_publication)
def give_opinion(request: SignedInRequest, code: str, told: OpinionIn) -> Any:
    """For a unit that was asked, by who speaks for it."""
    _found(code)
    return drafting_decisions.give_opinion(
        code, unit=unit_at(told.unit), verdict=told.verdict, text=told.text, actor=request.user
    )


@router.post("/decisions/{code}/sign", response=DecisionOut, operation_id="sign_decision", summary="Number and sign")
@opens_to(may_publish)
def sign_decision(request: SignedInRequest, code: str, told: SignIn) -> Decision:
    """Record number and day of a signed draft and confirm it; its signed file is attached on the page."""
    _found(code)
    drafting_decisions.sign_decision(code, number=told.number, signed_on=told.signed_on, actor=request.user)
    publish_due()
    return _found(code)


@router.get("/proposals", response=list[ProposalOut], operation_id="list_proposals", summary="Open proposals")
@opens_to(may_publish)
def list_proposals(
    request: SignedInRequest,
    reason: Literal["", "decision", "unpublished", "outdated", "differs"] = "",
    limit: int = Query(100, ge=1, le=1000),  # noqa: B008
    offset: int = Query(0, ge=0),  # noqa: B008
) -> list[Proposal]:
    """By procedure."""
    found = Proposal.objects.filter(state="open").order_by("procedure_code", "pk")
    return list((found.filter(reason=reason) if reason else found)[offset : offset + limit])


@router.post(
    "/proposals/compare", response=ComparedOut, operation_id="compare_with_national_set",
    summary="Compare with the national set",
)  # fmt: skip
@opens_to(may_publish)
def compare_with_national_set(request: SignedInRequest) -> Any:
    """Each difference becomes a proposal, once; what differs no longer is settled."""
    return propose_differences(actor=request.user)


@router.post("/proposals/{code}/refuse", response=ProposalOut, operation_id="refuse_proposal", summary="Say no")
@opens_to(may_publish)
def refuse(request: SignedInRequest, code: str, told: RefusalIn) -> Proposal:
    """With the reason."""
    return refuse_proposal(code, actor=request.user, note=told.note)
