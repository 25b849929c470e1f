"""Reading how plans begin and how they relate: uploads, plans below a plan and above it, readers, what units left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.base.clock import today
from motcua.organizations.access import oversees, scope_of
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.queries import successors_of
from motcua.organizations.states import CONTROL_OFFICER, LEADER, SPECIALIST, UNIT_HEAD
from motcua.plans.access import visible_to
from motcua.plans.models import Assignment, Intake, Plan, PlanReader, PlanTarget, Task
from motcua.plans.rules.relating.alignment import AlignedRow, match
from motcua.plans.states import APPROVED, COUNTED_STATES, DRAFT, LEFT_OUT, SUPERSEDED
from motcua.plans.task_status import ROUTINE_KINDS

TIER_OF = {"province": "tỉnh", "department": "tỉnh", "office": "tỉnh", "commune": "xã"}
_DRAFTERS = (SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER)


def intakes_of(account: Account) -> QuerySet[Intake]:
    """Return what ``account`` uploaded and did not drop, newest first."""
    return Intake.objects.filter(by=account).exclude(state=LEFT_OUT).select_related("file").order_by("-pk")


def draftable_units(account: Account) -> list[Unit]:
    """Return the units for which ``account`` may draft: its own first, then those that it oversees."""
    own = {post.unit_id: post.unit for post in account.posts_now if post.role in _DRAFTERS}
    tops = [scope_of(post) for post in account.posts_now if post.role == CONTROL_OFFICER]
    below = Unit.objects.in_force().below(*tops) if tops else Unit.objects.none()
    others = sorted((unit for unit in below if unit.pk not in own), key=lambda unit: (unit.kind, unit.sort_key))
    return [*own.values(), *others]


def plans_like(account: Account) -> list[Plan]:
    """Return the plans that a new one may be drafted like, newest first, at most 100."""
    found = visible_to(account).exclude(state=SUPERSEDED).defer("lines", "spots", "reading")
    return list(found.order_by("-year", "code")[:100])


def plans_above(plan: Plan) -> list[Plan]:
    """Return the published plans of units above the holder of ``plan`` that it may carry out, nearest year first."""
    top = Unit.objects.get(pk=int(plan.holder.path.split("/")[0]))
    found = (
        Plan.objects.filter(state__in=COUNTED_STATES, holder__path__startswith=top.path)
        .filter(Q(holder=top) | Q(holder__parent=top))
        .exclude(holder=plan.holder)
        .exclude(pk=plan.pk)
        .select_related("holder")
        .defer("lines", "spots", "reading")
    )
    return sorted(found, key=lambda each: (abs(each.year - plan.year), each.holder_id != top.pk, each.code))[:50]


def tasks_for(plan: Plan, unit: Unit) -> list[Task]:
    """Return the tasks of ``plan`` that ``unit`` has to carry out, in order.

    Given to the unit or to one under it (collective names were expanded when the plan was read), or setting a number
    for its tier.
    """
    given = Q(assignments__unit__path__startswith=unit.path)
    if tier := TIER_OF.get(unit.kind) if unit.kind == "commune" else None:
        given |= Q(targets__tier=tier)
    found = plan.tasks.filter(given, is_dropped=False).distinct()
    return list(found.order_by("position"))


@dataclass(frozen=True)
class Habit:
    """Who did a task in a unit's last plan."""

    lead_text: str
    lead: list[str]
    coordinating_text: str
    coordinating: list[str]
    person_id: int | None


def habits_of(unit: Unit, year: int, tasks: Sequence[Task]) -> dict[int, Habit]:
    """Return {task id: who did the same in the unit's last published plan before ``year``}, where its own led."""
    last = (
        Plan.objects.filter(holder=unit, year__lt=year, state__in=COUNTED_STATES)
        .order_by("-year", "-opened_at")
        .first()
    )
    if last is None:
        return {}
    led = Q(assignments__is_lead=True, assignments__unit__path__startswith=unit.path)
    old = {str(task.pk): task for task in last.tasks.filter(led, is_dropped=False).distinct()}
    people = dict(
        Assignment.objects.filter(task__plan=last, is_lead=True, person__isnull=False, unit=unit).values_list(
            "task_id", "person_id"
        )
    )
    now = [AlignedRow(str(task.pk), task.text, task.number, task.section) for task in tasks]
    then = [AlignedRow(str(task.pk), task.text, task.number, task.section) for task in old.values()]
    found = {}
    for pair in match(now, then):
        assert pair.parent and pair.child
        task = old[pair.child.key]
        found[int(pair.parent.key)] = Habit(
            task.lead_text, task.lead, task.coordinating_text, task.coordinating, people.get(task.pk)
        )
    return found


def unit_heads(unit: Unit) -> list[Post]:
    """Return who heads ``unit`` today: heads before leaders."""
    posts = Post.objects.filter(in_force(today()), unit=unit, role__in=(UNIT_HEAD, LEADER))
    return sorted(posts, key=lambda post: (post.role != UNIT_HEAD, post.pk))


@dataclass
class ChildRow:
    """A unit with work in a plan, and how far its own plan is: ``state`` is one of CHILD_STATES."""

    unit: Unit
    tasks: int
    plan: Plan | None = None
    state: str = "none"


