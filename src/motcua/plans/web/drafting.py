"""A plan by hand: what is said of it, then its rows one after the other, by the same actions as the review."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_draft, may_see_plans
from motcua.plans.actions import reshaping
from motcua.plans.actions.drafting import NewPlan, abandon, start_draft, this_year
from motcua.plans.forms import unit_choices
from motcua.plans.models import Plan
from motcua.plans.opening_forms import DraftForm, NewTaskForm
from motcua.plans.queries import groups_of
from motcua.plans.queries.beginning import draftable_units, plans_like
from motcua.plans.web.finding import plan_for


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def draft(request: SignedInRequest) -> HttpResponse:
    """Begin a plan from nothing, or like another one."""
    units, plans = draftable_units(request.user), plans_like(request.user)
    chosen = request.GET.get("nhu", "")
    form = DraftForm(
        request.POST if request.method == "POST" else None,
        units=unit_choices(units),
        plans=plans,
        initial={"year": this_year(), "like": chosen},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _start(request, form.cleaned_data, units, plans)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("plans:draft_rows", made.code)
    page = {"form": form, "has_units": bool(units)}
    return render(request, "plans/draft.html", page, status=422 if form.errors else 200)


def _start(request: SignedInRequest, told: dict[str, Any], units: list[Any], plans: list[Plan]) -> Plan:
    return start_draft(
        NewPlan(
            unit=next(unit for unit in units if unit.code == told["unit"]),
            title=told["title"],
            year=told["year"],
            number=told["number"],
            issued_on=told["issued_on"],
            is_reform=told["is_reform"],
        ),
        like=next((plan for plan in plans if plan.code == told["like"]), None),
        actor=request.user,
    )


def draft_for_account(request: SignedInRequest, code: str) -> Plan:
    """Return the draft with ``code`` that the account may change, or raise Http404."""
    plan = plan_for(request, code)
    if not plan.is_draft or not may_draft(request.user, plan.holder):
        raise Http404
    return plan


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def rows(request: SignedInRequest, code: str) -> HttpResponse:
    """The groups and tasks of a draft, and one more."""
    plan = draft_for_account(request, code)
    form = NewTaskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        section = told.pop("section").strip()
        try:
            made = reshaping.add_task(
                code,
                told,
                actor=request.user,
                after=_last_of(plan, section) if section else "",
                section_path=[section] if section else (),
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã thêm nhiệm vụ %(row)s.") % {"row": made.number or made.short_code})
            return redirect("plans:draft_rows", code)
    return _rows_page(request, plan, form)


def _last_of(plan: Plan, section: str) -> str:
    """Return the code of the last row of a group, "" for a new group, which begins at the end."""
    rows = plan.tasks.filter(is_dropped=False).order_by("-position").values_list("code", "section_path")
    return next((code for code, path in rows if path and path[-1] == section), "")


def _rows_page(request: SignedInRequest, plan: Plan, form: forms.Form, message: str = "") -> HttpResponse:
    tasks = list(plan.tasks.order_by("position"))
    groups = groups_of(tasks)
    for task in tasks:
        task.plan = plan
    page = {
        "plan": plan,
        "rows": [{"task": task, "groups": groups.get(task.pk, [])} for task in tasks],
        "sections": list(dict.fromkeys(task.section for task in tasks if task.section)),
        "form": form,
        "message": message,
    }
    return render(request, "plans/draft_rows.html", page, status=422 if form.errors or message else 200)


VERBS = {
    "len": lambda code, actor: reshaping.move_task(code, up=True, actor=actor),
    "xuong": lambda code, actor: reshaping.move_task(code, up=False, actor=actor),
    "bo": lambda code, actor: reshaping.drop_task(code, actor=actor),
    "lay-lai": lambda code, actor: reshaping.bring_back_task(code, actor=actor),
}


@require_POST
@opens_to(may_see_plans)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Move, drop or bring back the row ``dong``."""
    plan = draft_for_account(request, code)
    row = request.POST.get("dong", "")[:60].replace("\0", "")
    task = plan.tasks.filter(code=f"{plan.code}.{row}").first()
    if verb not in VERBS or task is None:
        raise Http404
    try:
        VERBS[verb](task.code, request.user)
    except Refused as refusal:
        return _rows_page(request, plan, NewTaskForm(), refusal.message)
    return redirect("plans:draft_rows", code)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def give_up(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask first, then drop a draft with its rows."""
    plan = draft_for_account(request, code)
    if request.method == "GET":
        return render(request, "plans/draft_drop.html", {"plan": plan, "count": plan.tasks.count(), "message": ""})
    try:
        abandon(code, actor=request.user)
    except Refused as refusal:
        page = {"plan": plan, "count": plan.tasks.count(), "message": refusal.message}
        return render(request, "plans/draft_drop.html", page, status=422)
    messages.success(request, gettext("Đã bỏ bản soạn."))
    return redirect("plans:plans")
