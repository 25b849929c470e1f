"""The list of work: units' parts of tasks, and turns of them, filtered and ordered by the database.

Ten thousand rows cost as many statements as ten: nothing is filtered in memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from motcua.base.text import fold
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER
from motcua.plans.models import Assignment, Extension, Occurrence, Plan, Task
from motcua.plans.queries.turns import TURNING
from motcua.plans.states import APPROVED, ASKED
from motcua.plans.task_status import (
    DONE_LATE,
    DONE_ON_TIME,
    DONE_UNDATED,
    OPEN_IN_TIME,
    OPEN_LATE,
    ORDER,
    ROUTINE,
    ROUTINE_DONE,
    ROUTINE_KINDS,
    UNDATED,
    TaskStatus,
)


@dataclass(frozen=True)
class WorkRow:
    """A unit's part of a task, or a turn of it, as the list shows it."""

    part: Assignment
    turn: Occurrence | None
    status: TaskStatus

    @property
    def due_on(self) -> date | None:
        return self.turn.due_on if self.turn else self.part.task.due_on

    @property
    def reported_on(self) -> date | None:
        return self.turn.reported_on if self.turn else self.part.reported_on


def parts_of(units: Iterable[Unit], *, with_below: bool) -> Q:
    """Return the condition that a part is of one of ``units``, or of those under them too."""
    found = Q(pk__in=[])
    for unit in units:
        found |= Q(unit__path__startswith=unit.path) if with_below else Q(unit=unit.pk)
    return found


def below_of(units: Iterable[Unit]) -> Q:
    """Return the condition that a part is of a unit under one of ``units``, not of these themselves."""
    own = list(units)
    return parts_of(own, with_below=True) & ~Q(unit__in=[unit.pk for unit in own])


def acceptable_by(account: Account) -> Q:
    """Return the condition that ``account`` accepts completions of the part's plan: it leads or oversees the holder."""
    found = Q(task__plan__holder__in=[post.unit_id for post in account.posts_now if post.role == LEADER])
    for post in account.posts_now:
        if post.role == CONTROL_OFFICER:
            found |= Q(task__plan__holder__path__startswith=scope_of(post).path)
    return found


def work_parts(where: Q, asked: dict[str, str], day: date) -> QuerySet[Assignment]:
    """Return parts of tasks in approved plans, with ``state`` as of ``day``: late ones first, then by last day."""
    found = Assignment.objects.filter(where, task__is_dropped=False, task__plan__state=APPROVED)
    found = found.filter(_asked("", "task__due_on", asked, day)).annotate(state=_state_of_part(day))
    if status := asked.get("status"):
        found = found.filter(state=status)
    found = found.annotate(rank=_rank()).order_by("rank", F("task__due_on").asc(nulls_last=True), "task_id", "pk")
    return _light(found, "")


def work_turns(where: Q, asked: dict[str, str], day: date) -> QuerySet[Occurrence]:
    """Return the turns of such parts that have begun by ``day``, in the same order; ``where`` is about the part."""
    parts = Assignment.objects.filter(where, is_lead=True, task__is_dropped=False, task__plan__state=APPROVED)
    parts = parts.filter(task__deadline_kind__in=TURNING)
    found = Occurrence.objects.filter(
        _asked("assignment__", "due_on", asked, day), assignment__in=parts, starts_on__lte=day
    ).annotate(state=_state_of_turn(day))
    if status := asked.get("status"):
        found = found.filter(state=status)
    found = found.annotate(rank=_rank()).order_by("rank", "due_on", "assignment__task_id", "pk")
    return _light(found, "assignment__")


def part_row(part: Assignment, day: date) -> WorkRow:
    return WorkRow(part, None, part.task.status(day, part.done_on))


def turn_row(turn: Occurrence, day: date) -> WorkRow:
    return WorkRow(turn.assignment, turn, turn.status(day))


def waiting_for(account: Account) -> QuerySet[Assignment]:
    """Return parts with a completion, of the whole or of a turn, that ``account`` may accept; oldest first."""
    reported = Q(reported_on__isnull=False) | Q(
        pk__in=Occurrence.objects.filter(reported_on__isnull=False, done_on__isnull=True).values("assignment")
    )
    found = Assignment.objects.filter(
        reported, acceptable_by(account), task__is_dropped=False, task__plan__state=APPROVED
    )
    return _light(found.order_by("reported_on", "task_id", "pk"), "")


