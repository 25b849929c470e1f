"""The verbs of a review: each does one thing to a row or to the plan, by one action, and says what it did."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans.actions import assigning, correcting, reshaping, reviewing, undoing
from motcua.plans.forms import NewRowForm, PlanForm, RowForm, SplitForm, seen_in, unit_choices
from motcua.plans.models import Plan, Task
from motcua.plans.queries.beginning import draftable_units
from motcua.plans.web.review_asked import sections_of

# What was done, in words, and the row to show next ("": the same).
Done = tuple[str, str]
Verb = Callable[[SignedInRequest, Plan, str], Done]


class Unclear(Exception):
    """A form that was not understood; shown again with what was typed."""

    def __init__(self, **opened: forms.Form) -> None:
        super().__init__()
        self.opened = opened


def save_typed(request: SignedInRequest, plan: Plan, code: str) -> bool:
    """Correct the row by what stands in its form; returns whether anything changed.

    A day typed by hand counts; one that only stands there from before, or is emptied, gives way to new words.

    Raises:
        Unclear: the form, or a field of it, is refused.
        Refused: the row changed meanwhile, or the plan is no draft any more.
    """
    form = RowForm(request.POST, auto_id="row_%s", use_required_attribute=False)
    if not form.is_valid():
        raise Unclear(form=form)
    told = dict(form.cleaned_data)
    due_on = told.pop("due_on")
    before = plan.tasks.get(code=code)
    is_by_hand = due_on != before.due_on and (due_on is not None or told["deadline_text"] == before.deadline_text)
    try:
        after = correcting.correct_task(
            code, told, actor=request.user, seen=seen_in(request.POST), due_on=due_on, is_due_set=is_by_hand
        )
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, refusal.message)
        raise Unclear(form=form) from refusal
    return after.changed_at != before.changed_at


def _save(request: SignedInRequest, plan: Plan, code: str) -> Done:
    is_changed = save_typed(request, plan, code)
    return (gettext("Đã lưu dòng.") if is_changed else gettext("Không có gì thay đổi.")), ""


def _split(request: SignedInRequest, _plan: Plan, code: str) -> Done:
    form = SplitForm(request.POST, auto_id="split_%s", use_required_attribute=False)
    if not form.is_valid():
        raise Unclear(split_form=form)
    try:
        _first, second = reshaping.split_task(
            code, first=form.cleaned_data["first"], second=form.cleaned_data["second"], actor=request.user
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise Unclear(split_form=form) from refusal
    return gettext("Đã tách thành hai dòng."), second.short_code


def _add(request: SignedInRequest, plan: Plan, code: str) -> Done:
    form = NewRowForm(request.POST, auto_id="new_%s")
    if not form.is_valid():
        raise Unclear(new_form=form)
    try:
        made = reshaping.add_task(plan.code, form.cleaned_data, after=code, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise Unclear(new_form=form) from refusal
    return gettext("Đã thêm dòng."), made.short_code


def _describe(request: SignedInRequest, plan: Plan, _code: str) -> Done:
    form = PlanForm(request.POST, units=unit_choices(draftable_units(request.user)), plan=plan)
    if not form.is_valid():
        raise Unclear(plan_form=form)
    told = dict(form.cleaned_data)
    unit_code = told.pop("unit")
    try:
        correcting.describe(plan.code, told, unit_code=unit_code, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        raise Unclear(plan_form=form) from refusal
    return gettext("Đã lưu thông tin kế hoạch."), ""


def _plain(request: SignedInRequest, name: str, most: int = 300) -> str:
    return request.POST.get(name, "")[:most].replace("\0", "")


def _assign(request: SignedInRequest, _plan: Plan, code: str) -> Done:
    unit = unit_at(_plain(request, "unit", 40))
    assigning.assign(
        code, unit=unit, is_lead=_plain(request, "vai") != "phoi-hop", named_as=_plain(request, "name"),
        actor=request.user,
    )  # fmt: skip
    return gettext("Đã giao %(unit)s.") % {"unit": unit}, ""


def _name_unit(request: SignedInRequest, plan: Plan, _code: str) -> Done:
    unit = unit_at(_plain(request, "unit", 40))
    count = reviewing.name_unit(plan.code, name=_plain(request, "name"), unit=unit, actor=request.user)
    return gettext("Đã giao %(unit)s cho %(count)s dòng.") % {"unit": unit, "count": count}, ""


def _simple(action: Callable[..., Any], words: Any) -> Verb:
    def act_on(request: SignedInRequest, _plan: Plan, code: str) -> Done:
        action(code, actor=request.user)
        return str(words), ""

    return act_on


def _move(*, up: bool) -> Verb:
    def act_on(request: SignedInRequest, _plan: Plan, code: str) -> Done:
        reshaping.move_task(code, up=up, actor=request.user)
        return gettext("Đã chuyển chỗ dòng."), ""

    return act_on


def _into_section(request: SignedInRequest, plan: Plan, code: str) -> Done:
    sections = sections_of(list(plan.tasks.only("section_path", "plan").order_by("position")))
    number = _plain(request, "section", 6)
    at = int(number) if number.isascii() and number.isdigit() else 0
    path = sections[at - 1] if 0 < at <= len(sections) else []
    reviewing.move_into_section(code, section_path=path, actor=request.user)
    return gettext("Đã chuyển dòng vào phần khác."), ""


def _acknowledge(request: SignedInRequest, plan: Plan, _code: str) -> Done:
    correcting.acknowledge(plan.code, request.POST.get("key", ""), actor=request.user)
    return gettext("Đã ghi nhận."), ""


def _accept_sure(request: SignedInRequest, plan: Plan, _code: str) -> Done:
    taken = reviewing.accept_sure(plan.code, actor=request.user)
    return gettext("Đã nhận %(count)s dòng chắc chắn.") % {"count": len(taken)}, ""


def _take_body_task(request: SignedInRequest, plan: Plan, _code: str) -> Done:
    made = reviewing.take_body_task(plan.code, _plain(request, "viec", 40), actor=request.user)
    return gettext("Đã đưa việc vào kế hoạch thành một dòng."), made.short_code


def _undo(request: SignedInRequest, plan: Plan, _code: str) -> Done:
    step = undoing.undo(plan.code, actor=request.user)
    words = gettext("Đã hoàn tác: %(step)s %(row)s.") % {"step": step.label.lower(), "row": step.row}
    return words.replace(" .", "."), step.row if Task.objects.filter(code=f"{plan.code}.{step.row}").exists() else ""


# Verbs about one row, which first save what is typed in its form; and those about the plan.
OF_ROW: dict[str, Verb] = {
    "luu": _save,
    "tach": _split,
    "giao": _assign,
    "len": _move(up=True),
    "xuong": _move(up=False),
    "vao-phan": _into_section,
    "doi-chieu": _simple(correcting.check_task, _("Đã ghi là đối chiếu xong.")),
    "tra-ve": _simple(correcting.restore_task, _("Đã trả về như bản đọc.")),
    "gop": _simple(reshaping.merge_with_next, _("Đã gộp với dòng sau.")),
    "bo": _simple(reshaping.drop_task, _("Đã bỏ dòng.")),
    "lay-lai": _simple(reshaping.bring_back_task, _("Đã lấy lại dòng.")),
}
OF_PLAN: dict[str, Verb] = {
    "them": _add,
    "thong-tin": _describe,
    "ghi-nhan": _acknowledge,
    "chon-don-vi": _name_unit,
    "nhan-het": _accept_sure,
    "lay-viec": _take_body_task,
    "hoan-tac": _undo,
}
