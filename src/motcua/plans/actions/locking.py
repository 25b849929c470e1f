"""Finding and locking what is about to change."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.plans.access import may_draft
from motcua.plans.models import Plan, Task


def changed_since(seen: datetime | None, changed_at: datetime) -> bool:
    """Tell whether what was ``seen`` (its changed_at then, None: nobody says) was changed meanwhile.

    JSON keeps milliseconds where the database keeps microseconds: less than one apart is the same instant.
    """
    return seen is not None and abs(changed_at - seen) >= timedelta(milliseconds=1)


def locked_plan(code: str) -> Plan:
    """Return the plan, locked till the transaction ends.

    Raises:
        Refused: there is none.
    """
    plan = (
        Plan.objects.select_for_update(of=("self",)).select_related("unit", "holder__parent").filter(code=code).first()
    )
    if plan is None:
        raise Refused(gettext("Không có kế hoạch “%(code)s”.") % {"code": code})
    return plan


def draft_for(code: str, actor: Account) -> Plan:
    """Return the draft plan, locked, for somebody who may change it.

    Raises:
        Refused: it is approved, or the actor may not.
    """
    plan = locked_plan(code)
    if not may_draft(actor, plan.holder):
        raise Refused(gettext("Bạn không sửa được kế hoạch của %(unit)s.") % {"unit": plan.holder})
    if not plan.is_draft:
        raise Refused(
            gettext("Kế hoạch đang ở trạng thái “%(state)s”, không sửa được nữa.") % {"state": plan.state_label}
        )
    return plan


def draft_task(code: str, actor: Account, seen: datetime | None = None) -> Task:
    """Return a row of a draft plan for somebody who may change it; the plan is locked, so rows change one at a time.

    ``seen`` is when the row that the actor saw was last changed.

    Raises:
        Refused: as ``draft_for``; there is no such row; or somebody changed it meanwhile.
    """
    found = Task.objects.filter(code=code).values_list("plan__code", flat=True).first()
    if found is None:
        raise Refused(gettext("Không có dòng “%(code)s”.") % {"code": code})
    plan = draft_for(found, actor)
    task = Task.objects.get(code=code)
    task.plan = plan
    if changed_since(seen, task.changed_at):
        who = Account.objects.filter(code=task.changed_by).values_list("full_name", flat=True).first() or ""
        raise Refused(
            gettext("Dòng %(row)s vừa được %(who)s sửa lúc %(at)s. Hãy tải lại trang để thấy bản mới.")
            % {"row": task.short_code, "who": who or gettext("người khác"), "at": f"{task.changed_at:%H:%M:%S}"}
        )
    return task


def touch(plan: Plan, *tasks: Task, actor: Account) -> None:
    """Mark ``tasks`` and their plan as changed now by ``actor``; the tasks are written by the caller."""
    plan.changed_at = now()
    plan.save(update_fields=["changed_at"])
    for task in tasks:
        task.changed_at, task.changed_by = plan.changed_at, actor.code
