"""All registers; one register's entries: narrowed, paged, added up, as files and for printing."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.registers import desk
from motcua.registers.access import entries_for, kept_units, may_define, may_see_registers
from motcua.registers.forms import FilterForm
from motcua.registers.listing import MOST_EXPORTED, Asked, columns_of, entries_asked, page_of, rows_shown
from motcua.registers.models import Register, RegisterVersion
from motcua.registers.overview import all_registers, grouped
from motcua.registers.queries import last_version, register_for
from motcua.registers.rendering import as_data, as_file

MOST_PRINTED, FEW = 2_000, 10


@require_GET
@opens_to(may_see_registers)
def registers(request: SignedInRequest) -> HttpResponse:
    """Every register that the reader sees, by subject (``nhom``: one), with what is open, overdue and missing."""
    groups = grouped(all_registers(request.user))
    asked = request.GET.get("nhom", "")
    shown = [group for group in groups if group.name == asked] if asked else groups
    page = {
        "names": [group.name for group in groups if group.name],
        "asked": asked if shown and asked else "",
        "groups": shown or groups,
        "waiting": [*desk.due(request.user, FEW).entries, *desk.missing(request.user, FEW).entries],
        "may_define": may_define(request.user),
        "year": today().year,
    }
    return render(request, "registers/registers.html", page)


@require_GET
@opens_to(may_see_registers)
def entries(request: SignedInRequest, register: str) -> HttpResponse:
    """The entries of a register; ``format``: csv, xlsx, json or print for all that are asked for."""
    found = register_for(request.user, register)
    version = version_shown(found)
    definition = version.definition
    form = FilterForm(request.GET or None, definition=definition, units=_units(request, found))
    asked = asked_in(form) if form.is_bound and form.is_valid() else Asked()
    rows = entries_asked(request.user, found, definition, asked)
    file_format = request.GET.get("format", "")
    if file_format and not form.errors:
        return _whole(request, version, rows, file_format)
    try:
        listed = page_of(request.user, found, definition, rows, request.GET.get("after", ""))
    except Refused:
        listed = page_of(request.user, found, definition, rows, "")
    page = {
        "register": found,
        "version": version,
        "definition": definition,
        "dated": definition.by_code[definition.dated_by],
        "form": form,
        "is_narrowed": asked != Asked(),
        "page": listed,
        "may_keep": bool(kept_units(request.user, found, definition)),
        "may_define": may_define(request.user),
        "many_units": len({row.entry.unit_id for row in listed.rows}) > 1 or bool(asked.unit),
    }
    return render(request, "registers/entries.html", page, status=422 if form.errors else 200)


def version_shown(register: Register) -> RegisterVersion:
    """Return the version by which a register is shown. Raises Http404 where none was ever published."""
    version = last_version(register)
    if version is None:
        raise Http404
    version.register = register
    return version


def asked_in(form: FilterForm) -> Asked:
    """Return what a valid filter form asks for."""
    data = form.cleaned_data
    return Asked(
        words=data.get("q", "").strip(),
        unit=data.get("don_vi", ""),
        first=data.get("tu"),
        last=data.get("den"),
        state=data.get("trang_thai", ""),
        measure=data.get("so", ""),
        fields=tuple((field.code, value) for field in form.narrowed if (value := data.get(f"f_{field.code}"))),
    )


def _units(request: SignedInRequest, register: Register) -> list[Unit]:
    """Return the units that the list can be narrowed to: those with entries, and the one that is asked for."""
    wanted = set(entries_for(request.user, register).order_by().values_list("unit", flat=True).distinct())
    code = request.GET.get("don-vi", "")[:40].replace("\0", "")
    rows = list(Unit.objects.filter(pk__in=wanted))
    if code and code not in {unit.code for unit in rows}:
        rows += Unit.objects.in_force().filter(code=code)[:1]
    return sorted({unit.code: unit for unit in rows}.values(), key=lambda unit: unit.sort_key)


def _whole(request: SignedInRequest, version: RegisterVersion, rows: Any, file_format: str) -> HttpResponse:
    """Answer with all entries that were asked for."""
    definition = version.definition
    ordered = list(rows.order_by("on", "pk")[:MOST_EXPORTED])
    if file_format == "print":
        columns = columns_of(definition)
        printed = rows_shown(request.user, version.register, columns, ordered[:MOST_PRINTED])
        dated = definition.by_code[definition.dated_by]
        page = {"version": version, "columns": columns, "dated": dated, "rows": printed, "day": today()}
        return render(request, "registers/printed.html", page)
    shown = rows_shown(request.user, version.register, definition.fields, ordered)
    if file_format == "json":
        return JsonResponse(as_data(version, shown), json_dumps_params={"ensure_ascii": False})
    if file_format not in MEDIA_TYPES:
        raise Http404
    content = as_file(version, shown, file_format)
    response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{version.register.code}.{file_format}"'
    return response
