"""The end of a plan: closing it, and bringing what is open into the next year."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.actions import approving
from motcua.plans.actions.carrying import carry_over
from motcua.plans.queries import task_rows
from motcua.plans.queries.beginning import open_tasks
from motcua.plans.states import APPROVED, CLOSED
from motcua.plans.web.finding import plan_for


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def close(request: SignedInRequest, code: str) -> HttpResponse:
    """Say what is left open, ask, then end the following of a plan for good."""
    plan = plan_for(request, code)
    if not may_approve(request.user, plan.holder) or plan.state != APPROVED:
        raise Http404
    message = ""
    if request.method == "POST":
        try:
            approving.close(code, actor=request.user)
        except Refused as refusal:
            message = refusal.message
        else:
            messages.success(request, gettext("Đã đóng kế hoạch."))
            return redirect("plans:plan", code)
    page = {"plan": plan, "rows": task_rows(open_tasks(plan), today()), "message": message}
    return render(request, "plans/close.html", page, status=422 if message else 200)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def carry(request: SignedInRequest, code: str) -> HttpResponse:
    """Choose what of the open tasks goes on in the next year's plan."""
    plan = plan_for(request, code)
    if not may_draft(request.user, plan.holder) or plan.state not in (APPROVED, CLOSED):
        raise Http404
    message = ""
    if request.method == "POST":
        try:
            into = carry_over(code, actor=request.user, only=request.POST.getlist("viec"))
        except Refused as refusal:
            message = refusal.message
        else:
            messages.success(request, gettext("Đã chuyển nhiệm vụ sang bản soạn năm %(year)s.") % {"year": into.year})
            return redirect("plans:draft_rows", into.code)
    page = {"plan": plan, "next_year": plan.year + 1, "rows": task_rows(open_tasks(plan), today()), "message": message}
    return render(request, "plans/carry.html", page, status=422 if message else 200)
