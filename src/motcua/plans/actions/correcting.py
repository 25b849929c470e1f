"""Review: correcting fields, saying that a row was compared with the source, putting it back as it was read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account
from motcua.organizations.queries import unit_at
from motcua.plans import events
from motcua.plans.access import may_draft
from motcua.plans.actions.copying import DEADLINE, dates_in_year
from motcua.plans.actions.locking import draft_for, draft_task, touch
from motcua.plans.actions.naming import give_units
from motcua.plans.actions.opening import set_deadline
from motcua.plans.actions.undoing import undoable
from motcua.plans.models import TEXT_FIELDS, Plan, Task
from motcua.plans.queries import blockers, days_of, holder_today
from motcua.plans.rules.bodies.agencies import split_agencies
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.plans.states import ASSIGNERS, LONGEST

DESCRIBED_FIELDS = ("number", "title", "issuer", "kind", "issued_on", "year", "assigner", "is_reform")


def clean(name: str, value: str) -> str:
    """Return a field's text in NFC, trimmed.

    Raises:
        Refused: it is too long, or holds a character that cannot be kept.
    """
    text = nfc(value).strip()
    if len(text) > LONGEST[name]:
        raise Refused(gettext("Nội dung quá dài: tối đa %(most)s ký tự.") % {"most": LONGEST[name]}, field=name)
    if "\0" in text:
        raise Refused(gettext("Nội dung có ký tự không dùng được."), field=name)
    return text


@undoable("correct")
@transaction.atomic
def correct_task(
    code: str,
    fields: Mapping[str, str],
    *,
    actor: Account,
    seen: datetime | None = None,
    due_on: date | None = None,
    is_due_set: bool = False,
) -> Task:
    """Change fields of a row; agencies and deadline are understood anew where their text changed.

    With ``is_due_set`` the last day is ``due_on`` itself, whatever the text says. A corrected row counts as compared
    with its source.

    Raises:
        Refused: as ``draft_task``; an unknown field; a text that is too long; an empty task.
    """
    task = draft_task(code, actor, seen)
    changed = []
    for name, value in fields.items():
        if name not in TEXT_FIELDS:
            raise Refused(gettext("Dòng không có trường “%(name)s”.") % {"name": str(name)[:40]})
        text = clean(name, value)
        if text != getattr(task, name):
            setattr(task, name, text)
            changed.append(name)
    if not task.text:
        raise Refused(gettext("Nhiệm vụ phải có nội dung."), field="text")
    understand_again(task, changed)
    if is_due_set and due_on != task.due_on:
        if due_on is not None and task.starts_on is not None and due_on < task.starts_on:
            raise Refused(gettext("Hạn cuối đứng trước ngày bắt đầu."), field="due_on")
        _set_day(task, due_on)
        changed.append("due_on")
    if not changed:
        return task
    task.is_checked = True
    touch(task.plan, task, actor=actor)
    task.save()
    if {"lead_text", "coordinating_text"} & set(changed):
        give_units(task.plan, [task])
    record(
        events.CORRECTED, subject=task.code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        fields=changed,
    )  # fmt: skip
    return task


def understand_again(task: Task, changed: list[str]) -> None:
    """Read agencies and deadline of a row again where their texts are among ``changed``."""
    if {"lead_text", "coordinating_text"} & set(changed):
        lead = split_agencies(task.lead_text, is_lead=True)
        others = split_agencies(task.coordinating_text).names
        task.lead = list(lead.names)
        task.coordinating = [*lead.coordinating, *(name for name in others if name not in lead.coordinating)]
    if "deadline_text" in changed:
        set_deadline(task, parse_deadline(task.deadline_text, task.plan.year, " ".join(task.section_path)))


def _set_day(task: Task, due_on: date | None) -> None:
    task.due_on, task.target_on = due_on, None
    task.deadline_kind = "date" if due_on else "unspecified"
    task.deadline = {"kind": task.deadline_kind, "by_hand": True} | ({"date": due_on.isoformat()} if due_on else {})
    task.deadline_reading = gettext("Hạn do người rà soát đặt.") if due_on else gettext("Không đặt hạn.")


@undoable("check")
@transaction.atomic
def check_task(code: str, *, actor: Account, seen: datetime | None = None) -> Task:
    """Say that a person compared the row with the source and takes it as it is. Twice is once.

    Raises:
        Refused: as ``draft_task``.
    """
    task = draft_task(code, actor, seen)
    if task.is_checked:
        return task
    task.is_checked = True
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["is_checked", "changed_at", "changed_by"])
    record(events.CHECKED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code)
    return task


@undoable("restore")
@transaction.atomic
def restore_task(code: str, *, actor: Account, seen: datetime | None = None) -> Task:
    """Put a row back as it was read: texts, agencies, deadline; its doubts stand again.

    Raises:
        Refused: as ``draft_task``; a person added the row, so there is nothing to go back to.
    """
    task = draft_task(code, actor, seen)
    if task.is_added:
        raise Refused(gettext("Dòng này do người rà soát thêm, không có bản đọc để trả về."))
    restore_values(task)
    task.is_checked = False
    touch(task.plan, task, actor=actor)
    task.save()
    task.assignments.all().delete()
    give_units(task.plan, [task])
    record(events.RESTORED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code)
    return task


def restore_values(task: Task) -> None:
    """Put the values that were read back into ``task``."""
    for name, value in task.original.items():
        if name in ("starts_on", "target_on", "due_on"):
            value = date.fromisoformat(value) if value else None
        setattr(task, name, value)


@undoable("acknowledge")
@transaction.atomic
def acknowledge(plan_code: str, key: str, *, actor: Account) -> Plan:
    """Say that a person looked at a loss of the document (a missing row, a claim that does not agree). Twice is once.

    Raises:
        Refused: as ``draft_for``; there is no such loss.
    """
    plan = draft_for(plan_code, actor)
    if key in plan.acknowledged:
        return plan
    if key not in {blocker.key for blocker in blockers(plan, [])}:
        raise Refused(gettext("Không có chỗ mất nào như vậy trong văn bản."))
    plan.acknowledged = [*plan.acknowledged, key]
    touch(plan, actor=actor)
    plan.save(update_fields=["acknowledged"])
    record(events.LOSS_SEEN, subject=plan.code, actor=actor.code, unit=plan.holder.code, key=key[:60])
    return plan


@undoable("describe", is_wide=True)
@transaction.atomic
def describe(plan_code: str, fields: Mapping[str, Any], *, actor: Account, unit_code: str = "") -> Plan:
    """Change what is said of the plan as a whole; its code stays.

    A corrected year reads again the deadlines whose words leave the year to the plan; a corrected unit or day looks the
    agencies up again.

    Raises:
        Refused: as ``draft_for``; an unknown assigner or year; the unit is not the actor's.
    """
    plan = draft_for(plan_code, actor)
    changed = [name for name in DESCRIBED_FIELDS if name in fields and fields[name] != getattr(plan, name)]
    for name in changed:
        setattr(plan, name, fields[name])
    if plan.assigner not in ASSIGNERS:
        raise Refused(gettext("Chọn cơ quan giao nhiệm vụ."), field="assigner")
    if not 1990 <= plan.year <= 2100:
        raise Refused(gettext("Năm của kế hoạch phải từ 1990 đến 2100."), field="year")
    if not plan.title.strip():
        raise Refused(gettext("Kế hoạch phải có tên."), field="title")
    if "year" in changed:
        plan.first_day, plan.last_day = days_of(plan.year)
    if unit_code and unit_code != plan.unit.code:
        plan.unit = unit_at(unit_code, plan.issued_on)
        plan.holder = holder_today(plan.unit)
        if not may_draft(actor, plan.holder):
            raise Refused(gettext("Bạn không lập kế hoạch cho %(unit)s.") % {"unit": plan.holder}, field="unit")
        changed.append("unit")
    if not changed:
        return plan
    touch(plan, actor=actor)
    plan.save()
    if "year" in changed:
        dated = dates_in_year(plan.tasks.all(), plan.year)
        for task in dated:
            task.changed_at, task.changed_by = plan.changed_at, actor.code
        Task.objects.bulk_update(dated, [*DEADLINE, "original", "changed_at", "changed_by"], batch_size=500)
    if {"unit", "issued_on"} & set(changed):  # names are looked up in the tree of the document's day
        give_units(plan, list(plan.tasks.all()))
    record(events.DESCRIBED, subject=plan.code, actor=actor.code, unit=plan.holder.code, fields=changed)
    return plan
