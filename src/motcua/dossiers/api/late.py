"""Operations of lateness, forms, remarks, papers and many dossiers: the same actions and queries as the pages."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from ninja import Router, Status

from motcua.base.guard import everyone, opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.word import to_docx
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.access.late import may_control_dossiers, may_lead_or_control
from motcua.dossiers.actions import bulk, handling, lateness, papers, remarks
from motcua.dossiers.models import Apology, Dossier, Explanation, LateList, PaperHandOver, Remark
from motcua.dossiers.queries.dossier import dossier_of, dossier_page, track
from motcua.dossiers.queries.forecast import Forecast, forecast_of
from motcua.dossiers.queries.late_lists import Flag, UnitCount, flags, late_list_of, months_published, unit_counts
from motcua.dossiers.queries.lateness import late_page, papers_of, remarks_of
from motcua.dossiers.queries.why import Why, why_late, why_of_tracked
from motcua.dossiers.rendering.slips import form_of_dossier, forms_ready
from motcua.dossiers.schemas.dossier import DossierOut
from motcua.dossiers.schemas.late import (
    ApologyIn,
    ApologyOut,
    AssignIn,
    BatchIn,
    BatchOut,
    CodesIn,
    ExplanationOut,
    FlagOut,
    ForecastOut,
    FormOut,
    HandOverOut,
    LateListOut,
    LatenessOut,
    NoteIn,
    RemarkOut,
    SignIn,
    TextIn,
    UnitCountOut,
    WhyOut,
)
from motcua.organizations.access import SignedInRequest, oversees
from motcua.organizations.models import Account
from motcua.organizations.queries import unit_at

router = Router(tags=["dossiers"])
PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/dossiers/{code}/forms", response=list[FormOut], operation_id="list_dossier_forms")
@opens_to(signed_in)
def list_forms(request: SignedInRequest, code: str) -> list[dict[str, str]]:
    """The forms (DOMAIN 4.7) that the dossier can print for the caller now."""
    page, is_official = dossier_page(code, account=request.user), may_see_registers(request.user)
    letter = Apology.objects.filter(dossier=page.dossier).first()
    has_apology = letter is not None and (is_official or letter.sent_at is not None)
    ready = forms_ready(page, is_official=is_official, has_apology=has_apology)
    return [{"form": slug, "label": words} for slug, words in ready]


@router.get(
    "/dossiers/{code}/forms/{form}",
    operation_id="get_dossier_form",
    openapi_extra={"responses": {200: {"description": "The form as PDF or DOCX", "content": {PDF: {}, WORD: {}}}}},
)
@opens_to(signed_in)
def get_form(request: SignedInRequest, code: str, form: str, kind: str = "pdf") -> HttpResponse:
    """One form as PDF, or as DOCX with kind=docx."""
    page = dossier_page(code, account=request.user)
    document = form_of_dossier(form, page, is_official=may_see_registers(request.user))
    if document is None or kind not in ("pdf", "docx"):
        raise Http404
    if kind == "docx":
        return HttpResponse(to_docx(document), content_type=WORD)
    return HttpResponse(to_pdf(document), content_type=PDF)


@router.get("/dossiers/{code}/delays", response=WhyOut, operation_id="get_delays")
@opens_to(signed_in)
def get_delays(request: SignedInRequest, code: str) -> Why:
    """Why the dossier is late: who held it when, what stood still, days off, what the rules say."""
    found = why_late(dossier_of(code, account=request.user), with_names=may_see_registers(request.user))
    if found is None:
        raise Http404
    return found


@router.get("/tracking/{code}/delays", response=WhyOut, auth=None, operation_id="track_delays")
@opens_to(everyone)
def track_delays(request: SignedInRequest, code: str) -> Why:
    """The same for whoever knows the code, by offices only; 404 where the dossier is not late."""
    found = why_of_tracked(track(code))
    if found is None:
        raise Http404
    return found


@router.get("/dossiers/{code}/lateness", response=LatenessOut, operation_id="get_lateness")
@opens_to(may_see_registers)
def get_lateness(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Explanation and letter of apology of a dossier, and what the caller may do about them."""
    page = late_page(code, account=request.user)
    return {"explanation": page.late.explanation, "apology": page.late.apology, "actions": page.actions}


@router.post("/dossiers/{code}/explanation", response=ExplanationOut, operation_id="explain_lateness")
@opens_to(may_see_registers)
def explain(request: SignedInRequest, code: str, form: TextIn) -> Explanation:
    """Say once why the dossier became late."""
    return lateness.explain(code, text=form.text, actor=request.user)


@router.post("/dossiers/{code}/apology", response=ApologyOut, operation_id="draft_apology")
@opens_to(may_see_registers)
def draft_apology(request: SignedInRequest, code: str, form: ApologyIn) -> Apology:
    """Draft the letter of apology, or change the draft."""
    if form.new_due_at.tzinfo is None:
        raise Refused(gettext("Ngày hẹn mới cần có múi giờ."), field="new_due_at")
    return lateness.draft_apology(code, reason=form.reason, new_due_at=form.new_due_at, actor=request.user)


