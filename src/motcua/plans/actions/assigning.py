"""Giving a task to a unit or a person of it, beyond what the text names."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_approve, may_draft, may_report
from motcua.plans.actions.locking import locked_plan, touch
from motcua.plans.actions.undoing import undoable
from motcua.plans.models import Assignment, Task
from motcua.plans.states import APPROVED, CHOSEN, CLOSED


def _task(code: str, actor: Account) -> Task:
    """Return the task, its plan locked, for somebody who gives its tasks to units.

    While the plan is a draft whoever drafts it does; once approved only who may approve.
    """
    found = Task.objects.filter(code=code, is_dropped=False).values_list("plan__code", flat=True).first()
    if found is None:
        raise Refused(gettext("Không có nhiệm vụ “%(code)s”.") % {"code": code})
    plan = locked_plan(found)
    if plan.state == CLOSED or not (
        may_approve(actor, plan.holder) or (plan.is_draft and may_draft(actor, plan.holder))
    ):
        raise Refused(gettext("Bạn không giao được nhiệm vụ của kế hoạch này."))
    # What is reported of a task locks its row alone: an acceptance must not slip between reading and writing it here.
    task = Task.objects.select_for_update(of=("self",)).get(code=code)
    task.plan = plan
    return task


@undoable("assign")
@transaction.atomic
def assign(
    code: str, *, unit: Unit, actor: Account, is_lead: bool = True, named_as: str = "", seen: datetime | None = None
) -> Assignment:
    """Give a task to ``unit``; ``named_as`` is the name of the text that it answers to. Twice is once.

    Raises:
        Refused: the actor may not; the unit does not stand in the province of the plan; the row changed meanwhile.
    """
    task = _task(code, actor)
    if seen is not None and task.changed_at != seen:
        raise Refused(gettext("Dòng vừa được người khác sửa. Hãy tải lại trang để thấy bản mới."))
    top = task.plan.holder.path.split("/")[0]
    if unit.path.split("/")[0] != top:
        raise Refused(gettext("%(unit)s không thuộc tỉnh của kế hoạch này.") % {"unit": unit}, field="unit")
    found = task.assignments.filter(unit=unit).first()
    if found is not None and found.is_lead == is_lead:
        return found
    assignment = found or Assignment(task=task, unit=unit)
    assignment.is_lead, assignment.named_as, assignment.origin = is_lead, named_as[:300], CHOSEN
    assignment.save()
    if is_lead and named_as in task.unresolved:
        task.unresolved = [name for name in task.unresolved if name != named_as]
    if is_lead and task.done_on is not None:
        task.done_on = None  # a new leading unit has not done its part
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["unresolved", "done_on", "changed_at", "changed_by"])
    record(
        events.ASSIGNED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code, to=unit.code,
        is_lead=is_lead,
    )  # fmt: skip
    return assignment


@undoable("unassign")
@transaction.atomic
def unassign(code: str, *, unit: Unit, actor: Account) -> None:
    """Take a task from ``unit``.

    Raises:
        Refused: the actor may not; the unit reported on it already.
    """
    task = _task(code, actor)
    found = task.assignments.filter(unit=unit).first()
    if found is None:
        return
    if task.history.filter(unit=unit).exists():
        raise Refused(gettext("%(unit)s đã báo cáo nhiệm vụ này, không bỏ giao được nữa.") % {"unit": unit})
    found.delete()
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["changed_at", "changed_by"])
    record(
        events.UNASSIGNED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        from_unit=unit.code,
    )  # fmt: skip


@transaction.atomic
def name_person(code: str, *, unit: Unit, person: Account | None, actor: Account) -> Assignment:
    """Let a person of the unit look after its part of a task, or nobody in particular.

    Raises:
        Refused: the unit does not have the task, the actor or the person holds no post in the unit.
    """
    task = Task.objects.select_related("plan__holder").filter(code=code, plan__state=APPROVED).first()
    found = Assignment.objects.select_for_update(of=("self",)).filter(task=task, unit=unit).first() if task else None
    if task is None or found is None or not may_report(actor, unit):
        raise Refused(gettext("Nhiệm vụ này không giao cho đơn vị của bạn."))
    if person is not None and not any(post.unit_id == unit.pk for post in person.posts_now):
        raise Refused(gettext("Người được chọn không công tác tại %(unit)s.") % {"unit": unit}, field="person")
    found.person = person
    found.save(update_fields=["person"])
    record(
        events.ASSIGNED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code, to=unit.code,
        is_lead=found.is_lead,
    )  # fmt: skip
    return found
