"""Giving a task to units and to people of them, with shares, and saying who set it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_approve, may_assign, may_report
from motcua.plans.actions.evidence import clear_note
from motcua.plans.actions.following import settle
from motcua.plans.actions.locking import changed_since, locked_plan, touch
from motcua.plans.actions.undoing import undoable
from motcua.plans.models import Assignment, Task
from motcua.plans.states import APPROVED, ASSIGNERS, CHOSEN


def _task(code: str, actor: Account) -> Task:
    """Return the task, its plan locked, for somebody who gives its tasks to units.

    While the plan is a draft whoever drafts it does; once approved only who may approve.
    """
    found = Task.objects.filter(code=code, is_dropped=False).values_list("plan__code", flat=True).first()
    if found is None:
        raise Refused(gettext("Không có nhiệm vụ “%(code)s”.") % {"code": code})
    plan = locked_plan(found)
    if not may_assign(actor, plan):
        raise Refused(gettext("Bạn không giao được nhiệm vụ của kế hoạch này."))
    # What is reported of a task locks its row alone: an acceptance must not slip between reading and writing it here.
    task = Task.objects.select_for_update(of=("self",)).get(code=code)
    task.plan = plan
    return task


@undoable("assign")
@transaction.atomic
def assign(
    code: str, *, unit: Unit, actor: Account, is_lead: bool = True, named_as: str = "", seen: datetime | None = None,
    share: int | None = None,
) -> Assignment:  # fmt: skip
    """Give a task to ``unit``; ``named_as`` is the name of the text that it answers to. Twice is once.

    ``share`` is the unit's part of the work in percent, None: nobody said.

    Raises:
        Refused: the actor may not; the unit does not stand in the province of the plan; the row changed meanwhile; the
            shares of the leading units would pass 100 %.
    """
    task = _task(code, actor)
    if changed_since(seen, task.changed_at):
        raise Refused(gettext("Dòng vừa được người khác sửa. Hãy tải lại trang để thấy bản mới."))
    top = task.plan.holder.path.split("/")[0]
    if unit.path.split("/")[0] != top:
        raise Refused(gettext("%(unit)s không thuộc tỉnh của kế hoạch này.") % {"unit": unit}, field="unit")
    found = task.assignments.filter(unit=unit).first()
    if found is not None and found.is_lead == is_lead and share in (None, found.share):
        return found
    _check_share(task, unit, share, is_lead=is_lead)
    if found is not None and found.is_lead and not is_lead and found.reported_on is not None:
        raise Refused(gettext("%(unit)s đang chờ xác nhận hoàn thành, chưa đổi vai trò được.") % {"unit": unit})
    assignment = found or Assignment(task=task, unit=unit, origin=CHOSEN)
    if found is None or found.is_lead != is_lead:
        assignment.is_lead, assignment.named_as, assignment.origin = is_lead, named_as[:300], CHOSEN
    assignment.share = share if share is not None else assignment.share
    assignment.save()
    if is_lead and named_as in task.unresolved:
        task.unresolved = [name for name in task.unresolved if name != named_as]
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["unresolved", "changed_at", "changed_by"])
    settle(task)  # a new leading unit has not done its part; without one that is demoted the others may have
    record(
        events.ASSIGNED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code, to=unit.code,
        is_lead=is_lead, share=assignment.share,
    )  # fmt: skip
    return assignment


def _check_share(task: Task, unit: Unit, share: int | None, *, is_lead: bool) -> None:
    if share is None:
        return
    if not 0 <= share <= 100:
        raise Refused(gettext("Tỷ lệ công việc từ 0 đến 100 phần trăm."), field="share")
    others = task.assignments.filter(is_lead=is_lead).exclude(unit=unit).aggregate(sum=Sum("share"))["sum"] or 0
    if others + share > 100:
        raise Refused(
            gettext("Các đơn vị khác đã nhận %(others)s phần trăm, chỉ còn %(left)s.")
            % {"others": others, "left": max(0, 100 - others)},
            field="share",
        )


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
    settle(task)
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
    if task is None or found is None or not (may_report(actor, unit) or may_approve(actor, unit)):
        raise Refused(gettext("Nhiệm vụ này không giao cho đơn vị của bạn."))
    if person is not None and not any(post.unit_id == unit.pk for post in person.posts_now):
        raise Refused(gettext("Người được chọn không công tác tại %(unit)s.") % {"unit": unit}, field="person")
    if found.person == person:
        return found
    found.person = person
    found.save(update_fields=["person"])
    record(
        events.PERSON_NAMED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code, of_unit=unit.code,
        person=person.code if person else "",
    )  # fmt: skip
    return found


@transaction.atomic
def set_source(code: str, *, assigner: str, assigned_in: str, actor: Account) -> Task:
    """Say who set a task and in which document and clause, where that is not the plan itself ("" each).

    Raises:
        Refused: the actor may not, there is no such assigner, or the words are too long.
    """
    task = _task(code, actor)
    if assigner and assigner not in ASSIGNERS:
        raise Refused(gettext("Không có cơ quan giao “%(assigner)s”.") % {"assigner": assigner[:20]}, field="assigner")
    task.assigner = assigner
    task.assigned_in = clear_note(assigned_in, most=300, field="assigned_in")
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["assigner", "assigned_in", "changed_at", "changed_by"])
    record(
        events.SOURCE_SET, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        assigner=assigner,
    )  # fmt: skip
    return task
