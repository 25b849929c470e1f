"""Operations of results, of their collection, of surveys and of a citizen's own: the same actions as the pages."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router, Status

from motcua.base.clock import now, today
from motcua.base.guard import everyone, opens_to, signed_in
from motcua.base.paging import after_of, key_of
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.word import to_docx
from motcua.dossiers.access.dossier import may_receive_at_counter, may_see_registers
from motcua.dossiers.access.late import may_lead_or_control
from motcua.dossiers.access.results import may_follow_collection
from motcua.dossiers.actions import collecting, results, surveying
from motcua.dossiers.models import Dossier, ResultDocument, ResultReturn
from motcua.dossiers.queries.collection import uncollected, versions_of
from motcua.dossiers.queries.dossier import dossier_of
from motcua.dossiers.queries.my_dossiers import GROUPS, my_dossiers, my_papers
from motcua.dossiers.queries.result_templates import templates_for
from motcua.dossiers.queries.surveys import answers_in, official_scores, public_scores, unit_scores
from motcua.dossiers.rendering.result import result_of
from motcua.dossiers.rules.result_templates import ResultTemplate
from motcua.dossiers.rules.survey import SurveyForm, survey_form_on
from motcua.dossiers.schemas.dossier import DossierOut
from motcua.dossiers.schemas.results import (
    DeliveredIn,
    DraftIn,
    LyingOut,
    MinePageOut,
    MyPapersOut,
    ReturnOut,
    SignedIn,
    SurveyFormOut,
    SurveyIn,
    SurveyResultsOut,
    TemplateOut,
    VersionOut,
)
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account

router = Router(tags=["dossiers"])
PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 100


@router.get("/dossiers/{code}/result-templates", response=list[TemplateOut], operation_id="list_result_templates")
@opens_to(may_see_registers)
def list_templates(request: SignedInRequest, code: str) -> list[ResultTemplate]:
    """The templates that fit the dossier's procedure today."""
    dossier = dossier_of(code, account=request.user)
    return templates_for(dossier.version.procedure.code, today())


@router.get("/dossiers/{code}/result-versions", response=list[VersionOut], operation_id="list_result_versions")
@opens_to(may_see_registers)
def list_versions(request: SignedInRequest, code: str) -> list[ResultDocument]:
    """The versions of the result, newest first."""
    return versions_of(dossier_of(code, account=request.user))


@router.post("/dossiers/{code}/result-versions", response={201: VersionOut}, operation_id="draft_result")
@opens_to(may_see_registers)
def draft_result(request: SignedInRequest, code: str, form: DraftIn) -> Status:
    """Write a new version from a template, or from a file."""
    if form.file_id is not None:
        return Status(201, results.upload_result(code, file=_file(form.file_id), actor=request.user))
    document = results.draft_result(code, template=form.template, values=form.values, actor=request.user)
    return Status(201, document)


@router.get(
    "/dossiers/{code}/result-versions/{number}/document",
    operation_id="get_result_document",
    openapi_extra={"responses": {200: {"description": "The version drawn", "content": {PDF: {}, WORD: {}}}}},
)
@opens_to(may_see_registers)
def get_document(request: SignedInRequest, code: str, number: int, kind: str = "pdf") -> HttpResponse:
    """A drafted version as PDF, or as DOCX with kind=docx."""
    dossier = dossier_of(code, account=request.user)
    document = ResultDocument.objects.filter(dossier=dossier, version=min(max(number, 0), 32767)).first()
    if document is None or not document.template or kind not in ("pdf", "docx"):
        raise Http404
    signer = Account.objects.filter(code=document.issued_by).values_list("full_name", flat=True).first()
    drawn = result_of(dossier, document, signer=signer or "")
    if kind == "docx":
        return HttpResponse(to_docx(drawn), content_type=WORD)
    return HttpResponse(to_pdf(drawn), content_type=PDF)


@router.post("/dossiers/{code}/signed-result", response=DossierOut, operation_id="attach_signed_result")
@opens_to(may_see_registers)
def attach_signed(request: SignedInRequest, code: str, form: SignedIn) -> Dossier:
    """Add the signed file of a result that is decided."""
    return results.attach_signed(code, file=_file(form.file_id), actor=request.user)


@router.get("/dossiers/{code}/result-return", response=ReturnOut, operation_id="get_result_return")
@opens_to(signed_in)
def get_return(request: SignedInRequest, code: str) -> ResultReturn:
    """How the result went out; 404 before it did."""
    found = ResultReturn.objects.filter(dossier=dossier_of(code, account=request.user)).first()
    if found is None:
        raise Http404
    return found


@router.get("/uncollected-results", response=list[LyingOut], operation_id="list_uncollected_results")
@opens_to(may_follow_collection)
def list_uncollected(request: SignedInRequest) -> list[Any]:
    """Results that lie longer than the rule of the day, longest first."""
    return uncollected(request.user)


@router.post("/dossiers/{code}/remind-collection", response={204: None}, operation_id="remind_collection")
@opens_to(may_receive_at_counter)
def remind(request: SignedInRequest, code: str) -> Status:
    """Remind the applicant that the result waits."""
    collecting.remind(code, actor=request.user)
    return Status(204, None)