def children_of(plan: Plan, day: date | None = None) -> list[ChildRow]:
    """Return the units that should have a plan below ``plan``, those that are behind first.

    Units are those with work in it, parts of a unit counted for the unit that stands right under the plan's scope.
    """
    day = day or today()
    counts = (
        Assignment.objects.filter(task__plan=plan, task__is_dropped=False)
        .exclude(unit=plan.holder)
        .exclude(unit__kind="one_stop")
        .values("unit")
        .annotate(count=Count("task", distinct=True))
    )
    number = {row["unit"]: row["count"] for row in counts}
    children = {
        child.holder_id: child
        for child in plan.children.exclude(state=SUPERSEDED).select_related("holder").defer("lines", "spots", "reading")
    }
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={*number, *children})}
    is_over = plan.children_due_on is not None and day > plan.children_due_on
    rows = [
        ChildRow(unit, number.get(pk, 0), children.get(pk), _child_state(plan, children.get(pk), is_over))
        for pk, unit in units.items()
    ]
    order = list(CHILD_ORDER)
    return sorted(rows, key=lambda row: (order.index(row.state), row.unit.kind, row.unit.sort_key))


CHILD_ORDER = ("overdue", "none", "drafting", "approved", "sent_late", "sent")


def _child_state(plan: Plan, child: Plan | None, is_over: bool) -> str:
    if child is not None and child.sent_at is not None:
        is_late = plan.children_due_on is not None and child.sent_at.date() > plan.children_due_on
        return "sent_late" if is_late else "sent"
    if is_over:
        return "overdue"
    if child is None:
        return "none"
    return "drafting" if child.is_draft else "approved"


def open_tasks(plan: Plan) -> list[Task]:
    """Return what of ``plan`` is not done: dated and undated tasks, not what goes on all the time."""
    found = plan.tasks.filter(is_dropped=False, done_on__isnull=True).exclude(deadline_kind__in=list(ROUTINE_KINDS))
    tasks = list(found.order_by("position"))
    for task in tasks:
        task.plan = plan
    return tasks


@dataclass
class ReadingUnit:
    """A unit with work in a plan: its officials, each with the instant at which they read it, or None."""

    unit: Unit
    people: list[tuple[Account, Any]] = field(default_factory=list)

    @property
    def read(self) -> int:
        return sum(at is not None for _person, at in self.people)


def readers_of(plan: Plan) -> list[ReadingUnit]:
    """Return who of the assigned units has read ``plan`` and who has not; units with the fewest readers first."""
    units = Unit.objects.filter(assignments__task__plan=plan, assignments__task__is_dropped=False).distinct()
    found = {unit.pk: ReadingUnit(unit) for unit in units}
    at = dict(PlanReader.objects.filter(plan=plan).values_list("account_id", "at"))
    seen: dict[int, set[int]] = defaultdict(set)
    posts = Post.objects.filter(in_force(today()), unit__in=list(found)).select_related("account")
    for post in posts.order_by("account__full_name", "pk"):
        if post.account_id not in seen[post.unit_id]:
            seen[post.unit_id].add(post.account_id)
            found[post.unit_id].people.append((post.account, at.get(post.account_id)))
    return sorted(found.values(), key=lambda each: (each.read > 0, each.unit.sort_key))


def unit_of_reader(plan: Plan, account: Account) -> Unit | None:
    """Return the unit with work in ``plan`` as whose official ``account`` reads it, or None."""
    mine = [post.unit_id for post in account.posts_now]
    found = Unit.objects.filter(pk__in=mine, assignments__task__plan=plan, assignments__task__is_dropped=False)
    return found.order_by("pk").first()


@dataclass
class Leftover:
    """A unit that is no more with what it still has: open parts of tasks and plans."""

    unit: Unit
    parts: int
    plans: int
    successors: list[Unit]


def left_parts(unit: Unit) -> QuerySet[Assignment]:
    """Return what ``unit`` has not finished in plans that are drafted or followed."""
    return Assignment.objects.filter(
        unit=unit, done_on__isnull=True, task__is_dropped=False, task__plan__state__in=(DRAFT, APPROVED)
    )


def leftovers(account: Account) -> list[Leftover]:
    """Return the units that are no more and still have work or plans, as far as ``account`` controls them."""
    gone = Unit.objects.filter(valid_to__lt=today())
    busy = gone.filter(
        Q(
            assignments__done_on__isnull=True,
            assignments__task__is_dropped=False,
            assignments__task__plan__state__in=(DRAFT, APPROVED),
        )
        | Q(plans__state__in=(DRAFT, APPROVED))
    ).distinct()
    return [
        Leftover(
            unit,
            left_parts(unit).count(),
            Plan.objects.filter(holder=unit, state__in=(DRAFT, APPROVED)).count(),
            successors_of(unit),
        )
        for unit in sorted(busy, key=lambda each: each.sort_key)
        if oversees(account, unit, CONTROL_OFFICER)
    ]


def goals_of(tasks: Iterable[Task]) -> dict[int, list[PlanTarget]]:
    """Return the numbers that ``tasks`` set, repeats left out: {task id: targets}. One statement."""
    found: dict[int, list[PlanTarget]] = defaultdict(list)
    for target in PlanTarget.objects.filter(task__in=list(tasks), duplicate_of="").order_by("position"):
        found[target.task_id].append(target)
    return found
