"""Who has read a plan (C141): an official says so, its holder sees who has not."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.actions.carrying import read_by, remind_readers
from motcua.plans.queries.beginning import readers_of
from motcua.plans.states import APPROVED
from motcua.plans.web.finding import plan_for


@require_GET
@opens_to(may_see_plans)
def readers(request: SignedInRequest, code: str) -> HttpResponse:
    """The units with work in the plan: who has read it, and who has not."""
    plan = plan_for(request, code)
    if not plan.is_published or not may_draft(request.user, plan.holder):
        raise Http404
    units = readers_of(plan)
    page = {
        "plan": plan,
        "units": units,
        "read": sum(each.read for each in units),
        "people": sum(len(each.people) for each in units),
        "may_remind": plan.state == APPROVED and may_approve(request.user, plan.holder),
    }
    return render(request, "plans/readers.html", page)


@require_POST
@opens_to(may_see_plans)
def have_read(request: SignedInRequest, code: str) -> HttpResponse:
    """Say that I have read the plan."""
    plan_for(request, code)
    try:
        read_by(code, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, gettext("Đã ghi nhận bạn đã đọc kế hoạch."))
    return redirect("plans:plan", code)


@require_POST
@opens_to(may_see_plans)
def remind(request: SignedInRequest, code: str) -> HttpResponse:
    """Remind the heads of the units where somebody has not read it."""
    plan_for(request, code)
    try:
        count = remind_readers(code, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, gettext("Đã nhắc lãnh đạo của %(count)s đơn vị.") % {"count": count})
    return redirect("plans:readers", code)
