"""Making and amending registers: drafted from a sheet, from JSON or in lines, looked at as a form, published."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import unit_at
from motcua.reading.limited import call_limited
from motcua.registers.access import may_define, may_see_registers, may_trust, sees_register, trusted_units
from motcua.registers.actions import defining, trusting
from motcua.registers.definition_forms import DefinitionForm, NewRegisterForm, json_in
from motcua.registers.forms import EntryForm, TrustForm
from motcua.registers.models import Register, RegisterVersion, Trust
from motcua.registers.rules.guessing import guessed
from motcua.registers.sheet_reading import read_rows
from motcua.registers.states import DRAFT

LARGEST = 5 * 1024 * 1024


@require_http_methods(["GET", "POST"])
@opens_to(may_define)
def definitions(request: SignedInRequest) -> HttpResponse:
    """Every version of every register; a new register from a file."""
    form = NewRegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _drafted(request, form)
            return redirect("registers:define", made.register.code)
        except Refused as refusal:
            form.add_error("title" if refusal.field == "title" else "file", refusal.message)
    versions = RegisterVersion.objects.select_related("register__owner").order_by("register__title", "-number")
    return render(
        request, "registers/definitions.html", {"form": form, "versions": versions}, status=422 if form.errors else 200
    )


def _drafted(request: SignedInRequest, form: NewRegisterForm) -> RegisterVersion:
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise Refused(gettext("Tệp quá lớn: tối đa 5 MB."), field="file")
    content = file.read()
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return defining.draft(json_in(content) or {}, actor=request.user)
    title = form.cleaned_data["title"].strip()
    if not title:
        raise Refused(gettext("Hãy đặt tên cho sổ."), field="title")
    data = guessed(title, call_limited(read_rows, content, file.name), today())
    if Register.objects.filter(code=data["code"]).exists():
        raise Refused(gettext("Đã có sổ mang tên này."), field="title")
    return defining.draft(data, actor=request.user)


@require_http_methods(["GET", "POST"])
@opens_to(may_define)
def define(request: SignedInRequest, register: str) -> HttpResponse:
    """One register's draft, or its newest version as the beginning of the next one; how its form will look."""
    found = get_object_or_404(Register, code=register)
    version = found.versions.filter(state=DRAFT).first() or found.versions.order_by("-number").first()
    if version is None:
        raise Http404
    is_draft = version.state == DRAFT
    initial = DefinitionForm.of(version.data)
    form = DefinitionForm(request.POST or None, initial=initial if is_draft else {**initial, "valid_from": today()})
    if request.method == "POST" and form.is_valid():
        try:
            defining.draft(form.written(version.data), actor=request.user)
        except Refused as refusal:
            field = f"{refusal.field}_lines"
            for words in refusal.message.splitlines():
                form.add_error(field if field in form.fields else None, words)
        else:
            messages.success(request, gettext("Đã lưu bản soạn."))
            return redirect("registers:define", register)
    own = next((post.unit for post in request.user.posts_now), None)
    preview = [field for field in version.definition.fields if field.is_typed]
    page = {
        "register": found,
        "version": version,
        "is_draft": is_draft,
        "form": form,
        "preview": EntryForm(fields=preview, unit=own, account=request.user, prefix="thu") if own else None,
        "versions": found.versions.order_by("-number"),
    }
    return render(request, "registers/define.html", page, status=422 if form.errors else 200)


@require_POST
@opens_to(may_define)
def act(request: SignedInRequest, register: str, verb: str) -> HttpResponse:
    """Publish a draft, give it up, or say which unit looks after the register."""
    get_object_or_404(Register, code=register)
    try:
        if verb == "ban-hanh":
            defining.publish(register, actor=request.user)
            messages.success(request, gettext("Đã ban hành."))
        elif verb == "bo":
            defining.drop_draft(register, actor=request.user)
            return redirect("registers:definitions")
        elif verb == "phu-trach":
            code = request.POST.get("unit", "").strip()
            defining.set_owner(register, unit=unit_at(code) if code else None, actor=request.user)
            messages.success(request, gettext("Đã lưu."))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("registers:define", register)


@require_GET
@opens_to(may_see_registers)
def as_json(request: SignedInRequest, register: str, number: int) -> HttpResponse:
    """A version's definition as JSON, to be taken elsewhere or amended in an editor."""
    found = get_object_or_404(Register, code=register)
    if not may_define(request.user) and not sees_register(request.user, found):
        raise Http404
    version = get_object_or_404(found.versions, number=min(number, 30_000))
    response = HttpResponse(json.dumps(version.data, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{register}-{version.number}.json"'
    return response


@require_http_methods(["GET", "POST"])
@opens_to(may_see_registers)
def trusts(request: SignedInRequest, register: str) -> HttpResponse:
    """Who keeps a confidential register; heads of agencies and administrators say so for their units."""
    found = get_object_or_404(Register, code=register, is_confidential=True)
    rows = Trust.objects.filter(register=found, ended_at__isnull=True).select_related("account", "unit")
    mine = [row for row in rows if may_trust(request.user, row.unit)]
    tops = [post.unit for post in request.user.posts_now if may_trust(request.user, post.unit)]
    if not tops and not trusted_units(request.user, found):
        raise Http404
    form = TrustForm(request.POST or None, initial={"unit": tops[0].code if tops else ""}) if tops else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            trusting.entrust(found, account=_account(form), unit=_unit(form), actor=request.user)
            messages.success(request, gettext("Đã giao sổ."))
            return redirect("registers:trusts", register)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {"register": found, "rows": mine, "form": form}
    return render(request, "registers/trusts.html", page, status=422 if form is not None and form.errors else 200)


def _account(form: TrustForm) -> Account:
    found = Account.objects.filter(username=form.cleaned_data["username"].strip()).first()
    if found is None:
        raise Refused(gettext("Không có tài khoản này."), field="username")
    return found


def _unit(form: TrustForm) -> Unit:
    return unit_at(form.cleaned_data["unit"].strip())


@require_POST
@opens_to(may_see_registers)
def end_trust(request: SignedInRequest, register: str, pk: int) -> HttpResponse:
    """Take a confidential register back from somebody."""
    try:
        trusting.end_trust(min(pk, 2**63 - 1), actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("registers:trusts", register)
