"""Who drafts, approves, does and sees what is planned."""

from typing import Any

from django.db.models import Q, QuerySet

from motcua.organizations.access import has_role, has_role_in, official, oversees, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER, SPECIALIST, UNIT_HEAD
from motcua.plans.models import Plan, Task
from motcua.plans.states import APPROVED, DRAFT, PUBLISHED

may_see_plans = official
may_urge = has_role(LEADER, CONTROL_OFFICER)
may_upload = has_role(SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER)


def may_draft(account: Any, unit: Unit) -> bool:
    """Officials of the unit, and control officers who oversee it."""
    return has_role_in(account, unit, SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER) or oversees(
        account, unit, CONTROL_OFFICER
    )


def may_approve(account: Any, unit: Unit) -> bool:
    """The unit's leader, and control officers who oversee it."""
    return has_role_in(account, unit, LEADER) or oversees(account, unit, CONTROL_OFFICER)


def may_assign(account: Any, plan: Plan) -> bool:
    """Give a plan's tasks to units: who may approve it, and while it is a draft whoever drafts it."""
    if plan.state not in (DRAFT, APPROVED):
        return False
    return may_approve(account, plan.holder) or (plan.is_draft and may_draft(account, plan.holder))


def may_report(account: Any, unit: Unit) -> bool:
    """Officials of an assigned unit."""
    return has_role_in(account, unit, SPECIALIST, UNIT_HEAD, LEADER)


def may_accept(account: Any, plan: Plan) -> bool:
    """Who may approve the plan also accepts what is reported as done, and sets new days."""
    return may_approve(account, plan.holder)


def visible_to(account: Any) -> QuerySet[Plan]:
    """Return published plans for everybody, drafts for the officials of their unit and of those above it."""
    visible = Q(state__in=PUBLISHED)
    if account.is_authenticated:
        for post in account.posts_now:
            visible |= Q(holder__path__startswith=scope_of(post).path)
    return Plan.objects.filter(visible).select_related("unit", "holder__parent")


def visible_tasks(account: Any) -> QuerySet[Task]:
    """Return the tasks of published plans to officials; the work of others is not secret inside the house."""
    if not official(account):
        return Task.objects.none()
    return Task.objects.filter(plan__state__in=PUBLISHED, is_dropped=False).select_related(
        "plan__unit", "plan__holder__parent"
    )


def may_see_evidence(account: Any, task: Task) -> bool:
    """Officials of the units assigned, of those above them, and of the plan's holder."""
    scopes = [scope_of(post).path for post in account.posts_now]
    if any(task.plan.holder.path.startswith(path) for path in scopes):
        return True
    within = Q(pk__in=[])
    for path in scopes:
        within |= Q(unit__path__startswith=path)
    return task.assignments.filter(within).exists()
