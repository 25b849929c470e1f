"""Files over the API: the signed copy of a draft, the national set, the proof of a posted list."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from ninja import Field, File, Form, Router, Schema, UploadedFile

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.procedures.access import may_publish, may_see_publication
from motcua.procedures.actions.drafting_decisions import sign_decision
from motcua.procedures.actions.marking import record_posting
from motcua.procedures.actions.national import take_national_file
from motcua.procedures.actions.publishing import publish_due, publish_late
from motcua.procedures.models import Decision, Posting, Proposal
from motcua.procedures.posting_queries import coverage_of, posting_states
from motcua.procedures.publication_queries import decision_for, stuck_proposals
from motcua.procedures.publication_schemas import DecisionOut, LateIn, ProposalOut

router = Router(tags=["publication"])


class NationalOut(Schema):
    """What a file of the national set held."""

    rows: int
    changed: int
    is_list: bool = Field(description="true: an Excel export, which names procedures without their parts")


class PostingOut(Schema):
    """One posting of a unit's list."""

    unit: str
    place: str
    on: date
    procedures: int
    address: str
    digest: str = Field(description="Of the list as it stood")

    @staticmethod
    def resolve_unit(posting: Any) -> str:
        return str(posting.unit.code)


class CoverageOut(Schema):
    """How many units have posted their list as it stands."""

    units: int
    posted: int
    stale: int
    share: float | None = Field(description="posted of units; null where no unit must post")


@router.post(
    "/decisions/{code}/sign-with-file", response=DecisionOut, operation_id="sign_decision_with_file",
    summary="Number and sign, with the signed copy",
)  # fmt: skip
@opens_to(may_publish)
def sign_with_file(
    request: SignedInRequest,
    code: str,
    number: Form[str],
    signed_on: Form[date],
    file: File[UploadedFile],
) -> Decision | None:
    """As ``sign_decision``, and keeps the signed PDF with the decision."""
    sign_decision(code, number=number, signed_on=signed_on, actor=request.user, file=file, name=file.name or "")
    publish_due()
    return decision_for(code)


@router.post("/national-set", response=NationalOut, operation_id="import_national_set", summary="Load the national set")
@opens_to(may_publish)
def import_national_set(request: SignedInRequest, file: File[UploadedFile]) -> Any:
    """JSON lines with all parts (.jsonl, .jsonl.gz), or the portal's Excel export; all or nothing."""
    name = Path(file.name or "").name
    return take_national_file(file.chunks(), name=name, size=file.size or 0, actor=request.user, seen_on=today())


@router.get("/postings", response=list[PostingOut], operation_id="list_postings", summary="Lists that a unit posted")
@opens_to(may_see_publication)
def list_postings(request: SignedInRequest, unit: str) -> list[Posting]:
    """Newest first."""
    return list(Posting.objects.filter(unit=unit_at(unit)).select_related("unit").order_by("-on", "-pk")[:100])


@router.get("/postings/coverage", response=CoverageOut, operation_id="get_posting_coverage", summary="Coverage")
@opens_to(may_see_publication)
def posting_coverage(request: SignedInRequest) -> Any:
    """Every unit that handles procedures must have posted its list as it stands."""
    return coverage_of(posting_states())


@router.post("/postings", response=PostingOut, operation_id="record_posting", summary="Record a posting")
@opens_to(may_see_publication)
def post_list(
    request: SignedInRequest,
    unit: Form[str],
    place: Form[Literal["board", "portal", "web_page"]],
    on: Form[date],
    address: Form[str] = "",
    file: File[UploadedFile | None] = None,
) -> Posting:
    """A board needs a picture, a page its address; refused with 409 for units that are not the caller's."""
    name = (file.name or "") if file else ""
    return record_posting(unit_at(unit), place=place, on=on, address=address, file=file, name=name, actor=request.user)


@router.get("/proposals/stuck", response=list[ProposalOut], operation_id="list_stuck_proposals", summary="Left behind")
@opens_to(may_publish)
def list_stuck_proposals(request: SignedInRequest) -> list[Proposal]:
    """Proposals of decisions in force that did not fit on their day; ``note`` says why."""
    return list(stuck_proposals().order_by("procedure_code", "pk"))


@router.post("/proposals/{code}/publish", response=ProposalOut, operation_id="publish_late", summary="Publish late")
@opens_to(may_publish)
def publish_stuck(request: SignedInRequest, code: str, told: LateIn) -> Proposal:
    """From a later day on; 409 where it still does not fit."""
    return publish_late(code, actor=request.user, valid_from=told.valid_from)
