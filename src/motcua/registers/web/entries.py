"""One entry: its values, files, history; writing one, amending it, taking it to another state."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.registers.access import entries_for, kept_units, may_keep, may_see_registers, sees_personal
from motcua.registers.actions import attaching, keeping
from motcua.registers.actions.checking import Faulty
from motcua.registers.forms import EntryForm, ReasonForm
from motcua.registers.history import history_of
from motcua.registers.links import page_of_value
from motcua.registers.models import Entry, Register
from motcua.registers.queries import entry_for, findings_of, register_for, version_in_use
from motcua.registers.rules.definitions import Field, Move
from motcua.registers.rules.shapes import ENTRY, FILES, OPEN, VOID
from motcua.registers.values_shown import names_of, shown


@dataclass(frozen=True)
class Told:
    """A field of an entry with its value in words and the page of what it names."""

    field: Field
    text: str
    url: str


@require_GET
@opens_to(may_see_registers)
def entry(request: SignedInRequest, register: str, code: str) -> HttpResponse:
    """One entry."""
    return _page(request, entry_for(request.user, register, code))


def _page(request: SignedInRequest, found: Entry, message: str = "") -> HttpResponse:
    account, definition = request.user, found.definition
    is_inside = sees_personal(account, found.register, found.unit)
    visible = [field for field in definition.fields if is_inside or not field.personal]
    names = names_of(visible, [found.values])
    keeps = may_keep(account, found.register, found.unit)
    ways = [way for way in definition.moves_from(found.state) if keeping.may_go(account, found, way)]
    page = {
        "entry": found,
        "register": found.register,
        "title": found.title if is_inside or not definition.by_code[definition.titled_by].personal else found.code,
        "told": [
            Told(field, text, _page_of(request, field, found.values[field.code]))
            for field in visible
            if field.type != FILES and (text := shown(field, found.values.get(field.code), names))
        ],
        "file_fields": [
            {"field": field, "files": [(pk, names.get(str(pk), "")) for pk in found.values.get(field.code, ())]}
            for field in visible
            if field.type == FILES
        ],
        "hides": len(visible) < len(definition.fields),
        "findings": findings_of(found),
        "may_keep": keeps and found.state_kind != VOID,
        "needs_reason": found.state_kind != OPEN,
        "ways": ways,
        "history": history_of(found, sees_personal=is_inside),
        "message": message,
    }  # fmt: skip
    return render(request, "registers/entry.html", page, status=422 if message else 200)


def _page_of(request: SignedInRequest, field: Field, value: str) -> str:
    """Return the page of what a value names; "" for an entry that the account does not see."""
    if field.type == ENTRY:
        named = Register.objects.filter(code=field.register).first()
        if named is None or not entries_for(request.user, named).filter(code=value).exists():
            return ""
    return page_of_value(field, value)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def keep(request: SignedInRequest, register: str) -> HttpResponse:
    """Write an entry; the address may name the unit (``don-vi``) and fill fields by their codes."""
    found = register_for(request.user, register)
    try:
        version = version_in_use(found)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("registers:registers")
    units = kept_units(request.user, found, version.definition)
    if not units:
        raise Http404
    unit = _unit(request, units)
    fields = [field for field in version.definition.fields if field.is_typed]
    prefilled = {field.code: request.GET[field.code] for field in fields if field.code in request.GET}
    form = EntryForm(request.POST or None, fields=fields, unit=unit, account=request.user, initial=prefilled)
    if request.method == "POST" and form.is_valid():
        try:
            written = keeping.keep(found, unit=unit, values=form.given(), actor=request.user)
        except Refused as refusal:
            _show_faults(form, refusal)
        else:
            messages.success(request, gettext("Đã ghi %(code)s.") % {"code": written.entry.code})
            return redirect("registers:entry", register, written.entry.code)
    later = version.definition.asked_later - prefilled.keys()
    page = {
        "register": found,
        "version": version,
        "form": form,
        "first_fields": [form[field.code] for field in fields if field.code not in later],
        "later_fields": [form[field.code] for field in fields if field.code in later],
        "unit": unit,
        "units": units,
    }
    return render(request, "registers/keep.html", page, status=422 if form.errors else 200)


def _unit(request: SignedInRequest, units: list[Unit]) -> Unit:
    """Return the unit that is asked for, else the reader's own, else the first."""
    asked = request.POST.get("don-vi") or request.GET.get("don-vi") or ""
    own = {post.unit_id for post in request.user.posts_now}
    chosen = next((unit for unit in units if unit.code == asked), None)
    if asked and chosen is None:
        raise Http404
    return chosen or next((unit for unit in units if unit.pk in own), units[0])


