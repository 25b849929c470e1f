"""Operations of the turns of a dossier's life, of handing work on and of lists for the post, as on the pages."""

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router, Status

from motcua.base.guard import opens_to, signed_in
from motcua.documents.models import StoredFile
from motcua.documents.rendering.pdf import to_pdf
from motcua.dossiers.access.dossier import may_receive_at_counter
from motcua.dossiers.access.late import may_assign
from motcua.dossiers.actions import bulk, giving_back, linking, obligations, one_visit, posting, withdrawing
from motcua.dossiers.models import Dossier, Obligation, PostList, WithdrawalRequest
from motcua.dossiers.queries.dossier import dossier_of
from motcua.dossiers.queries.families import Kin, family_of
from motcua.dossiers.queries.posting import items_of, lists_of
from motcua.dossiers.rendering.post_list import post_list_of
from motcua.dossiers.schemas.dossier import DossierOut, ReasonIn
from motcua.dossiers.schemas.late import BatchOut
from motcua.dossiers.schemas.life import (
    BesideIn,
    GiveBackIn,
    HandOnIn,
    HeldOut,
    KinOut,
    LinkIn,
    NumbersIn,
    ObligationIn,
    ObligationOut,
    PostedIn,
    PostListIn,
    PostListOut,
    SettlementIn,
    VisitIn,
    WithdrawalOut,
)
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account
from motcua.organizations.queries import unit_at
from motcua.organizations.states import RECEPTION

router = Router(tags=["dossiers"])


@router.get("/dossiers/{code}/obligations", response=list[ObligationOut], operation_id="list_obligations")
@opens_to(signed_in)
def list_obligations(request: SignedInRequest, code: str) -> list[Obligation]:
    """What the applicant owes or owed beside the fee; the clock stands still while one is open."""
    return list(dossier_of(code, account=request.user).obligations.order_by("id"))


