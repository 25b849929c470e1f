"""The result of a dossier: written from a template, looked at before it is kept, by versions; its signed file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.documents.rendering.pdf import to_pdf
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.access.results import may_draft, may_sign_file
from motcua.dossiers.actions import results
from motcua.dossiers.models import Dossier, ResultDocument, ResultReturn
from motcua.dossiers.queries.collection import versions_of
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.dossiers.queries.result_templates import all_templates, templates_for
from motcua.dossiers.rendering.result import described, result_of
from motcua.dossiers.rules.result_templates import ResultTemplate, checked_values
from motcua.dossiers.states import COLLECTORS, RETURN_METHODS
from motcua.dossiers.web.papers import DRAWN, sent
from motcua.dossiers.web.result_forms import DraftForm, ResultFileForm
from motcua.dossiers.web.uploads import keep
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account

PREVIEW = "xem"


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def write(request: SignedInRequest, code: str) -> HttpResponse:
    """Choose a template, fill it, look at the page it makes, keep it as a new version."""
    dossier = dossier_of(_known(code), account=request.user)
    if not may_draft(request.user, dossier, run_of(code, account=request.user)):
        raise Http404
    offered = templates_for(dossier.version.procedure.code, today())
    asked = request.POST.get("mau") or request.GET.get("mau", "")
    template = next((each for each in offered if each.code == asked), None)
    if request.method == "GET" or template is None:
        return _show(request, dossier, offered, template)
    form = DraftForm(request.POST, template=template)
    if form.is_valid():
        try:
            if request.POST.get("lam") == PREVIEW:
                return _preview(dossier, template, form.cleaned_data)
            results.draft_result(code, template=template.code, values=form.cleaned_data, actor=request.user)
            messages.success(request, gettext("Đã lưu dự thảo kết quả."))
            return redirect("dossiers:write_result", code)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _show(request, dossier, offered, template, form=form, status=422)


@require_POST
@opens_to(may_see_registers)
def upload(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep a file as the next version, or as the signed file of a result that is decided."""
    dossier = dossier_of(_known(code), account=request.user)
    form = ResultFileForm(request.POST, request.FILES)
    back = "dossiers:dossier" if dossier.decided_at else "dossiers:write_result"
    try:
        if not form.is_valid() or not form.cleaned_data["file"]:
            raise Refused(gettext("Chưa chọn tệp kết quả."))
        file = StoredFile.objects.get(pk=keep(form.cleaned_data["file"][0], request.user)["id"])
        if dossier.decided_at:
            results.attach_signed(code, file=file, actor=request.user)
        else:
            results.upload_result(code, file=file, actor=request.user)
        messages.success(request, gettext("Đã gắn tệp kết quả."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(back, code)


@never_cache
@require_GET
@opens_to(may_see_registers)
def version(request: HttpRequest, code: str, number: int, kind: str) -> HttpResponseBase:
    """One version: drawn as PDF or DOCX where it was drafted, the file itself (``tep``) where there is one."""
    dossier = dossier_of(_known(code), account=request.user)
    versions = ResultDocument.objects.select_related("signed_file")
    document = get_object_or_404(versions, dossier=dossier, version=min(number, 32767))
    if kind == "tep" and document.signed_file is not None:
        return sent(document.signed_file, is_shown=True)
    if not document.template or kind not in DRAWN:
        raise Http404
    signer = Account.objects.filter(code=document.issued_by).values_list("full_name", flat=True).first()
    draw, media_type = DRAWN[kind]
    try:
        drawn = draw(result_of(dossier, document, signer=signer or ""))
    except LookupError as error:
        raise Http404 from error
    response = HttpResponse(drawn, content_type=media_type)
    how = "inline" if kind == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="ket-qua-{code}-ban-{number}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def result_context(account: Any, dossier: Dossier, run: Any) -> dict[str, Any]:
    """Return what the dossier's page shows of its result: versions for officials, how it went out, what may be done."""
    gone_out = ResultReturn.objects.filter(dossier=dossier).first() if dossier.returned_at else None
    context: dict[str, Any] = {
        "gone_out": gone_out,
        "gone_out_how": RETURN_METHODS.get(gone_out.method, "") if gone_out else "",
        "gone_out_to": COLLECTORS.get(gone_out.collector, "") if gone_out else "",
        "may_survey": dossier.returned_at is not None
        and dossier.applicant_id == account.pk
        and not hasattr(dossier, "survey_answer"),
    }
    if not account.is_official:
        return context | {"result_versions": [], "may_draft": False, "may_sign_file": False}
    return context | {
        "result_versions": _shown(versions_of(dossier)),
        "may_draft": may_draft(account, dossier, run),
        "may_sign_file": dossier.result_file_id is None and may_sign_file(account, dossier),
        "result_file_form": ResultFileForm(auto_id="ket-qua-%s"),
    }


def _shown(versions: list[ResultDocument]) -> list[dict[str, Any]]:
    drafted = any(each.template for each in versions)
    names = {(each.code, each.valid_from): each.name for each in all_templates()} if drafted else {}
    return [
        {
            "document": each,
            "name": names.get((each.template, each.template_from), each.template) if each.template else "",  # type: ignore[arg-type]
            "is_current": position == 0,
        }
        for position, each in enumerate(versions)
    ]


def _show(
    request: SignedInRequest,
    dossier: Dossier,
    offered: list[ResultTemplate],
    template: ResultTemplate | None,
    *,
    form: DraftForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = versions_of(dossier)
    if form is None and template is not None:
        last = next((each for each in versions if each.template == template.code), None)
        form = DraftForm(template=template, initial=last.values if last else {"subject": dossier.version.name[:200]})
    page = {
        "dossier": dossier,
        "offered": offered,
        "template": template,
        "form": form,
        "file_form": ResultFileForm(),
        "versions": _shown(versions),
    }
    return render(request, "dossiers/write_result.html", page, status=status)


def _preview(dossier: Dossier, template: ResultTemplate, typed: dict[str, str]) -> HttpResponse:
    response = HttpResponse(
        to_pdf(described(dossier, template, checked_values(template, typed))), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = 'inline; filename="xem-truoc.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _known(code: str) -> str:
    if "\0" in code:
        raise Http404
    return code
