"""Taking many entries in from a sheet: the empty sheet, the file, what would come of it, yes or no."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES
from motcua.organizations.access import SignedInRequest
from motcua.reading.limited import call_limited
from motcua.registers.access import kept_units, may_see_registers
from motcua.registers.actions import importing
from motcua.registers.forms import ImportForm
from motcua.registers.listing import columns_of, rows_shown
from motcua.registers.models import ImportDraft
from motcua.registers.queries import register_for, version_in_use
from motcua.registers.rendering import template_sheet
from motcua.registers.sheet_reading import read_rows
from motcua.registers.web.pages import version_shown

LARGEST = 5 * 1024 * 1024


@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def upload(request: SignedInRequest, register: str) -> HttpResponse:
    """Choose the unit and the file."""
    found = register_for(request.user, register)
    units = kept_units(request.user, found, version_shown(found).definition)
    if not units:
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise Refused(gettext("Tệp quá lớn: tối đa 5 MB."), field="file")
            draft = importing.draft_import(
                found,
                unit=next(unit for unit in units if unit.code == form.cleaned_data["unit"]),
                rows=call_limited(read_rows, file.read(), file.name),
                file_name=file.name,
                actor=request.user,
            )
            return redirect("registers:import_draft", register, draft.pk)
        except Refused as refusal:
            form.add_error("file" if refusal.field != "unit" else "unit", refusal.message)
    page = {"register": found, "form": form}
    return render(request, "registers/import.html", page, status=422 if form.errors else 200)


@require_GET
@opens_to(may_see_registers)
def template(request: SignedInRequest, register: str) -> HttpResponse:
    """The empty sheet."""
    found = register_for(request.user, register)
    version = version_shown(found)
    response = HttpResponse(template_sheet(version), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="mau-{register}.xlsx"'
    return response


@require_GET
@opens_to(may_see_registers)
def looked_at(request: SignedInRequest, register: str, pk: int) -> HttpResponse:
    """What a file would become; nothing of it is kept yet."""
    found = register_for(request.user, register)
    draft = _draft(request, register, pk)
    looked = importing.look_at(draft, actor=request.user)
    columns = columns_of(version_in_use(found).definition)
    page = {
        "register": found,
        "draft": draft,
        "looked": looked,
        "columns": columns,
        "rows": rows_shown(request.user, found, columns, looked.entries[:100]),
    }
    return render(request, "registers/import_draft.html", page)


@require_POST
@opens_to(may_see_registers)
def decide(request: SignedInRequest, register: str, pk: int, verb: str) -> HttpResponse:
    """Take the file in, or give it up."""
    register_for(request.user, register)
    if verb == "bo":
        importing.drop_import(pk, actor=request.user)
        return redirect("registers:entries", register)
    if verb != "nhap":
        raise Http404
    try:
        entries = importing.import_rows(pk, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        if ImportDraft.objects.filter(pk=pk, made_by=request.user.code).exists():
            return redirect("registers:import_draft", register, pk)
        return redirect("registers:entries", register)
    messages.success(request, gettext("Đã nhập %(count)s mục.") % {"count": len(entries)})
    return redirect("registers:entries", register)


def _draft(request: SignedInRequest, register: str, pk: int) -> ImportDraft:
    rows = ImportDraft.objects.select_related("register", "unit")
    found = rows.filter(pk=min(pk, 2**63 - 1), made_by=request.user.code, register__code=register).first()
    if found is None:
        raise Http404
    return found
