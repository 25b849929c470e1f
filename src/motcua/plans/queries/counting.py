"""How many tasks stand where on a day (DOMAIN 10.1; form CCHC, appendix 1, rows 2, 7 and 8).

Counted are tasks, and turns of tasks: a task that has turns stands in the four states through them (R10.3). A task, or
a turn, is one however many units lead it, and done when each of them is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.organizations.models import Succession, Unit
from motcua.plans.models import Assignment, Occurrence, Plan, Task
from motcua.plans.queries.turns import TURNING
from motcua.plans.states import COUNTED_STATES, GOVERNMENT, PRIME_MINISTER
from motcua.plans.task_status import COUNTED, DONE, ORDER, TaskStatus, task_status

# Row 8 of the reform report asks for what the Government and the Prime Minister set, together.
TOGETHER = {GOVERNMENT: (GOVERNMENT, PRIME_MINISTER)}
REFORM_OF_YEAR = "reform_of_year"
_OF_TASK = ("id", "code", "deadline_kind", "due_on", "assigner", "section_path")
_OF_PLAN = ("id", "code", "year", "assigner")


@dataclass(frozen=True)
class Standing:
    """A counted task, or turn of one (``turn``: its key), with what statistics group by."""

    task_id: int
    turn: str
    status: TaskStatus
    plan: str
    assigner: str
    section: str
    due_on: date | None


def count_tasks(
    unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None, codes: Iterable[str] | None = None
) -> int:
    """Return how many tasks led by ``unit`` or by units under it stand in one of the statuses ``codes`` on ``day``.

    Counted are tasks of published plans of the day's year, and older ones that were not done before that year began.
    ``assigner`` narrows by who set the task, "government" includes the Prime Minister; ``plan="reform_of_year"`` to
    the reform plan of the year, of which routine tasks count as well, and turns do not: its report asks for all tasks
    of the plan, while the four statuses leave routine ones out (R10.3). ``codes`` None: the four.

    Raises:
        Refused: an unknown way of narrowing.
    """
    wanted = set(COUNTED if codes is None else codes)
    if plan is not None:
        wanted = set(ORDER) if codes is None else wanted
    return sum(each.status.code in wanted for each in standing(unit, day, assigner=assigner, plan=plan))


def statuses_for(
    unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None
) -> dict[tuple[int, str], str]:
    """Return {(task id, key of the turn or ""): status} of what ``count_tasks`` counts from."""
    return {(each.task_id, each.turn): each.status.code for each in standing(unit, day, assigner=assigner, plan=plan)}


def standing(
    unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None, exact_assigner: bool = False
) -> list[Standing]:
    """Return what ``unit`` and those under it lead, with its status at the end of ``day``. A few statements.

    ``plan`` is "reform_of_year" or a plan's code. With ``exact_assigner`` the Government is the Government alone.

    Raises:
        Refused: there is no such plan.
    """
    parts, turns = counted_parts(unit, day, assigner=assigner, plan=plan, exact_assigner=exact_assigner)
    found = list(_of_tasks(parts, day))
    if plan != REFORM_OF_YEAR:
        found += _of_turns(turns, day)
    return found


def counted_parts(
    unit: Unit, day: date, *, assigner: str | None = None, plan: str | None = None, exact_assigner: bool = False
) -> tuple[QuerySet[Assignment], QuerySet[Occurrence]]:
    """Return the leading units' parts, and the turns that have begun by ``day``, from which tasks are counted."""
    gone = predecessors(unit, day)
    parts = Assignment.objects.filter(
        _led_by(unit, gone),
        _of_plan("task__", plan, day),
        _set_by("task__", assigner, exact=exact_assigner),
        **_counted("task__", day),
    )
    turns = Occurrence.objects.filter(
        _led_by(unit, gone, "assignment__"),
        _of_plan("assignment__task__", plan, day),
        _set_by("assignment__task__", assigner, exact=exact_assigner),
        starts_on__lte=day,
        assignment__task__deadline_kind__in=TURNING,
        **_counted("assignment__task__", day, "assignment__"),
    )
    if plan is None:
        parts = parts.exclude(task__in=_carried_over(day))
    return parts, turns


def _carried_over(day: date) -> QuerySet[Task]:
    """Return the tasks that go on in the plan of a later year by ``day``, where they are counted instead."""
    return Task.objects.filter(
        pk__in=Task.objects.filter(
            first_year__gt=0,
            is_dropped=False,
            previous__isnull=False,
            plan__state__in=COUNTED_STATES,
            plan__follows__isnull=False,
            plan__first_day__lte=day,
        ).values("previous")
    )


def _led_by(unit: Unit, gone: list[int], prefix: str = "") -> Q:
    within = Q(**{f"{prefix}unit__path__startswith": unit.path})
    return within | Q(**{f"{prefix}unit__in": gone}) if gone else within


