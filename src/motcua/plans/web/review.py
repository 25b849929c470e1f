"""Review: the source on the left, the rows read from it on the right, every change by one of the actions."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.organizations.states import PROVINCE
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.actions import approving, assigning, correcting, reshaping
from motcua.plans.forms import NewRowForm, PlanForm, RowForm, SplitForm, seen_in, unit_choices
from motcua.plans.models import Plan, Task
from motcua.plans.queries import blockers, groups_of
from motcua.plans.web.finding import plan_for

ONLY_DOUBTFUL = "can-xem"


def _draft(request: SignedInRequest, code: str) -> Plan:
    plan = plan_for(request, code)
    if not may_draft(request.user, plan.holder):
        raise Http404
    return plan


def address(plan: Plan, row: str = "", only: str = "", line: int = 0) -> str:
    """Return the address of the review at a row, its source line in view."""
    asked = {key: value for key, value in (("dong", row), ("loc", only)) if value}
    at = f"#L{line}" if line else ""
    return f"{reverse('plans:review', args=[plan.code])}{'?' + urlencode(asked) if asked else ''}{at}"


@require_GET
@opens_to(may_see_plans)
def review(request: SignedInRequest, code: str) -> HttpResponse:
    """The source beside the rows; the row named by ``dong`` is open for changes."""
    plan = _draft(request, code)
    if not plan.is_draft:
        return redirect("plans:plan", code)
    return _page(request, plan)


def _page(
    request: SignedInRequest, plan: Plan, *, opened: dict[str, forms.Form] | None = None, message: str = ""
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    only = asked.get("loc", "") if asked.get("loc") == ONLY_DOUBTFUL else ""
    tasks = list(plan.tasks.order_by("position"))
    for each in tasks:
        each.plan = plan
    shown = [task for task in tasks if not only or task.needs_a_look or task.short_code == asked.get("dong")]
    chosen = next((task for task in tasks if task.short_code == asked.get("dong")), None)
    around = _around(shown, chosen)
    left = blockers(plan, tasks)
    page = {
        "plan": plan,
        "rows": _rows(plan, shown, chosen, only),
        "chosen": chosen,
        "around": {key: address(plan, one.short_code, only, one.line_start) for key, one in around.items()},
        "only": only,
        "filter_url": address(plan, chosen.short_code if chosen else "", "" if only else ONLY_DOUBTFUL),
        "blockers": [
            {"blocker": one, "url": address(plan, one.task.short_code if one.task else "", only, one.line)}
            for one in left
        ],
        "doubts": _doubts(tasks),
        "counts": {
            "all": sum(not task.is_dropped for task in tasks),
            "doubtful": sum(task.needs_a_look and not task.is_dropped for task in tasks),
            "checked": sum(task.is_checked and not task.is_dropped for task in tasks),
            "edited": sum(task.is_edited for task in tasks),
        },
        "may_approve": may_approve(request.user, plan.holder),
        "plan_form": PlanForm.of(plan),
        "new_form": NewRowForm(auto_id="new_%s"),
        "message": message,
        "seen": chosen.changed_at.isoformat() if chosen else "",
        "first_line": chosen.line_start if chosen else 0,
        "last_line": chosen.line_end if chosen else 0,
        "plan_seen": plan.changed_at.isoformat(),
        **_row_context(chosen, plan),
        **(opened or {}),
    }
    return render(request, "plans/review.html", page, status=422 if message or opened else 200)


def _row_context(chosen: Task | None, plan: Plan) -> dict[str, Any]:
    if chosen is None:
        return {"form": None, "split_form": None, "groups": [], "units": []}
    return {
        "form": RowForm.of(chosen),
        "split_form": SplitForm(initial={"first": chosen.text}, auto_id="split_%s"),
        "groups": groups_of([chosen]).get(chosen.pk, []),
        "units": unit_choices(_assignable(plan)),
    }


def _assignable(plan: Plan) -> list[Unit]:
    top = plan.holder
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    units = Unit.objects.in_force().below(top).only("code", "name", "kind", "path")
    return sorted(units, key=lambda unit: (unit.kind == "one_stop", unit.kind == "commune", unit.kind, unit.sort_key))


def _around(shown: list[Task], chosen: Task | None) -> dict[str, Task]:
    """Return the rows before and after the chosen one, or the first one."""
    if chosen is None or chosen not in shown:
        return {"next": shown[0]} if shown else {}
    at = shown.index(chosen)
    found = {}
    if at:
        found["previous"] = shown[at - 1]
    if at + 1 < len(shown):
        found["next"] = shown[at + 1]
    return found


def _rows(plan: Plan, tasks: list[Task], chosen: Task | None, only: str) -> list[dict[str, Any]]:
    groups = groups_of(tasks)
    rows, section = [], ""
    for task in tasks:
        leads = [group for group in groups.get(task.pk, []) if group.is_lead]
        rows.append(
            {
                "task": task,
                "url": address(plan, task.short_code, only, task.line_start),
                "leads": leads,
                "is_chosen": chosen is not None and task.pk == chosen.pk,
                "section": task.section if task.section != section else "",
            }
        )
        section = task.section
    return rows


def _doubts(tasks: list[Task]) -> list[tuple[str, int]]:
    """Return the kinds of doubt with how many rows have them, most frequent first."""
    names = {
        "deadline-mended": gettext("thời hạn đọc qua lỗi quét"),
        "deadline-missing": gettext("không có thời hạn"),
        "deadline-unread": gettext("thời hạn không hiểu được"),
        "deadline-external": gettext("hạn dẫn chiếu văn bản khác"),
        "deadline-year-assumed": gettext("thời hạn không ghi năm"),
        "lead-missing": gettext("không có cơ quan chủ trì"),
        "lead-strange": gettext("chủ trì không giống tên cơ quan"),
        "row-damaged": gettext("dòng mất một phần"),
        "row-continued": gettext("dòng ngắt qua trang"),
        "field-uncertain": gettext("ô ghép từ mảnh rời"),
        "text-missing": gettext("không có nội dung"),
        "text-cut": gettext("nội dung dừng giữa câu"),
    }
    counts: Counter[str] = Counter()
    for task in tasks:
        if not task.is_dropped:
            counts.update({names.get(one["code"], gettext("điểm khác")) for one in task.warnings})
            counts.update([gettext("chủ trì chưa rõ đơn vị")] if task.unresolved else [])
    return counts.most_common()


Verb = Callable[[SignedInRequest, Plan, str], tuple[str, str]]


def _save(request: SignedInRequest, plan: Plan, code: str) -> tuple[str, str]:
    form = RowForm(request.POST, auto_id="row_%s")
    if not form.is_valid():
        raise _Unclear(form=form)
    told = dict(form.cleaned_data)
    due_on = told.pop("due_on")
    before = plan.tasks.get(code=code)
    is_by_hand = due_on != before.due_on and (due_on is not None or told["deadline_text"] == before.deadline_text)
    try:
        # A day typed by hand counts; one that only stands there from before, or is emptied, gives way to new words.
        correcting.correct_task(
            code, told, actor=request.user, seen=seen_in(request.POST), due_on=due_on,
            is_due_set=is_by_hand,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise _Unclear(form=form) from refusal
    return gettext("Đã lưu dòng."), ""


def _split(request: SignedInRequest, _plan: Plan, code: str) -> tuple[str, str]:
    form = SplitForm(request.POST, auto_id="split_%s")
    if not form.is_valid():
        raise _Unclear(split_form=form)
    try:
        _first, second = reshaping.split_task(
            code, first=form.cleaned_data["first"], second=form.cleaned_data["second"], actor=request.user,
            seen=seen_in(request.POST),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise _Unclear(split_form=form) from refusal
    return gettext("Đã tách thành hai dòng."), second.short_code


def _add(request: SignedInRequest, plan: Plan, code: str) -> tuple[str, str]:
    form = NewRowForm(request.POST, auto_id="new_%s")
    if not form.is_valid():
        raise _Unclear(new_form=form)
    try:
        made = reshaping.add_task(plan.code, form.cleaned_data, after=code, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise _Unclear(new_form=form) from refusal
    return gettext("Đã thêm dòng."), made.short_code


def _describe(request: SignedInRequest, plan: Plan, _code: str) -> tuple[str, str]:
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise _Unclear(plan_form=form)
    told = dict(form.cleaned_data)
    unit_code = told.pop("unit")
    try:
        correcting.describe(plan.code, told, unit_code=unit_code, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise _Unclear(plan_form=form) from refusal
    return gettext("Đã lưu thông tin kế hoạch."), ""


def _assign(request: SignedInRequest, _plan: Plan, code: str) -> tuple[str, str]:
    unit = unit_at(request.POST.get("unit", "")[:40].replace("\0", ""))
    assigning.assign(
        code, unit=unit, named_as=request.POST.get("name", "")[:300].replace("\0", ""), actor=request.user,
        seen=seen_in(request.POST),
    )  # fmt: skip
    return gettext("Đã giao %(unit)s.") % {"unit": unit}, ""


def _simple(action: Callable[..., Any], words: Any) -> Verb:
    def act_on(request: SignedInRequest, _plan: Plan, code: str) -> tuple[str, str]:
        action(code, actor=request.user, seen=seen_in(request.POST))
        return str(words), ""

    return act_on


def _move(*, up: bool) -> Verb:
    def act_on(request: SignedInRequest, _plan: Plan, code: str) -> tuple[str, str]:
        reshaping.move_task(code, up=up, actor=request.user, seen=seen_in(request.POST))
        return gettext("Đã chuyển chỗ dòng."), ""

    return act_on


def _acknowledge(request: SignedInRequest, plan: Plan, _code: str) -> tuple[str, str]:
    correcting.acknowledge(plan.code, request.POST.get("key", ""), actor=request.user)
    return gettext("Đã ghi nhận."), ""


VERBS: dict[str, Verb] = {
    "luu": _save,
    "tach": _split,
    "them": _add,
    "thong-tin": _describe,
    "giao": _assign,
    "ghi-nhan": _acknowledge,
    "len": _move(up=True),
    "xuong": _move(up=False),
    "doi-chieu": _simple(correcting.check_task, _("Đã ghi là đối chiếu xong.")),
    "tra-ve": _simple(correcting.restore_task, _("Đã trả về như bản đọc.")),
    "gop": _simple(reshaping.merge_with_next, _("Đã gộp với dòng sau.")),
    "bo": _simple(reshaping.drop_task, _("Đã bỏ dòng.")),
    "lay-lai": _simple(reshaping.bring_back_task, _("Đã lấy lại dòng.")),
}


class _Unclear(Exception):
    """A form that was not understood; shown again with what was typed."""

    def __init__(self, **opened: forms.Form) -> None:
        super().__init__()
        self.opened = opened


@require_POST
@opens_to(may_see_plans)
def act(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """Do one thing to the plan or to the row ``dong``, then show the row again, or the next one."""
    plan = _draft(request, code)
    row = request.POST.get("dong", "")[:60].replace("\0", "")
    task = plan.tasks.filter(code=f"{plan.code}.{row}").first() if row else None
    try:
        if verb == "duyet":
            approving.approve(code, actor=request.user, seen=seen_in(request.POST))
            messages.success(request, gettext("Đã duyệt kế hoạch. Các đơn vị được giao sẽ nhận thông báo."))
            return redirect("plans:plan", code)
        if verb not in VERBS or (task is None and verb not in ("them", "thong-tin", "ghi-nhan")):
            raise Http404
        words, other = VERBS[verb](request, plan, task.code if task else "")
    except _Unclear as unclear:
        return _page(request, plan, opened=unclear.opened)
    except Refused as refusal:
        return _page(request, plan, message=refusal.message)
    messages.success(request, words)
    only = ONLY_DOUBTFUL if request.POST.get("loc") == ONLY_DOUBTFUL else ""
    goal = other or request.POST.get("den", "").replace("\0", "") or row
    line = (
        plan.tasks.filter(code=f"{plan.code}.{goal[:60]}").values_list("line_start", flat=True).first() if goal else 0
    )
    return redirect(address(plan, goal[:60], only, line or 0))
