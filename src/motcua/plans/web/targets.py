"""A plan's numbers beside what was reached, and binding them to indicators."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.indicators.queries import Judged, indicators_in_force, judge, rows_behind, targets_set_by
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_approve, may_see_plans
from motcua.plans.actions.binding import bind_target, leave_unbound
from motcua.plans.forms import BindForm
from motcua.plans.models import Plan, PlanTarget
from motcua.plans.queries import targets_of
from motcua.plans.web.finding import plan_for


def target_rows(plan: Plan, over: tuple[date, date] | None, *, is_linked: bool) -> list[dict[str, Any]]:
    """Return the plan's targets, each with its judgement over the plan's year or ``over``, where one is bound."""
    standing = {each.set_by: each for each in targets_set_by(f"{plan.code}.")}
    rows = []
    for target in targets_of(plan):
        bound = standing.get(target.code)
        judged = judge(bound, *(over or ())) if bound else None
        links = _links(judged, over) if judged and is_linked else {"part_url": "", "whole_url": ""}
        rows.append(
            {
                "target": target,
                "judged": judged,
                "value": judged.value if judged else None,
                "url": f"{reverse('indicators:targets')}?{urlencode({'set_by': target.code})}" if bound else "",
                **links,
            }
        )
    return rows


def _links(judged: Judged, over: tuple[date, date] | None) -> dict[str, str]:
    """Return the addresses of the rows behind part and whole, "" where there is no such page."""
    bound = judged.target
    first, last = over or (bound.first_day, bound.last_day)
    return rows_behind(bound.indicator.measure, bound.scope_unit.code, first, last, unit_kind=bound.unit_kind)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def bind(request: SignedInRequest, code: str, target: str) -> HttpResponse:
    """Choose what measures a number, or say why nothing does."""
    plan = plan_for(request, code)
    found = PlanTarget.objects.select_related("task").filter(task__plan=plan, code=target.replace("\0", "")).first()
    if found is None or not may_approve(request.user, plan.holder):
        raise Http404
    indicators = {each.code: each for each in indicators_in_force()}
    form = BindForm(
        request.POST or None,
        indicators=[(each.code, f"{each.name} ({each.formula})") for each in indicators.values()],
        initial={"indicator": found.indicator, "remark": found.remark},
    )
    if request.method == "POST" and form.is_valid():
        chosen, remark = form.cleaned_data["indicator"], form.cleaned_data["remark"]
        try:
            if chosen:
                bind_target(found.code, indicator=indicators[chosen], actor=request.user, remark=remark)
                messages.success(request, gettext("Đã gắn chỉ tiêu với chỉ số."))
            else:
                leave_unbound(found.code, remark=remark, actor=request.user)
                messages.success(request, gettext("Đã ghi chỉ tiêu chưa đo được."))
            return redirect(f"{reverse('plans:plan', args=[plan.code])}#chi-tieu")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {"plan": plan, "target": found, "form": form}
    return render(request, "plans/bind.html", page, status=422 if form.errors else 200)
