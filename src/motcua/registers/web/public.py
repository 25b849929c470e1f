"""Public registers for everybody, as pages and as open data."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.guard import everyone, opens_to
from motcua.documents.rendering.list_file import MEDIA_TYPES, csv_text
from motcua.registers.models import RegisterVersion
from motcua.registers.public import public_entries, public_fields, public_rows, public_versions
from motcua.registers.rendering import heading
from motcua.registers.rules.definitions import Field
from motcua.registers.rules.shapes import LONG_TEXT

PAGE, MOST_COLUMNS, MOST_EXPORTED = 50, 5, 20_000


@require_GET
@opens_to(everyone)
def registers(request: HttpRequest) -> HttpResponse:
    """The registers that are open to everybody."""
    return render(request, "registers/public_registers.html", {"versions": public_versions()})


def _version(register: str) -> RegisterVersion:
    found = next((each for each in public_versions() if each.register.code == register), None)
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(everyone)
def register(request: HttpRequest, register: str) -> HttpResponse:
    """The entries of a public register, newest first."""
    version = _version(register)
    shown_fields = _columns(version)
    number = request.GET.get("page", "1")
    listed = Paginator(public_entries(version.register), PAGE).get_page(number if number.isdecimal() else 1)
    page = {
        "register": version.register,
        "definition": version.definition,
        "titled": shown_fields[0],
        "fields": shown_fields[1:],
        "page": listed,
        "rows": public_rows(list(listed.object_list), shown_fields),
    }
    return render(request, "registers/public_register.html", page)


def _columns(version: RegisterVersion) -> list[Field]:
    """Return the field that names an entry, the one that dates it and the first short ones."""
    definition = version.definition
    first = [definition.by_code[definition.titled_by], definition.by_code[definition.dated_by]]
    others = [each for each in public_fields(version) if each not in first and each.type != LONG_TEXT]
    return [*first, *others][:MOST_COLUMNS]


@require_GET
@opens_to(everyone)
def open_data(request: HttpRequest, register: str, file_format: str) -> HttpResponse:
    """A public register whole, as CSV or JSON."""
    version = _version(register)
    fields = public_fields(version)
    rows = public_rows(list(public_entries(version.register)[:MOST_EXPORTED]), fields)
    if file_format == "json":
        entries = [
            {
                "code": row.entry.code,
                "unit": row.entry.unit.code,
                "unit_name": row.entry.unit.name,
                "on": row.entry.on.isoformat(),
                "state": row.entry.state,
                "values": {field.code: value for field, value, _words in row.values if value is not None},
            }
            for row in rows
        ]
        told = [{"code": field.code, "name": field.name, "type": field.type} for field in fields]
        answer = {"register": register, "title": version.register.title, "fields": told, "entries": entries}
        return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    if file_format != "csv":
        raise Http404
    head = [gettext("Mã"), gettext("Đơn vị"), *(heading(field) for field in fields), gettext("Trạng thái")]
    lines = [
        [row.entry.code, row.entry.unit.name, *(words for _field, _value, words in row.values), row.entry.state_label]
        for row in rows
    ]
    response = HttpResponse(csv_text(head, lines), content_type=MEDIA_TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{register}.csv"'
    return response
