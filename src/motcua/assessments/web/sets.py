"""Sets of criteria: the list, a new one typed or from an Excel template, a version looked at, changed, published."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.assessments.access import may_make_sets, may_manage, may_see_assessments
from motcua.assessments.actions import sets as actions
from motcua.assessments.forms import SetForm, TemplateForm
from motcua.assessments.models import CriteriaSetVersion
from motcua.assessments.rendering.set_file import set_file, template_file
from motcua.assessments.set_reading import SetReading, Typed, read_template, read_typed
from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES
from motcua.organizations.access import SignedInRequest, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.organizations.states import CONTROL_OFFICER
from motcua.ui.forms import DayField


def _units(request: SignedInRequest) -> list[Unit]:
    found = {scope_of(post).pk: scope_of(post) for post in request.user.posts_now if post.role == CONTROL_OFFICER}
    return sorted(found.values(), key=lambda unit: unit.path)


@require_GET
@opens_to(may_see_assessments)
def sets(request: SignedInRequest) -> HttpResponse:
    """Every version that is published, and for who makes sets the drafts too."""
    may_make = may_make_sets(request.user)
    rows = CriteriaSetVersion.objects.select_related("set__unit__parent").order_by("set__title", "-number")
    shown = [each for each in rows if each.published_at or (may_make and may_manage(request.user, each.set.unit))]
    return render(request, "assessments/sets.html", {"versions": shown, "may_make": may_make})


@require_http_methods(["GET", "POST"])
@opens_to(may_make_sets)
def new_set(request: SignedInRequest) -> HttpResponse:
    """A new set: a filled template fills the form below; what the form holds is tried, then kept as a draft."""
    template_form = TemplateForm(*((request.POST, request.FILES) if "file" in request.FILES else ()))
    form = SetForm(units=_units(request), initial={"valid_from": today(), "decimals": 2})
    reading: SetReading | None = None
    if request.method == "POST" and template_form.is_bound and template_form.is_valid():
        file = template_form.cleaned_data["file"]
        try:
            reading, lines = read_template(file.read(), file.name)
            form = SetForm(
                units=_units(request),
                initial={"valid_from": today(), "decimals": 2, "lines": lines, "title": file.name.rsplit(".", 1)[0]},
            )
        except Refused as refusal:
            template_form.add_error("file", refusal.message)
    elif request.method == "POST":
        form = SetForm(request.POST, units=_units(request))
        if form.is_valid():
            reading = read_typed(_typed(form))
            if not reading.faults and "keep" in request.POST and (made := _draft(request, form)):
                return redirect("assessments:version", made.pk)
    page = {"template_form": template_form, "form": form, "reading": reading, "tree": reading.tree if reading else None}
    failed = template_form.errors or form.errors or (reading and reading.faults)
    return render(request, "assessments/new_set.html", page, status=422 if failed else 200)


def _typed(form: SetForm) -> Typed:
    data = form.cleaned_data
    return Typed(data["lines"], data["bands"], data["tie_breakers"], data["decimals"])


def _draft(request: SignedInRequest, form: SetForm) -> CriteriaSetVersion | None:
    data = form.cleaned_data
    try:
        return actions.draft_set(
            title=data["title"],
            unit=unit_at(data["unit"]),
            basis=data["basis"],
            typed=_typed(form),
            unit_kinds=data["unit_kinds"],
            valid_from=data["valid_from"],
            source=data["source"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def version_for(request: SignedInRequest, pk: int) -> CriteriaSetVersion:
    """Return a version that the account sees, or raise Http404."""
    found = CriteriaSetVersion.objects.select_related("set__unit__parent").filter(pk=min(pk, 2**63 - 1)).first()
    if found is None or not (found.published_at or may_manage(request.user, found.set.unit)):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@opens_to(may_see_assessments)
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version; a draft is changed here."""
    found = version_for(request, pk)
    may_change = found.published_at is None and may_manage(request.user, found.set.unit)
    form, reading = None, None
    if may_change:
        form = SetForm(request.POST or None, units=[], is_version=True, initial=_initial(found))
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            reading = read_typed(_typed(form))
            if not reading.faults and "keep" in request.POST and _write(request, form, pk):
                messages.success(request, gettext("Đã lưu bộ tiêu chí."))
                return redirect("assessments:version", pk)
    tree = reading.tree if reading else found.tree
    failed = (form and form.errors) or (reading and reading.faults)
    page = {"version": found, "form": form, "reading": reading, "tree": tree, "may_next": _may_next(request, found)}
    return render(request, "assessments/version.html", page, status=422 if failed else 200)


def _initial(found: CriteriaSetVersion) -> dict[str, Any]:
    told = found.definition["typed"]
    more = {"unit_kinds": found.unit_kinds, "valid_from": found.valid_from, "source": found.source}
    return {**told, **more, "decimals": found.tree.decimals}


def _may_next(request: SignedInRequest, found: CriteriaSetVersion) -> bool:
    newest = found.set.versions.order_by("-number").first()
    return bool(found.published_at) and newest == found and may_manage(request.user, found.set.unit)


def _write(request: SignedInRequest, form: SetForm, pk: int) -> bool:
    data = form.cleaned_data
    try:
        actions.write_version(
            pk,
            typed=_typed(form),
            unit_kinds=data["unit_kinds"],
            valid_from=data["valid_from"],
            source=data["source"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


@require_POST
@opens_to(may_make_sets)
def act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Publish a draft, or begin the next version of a published one."""
    found = version_for(request, pk)
    try:
        if verb == "ban-hanh":
            actions.publish_version(pk, actor=request.user)
            messages.success(request, gettext("Đã ban hành bộ tiêu chí."))
        elif verb == "phien-ban":
            day = DayField().clean(request.POST.get("valid_from", ""))
            found = actions.next_version(pk, valid_from=day, actor=request.user)
        else:
            raise Http404
    except forms.ValidationError:
        messages.error(request, gettext("Ngày không đọc được."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("assessments:version", found.pk)


@require_GET
@opens_to(may_make_sets)
def template(request: SignedInRequest) -> HttpResponse:
    """The empty template, with three lines as an example and what each column takes."""
    return _file(template_file(), "mau-bo-tieu-chi.xlsx")


@require_GET
@opens_to(may_see_assessments)
def version_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version as a workbook that can be read back."""
    found = version_for(request, pk)
    return _file(set_file(found), f"{found.set.code}-{found.number}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
