"""The builder: a draft's parts and fields put, ordered and taken out, one change at a time, without JavaScript."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, may_control
from motcua.procedures import eform_states as words
from motcua.procedures.actions import eforms as actions
from motcua.procedures.eform_forms import FieldForm, GeneralForm, PartForm, PublishForm, name_from, ticked
from motcua.procedures.eforms import attachments_of, versions_measured
from motcua.procedures.models import FormVersion
from motcua.procedures.models.eforms import DRAFT
from motcua.procedures.queries import version_at
from motcua.procedures.rules.eforms import editing
from motcua.procedures.rules.eforms import form as kinds
from motcua.procedures.rules.eforms.burden import TARGET, burden_of
from motcua.procedures.rules.eforms.faults import faults_of
from motcua.procedures.rules.eforms.form import Eform, Field, Part

_CONTROLS = (kinds.CHOICE, kinds.CHOICES, kinds.CONFIRM)


@require_POST
@opens_to(may_control)
def begin(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    try:
        actions.begin_draft(code, actor=request.user.code)
    except Refused as refusal:
        raise Http404 from refusal
    return redirect("procedures:eform_draft", code)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_control)
def draft(request: SignedInRequest, code: str) -> HttpResponse:
    """The draft as a table; POST ``up``, ``down`` or ``remove`` with the name of a part or field."""
    found = _draft(code)
    if request.method != "POST":
        return _show(request, found)
    form = found.form
    for verb, by in (("up", -1), ("down", 1)):
        if verb in request.POST:
            form = editing.moved(form, request.POST[verb], by)
    if "remove" in request.POST:
        form = editing.removed(form, request.POST["remove"])
    try:
        actions.change_draft(found, form=form, seen=request.POST.get("seen", ""), actor=request.user.code)
    except Refused as refusal:
        return _show(request, found, message=refusal.message, status=409)
    return redirect("procedures:eform_draft", code)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_control)
def general(request: SignedInRequest, code: str) -> HttpResponse:
    """Title, addressee, what is taken from the account, what is no longer asked."""
    found = _draft(code)
    form = GeneralForm(request.POST or None, initial=GeneralForm.values_of(found.form, found.source))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changed = replace(
            found.form, title=data["title"], addressee=data["addressee"], pledge=data["pledge"],
            applicant=tuple(name for name in kinds.APPLICANT if name in data["applicant"]),
            dropped=form.dropped_of(found.form),
        )  # fmt: skip
        try:
            actions.change_draft(
                found, form=changed, source=data["source"], seen=request.POST.get("seen", ""), actor=request.user.code
            )
            return redirect("procedures:eform_draft", code)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _ask(request, found, form)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_control)
def part(request: SignedInRequest, code: str, name: str) -> HttpResponse:
    """Change the part ``name``; ``+`` is a new one."""
    found = _draft(code)
    present = next((one for one in found.form.parts if one.name == name), None)
    if present is None and name != "+":
        raise Http404
    before = _controls_before(found.form, present.fields[0].name if present and present.fields else "")
    initial = {"title": present.title, "hint": present.hint, "when": ticked(present.when, before)} if present else {}
    form = PartForm(request.POST or None, initial=initial)
    form.offer(before)
    if request.method == "POST" and form.is_valid():
        made = form.part(name if present else _new_name(found.form, form.cleaned_data["title"]),
                         present.fields if present else ())  # fmt: skip
        changed = editing.put_part(found.form, made, instead_of=name if present else "")
        if answer := _kept(request, found, changed, form):
            return answer
    return _ask(request, found, form)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_control)
def field(request: SignedInRequest, code: str, into: str, name: str) -> HttpResponse:
    """Change the field ``name`` of the part or group ``into``; ``+`` is a new one."""
    found = _draft(code)
    holder = _holder(found.form, into)
    present = next((one for one in holder.fields if one.name == name), None)
    if present is None and name != "+":
        raise Http404
    before = _controls_before(found.form, *_place(found.form, holder, present))
    form = FieldForm(request.POST or None, initial=FieldForm.values_of(present, before) if present else {})
    form.offer(before)
    if request.method == "POST" and form.is_valid():
        made = form.field(
            name if present else _new_name(found.form, form.cleaned_data["title"]), present.fields if present else ()
        )
        changed = editing.put_field(found.form, made, into=into, instead_of=name if present else "")
        if answer := _kept(request, found, changed, form):
            return answer
    return _ask(request, found, form)


@require_POST
@opens_to(may_control)
def publish(request: SignedInRequest, code: str) -> HttpResponse:
    """Publish the draft."""
    found = _draft(code)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            actions.publish_draft(code, valid_from=form.cleaned_data["valid_from"], actor=request.user.code)
            return redirect("procedures:eform", code)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _show(request, found, publishing=form, status=422)


@require_POST
@opens_to(may_control)
def drop(request: SignedInRequest, code: str) -> HttpResponse:
    """Drop the draft."""
    try:
        actions.drop_draft(code, actor=request.user.code)
    except Refused as refusal:
        raise Http404 from refusal
    return redirect("procedures:eform", code)


def _draft(code: str) -> FormVersion:
    found = FormVersion.objects.select_related("procedure").filter(procedure__code=code.replace("\0", ""), state=DRAFT)
    version = found.first()
    if version is None:
        raise Http404
    return version


def _holder(form: Eform, into: str) -> Part | Field:
    for one in form.parts:
        if one.name == into:
            return one
    group = form.find(into)
    if group is None or group.kind != kinds.GROUP:
        raise Http404
    return group


def _place(form: Eform, holder: Part | Field, present: Field | None) -> tuple[str, str]:
    """Return (top-level field, field in it) before which a condition may look."""
    name = present.name if present else ""
    if isinstance(holder, Field):
        return holder.name, name
    if name:
        return name, ""
    after = form.parts.index(holder) + 1
    return next((one.fields[0].name for one in form.parts[after:] if one.fields), ""), ""


def _controls_before(form: Eform, until: str, inside: str = "") -> list[Field]:
    """Return the choices that stand before the field ``until`` ("": all), and in it before ``inside``."""
    found: list[Field] = []
    for one in form.fields:
        if one.name == until:
            children = [child for child in one.fields]
            names = [child.name for child in children]
            end = names.index(inside) if inside in names else len(children)
            found += [child for child in children[:end] if child.kind in _CONTROLS]
            break
        if one.kind in _CONTROLS:
            found.append(one)
    return found


def _new_name(form: Eform, title: str) -> str:
    return name_from(title, [*(part.name for part in form.parts), *(one.name for one in form.every_field())])


def _kept(request: SignedInRequest, found: FormVersion, changed: Eform, form: Any) -> HttpResponse | None:
    """Keep the change and go back to the table; a refusal is told on the form, and None returned."""
    try:
        actions.change_draft(found, form=changed, seen=request.POST.get("seen", ""), actor=request.user.code)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    return redirect("procedures:eform_draft", found.procedure.code)


def _ask(request: SignedInRequest, found: FormVersion, form: Any) -> HttpResponse:
    page = {
        "version": found,
        "code": found.procedure.code,
        "form": form,
        "seen": request.POST.get("seen") or actions.digest_of(found),
        "back": reverse("procedures:eform_draft", args=[found.procedure.code]),
    }
    return render(request, "procedures/eform_edit.html", page, status=422 if form.errors else 200)


def _show(
    request: SignedInRequest,
    found: FormVersion,
    *,
    message: str = "",
    publishing: PublishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    code, form = found.procedure.code, found.form
    procedure = version_at(code)
    faults: dict[str, list[str]] = {}
    for fault in faults_of(form):
        faults.setdefault(fault.where, []).append(fault.message)
    published = [one for one in versions_measured(code) if not one.version.is_draft]
    page = {
        "version": found,
        "code": code,
        "name": procedure.name if procedure else code,
        "seen": actions.digest_of(found),
        "parts": [
            {"part": one, "rows": _rows(one, faults), "faults": faults.get(one.name, []), "has_condition": one.when}
            for one in form.parts
        ],
        "faults": faults.get("", []),
        "is_ready": not faults,
        "burden": burden_of(form, attachments_of(code)),
        "before": published[0] if published else None,
        "target": TARGET,
        "message": message,
        "publishing": publishing or PublishForm(),
    }
    return render(request, "procedures/eform_draft.html", page, status=status)


def _rows(one: Part, faults: dict[str, list[str]]) -> list[dict[str, Any]]:
    rows = []
    for top in one.fields:
        rows.append(_row(top, one.name, top.name, faults))
        rows += [_row(child, top.name, f"{top.name}.{child.name}", faults) for child in top.fields]
    return rows


def _row(one: Field, into: str, name: str, faults: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "field": one,
        "into": into,
        "name": name,
        "is_child": "." in name,
        "kind": words.KINDS.get(one.kind, one.kind),
        "known_to": words.STORES.get(one.known_to, ""),
        "faults": faults.get(name, []),
    }
