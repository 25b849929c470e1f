"""Operations of dossiers over the API: the same actions and queries as the pages."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from motcua.base.guard import everyone, opens_to, signed_in
from motcua.base.paging import after_of, key_of
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.dossiers.access.dossier import may_receive_at_counter, may_see_registers
from motcua.dossiers.actions import ending, filing, handling, payment, reception, returning, supplementing
from motcua.dossiers.api.desk import router as desk_router
from motcua.dossiers.api.late import router as late_router
from motcua.dossiers.api.life import router as life_router
from motcua.dossiers.api.paying import router as paying_router
from motcua.dossiers.api.reception import router as reception_router
from motcua.dossiers.api.results import router as result_router
from motcua.dossiers.api.words import router as words_router
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import DossierPage, Filters, Tracking, dossier_of, dossier_page, register, track
from motcua.dossiers.queries.timeline import Entry, official_timeline, public_timeline
from motcua.dossiers.rendering.receipt import receipt_pdf
from motcua.dossiers.schemas.dossier import (
    DossierOut,
    DossierPageOut,
    EntryOut,
    FileOut,
    FullDossierOut,
    PaperIn,
    PaymentIn,
    RatingIn,
    ReasonIn,
    RegisterQuery,
    ResultIn,
    ReturnIn,
    StepIn,
    SupplementRequestIn,
    SupplyIn,
    TrackingOut,
)
from motcua.dossiers.schemas.reception import DossierIn, circumstances_of
from motcua.dossiers.states import ONLINE
from motcua.organizations.access import SignedInRequest

router = Router(tags=["dossiers"])
router.add_router("", reception_router)
router.add_router("", late_router)
router.add_router("", paying_router)
router.add_router("", result_router)
router.add_router("", life_router)
router.add_router("", desk_router)
router.add_router("", words_router)


@router.post("/files", response={201: FileOut}, operation_id="keep_file")
@opens_to(signed_in)
def keep_file(request: SignedInRequest, file: File[UploadedFile]) -> Status:
    """Send a file; it waits in the sender's inbox until a dossier or a supplement names it."""
    account = request.user
    kept = storing.keep(file, name=file.name or "", subject=storing.inbox_of(account), actor=account)
    return Status(201, kept)


@router.post("/dossiers", response={201: DossierOut}, operation_id="file_dossier")
@opens_to(signed_in)
def file_dossier(request: SignedInRequest, form: DossierIn) -> Status:
    """File a dossier: online for oneself, or (channel in_person, post) at the caller's counter, received at once."""
    common: dict[str, Any] = {
        "unit_code": form.unit,
        "applicant": filing.Applicant(**form.applicant.dict()),
        "submission_key": form.submission_key,
        "actor": request.user,
        "papers": _papers(form.papers),
        "answers": form.answers,
        "request_text": form.request_text,
    }
    common["circumstances"] = circumstances_of(form.circumstances)
    if form.channel == ONLINE:
        return Status(201, filing.file_online(form.procedure, consent=form.consent, **common))
    if not may_receive_at_counter(request.user):
        raise Refused(gettext("Chỉ công chức tiếp nhận được lập hồ sơ tại quầy."), field="channel")
    common |= {"counter_code": form.counter, "hands_over": form.hand_over, "gives_papers": form.give_papers}
    return Status(201, filing.file_at_counter(form.procedure, channel=form.channel, **common))


@router.get("/dossiers", response=DossierPageOut, operation_id="list_dossiers")
@opens_to(signed_in)
def list_dossiers(request: SignedInRequest, query: Query[RegisterQuery]) -> dict:
    """List the dossiers that the caller sees: a citizen's own, an official's units, newest first, page by page."""
    filters = Filters(
        text=query.q,
        state=query.state,
        channel=query.channel,
        procedure=query.procedure,
        unit=query.unit,
        is_overdue=query.overdue,
        is_mine=query.mine or not may_see_registers(request.user),
        filed_from=query.filed_from,
        filed_to=query.filed_to,
    )
    after = key_of(query.after) if query.after else None
    page = register(request.user, filters=filters, after=after, limit=query.limit)
    return {"dossiers": page.dossiers, "after": after_of(page.after) or None}


@router.get("/dossiers/{code}", response=FullDossierOut, operation_id="get_dossier")
@opens_to(signed_in)
def get_dossier(request: SignedInRequest, code: str) -> DossierPage:
    """One dossier with where it stands and what the caller may do to it."""
    return dossier_page(code, account=request.user)


@router.get("/dossiers/{code}/timeline", response=list[EntryOut], operation_id="get_dossier_timeline")
@opens_to(signed_in)
def get_timeline(request: SignedInRequest, code: str) -> list[Entry]:
    """What happened to a dossier, oldest first; officials see names."""
    dossier = dossier_of(code, account=request.user)
    return (official_timeline if may_see_registers(request.user) else public_timeline)(dossier)


