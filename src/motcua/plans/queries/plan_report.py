"""How a plan stood at the end of a quarter: counts, every task with its state, what is late and why (C016, C017)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.base.clock import start_of, today
from motcua.plans.models import Extension, Occurrence, Plan, Progress
from motcua.plans.queries.listing import TaskRow, task_rows
from motcua.plans.queries.turns import TURNING
from motcua.plans.rules.times.periods import quarter_days, quarter_of
from motcua.plans.states import POSTPONEMENT_ASKED, PROGRESS
from motcua.plans.task_status import DONE, OPEN_LATE


@dataclass(frozen=True)
class LateTask:
    """A late task with the words that a unit last wrote about it, and whose they are ("" each: nobody wrote)."""

    row: TaskRow
    reason: str
    unit: str


@dataclass(frozen=True)
class PlanReport:
    """A plan as of ``day``: its rows in the order of the plan, ``counts`` by status, ``turns`` by status."""

    plan: Plan
    quarter: str
    day: date
    rows: list[TaskRow]
    counts: Counter[str]
    turns: Counter[str]
    late: list[LateTask]
    asked: list[Extension]

    @property
    def done(self) -> int:
        return sum(self.counts[code] for code in DONE)

    @property
    def rate(self) -> float | None:
        """Done of all in percent (form CCHC, appendix 1, row 2), None of no task: 83.33 for 10 of 12."""
        return round(100 * self.done / len(self.rows), 2) if self.rows else None


def quarters_of(plan: Plan) -> list[str]:
    """Return the quarters of a plan that have begun, the newest first; at least one."""
    found: list[str] = []
    day = plan.first_day
    last = min(plan.last_day, today())
    while day <= last or not found:
        found.append(quarter_of(day))
        day = quarter_days(found[-1])[1] + timedelta(days=1)
    return found[::-1]


def report_of(plan: Plan, quarter: str) -> PlanReport:
    """Return how ``plan`` stood on the last day of ``quarter``, or stands today where that is to come.

    Raises:
        ValueError: it is no quarter.
    """
    day = min(quarter_days(quarter)[1], today())
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    for task in tasks:
        task.plan = plan
    rows = task_rows(tasks, day, is_late_first=False)
    turns = Occurrence.objects.filter(
        assignment__task__in=tasks,
        assignment__task__deadline_kind__in=TURNING,
        assignment__is_lead=True,
        starts_on__lte=day,
    )
    late = [row for row in rows if row.status.code == OPEN_LATE]
    words = _last_words([row.task.pk for row in late], day)
    return PlanReport(
        plan,
        quarter,
        day,
        rows,
        Counter(row.status.code for row in rows),
        Counter(turn.status(day).code for turn in turns),
        [LateTask(row, *words.get(row.task.pk, ("", ""))) for row in late],
        list(
            Extension.objects.filter(task__in=tasks, state="asked", asked_at__lt=start_of(day + timedelta(days=1)))
            .select_related("unit", "task")
            .order_by("asked_at")
        ),
    )


def _last_words(tasks: list[int], day: date) -> dict[int, tuple[str, str]]:
    lines = (
        Progress.objects.filter(
            task__in=tasks, kind__in=(PROGRESS, POSTPONEMENT_ASKED), at__lt=start_of(day + timedelta(days=1))
        )
        .exclude(note="")
        .select_related("unit")
        .order_by("pk")
    )
    return {line.task_id: (line.note, line.unit.name) for line in lines}
