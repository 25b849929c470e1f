"""Rows of one plan made anew in another: for a version, the next year, a plan below, or a plan like it."""

from collections.abc import Callable, Iterable
from datetime import date

from motcua.plans.actions.opening import set_deadline, values_of
from motcua.plans.models import Assignment, Plan, PlanTarget, Task
from motcua.plans.rules.times.deadlines import deadline_in_year, parse_deadline

# What a row is; not what became of it, and not where it stands.
_ROW = (
    "section_path", "number", "text", "product", "lead_text", "coordinating_text", "lead", "coordinating", "unresolved",
    "deadline_text", "deadline_kind", "deadline_reading", "deadline", "starts_on", "target_on", "due_on", "assigner",
    "assigned_in", "first_year", "extra",
)  # fmt: skip
_PLACE = ("line_start", "line_end", "confidence", "field_confidence", "warnings", "is_damaged")
_PART = ("unit_id", "is_lead", "named_as", "origin", "person_id", "share")
_TARGET = (
    "position", "text", "value", "unit", "comparator", "scope", "tier", "line", "is_exception", "duplicate_of",
    "formula", "indicator", "remark",
)  # fmt: skip
BATCH = 1000


def copy_of(task: Task, plan: Plan, position: int, *, with_place: bool = False) -> Task:
    """Return ``task`` as an unsaved row of ``plan``; ``with_place`` where both stand beside the same source."""
    fresh = Task(plan=plan, code=f"{plan.code}.{task.short_code}"[:80], position=position, changed_at=plan.changed_at)
    for name in (*_ROW, *_PLACE) if with_place else _ROW:
        setattr(fresh, name, getattr(task, name))
    fresh.original = values_of(fresh)
    return fresh


def write_copies(
    rows: Iterable[tuple[Task, Task]],
    *,
    keeps_unit: Callable[[Assignment], bool] | None = None,
    keeps_target: Callable[[PlanTarget], bool] | None = None,
) -> list[Task]:
    """Write new rows of (old, new) with those units and numbers of the old ones that are wanted (None: none)."""
    pairs = list(rows)
    tasks = Task.objects.bulk_create([new for _old, new in pairs], batch_size=BATCH)
    by_old = {old.pk: new for old, new in pairs}
    if keeps_unit is not None:
        parts = Assignment.objects.filter(task__in=list(by_old)).select_related("task").order_by("pk")
        Assignment.objects.bulk_create(
            [
                Assignment(task=by_old[part.task_id], **{name: getattr(part, name) for name in _PART})
                for part in parts
                if keeps_unit(part)
            ],
            batch_size=BATCH,
        )
    if keeps_target is not None:
        targets = [
            each for each in PlanTarget.objects.filter(task__in=list(by_old)).order_by("task_id", "position")
            if keeps_target(each)
        ]  # fmt: skip
        PlanTarget.objects.bulk_create([_target(each, by_old[each.task_id]) for each in targets], batch_size=BATCH)
    return tasks


def _target(old: PlanTarget, task: Task) -> PlanTarget:
    suffix = old.code.rpartition(".")[2]
    return PlanTarget(task=task, code=f"{task.code}.{suffix}"[:80], **{name: getattr(old, name) for name in _TARGET})


def date_anew(task: Task, year: int) -> None:
    """Read a row's deadline in its words for ``year``; what it was read as goes along."""
    set_deadline(task, parse_deadline(task.deadline_text, year, " ".join(task.section_path)))
    task.original = {**task.original, **{key: values_of(task)[key] for key in DEADLINE}} if task.original else {}


def dates_in_year(tasks: Iterable[Task], year: int) -> list[Task]:
    """Read the deadlines of rows again after their plan's year was corrected; return the rows that changed, unsaved.

    Only words that do not say their year depend on it; a day that a person set stays.
    """
    changed = []
    for task in tasks:
        if task.deadline.get("by_hand"):
            continue
        found = deadline_in_year(task.deadline_text, year, " ".join(task.section_path))
        if found is None:
            continue
        set_deadline(task, found)
        if task.original and task.original.get("deadline_text") == task.deadline_text:
            task.original = {**task.original, **{key: values_of(task)[key] for key in DEADLINE}}
        changed.append(task)
    return changed


def put_day(task: Task, due_on: date, reading: str) -> None:
    """Give a row a last day that no words say; ``reading`` tells where it comes from."""
    task.due_on, task.target_on, task.starts_on = due_on, None, None
    task.deadline_kind, task.deadline = "date", {"kind": "date", "date": due_on.isoformat(), "by_hand": True}
    task.deadline_reading = reading[:600]


DEADLINE = ("deadline_text", "deadline_kind", "deadline_reading", "deadline", "starts_on", "target_on", "due_on")
