"""The plans that an account sees, a new one by upload, and the public list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, may_control
from motcua.organizations.queries import unit_at
from motcua.plans.access import may_draft, may_see_plans, may_upload, visible_to
from motcua.plans.actions.intake import upload
from motcua.plans.forms import PlanListForm, UploadForm, unit_choices
from motcua.plans.models import Plan
from motcua.plans.queries import progress_of
from motcua.plans.queries.beginning import draftable_units, intakes_of
from motcua.plans.queries.finding import plans_with_words
from motcua.plans.states import DRAFT, PUBLISHED, READ

PAGE = 50


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
    units = unit_choices(draftable_units(request.user)) if may_upload(request.user) else []
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, units=units)
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
            # What is refused without a field is refused for the file: it is empty, broken, locked, of no kind we take.
            form.add_error(refusal.field if refusal.field in form.fields else "file", refusal.message)
        else:
            return redirect("plans:intake", kept.code)
    shown, page = _listed(request)
    rows = _rows(list(page))
    for row in rows:
        row["may_review"] = row["plan"].is_draft and may_draft(request.user, row["plan"].holder)
    context = {
        "form": form,
        "shown": shown,
        "page": page,
        "rows": rows,
        "may_upload": may_upload(request.user),
        "may_hand_over": may_control(request.user),
        "intakes": intakes_of(request.user).exclude(state=READ)[:20],
    }
    return render(request, "plans/plans.html", context, status=422 if form.errors else 200)


def _listed(request: SignedInRequest) -> tuple[PlanListForm, Page]:
    """Return the filter and the page of plans that it leaves: drafts, then by year and day of issue."""
    visible = visible_to(request.user)
    years = visible.order_by("-year").values_list("year", flat=True).distinct()
    shown = PlanListForm({key: request.GET.get(key, "") for key in ("q", "nam", "trang_thai")}, years=years)
    found = visible.defer("lines", "spots", "reading")
    if state := shown.asked("trang_thai"):
        found = found.filter(state=state)
    if year := shown.asked("nam"):
        found = found.filter(year=int(year))
    if words := shown.asked("q"):
        found = found.filter(pk__in=plans_with_words(found, words))
    ordered = found.annotate(is_read=Q(state=DRAFT)).order_by("-is_read", "-year", "-issued_on", "code")
    return shown, Paginator(ordered, PAGE).get_page(request.GET.get("page"))


@require_GET
@opens_to(everyone)
def public(request: HttpRequest) -> HttpResponse:
    """Published plans and how far they are, for everybody."""
    found = Plan.objects.filter(state__in=PUBLISHED).select_related("unit", "holder").defer("lines", "spots", "reading")
    page = Paginator(found.order_by("-year", "code"), PAGE).get_page(request.GET.get("page"))
    return render(request, "plans/public.html", {"rows": _rows(list(page)), "page": page})
