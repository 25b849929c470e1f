"""What may be done on a task's page: each verb of the address with its action and its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account, Unit
from motcua.plans.actions import assigning, closing_by_fact, extending, following, recurring
from motcua.plans.closing_facts import offered_verbs
from motcua.plans.models import Task
from motcua.plans.queries.people import people_of, units_beside
from motcua.plans.working_forms import (
    AcceptForm,
    AskExtensionForm,
    AssignForm,
    CompletionForm,
    CycleForm,
    EventForm,
    ExtendForm,
    FactBindingForm,
    GrantForm,
    NoteForm,
    PersonForm,
    ProgressForm,
    RefuseForm,
    SourceForm,
    unit_options,
)

Act = Callable[[SignedInRequest, Task, Unit, dict[str, Any], Any], object]


@dataclass(frozen=True)
class Verb:
    """``act`` takes (request, task, unit, what was filled in, the form); ``words`` say that it is done.

    ``needs_unit``: the unit's code comes beside the form; else it is the plan's holder. ``page``: "task" or "giving".
    """

    act: Act
    shape: Callable[..., forms.Form] | None
    words: Any
    needs_unit: bool = True
    page: str = "task"


def form_of(verb: Verb, task: Task, unit_code: str, *told: Any, **options: Any) -> forms.Form | None:
    """Return the form of ``verb`` with the choices that the task gives it."""
    if verb.shape is None:
        return None
    if verb.shape is FactBindingForm:
        leads = [part.unit for part in task.assignments.filter(is_lead=True).select_related("unit")]
        return FactBindingForm(*told, units=unit_options(leads), verbs=offered_verbs(), **options)
    if verb.shape is AssignForm:
        return AssignForm(*told, units=unit_options(units_beside(task.plan.holder)), **options)
    if verb.shape is PersonForm:
        part = task.assignments.filter(unit__code=unit_code).select_related("unit").first()
        people = people_of([part.unit]).get(part.unit_id, []) if part else []
        return PersonForm(*told, people=people, **options)
    return verb.shape(*told, **options)


def _progress(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], form: Any) -> object:
    return following.report_progress(
        task.code, unit=unit, percent=told["percent"], note=told["note"], evidence=form.evidence(),
        turn=told["turn"], actor=request.user,
    )  # fmt: skip


def _completion(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], form: Any) -> object:
    return following.report_completion(
        task.code, unit=unit, on_day=told["on_day"], note=told["note"], evidence=form.evidence(), turn=told["turn"],
        actor=request.user,
    )  # fmt: skip


def _accept(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return following.accept(
        task.code, unit=unit, grade=told["grade"], note=told["note"], turn=told["turn"], actor=request.user
    )  # fmt: skip


def _send_back(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return following.send_back(task.code, unit=unit, note=told["note"], turn=told["turn"], actor=request.user)


def _extend(request: SignedInRequest, task: Task, _unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return following.extend(task.code, due_on=told["due_on"], note=told["note"], actor=request.user)


def _ask(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], form: Any) -> object:
    return extending.ask_extension(
        task.code, unit=unit, new_due_on=told["new_due_on"], reason=told["reason"], evidence=form.evidence(),
        turn=told["turn"], actor=request.user,
    )  # fmt: skip


def _grant(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return extending.grant_extension(
        task.code, unit=unit, due_on=told["due_on"], answer=told["answer"], actor=request.user
    )  # fmt: skip


def _refuse(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return extending.refuse_extension(task.code, unit=unit, answer=told["answer"], actor=request.user)


def _event(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return recurring.open_turn(
        task.code, unit=unit, starts_on=told["starts_on"], note=told["note"], due_on=told["due_on"], actor=request.user
    )  # fmt: skip


def _cycle(request: SignedInRequest, task: Task, _unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return recurring.set_cycle(task.code, every=told["every"], day=told["day"], actor=request.user)


def _past(request: SignedInRequest, task: Task, _unit: Unit, _told: dict[str, Any], _form: Any) -> object:
    return recurring.make_past_turns(task.code, actor=request.user)


def _bind(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return closing_by_fact.bind_to_fact(
        task.code, unit=unit, verb=told["verb"], subject=told["subject"], actor=request.user
    )  # fmt: skip


def _unbind(request: SignedInRequest, task: Task, unit: Unit, _told: dict[str, Any], _form: Any) -> object:
    verb, subject = (request.POST.get(name, "")[:80].replace("\0", "") for name in ("verb", "subject"))
    return closing_by_fact.unbind_from_fact(task.code, unit=unit, verb=verb, subject=subject, actor=request.user)


def _assign(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return assigning.assign(
        task.code, unit=unit, is_lead=told["role"] == "lead", share=told["share"], actor=request.user
    )  # fmt: skip


def _unassign(request: SignedInRequest, task: Task, unit: Unit, _told: dict[str, Any], _form: Any) -> object:
    return assigning.unassign(task.code, unit=unit, actor=request.user)


def _person(request: SignedInRequest, task: Task, unit: Unit, told: dict[str, Any], _form: Any) -> object:
    person = Account.objects.filter(code=told["person"]).first() if told["person"] else None
    if told["person"] and person is None:
        raise Http404
    return assigning.name_person(task.code, unit=unit, person=person, actor=request.user)


def _source(request: SignedInRequest, task: Task, _unit: Unit, told: dict[str, Any], _form: Any) -> object:
    return assigning.set_source(
        task.code, assigner=told["assigner"], assigned_in=told["assigned_in"], actor=request.user
    )  # fmt: skip


VERBS: dict[str, Verb] = {
    "tien-do": Verb(_progress, ProgressForm, _("Đã ghi tiến độ.")),
    "hoan-thanh": Verb(_completion, CompletionForm, _("Đã báo cáo hoàn thành, chờ xác nhận.")),
    "xac-nhan": Verb(_accept, AcceptForm, _("Đã chấp nhận hoàn thành.")),
    "tra-lai": Verb(_send_back, NoteForm, _("Đã trả lại đơn vị.")),
    "gia-han": Verb(_extend, ExtendForm, _("Đã đặt lại thời hạn."), needs_unit=False),
    "xin-gia-han": Verb(_ask, AskExtensionForm, _("Đã gửi đề nghị gia hạn.")),
    "dong-y-gia-han": Verb(_grant, GrantForm, _("Đã gia hạn.")),
    "khong-gia-han": Verb(_refuse, RefuseForm, _("Đã trả lời không đồng ý gia hạn.")),
    "phat-sinh": Verb(_event, EventForm, _("Đã ghi việc phát sinh.")),
    "chu-ky": Verb(_cycle, CycleForm, _("Đã đặt chu kỳ."), needs_unit=False),
    "ky-da-qua": Verb(_past, None, _("Đã lập các kỳ từ đầu kế hoạch."), needs_unit=False),
    "su-kien": Verb(_bind, FactBindingForm, _("Đã gắn với sự kiện.")),
    "bo-su-kien": Verb(_unbind, None, _("Đã bỏ gắn với sự kiện.")),
    "giao-don-vi": Verb(_assign, AssignForm, _("Đã giao việc."), page="giving"),
    "bo-giao": Verb(_unassign, None, _("Đã bỏ giao."), page="giving"),
    "nguoi": Verb(_person, PersonForm, _("Đã phân công."), page="giving"),
    "nguon": Verb(_source, SourceForm, _("Đã ghi nguồn giao."), needs_unit=False, page="giving"),
}
