"""Templates of results in the browser: what there is, each with its versions; set, change, end, look at as PDF."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.pdf import to_pdf
from motcua.dossiers.access.words import may_see_words, may_set_words
from motcua.dossiers.actions import result_templates as acts
from motcua.dossiers.queries.result_templates import (
    Listed,
    Version,
    template_listed,
    templates_listed,
    used,
    version_of,
)
from motcua.dossiers.rendering.result import INVENTED, invented
from motcua.dossiers.rules.result_templates import ResultTemplate, template_from
from motcua.dossiers.rules.template_text import text_of
from motcua.dossiers.template_words import LINES, PLACES
from motcua.dossiers.web.template_forms import Asks, EndTemplateForm, TemplateForm, forms_of, more_asks
from motcua.organizations.access import SignedInRequest

PAGE = 50
PREVIEW, PREVIEW_SHORT, MORE_ASKS = "xem", "xem-gon", "them"
NEW, VERSION, CHANGE = "mau-moi", "ban-moi", "sua"  # what a form is for


@never_cache
@require_GET
@opens_to(may_see_words)
def templates(request: SignedInRequest) -> HttpResponse:
    """The templates that are offered, or all of them, narrowed to a procedure."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:20]
    is_all = "moi" in request.GET
    page = {
        "page": Paginator(templates_listed(today(), procedure=words, is_all=is_all), PAGE).get_page(
            request.GET.get("page")
        ),
        "words": words,
        "is_all": is_all,
        "may_set": may_set_words(request.user),
        "tabs": word_tabs("templates"),
    }
    return render(request, "dossiers/result_templates.html", page)


