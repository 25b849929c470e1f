"""Reading plans and tasks."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.queries import successors_of
from motcua.organizations.states import CONTROL_OFFICER, LEADER, OFFICE, PROVINCE, UNIT_HEAD
from motcua.plans.models import Assignment, Plan, PlanTarget, Task
from motcua.plans.names import NameBook, TreeUnit
from motcua.plans.states import PUBLISHED
from motcua.plans.task_status import COUNTED, DONE, ORDER, TaskStatus, task_status


def name_book(holder: Unit) -> NameBook:
    """Return the book of names for a plan of ``holder``: the units of its province today."""
    top = holder
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    units = [
        TreeUnit(*row)
        for row in Unit.objects.in_force().below(top).order_by("code").values_list("pk", "name", "kind", "one_stop_id")
    ]
    return NameBook(units, holder=TreeUnit(holder.pk, holder.name, holder.kind, holder.one_stop_id))


def issuing_unit(issuer: str, day: date | None, within: Unit) -> Unit | None:
    """Return the unit that ``issuer`` names on ``day`` in the province of ``within``, or None."""
    top = within
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    bare = fold(squash(issuer)).replace("uy ban nhan dan", "").replace("ubnd", "").strip()
    if not bare:
        return None
    units = Unit.objects.in_force(day or today()).below(top)
    named = [unit for unit in units if fold(unit.name) == bare]
    return named[0] if len(named) == 1 else None


def holder_today(unit: Unit) -> Unit:
    """Return who has today what was ``unit``'s: itself, or its one successor; the first of several."""
    return next(iter(successors_of(unit)), unit)


@dataclass(frozen=True)
class Blocker:
    """Something that a person must look at before the plan is approved; ``key`` names it."""

    key: str
    message: str
    line: int = 0
    task: Task | None = None


def blockers(plan: Plan, tasks: Iterable[Task]) -> list[Blocker]:
    """Return what still stands in the way of approval: lost rows, damaged rows, leads that nobody answers to."""
    found = []
    for row in plan.reading.get("missing_rows", []):
        key = f"missing:{row['line']}:{row['number']}"
        if key not in plan.acknowledged:
            message = gettext("Mất dòng số %(number)s: %(evidence)s") % row
            found.append(Blocker(key, message, row["line"]))
    for claim in plan.reading.get("claims", []):
        key = f"claim:{claim['line']}"
        if not claim["agrees"] and key not in plan.acknowledged:
            found.append(Blocker(key, gettext("Văn bản ghi “%(text)s”, bản đọc khác.") % claim, claim["line"]))
    for task in tasks:
        if task.is_dropped or task.is_checked:
            continue
        if task.is_damaged or any(each["severity"] == "error" for each in task.warnings):
            words = gettext("Dòng %(row)s bị mất một phần, chưa đối chiếu.") % {"row": task.short_code}
            found.append(Blocker(f"damaged:{task.code}", words, task.line_start, task))
        if task.unresolved:
            words = gettext("Dòng %(row)s: chưa rõ đơn vị của “%(names)s”.") % {
                "row": task.short_code,
                "names": "; ".join(task.unresolved)[:200],
            }
            found.append(Blocker(f"lead:{task.code}", words, task.line_start, task))
        if not task.text:
            words = gettext("Dòng %(row)s không có nội dung.") % {"row": task.short_code}
            found.append(Blocker(f"text:{task.code}", words, task.line_start, task))
    return found


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


def assigned_to(units: Iterable[Unit], *, leads_only: bool = False) -> QuerySet[Assignment]:
    """Return what is assigned to ``units`` and to all under them, in approved plans."""
    within = Q(pk__in=[])
    for unit in units:
        within |= Q(unit__path__startswith=unit.path)
    found = Assignment.objects.filter(within, task__is_dropped=False, task__plan__state="approved")
    if leads_only:
        found = found.filter(is_lead=True)
    return found.select_related("unit", "task__plan__holder")