def requests_for(account: Account) -> QuerySet[Extension]:
    """Return requests for later days that ``account`` may answer; oldest first."""
    found = Extension.objects.filter(acceptable_by(account), state=ASKED, task__plan__state=APPROVED)
    return found.select_related("unit", "task__plan", "occurrence").order_by("asked_at")


def choices_of(where: Q) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the plans, units and people among parts, as (code, name). Three statements."""
    parts = Assignment.objects.filter(where, task__is_dropped=False, task__plan__state=APPROVED)
    plans = Plan.objects.filter(pk__in=parts.values("task__plan")).only("code", "kind", "number", "title")
    units = Unit.objects.filter(pk__in=parts.values("unit"))
    people = Account.objects.filter(pk__in=parts.filter(person__isnull=False).values("person"))
    return (
        [(plan.code, plan.name) for plan in plans.order_by("-year", "code")],
        [(unit.code, unit.name) for unit in sorted(units, key=lambda unit: (unit.kind, unit.sort_key))],
        [(person.code, person.full_name) for person in people.order_by("full_name", "pk")],
    )


def _asked(prefix: str, due: str, asked: dict[str, str], day: date) -> Q:
    found = Q()
    if plan := asked.get("ke_hoach"):
        found &= Q(**{f"{prefix}task__plan__code": plan})
    if unit := asked.get("don_vi"):
        found &= Q(**{f"{prefix}unit__code": unit})
    if person := asked.get("nguoi"):
        found &= Q(**{f"{prefix}person__code": person})
    if source := asked.get("nguon"):
        own = Q(**{f"{prefix}task__assigner": source})
        found &= own | Q(**{f"{prefix}task__assigner": "", f"{prefix}task__plan__assigner": source})
    if window := asked.get("han"):
        found &= _due_in(due, window, day)
    if words := fold(asked.get("q", "")).strip():
        text = Func(F("text"), function="motcua_fold", output_field=TextField())
        tasks = Task.objects.annotate(folded=text)
        found &= Q(**{f"{prefix}task__in": tasks.filter(folded__contains=words).values("pk")})
    return found


def _due_in(due: str, window: str, day: date) -> Q:
    is_open = Q(done_on__isnull=True)
    if window == "qua-han":
        return is_open & Q(**{f"{due}__lt": day})
    days = {"hom-nay": 0, "7-ngay": 7, "30-ngay": 30}.get(window, 0)
    return is_open & Q(**{f"{due}__gte": day, f"{due}__lte": day + timedelta(days=days)})


def _state_of_part(day: date) -> Case:
    is_done = Q(done_on__isnull=False, done_on__lte=day)
    routine = Q(task__deadline_kind__in=ROUTINE_KINDS)
    undated = Q(task__due_on__isnull=True)
    return Case(
        When(routine & is_done, then=Value(ROUTINE_DONE)),
        When(routine, then=Value(ROUTINE)),
        When(undated & is_done, then=Value(DONE_UNDATED)),
        When(undated, then=Value(UNDATED)),
        When(is_done & Q(done_on__gt=F("task__due_on")), then=Value(DONE_LATE)),
        When(is_done, then=Value(DONE_ON_TIME)),
        When(task__due_on__lt=day, then=Value(OPEN_LATE)),
        default=Value(OPEN_IN_TIME),
        output_field=CharField(),
    )


def _state_of_turn(day: date) -> Case:
    is_done = Q(done_on__isnull=False, done_on__lte=day)
    return Case(
        When(is_done & Q(done_on__gt=F("due_on")), then=Value(DONE_LATE)),
        When(is_done, then=Value(DONE_ON_TIME)),
        When(due_on__lt=day, then=Value(OPEN_LATE)),
        default=Value(OPEN_IN_TIME),
        output_field=CharField(),
    )


def _rank() -> Case:
    return Case(
        *(When(state=code, then=Value(number)) for number, code in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )


def _light(found: QuerySet[Any], prefix: str) -> QuerySet[Any]:
    """Leave the long columns of plans and tasks where they are: a list shows none of them."""
    plan = f"{prefix}task__plan__"
    heavy = [f"{plan}{name}" for name in ("lines", "spots", "pages", "reading", "acknowledged")]
    heavy += [f"{prefix}task__{name}" for name in ("original", "warnings", "extra")]
    return found.select_related(f"{prefix}unit", f"{prefix}person", f"{prefix}task__plan").defer(*heavy)