def predecessors(unit: Unit, day: date) -> list[int]:
    """Return the numbers of dissolved units, outside the tree of ``unit``, whose work it or those under it took over.

    A unit that was split counts for the first of its successors alone, or two of them would count its work.
    """
    found: set[int] = set()
    while True:
        rows = (
            Succession.objects.filter(
                Q(new__path__startswith=unit.path) | Q(new__in=found),
                old__valid_to__lt=day,
                old__assignments__isnull=False,
            )
            .exclude(old__path__startswith=unit.path)
            .exclude(old__in=found)
            .values_list("old_id", "new_id")
            .distinct()
        )
        olds = {old: new for old, new in rows}
        if not olds:
            return sorted(found)
        heirs: dict[int, int] = {}
        for old, new in Succession.objects.filter(old__in=olds).order_by("old", "new").values_list("old_id", "new_id"):
            heirs.setdefault(old, new)
        fresh = {old for old, new in rows if heirs[old] == new}
        if not fresh:
            return sorted(found)
        found |= fresh


def completion_of(rows: Iterable[Standing]) -> tuple[int, int]:
    """Return (done, all) of tasks, turns aside: the completion rate of a plan (row 2 of the reform report)."""
    tasks = [each for each in rows if not each.turn]
    return sum(each.status.code in DONE for each in tasks), len(tasks)


def _counted(prefix: str, day: date, part: str = "") -> dict[str, Any]:
    return {
        f"{part}is_lead": True,
        f"{prefix}is_dropped": False,
        f"{prefix}plan__state__in": COUNTED_STATES,
        f"{prefix}plan__first_day__lte": day,
    }


def _set_by(prefix: str, assigner: str | None, *, exact: bool) -> Q:
    if assigner is None:
        return Q()
    names = (assigner,) if exact else TOGETHER.get(assigner, (assigner,))
    own = Q(**{f"{prefix}assigner__in": names})
    return own | Q(**{f"{prefix}assigner": "", f"{prefix}plan__assigner__in": names})


def _of_plan(prefix: str, plan: str | None, day: date) -> Q:
    if plan is None:
        return Q()
    if plan == REFORM_OF_YEAR:
        return Q(**{f"{prefix}plan__is_reform": True, f"{prefix}plan__year": day.year})
    if not Plan.objects.filter(code=plan).exists():
        raise Refused(gettext("Không lọc được nhiệm vụ theo kế hoạch “%(plan)s”.") % {"plan": plan})
    return Q(**{f"{prefix}plan__code": plan})


def _columns(prefix: str) -> list[str]:
    return [*(f"{prefix}{name}" for name in _OF_TASK), *(f"{prefix}plan__{name}" for name in _OF_PLAN)]


def _of_tasks(parts: QuerySet[Assignment], day: date) -> Iterator[Standing]:
    new_year = date(day.year, 1, 1)
    names = _columns("task__")
    grouped = parts.values(*names).annotate(
        still_open=Count("pk", filter=Q(done_on__isnull=True) | Q(done_on__gt=day)), last=Max("done_on")
    )
    for row in grouped.order_by():
        done_on = None if row["still_open"] else row["last"]
        if row["task__plan__year"] < day.year and done_on is not None and done_on < new_year:
            continue
        due_on = row["task__due_on"]
        status = task_status(deadline_kind=row["task__deadline_kind"], due_on=due_on, done_on=done_on, day=day)
        yield _standing(row, "task__", "", due_on, status)


def _of_turns(turns: QuerySet[Occurrence], day: date) -> Iterator[Standing]:
    new_year = date(day.year, 1, 1)
    names = [
        *(f"assignment__task__{name}" for name in _OF_TASK),
        *(f"assignment__task__plan__{name}" for name in _OF_PLAN),
    ]
    grouped = turns.values("key", *names).annotate(
        still_open=Count("pk", filter=Q(done_on__isnull=True) | Q(done_on__gt=day)),
        last=Max("done_on"),
        due=Max("due_on"),
        begun=Max("starts_on"),
    )
    for row in grouped.order_by():
        done_on = None if row["still_open"] else row["last"]
        if row["begun"] < new_year and done_on is not None and done_on < new_year:
            continue
        status = task_status(deadline_kind="date", due_on=row["due"], done_on=done_on, day=day)
        yield _standing(row, "assignment__task__", row["key"], row["due"], status)


def _standing(row: dict[str, Any], prefix: str, turn: str, due_on: date | None, status: TaskStatus) -> Standing:
    path = row[f"{prefix}section_path"]
    return Standing(
        task_id=row[f"{prefix}id"],
        turn=turn,
        status=status,
        plan=row[f"{prefix}plan__code"],
        assigner=row[f"{prefix}assigner"] or row[f"{prefix}plan__assigner"],
        section=path[0] if path else "",
        due_on=due_on,
    )
