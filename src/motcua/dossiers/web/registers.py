"""Lists of dossiers: one's own, and the registers of officials."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import now
from motcua.base.guard import opens_to
from motcua.base.paging import after_of, key_of
from motcua.base.refusal import Refused
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.sheets import document_to_xlsx
from motcua.documents.rendering.word import to_docx
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import register, return_methods
from motcua.dossiers.rendering.register import register_of
from motcua.dossiers.web.export import as_csv
from motcua.dossiers.web.filters import BookForm, RegisterForm, units_seen
from motcua.dossiers.web.showing import tone_of

PAGE = 50
CSV_PAGE = 1000
# How a register is drawn, and how many dossiers one file takes at most.
BOOKS: dict[str, tuple[Callable[[OfficialDocument], bytes], str, int]] = {
    "xlsx": (document_to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 10_000),
    "pdf": (to_pdf, "application/pdf", 2_000),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 1_000),
}


@never_cache
@require_GET
@opens_to(may_see_registers)
def register_page(request: HttpRequest) -> HttpResponseBase:
    """The register that the reader's posts open, narrowed by filters; as CSV with format=csv."""
    form = RegisterForm(request.GET, units=units_seen(request.user))
    if not form.is_valid():
        page = {"form": form, "rows": [], "after": "", "chips": []}
        return render(request, "dossiers/register.html", page, status=422)
    filters = form.filters()
    if request.GET.get("format") == "csv":

        def read(key: Any) -> tuple[list[Dossier], Any]:
            part = register(request.user, filters=filters, after=key, limit=CSV_PAGE)
            return part.dossiers, part.after

        return as_csv(read, "so-theo-doi-ho-so")
    after = request.GET.get("after")
    found = register(request.user, filters=filters, after=key_of(after) if after else None, limit=PAGE)
    page = {
        "form": form,
        "rows": rows_of(found.dossiers),
        "after": after_of(found.after),
        "chips": form.chips(request),
        "is_first": not after,
    }
    return render(request, "dossiers/register.html", page)


@never_cache
@require_GET
@opens_to(may_see_registers)
def book(request: HttpRequest) -> HttpResponse:
    """Ask for the unit and the period of the register, with the ways to take it along."""
    form = BookForm.asked(request.GET, units_seen(request.user))
    kinds = {"xlsx": "Excel (XLSX)", "pdf": "PDF", "docx": "Word (DOCX)", "csv": "CSV"}
    status = 200 if form.is_valid() else 422
    return render(request, "dossiers/book.html", {"form": form, "kinds": kinds}, status=status)


@never_cache
@require_GET
@opens_to(may_see_registers)
def book_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The register of a unit and a period as XLSX, PDF, DOCX or CSV (form 06/07); long ones say where they end."""
    form = BookForm.asked(request.GET, units_seen(request.user))
    if kind not in BOOKS and kind != "csv":
        raise Http404
    if not form.is_valid():
        return render(request, "dossiers/book.html", {"form": form, "kinds": {}}, status=422)
    filters = form.filters()
    name = f"so-theo-doi-{filters.received_from:%Y%m%d}-{filters.received_to:%Y%m%d}"
    if kind == "csv":

        def read(key: Any) -> tuple[list[Dossier], Any]:
            part = register(request.user, filters=filters, after=key, limit=CSV_PAGE)
            return part.dossiers, part.after

        return as_csv(read, name)
    draw, media_type, most = BOOKS[kind]
    found = register(request.user, filters=filters, limit=most)
    note = gettext("Sổ dài hơn: chỉ in %(most)s hồ sơ mới nhất. Hãy chọn kỳ ngắn hơn.") % {"most": most}
    try:
        document = register_of(
            form.unit(), form.cleaned_data["tu"], form.cleaned_data["den"], found.dossiers[::-1],
            return_methods([each.code for each in found.dossiers]), note=note if found.after else "",
        )  # fmt: skip
    except LookupError as error:
        raise Refused(gettext("Chưa có bộ mẫu giấy của ngày đó.")) from error
    response = HttpResponse(draw(document), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def rows_of(dossiers: list[Dossier]) -> list[dict[str, Any]]:
    """Return the dossiers as lists show them."""
    instant = now()
    return [
        {
            "dossier": each,
            "tone": tone_of(each.state, is_late=bool(each.is_clock_running and each.due_at and each.due_at < instant)),
        }
        for each in dossiers
    ]