@router.get(
    "/dossiers/{code}/receipt",
    operation_id="get_receipt",
    openapi_extra={"responses": {200: {"description": "Slip 01 as PDF", "content": {"application/pdf": {}}}}},
)
@opens_to(signed_in)
def get_receipt(request: SignedInRequest, code: str) -> HttpResponse:
    """The receipt slip (form 01) as PDF; 409 before reception."""
    pdf = receipt_pdf(dossier_page(code, account=request.user))
    return HttpResponse(pdf, content_type="application/pdf")


@router.get("/tracking/{code}", response=TrackingOut, auth=None, operation_id="track_dossier")
@opens_to(everyone)
def track_dossier(request: SignedInRequest, code: str) -> Tracking:
    """What the public may see of a dossier: no name, no paper."""
    return track(code)


@router.post("/dossiers/{code}/refuse", response=DossierOut, operation_id="refuse_dossier")
@opens_to(signed_in)
def refuse(request: SignedInRequest, code: str, form: ReasonIn) -> Dossier:
    """Refuse reception with a reason."""
    return reception.refuse(code, reason=form.reason, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/claim", response=DossierOut, operation_id="claim_dossier")
@opens_to(signed_in)
def claim(request: SignedInRequest, code: str) -> Dossier:
    """Take the present step upon oneself."""
    return handling.claim(code, actor=request.user)


@router.post("/dossiers/{code}/forward", response=DossierOut, operation_id="forward_dossier")
@opens_to(signed_in)
def forward(request: SignedInRequest, code: str, form: StepIn) -> Dossier:
    """Hand the dossier over to the next step."""
    return handling.forward(code, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/supplement-request", response=DossierOut, operation_id="request_supplement")
@opens_to(signed_in)
def request_supplement(request: SignedInRequest, code: str, form: SupplementRequestIn) -> Dossier:
    """Ask once for what is missing; the clock stands still."""
    return supplementing.request_supplement(
        code, items=form.items, reason=form.reason, actor=request.user, at_step=form.at_step
    )


@router.post("/dossiers/{code}/supplement", response=DossierOut, operation_id="supply_dossier")
@opens_to(signed_in)
def supply(request: SignedInRequest, code: str, form: SupplyIn) -> Dossier:
    """Supply what was asked for; the clock runs again."""
    return supplementing.supply(code, papers=_papers(form.papers), note=form.note, actor=request.user)


@router.post("/dossiers/{code}/propose", response=DossierOut, operation_id="propose_result")
@opens_to(signed_in)
def propose(request: SignedInRequest, code: str, form: ResultIn) -> Dossier:
    """Put the draft of the result before whoever reviews or signs it."""
    return handling.propose(code, result_text=form.result_text, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/send-back", response=DossierOut, operation_id="send_back_dossier")
@opens_to(signed_in)
def send_back(request: SignedInRequest, code: str, form: ReasonIn) -> Dossier:
    """Give a proposal back to be done again."""
    return handling.send_back(code, reason=form.reason, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/approve", response=DossierOut, operation_id="approve_dossier")
@opens_to(signed_in)
def approve(request: SignedInRequest, code: str, form: ResultIn) -> Dossier:
    """Sign the result."""
    return handling.approve(code, result_text=form.result_text, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/return", response=DossierOut, operation_id="return_result")
@opens_to(signed_in)
def return_result(request: SignedInRequest, code: str, form: ReturnIn) -> Dossier:
    """Hand the result over to the applicant."""
    how = returning.HandOver(
        collector=form.collector,
        collector_name=form.collector_name,
        collector_paper=form.collector_paper,
        address=form.address,
        item_number=form.item_number,
    )
    return returning.return_result(code, method=form.method, hand_over=how, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/withdraw", response=DossierOut, operation_id="withdraw_dossier")
@opens_to(signed_in)
def withdraw(request: SignedInRequest, code: str, form: ReasonIn) -> Dossier:
    """Take the dossier back before reception; after it, ask_withdrawal."""
    return ending.withdraw(code, reason=form.reason, actor=request.user)


@router.post("/dossiers/{code}/stop", response=DossierOut, operation_id="stop_dossier")
@opens_to(signed_in)
def stop(request: SignedInRequest, code: str, form: ReasonIn) -> Dossier:
    """Stop handling with a reason."""
    return ending.stop(code, reason=form.reason, actor=request.user)


@router.post("/dossiers/{code}/rate", response=DossierOut, operation_id="rate_dossier")
@opens_to(signed_in)
def rate(request: SignedInRequest, code: str, form: RatingIn) -> Dossier:
    """Say once whether one was satisfied."""
    return returning.rate(code, is_satisfied=form.is_satisfied, actor=request.user)


@router.post("/dossiers/{code}/payment", response=DossierOut, operation_id="take_payment")
@opens_to(signed_in)
def take_payment(request: SignedInRequest, code: str, form: PaymentIn) -> Dossier:
    """Note at the counter that the fee was paid."""
    return payment.take_payment(code, method=form.method, reference=form.reference, actor=request.user)


def _papers(papers: list[PaperIn]) -> list[filing.Paper]:
    return [filing.Paper(**paper.dict()) for paper in papers]
