"""Approving a plan, after which it is not edited any more, and closing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.access import may_approve
from motcua.plans.actions.amending import check_amendment, take_place
from motcua.plans.actions.locking import changed_since, locked_plan
from motcua.plans.models import Assignment, Plan
from motcua.plans.queries import blockers
from motcua.plans.states import APPROVED, CLOSED, DRAFT, NEXT


def _to(code: str, state: str, actor: Account) -> Plan:
    plan = locked_plan(code)
    if not may_approve(actor, plan.holder):
        raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát làm được việc này."))
    if state not in NEXT[plan.state]:
        raise Refused(
            gettext("Kế hoạch đang ở trạng thái “%(state)s”, không thực hiện được việc này.")
            % {"state": plan.state_label}
        )
    return plan


@transaction.atomic
def approve(code: str, *, actor: Account, seen: datetime | None = None) -> Plan:
    """Publish the plan: its tasks are given to their units and followed from now on.

    A version that amends another takes its place with all that was reported. The signed document may be attached later,
    except that of an amendment.

    ``seen`` is when the plan that the actor saw was last changed.

    Raises:
        Refused: it is approved already, the actor may not, somebody changed it meanwhile, it has no rows, lost rows
            and leads that nobody answers to were not looked at (their number and the first one are said), or an
            amendment has no signed decision.
    """
    plan = _to(code, APPROVED, actor)
    if changed_since(seen, plan.changed_at):
        raise Refused(gettext("Kế hoạch vừa được sửa sau khi bạn mở trang. Hãy tải lại trang để xem bản mới."))
    tasks = list(plan.tasks.filter(is_dropped=False))
    if not tasks:
        raise Refused(gettext("Kế hoạch chưa có nhiệm vụ nào."))
    for task in tasks:
        task.plan = plan
    if left := blockers(plan, tasks):
        raise Refused(
            gettext("Còn %(count)s chỗ phải xem trước khi duyệt. Chỗ đầu tiên: %(first)s")
            % {"count": len(left), "first": left[0].message}
        )
    if plan.amends_id is not None:
        check_amendment(plan)
    plan.state, plan.approved_at, plan.changed_at = APPROVED, now(), now()
    plan.save(update_fields=["state", "approved_at", "changed_at"])
    if plan.amends_id is not None:
        take_place(plan, actor)
    units = Assignment.objects.filter(task__in=[task.pk for task in tasks]).values("unit").distinct().count()
    record(events.APPROVED, subject=code, actor=actor.code, unit=plan.holder.code, tasks=len(tasks), units=units)
    return plan


@transaction.atomic
def close(code: str, *, actor: Account) -> Plan:
    """End the following of an approved plan for good; everything stays readable, what is open stays open.

    Raises:
        Refused: it is not approved, the actor may not, or an amendment is being drafted.
    """
    plan = _to(code, CLOSED, actor)
    if plan.amendments.filter(state=DRAFT).exists():
        raise Refused(gettext("Kế hoạch đang có bản sửa đổi chưa duyệt; hãy duyệt hoặc bỏ bản đó trước."))
    still_open = plan.tasks.filter(is_dropped=False, done_on__isnull=True).count()
    plan.state, plan.closed_at, plan.changed_at = CLOSED, now(), now()
    plan.save(update_fields=["state", "closed_at", "changed_at"])
    record(events.CLOSED, subject=code, actor=actor.code, unit=plan.holder.code, open=still_open)
    return plan
