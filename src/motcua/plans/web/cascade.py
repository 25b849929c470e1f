"""Plans above and below: which units have sent theirs, a plan beside its parent, and sending it up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.documents.rendering.list_file import MEDIA_TYPES
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.actions import deriving
from motcua.plans.models import Plan, Task
from motcua.plans.opening_forms import ChildrenForm, ParentForm
from motcua.plans.queries.beginning import CHILD_ORDER, ChildRow, children_of, plans_above
from motcua.plans.queries.relating import alignment_of
from motcua.plans.rendering.alignment_list import alignment_list
from motcua.plans.rules.relating.alignment import Alignment, Pair
from motcua.plans.rules.relating.alignment_findings import KINDS, MUST_LOOK
from motcua.plans.states import APPROVED, COUNTED_STATES
from motcua.plans.web.finding import plan_for

CHILD_LABELS = {
    "overdue": (_("Quá hạn, chưa gửi"), "danger"),
    "none": (_("Chưa lập"), "waiting"),
    "drafting": (_("Đang soạn"), "progress"),
    "approved": (_("Đã duyệt, chưa gửi"), "progress"),
    "sent_late": (_("Đã gửi, muộn"), "warning"),
    "sent": (_("Đã gửi"), "good"),
}


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def children(request: SignedInRequest, code: str) -> HttpResponse:
    """The units with work in a plan and how far their own plans are; its holder says until when."""
    plan = plan_for(request, code)
    if plan.state not in COUNTED_STATES:
        raise Http404
    initial = {"due_on": plan.children_due_on, "lead_days": plan.children_lead_days}
    form = ChildrenForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            deriving.ask_for_children(code, due_on=told["due_on"], lead_days=told["lead_days"] or 0, actor=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã yêu cầu; lãnh đạo các đơn vị nhận thông báo."))
            return redirect("plans:children", code)
    return _children_page(request, plan, form)


def _children_page(request: SignedInRequest, plan: Plan, form: ChildrenForm, message: str = "") -> HttpResponse:
    rows = children_of(plan)
    counts = {state: sum(row.state == state for row in rows) for state in CHILD_ORDER}
    page = {
        "plan": plan,
        "rows": [_child_row(row, request) for row in rows],
        "tiles": [
            {"label": CHILD_LABELS[state][0], "number": counts[state], "tone": _tile_tone(state, counts[state])}
            for state in CHILD_ORDER
        ],
        "form": form if plan.state == APPROVED and may_approve(request.user, plan.holder) else None,
        "message": message,
    }
    return render(request, "plans/children.html", page, status=422 if form.errors or message else 200)


def _tile_tone(state: str, number: int) -> str:
    return "danger" if state == "overdue" and number else ""


def _child_row(row: ChildRow, request: SignedInRequest) -> dict[str, Any]:
    label, tone = CHILD_LABELS[row.state]
    is_seen = row.plan is not None and (row.plan.is_published or may_draft(request.user, row.unit))
    return {
        "row": row,
        "label": label,
        "tone": tone,
        "is_seen": is_seen,
        "may_derive": row.plan is None and row.tasks and may_draft(request.user, row.unit),
    }


@require_POST
@opens_to(may_see_plans)
def derive(request: SignedInRequest, code: str) -> HttpResponse:
    """Draft the plan of one unit from a plan."""
    plan = plan_for(request, code)
    try:
        unit = unit_at(request.POST.get("unit", "")[:40].replace("\0", ""))
        made = deriving.derive(code, unit=unit, actor=request.user)
    except Refused as refusal:
        return _children_page(request, plan, ChildrenForm(), refusal.message)
    messages.success(
        request,
        gettext("Đã lập bản soạn với %(count)s nhiệm vụ từ kế hoạch cấp trên.") % {"count": made.tasks.count()},
    )
    return redirect("plans:draft_rows", made.code)


@require_POST
@opens_to(may_see_plans)
def send(request: SignedInRequest, code: str) -> HttpResponse:
    """Send an approved plan to the holder of its parent."""
    plan_for(request, code)
    try:
        deriving.send_up(code, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, gettext("Đã gửi kế hoạch lên cấp trên."))
    return redirect("plans:plan", code)


@require_http_methods(["GET", "POST"])
@opens_to(may_see_plans)
def align(request: SignedInRequest, code: str) -> HttpResponse:
    """A plan beside the plan above it, with what is amiss; the plan above is chosen by POST."""
    plan = plan_for(request, code)
    may_choose = plan.is_draft and may_draft(request.user, plan.holder)
    above = plans_above(plan) if may_choose else []
    form = ParentForm(
        request.POST if request.method == "POST" else None,
        plans=above,
        initial={"parent": plan.parent.code if plan.parent else ""},
    )
    if request.method == "POST":
        if not may_choose:
            raise Http404
        if form.is_valid():
            parent = next(each for each in above if each.code == form.cleaned_data["parent"])
            try:
                deriving.choose_parent(code, parent=parent, actor=request.user)
            except Refused as refusal:
                form.add_error("parent", refusal.message)
            else:
                return redirect("plans:align", code)
    found = alignment_of(plan)
    only = request.GET.get("loai", "")
    page = {
        "plan": plan,
        "form": form if above else None,
        "found": found,
        "only": only if only in KINDS else "",
        **(_aligned(plan, found, only if only in KINDS else "") if found else {"pairs": [], "kinds": [], "whole": []}),
    }
    return render(request, "plans/align.html", page, status=422 if form.errors else 200)


def _aligned(plan: Plan, found: Alignment, only: str) -> dict[str, Any]:
    assert plan.parent is not None
    tasks = {str(task.pk): task for task in Task.objects.filter(plan__in=(plan, plan.parent)).select_related("plan")}
    pairs = [_shown(pair, tasks) for pair in found.pairs if not only or any(e.kind == only for e in pair.findings)]
    every = found.every_finding
    kinds = [
        {"kind": kind, "label": label, "count": count, "tone": "danger" if kind in MUST_LOOK else "neutral"}
        for kind, label in KINDS.items()
        if (count := sum(each.kind == kind for each in every))
    ]
    whole = [{"label": KINDS[each.kind], "message": each.message} for each in found.findings]
    return {"pairs": pairs, "kinds": kinds, "whole": whole}


def _shown(pair: Pair, tasks: dict[str, Task]) -> dict[str, Any]:
    return {
        "parent": tasks.get(pair.parent.key) if pair.parent else None,
        "child": tasks.get(pair.child.key) if pair.child else None,
        "findings": [
            {
                "label": KINDS[each.kind],
                "message": each.message,
                "tone": "warning" if each.kind in MUST_LOOK else "neutral",
            }
            for each in pair.findings
        ],
    }


@require_GET
@opens_to(may_see_plans)
def export_alignment(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The comparison as CSV or XLSX."""
    plan = plan_for(request, code)
    found = alignment_of(plan)
    if found is None or file_format not in MEDIA_TYPES:
        raise Http404
    response = HttpResponse(alignment_list(plan, found, file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{plan.code}-doi-chieu.{file_format}"'
    return response
