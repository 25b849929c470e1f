"""The plans that an account sees, a new one by upload, and the public list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, may_control
from motcua.organizations.queries import unit_at
from motcua.plans.access import may_draft, may_see_plans, may_upload, visible_to
from motcua.plans.actions.intake import upload
from motcua.plans.forms import UploadForm
from motcua.plans.models import Plan
from motcua.plans.queries import progress_of
from motcua.plans.queries.beginning import intakes_of
from motcua.plans.states import PUBLISHED, READ

PAGE = 100


def _rows(plans: list[Plan]) -> list[dict[str, Any]]:
    counts = progress_of(plans)
    return [
        {
            "plan": plan,
            "total": counts[plan.pk]["total"],
            "done": counts[plan.pk]["done"],
            "late": counts[plan.pk]["open_late"],
        }
        for plan in plans
    ]


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def plans(request: SignedInRequest) -> HttpResponse:
    """Drafts first, then by year; the form to upload a document."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and may_upload(request.user) and form.is_valid():
        try:
            told = form.cleaned_data
            kept = upload(
                told["file"],
                name=told["file"].name,
                unit=unit_at(told["unit"]) if told["unit"] else None,
                is_reform=told["is_reform"],
                actor=request.user,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("plans:intake", kept.code)
    found = visible_to(request.user).defer("lines", "reading")
    rows = _rows(list(found.order_by("approved_at", "-year", "code")[:PAGE]))
    for row in rows:
        row["may_review"] = row["plan"].is_draft and may_draft(request.user, row["plan"].holder)
    page = {
        "form": form,
        "rows": rows,
        "may_upload": may_upload(request.user),
        "may_hand_over": may_control(request.user),
        "intakes": intakes_of(request.user).exclude(state=READ)[:20],
    }
    return render(request, "plans/plans.html", page, status=422 if form.errors else 200)


@require_GET
@opens_to(everyone)
def public(request: HttpRequest) -> HttpResponse:
    """Published plans and how far they are, for everybody."""
    found = Plan.objects.filter(state__in=PUBLISHED).select_related("unit", "holder")
    rows = _rows(list(found.defer("lines", "reading").order_by("-year", "code")[:PAGE]))
    return render(request, "plans/public.html", {"rows": rows})
