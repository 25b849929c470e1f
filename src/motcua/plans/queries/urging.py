"""What units are urged about: open tasks and turns that are late or due soon, of plans whose holder one acts for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER
from motcua.plans.models import Assignment, Plan, Task, Urging
from motcua.plans.queries.turns import turns_due_between
from motcua.plans.queries.work import due_between
from motcua.plans.queries.work_list import acceptable_by
from motcua.plans.states import APPROVED

EVER = date(1990, 1, 1)
LONGEST_TEXT = 600


@dataclass(frozen=True)
class UrgedTask:
    """A task, or a turn of it, as the letter lists it; ``days_late`` 0: not late yet."""

    code: str
    turn: str
    text: str
    assigned_in: str
    due_on: date
    days_late: int


def urgent_tasks(
    account: Account, day: date, *, soon: int, plan: str = "", units: Iterable[str] | None = None
) -> dict[Unit, list[UrgedTask]]:
    """Return the late and soon due tasks of each unit, the longest late first, that ``account`` may urge about.

    ``soon`` is how many days ahead; ``plan`` and ``units`` (codes) narrow. Two statements.
    """
    mine = Assignment.objects.filter(acceptable_by(account))
    if plan:
        mine = mine.filter(task__plan__code=plan)
    if units is not None:
        mine = mine.filter(unit__code__in=list(units))
    last = day + timedelta(days=soon)
    found: dict[Unit, list[UrgedTask]] = defaultdict(list)
    heavy = ("task__plan__lines", "task__plan__spots", "task__plan__reading")
    for part in due_between(EVER, last).filter(pk__in=mine).select_related("task__plan", "unit__parent").defer(*heavy):
        if part.task.due_on is not None:
            found[part.unit].append(_urged(part.task, "", part.task.due_on, day))
    turns = turns_due_between(EVER, last).filter(assignment__in=mine, starts_on__lte=day)
    for turn in turns.select_related("assignment__task__plan", "assignment__unit__parent"):
        found[turn.assignment.unit].append(_urged(turn.assignment.task, turn.label, turn.due_on, day))
    for tasks in found.values():
        tasks.sort(key=lambda each: (each.due_on, each.code))
    return dict(sorted(found.items(), key=lambda pair: (pair[0].kind, pair[0].sort_key)))


def plans_acceptable_by(account: Account) -> QuerySet[Plan]:
    """Return the approved plans whose completions ``account`` accepts, newest first."""
    places = Q(holder__in=[post.unit_id for post in account.posts_now if post.role == LEADER])
    for post in account.posts_now:
        if post.role == CONTROL_OFFICER:
            places |= Q(holder__path__startswith=scope_of(post).path)
    found = Plan.objects.filter(places, state=APPROVED).order_by("-year", "code")
    return found.only("code", "kind", "number", "title")


def urgings_seen_by(account: Account) -> QuerySet[Urging]:
    """Return the urging letters of units that ``account`` looks over, and those sent to them; newest first."""
    seen = Q(pk__in=[])
    for post in account.posts_now:
        path = scope_of(post).path
        seen |= Q(holder__path__startswith=path) | Q(unit__path__startswith=path, sent_at__isnull=False)
    return Urging.objects.filter(seen).select_related("unit", "holder__parent", "by", "plan").order_by("-at", "-pk")


def _urged(task: Task, turn: str, due_on: date, day: date) -> UrgedTask:
    text = task.text if len(task.text) <= LONGEST_TEXT else f"{task.text[:LONGEST_TEXT]}…"
    return UrgedTask(
        task.code, turn, text, task.assigned_in or task.plan.name, due_on, max(0, (day - due_on).days)
    )  # fmt: skip
