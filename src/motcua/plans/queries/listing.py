"""Tasks as lists show them: status, who has them, how many stand where."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.plans.models import Assignment, Plan, PlanTarget, Task
from motcua.plans.task_status import DONE, ORDER, TaskStatus, task_status


@dataclass
class NamedGroup:
    """Units that one name of the text led to: how many, how many of them are done, and one unit's name."""

    named_as: str
    is_lead: bool
    origin: str
    count: int
    done: int
    first: str

    @property
    def label(self) -> str:
        if self.count == 1:
            return self.first
        return gettext("%(name)s (%(count)s đơn vị)") % {"name": self.named_as or self.first, "count": self.count}


def groups_of(tasks: Iterable[Task]) -> dict[int, list[NamedGroup]]:
    """Return who has each task, one entry per name in the text: {task id: groups}, leads first. One statement."""
    rows = (
        Assignment.objects.filter(task__in=[task.pk for task in tasks])
        .values("task_id", "is_lead", "named_as", "origin")
        .annotate(count=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)), first=Min("unit__name"))
        .order_by("task_id", "-is_lead", "count", "named_as")
    )
    found: dict[int, list[NamedGroup]] = defaultdict(list)
    for row in rows:
        told: dict[str, Any] = dict(row)
        found[told.pop("task_id")].append(NamedGroup(**told))
    return found


@dataclass
class TaskRow:
    """A task as a list shows it."""

    task: Task
    status: TaskStatus
    groups: list[NamedGroup] = field(default_factory=list)

    @property
    def leads(self) -> list[NamedGroup]:
        return [group for group in self.groups if group.is_lead]


def task_rows(tasks: Iterable[Task], day: date | None = None, *, is_late_first: bool = True) -> list[TaskRow]:
    """Return ``tasks`` with status and units; late ones first, each group by last day, then in the plan's order."""
    kept = list(tasks)
    groups = groups_of(kept)
    day = day or today()
    rows = [TaskRow(task, task.status(day), groups.get(task.pk, [])) for task in kept]
    if is_late_first:
        rows.sort(key=lambda row: (ORDER.index(row.status.code), row.task.due_on or date.max, row.task.position))
    return rows


def progress_of(plans: Iterable[Plan], day: date | None = None) -> dict[int, Counter[str]]:
    """Return for each plan how many tasks stand in each status: {plan id: Counter}. One statement."""
    day = day or today()
    found: dict[int, Counter[str]] = {plan.pk: Counter() for plan in plans}
    rows = Task.objects.filter(plan__in=list(found), is_dropped=False).values_list(
        "plan_id", "deadline_kind", "due_on", "done_on"
    )
    for plan_id, kind, due_on, done_on in rows:
        status = task_status(deadline_kind=kind, due_on=due_on, done_on=done_on, day=day)
        found[plan_id][status.code] += 1
        found[plan_id]["total"] += 1
        found[plan_id]["done"] += status.code in DONE
    return found


def targets_of(plan: Plan) -> list[PlanTarget]:
    """Return the targets of a plan in its order, repeats left out."""
    found = list(
        PlanTarget.objects.filter(task__plan=plan, task__is_dropped=False, duplicate_of="")
        .select_related("task")
        .order_by("task__position", "position")
    )
    for target in found:
        target.task.plan = plan
    return found