@never_cache
@require_GET
@opens_to(may_see_words)
def template(request: SignedInRequest, code: str) -> HttpResponse:
    """One template: what it says, its versions with their days, sources and drafts."""
    listed = _listed(code)
    drafts = used(code)
    rows = [
        {
            "version": each,
            "drafts": drafts.get(each.template.valid_from, 0),
            "is_now": each == listed.now,
            "may_change": acts.is_taken_back(each, drafts),
        }
        for each in listed.versions
    ]
    shown = _asked_version(request, listed)
    page = {
        "listed": listed,
        "rows": rows,
        "shown": shown,
        "body": text_of(shown.template.body),
        "may_set": may_set_words(request.user),
        "may_reopen": listed.shown.template.valid_to is not None and listed.shown.template.valid_from <= today(),
    }
    return render(request, "dossiers/result_template.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_set_words)
def edit(request: SignedInRequest, way: str, code: str = "", day: str = "") -> HttpResponse:
    """Write a template of its own (copied from one), the next version of one, or one that nobody used yet, anew."""
    start = _start(way, code, day)
    if request.method == "GET":
        source = start.source if way == CHANGE else ""
        first_day = start.template.valid_from if way == CHANGE else today()
        form, asks = forms_of(start.template, source, first_day)
        if way == NEW and code:
            form.initial["name"] = gettext("%(name)s (bản sao)") % {"name": start.template.name}
        return _show_form(request, way, start, form, asks)
    form, asks = TemplateForm(request.POST), Asks(request.POST, prefix="asks")
    wish = request.POST.get("lam", "")
    if wish == MORE_ASKS:
        return _show_form(request, way, start, TemplateForm(initial=_typed(request)), more_asks(asks))
    is_valid = form.is_valid()
    if not asks.is_valid() or not is_valid:
        return _show_form(request, way, start, form, asks, status=422)
    described = form.template(code if way != NEW else "", asks)
    form.add_faults(described, asks)
    if form.errors or any(each.errors for each in asks.forms):
        return _show_form(request, way, start, form, asks, status=422)
    if wish in (PREVIEW, PREVIEW_SHORT):
        return _drawn(request, described, is_full=wish == PREVIEW)
    try:
        saved = _save(request, way, described, start, form.cleaned_data["source"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _show_form(request, way, start, form, asks, status=422)
    messages.success(request, gettext("Đã lưu mẫu kết quả."))
    return redirect("dossiers:result_template", saved)


@never_cache
@require_GET
@opens_to(may_see_words)
def preview(request: SignedInRequest, code: str, day: str) -> HttpResponse:
    """A version as PDF, filled for an invented dossier."""
    return _drawn(request, _version(code, day).template, is_full="gon" not in request.GET)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_set_words)
def end(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for the last day, then end the version in force."""
    listed = _listed(code)
    form = EndTemplateForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.end_template(code, on=form.cleaned_data["on"], actor=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã ghi ngày thôi dùng; có thể dùng tiếp ở trang mẫu."))
            return redirect("dossiers:result_template", code)
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/result_template_end.html", {"listed": listed, "form": form}, status=status)


@require_POST
@opens_to(may_set_words)
def reopen(request: SignedInRequest, code: str) -> HttpResponse:
    """Offer a template again that was ended."""
    try:
        acts.reopen_template(code, actor=request.user)
        messages.success(request, gettext("Mẫu được dùng tiếp."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("dossiers:result_template", _listed(code).code)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_set_words)
def withdraw(request: SignedInRequest, code: str, day: str) -> HttpResponse:
    """Ask, then take back a version that nobody used."""
    version = _version(code, day)
    if request.method == "GET":
        return render(request, "dossiers/result_template_withdraw.html", {"version": version})
    try:
        acts.withdraw_template(code, version.template.valid_from, actor=request.user)
        messages.success(request, gettext("Đã bỏ bản mẫu."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    if template_listed(code, today()) is None:
        return redirect("dossiers:result_templates")
    return redirect("dossiers:result_template", code)


def word_tabs(active: str) -> list[dict[str, Any]]:
    """Return the tabs of the province's own words."""
    return [
        {"label": gettext("Mẫu kết quả"), "url": reverse("dossiers:result_templates"), "active": active == "templates"},
        {"label": gettext("Lời nhắn"), "url": reverse("dossiers:message_words"), "active": active == "messages"},
    ]


def places_shown() -> list[tuple[str, str, str]]:
    """Return the places that a dossier fills: as one writes it, what it is, an invented value."""
    return [(f"{{{name}}}", str(label), INVENTED[name]) for name, label in PLACES.items()]


def _listed(code: str) -> Listed:
    found = template_listed(code.replace("\0", ""), today())
    if found is None:
        raise Http404
    return found


def _version(code: str, day: str) -> Version:
    try:
        return version_of(code, date.fromisoformat(day))
    except (LookupError, ValueError) as error:
        raise Http404 from error


def _asked_version(request: SignedInRequest, listed: Listed) -> Version:
    asked = request.GET.get("ban", "")
    found = (each for each in listed.versions if each.template.valid_from.isoformat() == asked)
    return next(found, listed.shown)


def _start(way: str, code: str, day: str) -> Version:
    """Return what a form begins with: the version named, the one shown of ``code``, or an empty one."""
    if way == CHANGE:
        return _version(code, day)
    if code:
        return _version(code, day) if day else _listed(code).shown
    empty = template_from(
        {
            "code": "", "name": "", "kind": "", "symbol": "", "valid_from": today().isoformat(), "valid_to": None,
            "procedures": [], "is_favourable": True, "asks": [], "body": [],
            "recipients": ["{applicant_name}", "Lưu: VT, hồ sơ {dossier_code}"],
        }
    )  # fmt: skip
    return Version(empty, "", None, False)


def _save(request: SignedInRequest, way: str, described: ResultTemplate, start: Version, source: str) -> str:
    if way == CHANGE:
        day = start.template.valid_from
        row = acts.change_template(start.template.code, day, described, source=source, actor=request.user)
    else:
        row = acts.set_template(described, source=source, actor=request.user)
    return row.code


def _typed(request: SignedInRequest) -> dict[str, Any]:
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in TemplateForm.base_fields}
    return typed | {"is_favourable": "is_favourable" in request.POST}


def _drawn(request: SignedInRequest, described: ResultTemplate, *, is_full: bool) -> HttpResponse:
    unit = request.user.posts_now[0].unit
    drawn = to_pdf(invented(replace(described, code=described.code or "mau"), unit, is_full=is_full))
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="mau-ket-qua.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _show_form(
    request: SignedInRequest, way: str, start: Version, form: TemplateForm, asks: Any, *, status: int = 200
) -> HttpResponse:
    page = {"way": way, "start": start, "form": form, "asks": asks, "places": places_shown(), "lines": LINES}
    return render(request, "dossiers/result_template_form.html", page, status=status)