@router.post("/dossiers/{code}/delivered", response=ReturnOut, operation_id="note_result_delivered")
@opens_to(may_receive_at_counter)
def delivered(request: SignedInRequest, code: str, form: DeliveredIn) -> ResultReturn:
    """Note that the post handed the result out."""
    return collecting.note_delivered(code, actor=request.user, item_number=form.item_number)


@router.get("/survey-form", response=SurveyFormOut, auth=None, operation_id="get_survey_form")
@opens_to(everyone)
def get_survey_form(request: SignedInRequest) -> SurveyForm:
    """The questions in force."""
    return survey_form_on(today())


@router.post("/dossiers/{code}/survey", response={204: None}, operation_id="answer_survey")
@opens_to(signed_in)
def answer_survey(request: SignedInRequest, code: str, form: SurveyIn) -> Status:
    """Answer the survey of one's own dossier, once."""
    surveying.answer_as_applicant(code, actor=request.user, **form.dict())
    return Status(204, None)


@router.post("/surveys/{invitation}", response={204: None}, auth=None, operation_id="answer_survey_by_code")
@opens_to(everyone)
def answer_by_code(request: SignedInRequest, invitation: str, form: SurveyIn) -> Status:
    """Answer the survey that a one-time code opens."""
    place = str(request.META.get("REMOTE_ADDR", ""))
    surveying.answer_by_code(invitation, place=place, **form.dict())
    return Status(204, None)


@router.get("/survey-results", response=SurveyResultsOut, operation_id="get_survey_results")
@opens_to(may_lead_or_control)
def get_survey_results(request: SignedInRequest, first: date, last: date) -> dict[str, Any]:
    """Scores by unit and official between two days, for heads."""
    after = _after(first, last)
    form = survey_form_on(last)
    answers = answers_in(request.user, first, after)
    units = [_scores(row.unit.code, row.unit.name, row) for row in unit_scores(answers, form, first, after)]
    officials = [_scores(row.code, row.name, row) for row in official_scores(answers, form)]
    return {"form": form.code, "units": units, "officials": officials, "left_out": 0}


@router.get("/public-survey-results", response=SurveyResultsOut, auth=None, operation_id="get_public_survey_results")
@opens_to(everyone)
def get_public_results(request: SignedInRequest, first: date, last: date) -> dict[str, Any]:
    """Scores by unit between two days, without units that have too few answers; never by official."""
    form = survey_form_on(first)
    rows, left_out = public_scores(form, first, _after(first, last))
    units = [_scores(row.unit.code, row.unit.name, row) for row in rows]
    return {"form": form.code, "units": units, "officials": [], "left_out": left_out}


@router.get("/my-dossiers", response=MinePageOut, operation_id="list_my_dossiers")
@opens_to(signed_in)
def list_mine(request: SignedInRequest, group: str = "can-lam", q: str = "", after: str = "") -> dict[str, Any]:
    """The caller's own dossiers of a group: can-lam, dang-giai-quyet, da-xong."""
    if group not in GROUPS:
        raise Refused(f"Nhóm hồ sơ: {', '.join(GROUPS)}.", field="group")
    page = my_dossiers(request.user, group, text=q[:200], after=key_of(after) if after else None, limit=MOST)
    rows = [
        {
            "dossier": row.dossier,
            "asks": [str(ask) for ask in row.asks],
            "done_steps": row.done_steps,
            "steps": row.steps,
        }
        for row in page.rows
    ]
    return {"rows": rows, "after": after_of(page.after) or None}


@router.get("/my-papers", response=MyPapersOut, operation_id="list_my_papers")
@opens_to(signed_in)
def list_papers(request: SignedInRequest, q: str = "", after: str = "") -> dict[str, Any]:
    """The files of the caller's own dossiers, newest first."""
    page = my_papers(request.user, text=q[:200], after=key_of(after) if after else None, limit=MOST)
    found = [
        {
            "dossier": paper.dossier.code,
            "name": paper.component_name,
            "file": paper.file.name,
            "size": paper.file.size,
            "added_at": paper.added_at,
        }
        for paper in page.papers
        if paper.file is not None
    ]
    return {"papers": found, "after": after_of(page.after) or None}


def _file(number: int) -> StoredFile:
    file = StoredFile.objects.filter(pk=min(max(number, 0), 2**63 - 1)).first()
    if file is None:
        raise Refused("Không có tệp này.", field="file_id")
    return file


def _after(first: date, last: date) -> date:
    limit = now().date() + timedelta(days=366)
    if not date(2018, 11, 23) <= first <= last <= limit:
        raise Refused("Ngày đầu phải từ 23/11/2018 và không sau ngày cuối.", field="first")
    return last + timedelta(days=1)


def _scores(code: str, name: str, row: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "answers": row.answers,
        "scores": [
            {
                "number": each.criterion.number,
                "points": float(each.points) if each.points is not None else None,
                "count": each.count,
                "missing": each.criterion.missing,
            }
            for each in row.scores
        ],
        "total": float(row.total.points),
        "most": row.total.most,
        "band": row.total.band,
    }
