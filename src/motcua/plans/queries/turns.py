"""Turns of tasks: strips of periods, and what is due."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from motcua.plans.models import Assignment, Occurrence
from motcua.plans.states import APPROVED
from motcua.plans.task_status import TaskStatus

# Kinds of deadline whose tasks have turns; a task that was given a day of its own has none that count.
TURNING = ("recurring", "event")


@dataclass(frozen=True)
class TurnRow:
    """A turn with its status, as the strip of a task shows it."""

    turn: Occurrence
    status: TaskStatus
    is_to_come: bool


def open_turns() -> QuerySet[Occurrence]:
    """Return the turns of leading units in approved plans that are neither done nor reported."""
    return Occurrence.objects.filter(
        done_on__isnull=True,
        reported_on__isnull=True,
        assignment__is_lead=True,
        assignment__done_on__isnull=True,
        assignment__task__is_dropped=False,
        assignment__task__deadline_kind__in=TURNING,
        assignment__task__plan__state=APPROVED,
    ).select_related("assignment__unit", "assignment__person", "assignment__task")


def strips_of(parts: Iterable[Assignment], day: date) -> dict[int, list[TurnRow]]:
    """Return the turns of each part in their order: {assignment id: rows}. One statement."""
    found: dict[int, list[TurnRow]] = defaultdict(list)
    rows = Occurrence.objects.filter(assignment__in=[part.pk for part in parts]).order_by("starts_on", "key")
    for turn in rows:
        found[turn.assignment_id].append(TurnRow(turn, turn.status(day), turn.starts_on > day))
    return found


@dataclass
class PeriodSum:
    """How far the units are with one period of a task: how many of them stand in each status."""

    label: str
    due_on: date
    is_to_come: bool
    statuses: Counter[TaskStatus] = field(default_factory=Counter)

    @property
    def counts(self) -> list[tuple[TaskStatus, int]]:
        return self.statuses.most_common()


def periods_of(strips: Iterable[list[TurnRow]]) -> list[PeriodSum]:
    """Return the periods of a task in their order, each with its units by status; how late each is does not count."""
    found: dict[tuple[date, str], PeriodSum] = {}
    for row in (row for rows in strips for row in rows):
        turn = row.turn
        period = found.setdefault(
            (turn.starts_on, turn.key), PeriodSum(turn.label, turn.due_on, row.is_to_come)
        )  # fmt: skip
        period.statuses[TaskStatus(row.status.code)] += 1
    return [found[key] for key in sorted(found)]


def turns_due_between(first: date, last: date) -> QuerySet[Occurrence]:
    """Return the open turns whose last day lies in the days given."""
    return open_turns().filter(due_on__gte=first, due_on__lte=last)