def _show_faults(form: forms.Form, refusal: Refused) -> None:
    """Show each fault at its field."""
    for each in refusal.faults if isinstance(refusal, Faulty) else [refusal]:
        name = each.field if each.field in form.fields else None
        label = str(form.fields[name].label) if name else ""
        # The error stands beside the label: its name in front of the words would be said twice.
        form.add_error(name, each.message.removeprefix(f"{label}: ") if label else each.message)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def amend(request: SignedInRequest, register: str, code: str) -> HttpResponse:
    """Correct an entry; once it is done a reason is asked."""
    found = entry_for(request.user, register, code)
    if not may_keep(request.user, found.register, found.unit) or found.state_kind == VOID:
        raise Http404
    fields = [field for field in found.definition.fields if field.is_typed]
    form = EntryForm(
        request.POST or None, fields=fields, unit=found.unit, account=request.user, values=found.values,
        asks_reason=found.state_kind != OPEN,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            keeping.amend(
                code, values=form.given(), actor=request.user, reason=form.cleaned_data.get("reason", ""),
                seen_number=int(seen) if seen.isdecimal() and len(seen) < 9 else None,
            )  # fmt: skip
        except Refused as refusal:
            _show_faults(form, refusal)
        else:
            messages.success(request, gettext("Đã sửa."))
            return redirect("registers:entry", register, code)
    page = {"entry": found, "register": found.register, "form": form}
    return render(request, "registers/amend.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def move(request: SignedInRequest, register: str, code: str, way: str) -> HttpResponse:
    """Take an entry to another state: at once, or after what the move asks was filled in."""
    found = entry_for(request.user, register, code)
    chosen = next((each for each in found.definition.moves_from(found.state) if each.code == way), None)
    if chosen is None or not keeping.may_go(request.user, found, chosen):
        if request.method == "POST":
            return _page(request, found, gettext("Mục này vừa đổi trạng thái. Hãy xem lại."))
        raise Http404
    form = _move_form(request, found, chosen)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        reason = data.pop("reason", "")
        try:
            keeping.move(code, way, values=data, actor=request.user, reason=reason)
        except Refused as refusal:
            if not form.fields:
                return _page(request, found, refusal.message)
            _show_faults(form, refusal)
        else:
            messages.success(request, gettext("%(code)s: %(move)s.") % {"code": code, "move": chosen.name})
            return redirect("registers:entry", register, code)
    page = {"entry": found, "register": found.register, "way": chosen, "form": form}
    return render(request, "registers/move.html", page, status=422 if form.errors else 200)


def _move_form(request: SignedInRequest, found: Entry, way: Move) -> forms.Form:
    asked = [found.definition.by_code[code] for code in way.asks]
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        fields=[field for field in asked if field.is_typed],
        unit=found.unit,
        account=request.user,
        values=found.values,
    )
    for field in form.fields.values():
        field.required = True
    if way.destroys:
        form.fields["reason"] = ReasonForm().fields["reason"]
    return form


@require_POST
@opens_to(may_see_registers)
def attach(request: SignedInRequest, register: str, code: str, field: str) -> HttpResponse:
    """Add files to a field of an entry."""
    found = entry_for(request.user, register, code)
    try:
        files = request.FILES.getlist("file")
        if not files:
            raise Refused(gettext("Chưa chọn tệp."))
        for file in files:
            attaching.attach(code, field, file=file, name=file.name or "", actor=request.user)
    except Refused as refusal:
        return _page(request, found, refusal.message)
    messages.success(request, gettext("Đã thêm tệp."))
    return redirect("registers:entry", register, code)


@require_POST
@opens_to(may_see_registers)
def take_off(request: SignedInRequest, register: str, code: str, field: str, pk: int) -> HttpResponse:
    """Take a file off an entry."""
    found = entry_for(request.user, register, code)
    try:
        attaching.take_off(code, field, file=pk, actor=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        return _page(request, found, refusal.message)
    messages.success(request, gettext("Đã bỏ tệp."))
    return redirect("registers:entry", register, code)


@require_GET
@opens_to(may_see_registers)
def file(request: SignedInRequest, register: str, code: str, pk: int) -> HttpResponseBase:
    """A file of an entry, now or in an earlier change; a personal one only for those who keep and check."""
    found = entry_for(request.user, register, code)
    is_inside = sees_personal(request.user, found.register, found.unit)
    stored = StoredFile.objects.filter(pk=min(pk, 2**63 - 1), subject=code).first()
    shown_in = [
        field for field in found.definition.fields
        if field.type == FILES and (is_inside or (not field.personal and pk in found.values.get(field.code, ())))
    ]  # fmt: skip
    if stored is None or not shown_in:
        raise Http404
    return FileResponse(
        open_stored(stored.sha256), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