def count_tasks(
    unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None, codes: Iterable[str] | None = None
) -> int:
    """Return how many tasks led by ``unit`` or by units under it stand in one of the statuses ``codes`` on ``day``.

    Counted are tasks of published plans of the day's year, and older ones that were not done before that year began.
    A task is done for ``unit`` when each of its leading units under it is. ``assigner`` narrows by who set the plan;
    ``plan="reform_of_year"`` to the reform plan of the year, of which routine tasks count as well: its report asks for
    all tasks of the plan, while the four statuses leave routine ones out (R10.3). ``codes`` None: the four.

    Raises:
        Refused: an unknown way of narrowing.
    """
    rows = _standing(unit, day, assigner=assigner, plan=plan)
    wanted = set(COUNTED if codes is None else codes)
    if plan is not None:
        wanted = set(ORDER) if codes is None else wanted
    return sum(code in wanted for code in rows.values())


def statuses_for(unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None) -> dict[int, str]:
    """Return {task id: status} of the tasks that ``count_tasks`` counts from."""
    return _standing(unit, day, assigner=assigner, plan=plan)


def _standing(unit: Unit, day: date, *, assigner: str | None, plan: str | None) -> dict[int, str]:
    rows = Assignment.objects.filter(
        is_lead=True,
        unit__path__startswith=unit.path,
        task__is_dropped=False,
        task__plan__state__in=PUBLISHED,
        task__plan__first_day__lte=day,
    )
    if assigner is not None:
        rows = rows.filter(task__plan__assigner=assigner)
    if plan == "reform_of_year":
        rows = rows.filter(task__plan__is_reform=True, task__plan__year=day.year)
    elif plan is not None:
        raise Refused(gettext("Không lọc được nhiệm vụ theo kế hoạch “%(plan)s”.") % {"plan": plan})
    new_year = date(day.year, 1, 1)
    found = {}
    grouped = rows.values("task_id", "task__deadline_kind", "task__due_on", "task__plan__year").annotate(
        still_open=Count("pk", filter=Q(done_on__isnull=True) | Q(done_on__gt=day)), last=Max("done_on")
    )
    for row in grouped:
        done_on = None if row["still_open"] else row["last"]
        if row["task__plan__year"] < day.year and done_on is not None and done_on < new_year:
            continue
        status = task_status(
            deadline_kind=row["task__deadline_kind"], due_on=row["task__due_on"], done_on=done_on, day=day
        )
        found[row["task_id"]] = status.code
    return found


def due_between(first: date, last: date) -> QuerySet[Assignment]:
    """Return the leading units that have not finished tasks of approved plans whose last day lies in the days given."""
    return (
        Assignment.objects.filter(
            is_lead=True,
            done_on__isnull=True,
            reported_on__isnull=True,
            task__is_dropped=False,
            task__plan__state="approved",
            task__due_on__gte=first,
            task__due_on__lte=last,
        )
        .exclude(task__deadline_kind__in=("recurring", "ongoing"))
        .select_related("task", "unit")
    )


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


def days_of(plan_year: int) -> tuple[date, date]:
    """Return the first and last day of a plan's year."""
    return date(plan_year, 1, 1), date(plan_year + 1, 1, 1) - timedelta(days=1)


def units_of(plan_code: str) -> dict[str, int]:
    """Return the codes of the units that have something to do in a plan, with how many tasks."""
    rows = (
        Assignment.objects.filter(task__plan__code=plan_code, task__is_dropped=False)
        .values("unit__code")
        .annotate(count=Count("pk"))
        .order_by("unit__code")
    )
    return {row["unit__code"]: row["count"] for row in rows}


def heads_of(units: dict[str, int]) -> list[tuple[Account, str, int]]:
    """Return (head, name of the unit, its number in ``units``) for the heads and leaders of ``units`` today."""
    posts = (
        Post.objects.filter(in_force(today()), unit__code__in=list(units), role__in=(UNIT_HEAD, LEADER))
        .select_related("account", "unit")
        .order_by("unit__code", "account_id")
    )
    found = {(post.account_id, post.unit.code): (post.account, post.unit.name, units[post.unit.code]) for post in posts}
    return list(found.values())


def holders_officers(plan: Plan) -> list[Account]:
    """Return who accepts completions of ``plan``: the holder's leaders, and control officers of its office."""
    places = Q(unit=plan.holder, role=LEADER) | Q(unit__parent=plan.holder, unit__kind=OFFICE, role=CONTROL_OFFICER)
    posts = Post.objects.filter(places & in_force(today())).select_related("account").order_by("account_id")
    return list({post.account_id: post.account for post in posts}.values())
