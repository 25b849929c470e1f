"""Giving a task: which units lead and help, with which shares, which people look after it, who set it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_approve, may_assign, may_report, may_see_plans
from motcua.plans.models import Task
from motcua.plans.queries.people import people_of, units_beside
from motcua.plans.states import APPROVED
from motcua.plans.web.finding import task_for
from motcua.plans.working_forms import AssignForm, PersonForm, SourceForm, unit_options


@require_GET
@opens_to(may_see_plans)
def give(request: SignedInRequest, code: str) -> HttpResponse:
    """Who has a task, and giving it to others."""
    return giving_page(request, task_for(request, code))


def giving_page(
    request: SignedInRequest, found: Task, *, verb: str = "", unit: str = "", form: forms.Form | None = None,
    message: str = "",
) -> HttpResponse:  # fmt: skip
    """Return the page, with a refused ``form`` of ``verb`` in its place."""
    parts = list(found.assignments.select_related("unit", "person").order_by("-is_lead", "unit__kind", "unit__name"))
    may_give = may_assign(request.user, found.plan)
    people = people_of([part.unit for part in parts])
    is_followed = found.plan.state == APPROVED
    rows: list[dict[str, Any]] = []
    for part in parts:
        may_name = is_followed and (may_report(request.user, part.unit) or may_approve(request.user, part.unit))
        refused = form if verb == "nguoi" and unit == part.unit.code else None
        shown = refused or PersonForm(
            people=people.get(part.unit_id, []),
            auto_id=f"n{part.pk}_%s",
            initial={"person": part.person.code if part.person else ""},
        )
        rows.append({"part": part, "form": shown if may_name else None})
    page = {
        "task": found,
        "plan": found.plan,
        "rows": rows,
        "may_give": may_give,
        "total": sum(part.share or 0 for part in parts if part.is_lead),
        "form": (form if verb == "giao-don-vi" else None)
        or (AssignForm(units=unit_options(units_beside(found.plan.holder)), auto_id="give_%s") if may_give else None),
        "source_form": (form if verb == "nguon" else None) or SourceForm.of(found),
        "message": message,
    }
    return render(request, "plans/give.html", page, status=422 if message or form else 200)
