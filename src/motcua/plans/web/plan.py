"""One plan: its tasks with status, filters, and its targets met or not."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.forms import TargetYearForm
from motcua.plans.models import Plan
from motcua.plans.queries import TaskRow
from motcua.plans.task_status import COUNTED, LABELS, TONES
from motcua.plans.web.filtering import filtered
from motcua.plans.web.finding import plan_for
from motcua.plans.web.relations import relations
from motcua.plans.web.targets import target_rows
from motcua.plans.web.views import view_context


def _tiles(plan: Plan, rows: list[TaskRow]) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.status.code] = counts.get(row.status.code, 0) + 1
    address = reverse("plans:plan", args=[plan.code])
    shown = [*COUNTED, *(code for code in LABELS if code not in COUNTED and counts.get(code))]  # they add up to all
    return [
        {
            "label": LABELS[code],
            "number": counts.get(code, 0),
            "url": f"{address}?status={code}",
            "tone": TONES[code] if code in ("open_late", "done_on_time") and counts.get(code) else "",
        }
        for code in shown
    ]


@require_GET
@opens_to(everyone)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A published plan for everybody; a draft for those who review it."""
    found = plan_for(request, code)
    form, rows, kept = filtered(found, request)
    is_official = may_see_plans(request.user)
    years = TargetYearForm(request.GET, found)
    year = years.cleaned_data.get("nam") if years.is_bound and years.is_valid() else None
    over = (date(year, 1, 1), date(year, 12, 31)) if year else None
    page = {
        "plan": found,
        "form": form,
        "rows": kept,
        "total": len(rows),
        "tiles": _tiles(found, rows),
        "day": today(),
        "is_official": is_official,
        "may_review": found.is_draft and is_official and may_draft(request.user, found.holder),
        "may_bind": found.state == "approved" and is_official and may_approve(request.user, found.holder),
        "targets": target_rows(found, over, is_linked=is_official),
        "years": years,
        "year": year,
        "has_successor": found.unit_id != found.holder_id,
        **relations(found, request.user),
        **view_context(request, found, kept, today()),
    }
    return render(request, "plans/plan.html", page)


@require_GET
@opens_to(may_see_plans)
def source_file(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The document as it was uploaded."""
    found = plan_for(request, code)
    if found.source is None:
        raise Http404
    return FileResponse(
        open_stored(found.source.sha256),
        as_attachment=True,
        filename=found.source.name,
        content_type=found.source.media_type,
    )