@router.post("/dossiers/{code}/obligation", response=DossierOut, operation_id="ask_obligation")
@opens_to(signed_in)
def ask_obligation(request: SignedInRequest, code: str, form: ObligationIn) -> Dossier:
    """Notify a financial obligation; the clock stands still until it is settled."""
    notice = obligations.Notice(**form.dict(exclude={"at_step"}))
    return obligations.ask_obligation(code, notice=notice, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/obligation/settlement", response=DossierOut, operation_id="settle_obligation")
@opens_to(signed_in)
def settle_obligation(request: SignedInRequest, code: str, form: SettlementIn) -> Dossier:
    """Note the receipt, or name a proof that was sent (POST /files); the clock runs again."""
    proof = None if form.file_id is None else _file(form.file_id, request.user)
    return obligations.settle_obligation(code, reference=form.reference, proof=proof, actor=request.user)


@router.get("/dossiers/{code}/withdrawals", response=list[WithdrawalOut], operation_id="list_withdrawals")
@opens_to(signed_in)
def list_withdrawals(request: SignedInRequest, code: str) -> list[WithdrawalRequest]:
    """The withdrawals that were asked after reception, with their answers."""
    return list(dossier_of(code, account=request.user).withdrawals.order_by("id"))


@router.post("/dossiers/{code}/withdrawal", response=DossierOut, operation_id="ask_withdrawal")
@opens_to(signed_in)
def ask_withdrawal(request: SignedInRequest, code: str, form: ReasonIn) -> Dossier:
    """Ask to have the dossier back after reception."""
    return withdrawing.ask_withdrawal(code, reason=form.reason, actor=request.user)


@router.post("/dossiers/{code}/withdrawal/confirm", response=DossierOut, operation_id="confirm_withdrawal")
@opens_to(signed_in)
def confirm_withdrawal(request: SignedInRequest, code: str) -> Dossier:
    """Let the applicant have the dossier back."""
    return withdrawing.confirm_withdrawal(code, actor=request.user)


@router.post("/dossiers/{code}/withdrawal/turn-down", response=DossierOut, operation_id="turn_down_withdrawal")
@opens_to(signed_in)
def turn_down_withdrawal(request: SignedInRequest, code: str, form: ReasonIn) -> Dossier:
    """Say why it cannot be withdrawn."""
    return withdrawing.turn_down_withdrawal(code, reason=form.reason, actor=request.user)


@router.post("/dossiers/{code}/withdrawal/take-back", response=DossierOut, operation_id="take_back_withdrawal")
@opens_to(signed_in)
def take_back_withdrawal(request: SignedInRequest, code: str) -> Dossier:
    """Wish no longer to withdraw."""
    return withdrawing.take_back_withdrawal(code, actor=request.user)


@router.post("/dossiers/{code}/papers-given-back", response=DossierOut, operation_id="give_back_papers")
@opens_to(signed_in)
def give_back_papers(request: SignedInRequest, code: str, form: GiveBackIn) -> Dossier:
    """Note that the applicant's own papers were given back."""
    return giving_back.give_back_papers(code, method=form.method, note=form.note, actor=request.user)


@router.post("/dossiers/{code}/one-visit", response=DossierOut, operation_id="handle_in_one_visit")
@opens_to(signed_in)
def handle_in_one_visit(request: SignedInRequest, code: str, form: VisitIn) -> Dossier:
    """Do every step that is the caller's, up to the return, for procedures handled on the spot."""
    visit = one_visit.Visit(**form.dict(exclude={"at_step"}))
    return one_visit.handle_in_one_visit(code, visit=visit, actor=request.user, at_step=form.at_step)


@router.get("/dossiers/{code}/family", response=list[KinOut], operation_id="list_family")
@opens_to(signed_in)
def list_family(request: SignedInRequest, code: str) -> list[Kin]:
    """The dossiers that go with this one."""
    return family_of(dossier_of(code, account=request.user).code)


@router.post("/dossiers/{code}/links", response={201: list[KinOut]}, operation_id="link_dossier")
@opens_to(signed_in)
def link(request: SignedInRequest, code: str, form: LinkIn) -> Status:
    """Say that the dossier goes with another, or waits for its result."""
    linking.link(code, other=form.other, kind=form.kind, actor=request.user)
    return Status(201, family_of(code))


@router.delete("/dossiers/{code}/links/{other}", response={204: None}, operation_id="unlink_dossier")
@opens_to(signed_in)
def unlink(request: SignedInRequest, code: str, other: str) -> Status:
    """Take a link away."""
    linking.unlink(code, other=other, actor=request.user)
    return Status(204, None)


@router.post("/dossiers/{code}/linked", response={201: DossierOut}, operation_id="open_linked_dossier")
@opens_to(signed_in)
def open_linked(request: SignedInRequest, code: str, form: BesideIn) -> Status:
    """Open a dossier of another procedure with the same applicant and papers."""
    opened = linking.open_linked(
        code, procedure_code=form.procedure, unit_code=form.unit, kind=form.kind, actor=request.user
    )
    return Status(201, opened)


@router.get("/dossiers-held", response=list[HeldOut], operation_id="list_held")
@opens_to(may_assign)
def list_held(request: SignedInRequest, account: str, to: str = "") -> list[bulk.Held]:
    """The open work that a person has claimed in the caller's units, and why it could not go to ``to``."""
    return bulk.held_by(_person(account), to=_person(to) if to else None, actor=request.user)


@router.post("/dossier-batches/hand-on", response=BatchOut, operation_id="hand_dossiers_on")
@opens_to(may_assign)
def hand_on(request: SignedInRequest, form: HandOnIn) -> dict[str, Any]:
    """Give what one person has claimed to another; to undo it, call it the other way round."""
    held = [(each.code, each.at_step) for each in form.dossiers]
    done, refused = bulk.hand_on_many(held, of=_person(form.of), to=_person(form.to), actor=request.user)
    return {"done": done, "refused": refused}


@router.get("/post-lists", response=list[PostListOut], operation_id="list_post_lists")
@opens_to(may_receive_at_counter)
def list_post_lists(request: SignedInRequest) -> list[PostList]:
    """The latest lists of the caller's counters, newest first."""
    return lists_of(list(request.user.units_as(RECEPTION)))


@router.post("/post-lists", response={201: PostListOut}, operation_id="make_post_list")
@opens_to(may_receive_at_counter)
def make_post_list(request: SignedInRequest, form: PostListIn) -> Status:
    """Draw up a list of results and papers for the post."""
    things = [posting.Thing(**each.dict()) for each in form.things]
    return Status(201, posting.make_list(unit_at(form.unit), things=things, actor=request.user))


@router.post("/post-lists/{number}/numbers", response=PostListOut, operation_id="number_post_list")
@opens_to(may_receive_at_counter)
def number_post_list(request: SignedInRequest, number: int, form: NumbersIn) -> PostList:
    """Note the numbers that the post gave, by item."""
    return posting.number_items(_list(request, number), numbers=form.numbers, actor=request.user)


@router.post("/post-lists/{number}/send", response=PostListOut, operation_id="send_post_list")
@opens_to(may_receive_at_counter)
def send_post_list(request: SignedInRequest, number: int) -> PostList:
    """Give the list to the post; results not returned yet are returned by post."""
    return posting.send_list(_list(request, number), actor=request.user)


@router.post("/post-lists/{number}/confirm", response=PostListOut, operation_id="confirm_post_list")
@opens_to(may_receive_at_counter)
def confirm_post_list(request: SignedInRequest, number: int, form: PostedIn) -> PostList:
    """Note that the post signed."""
    return posting.confirm_list(_list(request, number), missing=form.missing, actor=request.user)


@router.get(
    "/post-lists/{number}/sheet",
    operation_id="get_post_list_sheet",
    openapi_extra={"responses": {200: {"description": "The sheet as PDF", "content": {"application/pdf": {}}}}},
)
@opens_to(may_receive_at_counter)
def get_sheet(request: SignedInRequest, number: int) -> HttpResponse:
    """The sheet that the post signs, as PDF."""
    found = _list(request, number)
    return HttpResponse(to_pdf(post_list_of(found, items_of(found))), content_type="application/pdf")


def _list(request: SignedInRequest, number: int) -> PostList:
    units = list(request.user.units_as(RECEPTION))
    found = PostList.objects.select_related("unit__parent").filter(pk=min(number, 2**63 - 1), unit__in=units).first()
    if found is None:
        raise Http404
    return found


def _person(code: str) -> Account:
    found = Account.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _file(number: int, account: Account) -> StoredFile:
    found = StoredFile.objects.filter(pk=number, added_by=account.code).first()
    if found is None:
        raise Http404
    return found