@router.post("/dossiers/{code}/apology/sign", response=ApologyOut, operation_id="sign_apology")
@opens_to(may_see_registers)
def sign_apology(request: SignedInRequest, code: str, form: SignIn) -> Apology:
    """Sign the letter, with its signed file where there is one."""
    with transaction.atomic():
        storing.claim([form.file_id] if form.file_id else [], subject=code, actor=request.user)
        file = StoredFile.objects.get(pk=form.file_id) if form.file_id else None
        return lateness.approve_apology(code, actor=request.user, signed_file=file)


@router.post("/dossiers/{code}/apology/send", response=ApologyOut, operation_id="send_apology")
@opens_to(may_see_registers)
def send_apology(request: SignedInRequest, code: str) -> Apology:
    """Send the signed letter to the applicant."""
    return lateness.send_apology(code, actor=request.user)


@router.get("/dossiers/{code}/remarks", response=list[RemarkOut], operation_id="list_remarks")
@opens_to(may_see_registers)
def list_remarks(request: SignedInRequest, code: str) -> list[Remark]:
    """What officials said about the dossier, oldest first."""
    return remarks_of(dossier_of(code, account=request.user))


@router.post("/dossiers/{code}/remarks", response={201: RemarkOut}, operation_id="add_remark")
@opens_to(may_see_registers)
def add_remark(request: SignedInRequest, code: str, form: TextIn) -> Status:
    """Say something; ``@username`` calls a colleague."""
    return Status(201, remarks.remark(code, text=form.text, actor=request.user))


@router.get("/dossiers/{code}/papers", response=list[HandOverOut], operation_id="list_paper_hand_overs")
@opens_to(may_see_registers)
def list_papers(request: SignedInRequest, code: str) -> list[PaperHandOver]:
    """Where the papers themselves went, oldest first."""
    return papers_of(dossier_of(code, account=request.user))


@router.post("/dossiers/{code}/papers/give", response=HandOverOut, operation_id="give_papers")
@opens_to(may_see_registers)
def give_papers(request: SignedInRequest, code: str, form: NoteIn) -> PaperHandOver:
    """Note that the papers leave for where the dossier lies."""
    return papers.give_papers(code, actor=request.user, note=form.note)


@router.post("/dossiers/{code}/papers/take", response=HandOverOut, operation_id="take_papers")
@opens_to(may_see_registers)
def take_papers(request: SignedInRequest, code: str) -> PaperHandOver:
    """Sign for the papers."""
    return papers.take_papers(code, actor=request.user)


@router.post("/dossiers/{code}/assign", response=DossierOut, operation_id="assign_dossier")
@opens_to(may_see_registers)
def assign(request: SignedInRequest, code: str, form: AssignIn) -> Dossier:
    """Give the present step to a colleague."""
    to = Account.objects.filter(code=form.to).first()
    if to is None:
        raise Http404
    return handling.assign(code, to=to, actor=request.user)


@router.post("/dossier-batches/forward", response=BatchOut, operation_id="forward_dossiers")
@opens_to(may_see_registers)
def forward_dossiers(request: SignedInRequest, form: BatchIn) -> dict[str, Any]:
    """Forward many; each goes or not by itself."""
    done, refused = bulk.forward_many([(each.code, each.at_step) for each in form.dossiers], actor=request.user)
    return {"done": done, "refused": refused}


@router.post("/dossier-batches/take-back", response=BatchOut, operation_id="take_dossiers_back")
@opens_to(may_see_registers)
def take_back(request: SignedInRequest, form: CodesIn) -> dict[str, Any]:
    """Take forwards of one's own back while nobody has claimed them."""
    done, refused = bulk.take_back_many(form.codes, actor=request.user)
    return {"done": done, "refused": refused}


@router.get("/dossier-forecasts", response=list[ForecastOut], operation_id="list_forecasts")
@opens_to(may_lead_or_control)
def list_forecasts(request: SignedInRequest, unit: str) -> list[Forecast]:
    """The open dossiers of a unit with their probable ends, the latest first."""
    found = unit_at(unit[:40])
    if not oversees(request.user, found):
        raise Http404
    return forecast_of(found)


@router.get("/late-lists", response=list[date], auth=None, operation_id="list_late_lists")
@opens_to(everyone)
def list_late_lists(request: SignedInRequest) -> list[date]:
    """The months whose lists of late dossiers were published, newest first."""
    return months_published()


@router.get("/late-lists/{month}", response=LateListOut, auth=None, operation_id="get_late_list")
@opens_to(everyone)
def get_late_list(request: SignedInRequest, month: date) -> LateList:
    """The published list of the month in which that day lies."""
    return late_list_of(month)


@router.get("/lateness", response=list[UnitCountOut], operation_id="count_lateness")
@opens_to(may_lead_or_control)
def count_lateness(request: SignedInRequest, first: date, last: date) -> list[UnitCount]:
    """Lateness by unit in a period, both days included."""
    return unit_counts(request.user, *_period(first, last))


@router.get("/lateness/flags", response=list[FlagOut], operation_id="list_lateness_flags")
@opens_to(may_control_dossiers)
def list_flags(request: SignedInRequest, first: date, last: date) -> list[Flag]:
    """What looks like gaming in a period, newest first."""
    return flags(request.user, *_period(first, last))


def _period(first: date, last: date) -> tuple[date, date]:
    if not date(2000, 1, 1) <= first <= last <= date(2100, 12, 31):
        raise Refused(gettext("Ngày cuối phải sau ngày đầu."), field="last")
    return first, last + timedelta(days=1)
