"""A published plan's next version, what it changes, its signed document, and an approval taken back."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.actions.amending import amend, attach_signed, take_back_approval, why_not_back
from motcua.plans.models import Plan
from motcua.plans.opening_forms import ReasonForm, SignedFileForm
from motcua.plans.queries.relating import changes_of
from motcua.plans.web.finding import plan_for


def _mine(request: SignedInRequest, code: str, *, to_approve: bool = False) -> Plan:
    """Return a plan that the account may draft for (or approve), or raise Http404."""
    plan = plan_for(request, code)
    may = may_approve if to_approve else may_draft
    if not may(request.user, plan.holder):
        raise Http404
    return plan


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def begin(request: SignedInRequest, code: str) -> HttpResponse:
    """Say why an approved plan is amended; then review the new version."""
    plan = _mine(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = amend(code, reason=form.cleaned_data["reason"], actor=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("plans:review", made.code)
    return render(request, "plans/amend.html", {"plan": plan, "form": form}, status=422 if form.errors else 200)


@require_GET
@opens_to(everyone)
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What a version changes in the one before, word by word."""
    plan = plan_for(request, code)
    if plan.amends is None:
        raise Http404
    found = changes_of(plan)
    prefix = len(plan.code) + 1
    old_prefix = len(plan.amends.code) + 1
    rows: list[dict[str, Any]] = [
        {"row": each, "short": each.key[old_prefix if each.kind == "removed" else prefix :]} for each in found
    ]
    counts = {kind: sum(each.kind == kind for each in found) for kind in ("added", "removed", "changed")}
    page = {"plan": plan, "rows": rows, "counts": counts, "is_official": may_see_plans(request.user)}
    return render(request, "plans/changes.html", page)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def signed(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The signed document; attached by POST."""
    if request.method == "GET":
        plan = plan_for(request, code)
        if plan.signed_file is None:
            return _signed_page(request, _mine(request, code), SignedFileForm())
        return FileResponse(
            open_stored(plan.signed_file.sha256),
            as_attachment=True,
            filename=plan.signed_file.name,
            content_type=plan.signed_file.media_type,
        )
    plan = _mine(request, code)
    form = SignedFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attach_signed(code, file, name=file.name, actor=request.user)
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, gettext("Đã đính kèm bản ký."))
            return redirect("plans:review" if plan.is_draft else "plans:plan", code)
    return _signed_page(request, plan, form)


def _signed_page(request: HttpRequest, plan: Plan, form: SignedFileForm) -> HttpResponse:
    return render(request, "plans/signed.html", {"plan": plan, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def take_back(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask first, then make an approved plan a draft again."""
    plan = _mine(request, code, to_approve=True)
    message = why_not_back(plan)
    if request.method == "POST":
        try:
            take_back_approval(code, actor=request.user)
        except Refused as refusal:
            message = refusal.message
        else:
            messages.success(request, gettext("Đã rút duyệt; kế hoạch trở lại bản soạn."))
            return redirect("plans:review", code)
    page = {"plan": plan, "message": message}
    return render(request, "plans/take_back.html", page, status=422 if message and request.method == "POST" else 200)
