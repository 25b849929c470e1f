"""What may be taken along: the files of a dossier and its slips, each only for who sees the dossier."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import VIETNAM
from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.word import to_docx
from motcua.documents.storage import open_stored
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.actions.collecting import note_opened
from motcua.dossiers.queries.dossier import dossier_of, dossier_page
from motcua.dossiers.rendering.receipt import receipt_pdf
from motcua.dossiers.rendering.slips import form_of_dossier
from motcua.dossiers.states import DECIDED, RETURNED
from motcua.organizations.access import SignedInRequest
from motcua.procedures.eforms import form_of
from motcua.procedures.gateways.unit_trees import words_of
from motcua.procedures.rendering.eform_pdf import eform_pdf

APPLICANT_COLUMNS = {
    "name": "applicant_name",
    "identity_number": "identity_number",
    "phone": "phone",
    "email": "email",
    "address": "address",
}
DRAWN: dict[str, tuple[Callable[[OfficialDocument], bytes], str]] = {
    "pdf": (to_pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


@never_cache
@require_GET
@opens_to(signed_in)
def paper(request: HttpRequest, code: str, paper_id: int) -> HttpResponseBase:
    """A file of the dossier, to be kept; with ?xem shown in the browser where it is a PDF or a picture."""
    dossier = dossier_of(_known(code), account=request.user)
    found = get_object_or_404(dossier.papers.select_related("file"), pk=min(paper_id, 2**63 - 1), file__isnull=False)
    assert found.file is not None  # the query asks for papers with a file
    return sent(found.file, is_shown="xem" in request.GET)


@never_cache
@require_GET
@opens_to(signed_in)
def result(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The signed result; the applicant has it once it is decided, and has received it once it is opened."""
    dossier = dossier_of(_known(code), account=request.user)
    if dossier.result_file is None or not (may_see_registers(request.user) or dossier.state in (DECIDED, RETURNED)):
        raise Http404
    if dossier.state == RETURNED:
        note_opened(dossier, actor=request.user)
    return sent(dossier.result_file, is_shown="xem" in request.GET)


@never_cache
@require_GET
@opens_to(signed_in)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Slip 01 as PDF."""
    page = dossier_page(_known(code), account=request.user)
    return _pdf(receipt_pdf(page), f"giay-tiep-nhan-{code}.pdf")


@never_cache
@require_GET
@opens_to(signed_in)
def form(request: HttpRequest, code: str, slug: str, kind: str) -> HttpResponse:
    """A form of the set (DOMAIN 4.7) as PDF or DOCX, once the dossier has come so far."""
    found = dossier_page(_known(code), account=request.user)
    document = form_of_dossier(slug, found, is_official=may_see_registers(request.user))
    if document is None or kind not in DRAWN:
        raise Http404
    draw, media_type = DRAWN[kind]
    response = HttpResponse(draw(document), content_type=media_type)
    how = "inline" if kind == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{slug}-{code}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_GET
@opens_to(signed_in)
def declaration(request: HttpRequest, code: str) -> HttpResponse:
    """What was declared, on the form it was declared with, as PDF to print and sign."""
    dossier = dossier_of(_known(code), account=request.user)
    if dossier.form_version_id is None:
        raise Http404
    applicant = {name: getattr(dossier, column) for name, column in APPLICANT_COLUMNS.items()}
    pdf = eform_pdf(
        form_of(dossier.form_version_id),
        procedure=dossier.version.name,
        footer=gettext("Hồ sơ %(code)s") % {"code": code},
        day=dossier.filed_at.astimezone(VIETNAM).date(),
        place_words=words_of,
        answers=dossier.answers,
        applicant=applicant,
    )
    return _pdf(pdf, f"to-khai-{code}.pdf")


def _known(code: str) -> str:
    if "\0" in code:
        raise Http404
    return code


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def sent(file: StoredFile, *, is_shown: bool) -> FileResponse:
    """Return the bytes with their own type; what a browser would run is never shown in it.

    Raises:
        Refused: the bytes are not on this disk.
    """
    try:
        content = open_stored(file.sha256)
    except FileNotFoundError as error:
        raise Refused(gettext("Tệp “%(name)s” hiện không đọc được trên máy chủ này.") % {"name": file.name}) from error
    is_inline = is_shown and file.media_type in SHOWN
    response = FileResponse(content, as_attachment=not is_inline, filename=file.name, content_type=file.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if is_inline:  # pages of ours may show it beside a form
        response.headers["Content-Security-Policy"] = "default-src 'self'; object-src 'self'; frame-ancestors 'self'"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    else:
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
