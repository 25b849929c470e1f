"""A plan beside the plan above it, and beside the version before it, as the pure rules compare them."""

from collections import defaultdict

from motcua.organizations.models import Unit
from motcua.plans.models import Assignment, Plan, PlanTarget, Task
from motcua.plans.queries.beginning import goals_of, tasks_for
from motcua.plans.rules.relating.alignment import AlignedRow, Alignment, Goal, PlanSide
from motcua.plans.rules.relating.alignment_findings import align
from motcua.plans.rules.relating.alignment_sides import COPIED_FAULTS
from motcua.plans.rules.relating.differences import RowDifference, VersionRow, differences


def alignment_of(plan: Plan) -> Alignment | None:
    """Return ``plan`` beside its parent, None where it has none."""
    if plan.parent is None:
        return None
    given = {task.pk for task in tasks_for(plan.parent, plan.holder)}
    return align(_side(plan.parent, given), _side(plan, set()))


def _side(plan: Plan, given: set[int]) -> PlanSide:
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    goals = goals_of(tasks)
    warnings = plan.reading.get("warnings", [])
    return PlanSide(
        name=plan.name,
        title=plan.title,
        year=plan.year,
        level=_level(plan.holder),
        rows=tuple(_row(task, goals.get(task.pk, []), task.pk in given) for task in tasks),
        faults=tuple(each["message"] for each in warnings if each["severity"] != "info" and not each.get("task_id")),
    )


def _level(unit: Unit) -> str:
    return unit.kind if unit.kind in ("province", "commune", "district") else "department"


def _row(task: Task, targets: list[PlanTarget], is_given: bool) -> AlignedRow:
    return AlignedRow(
        key=str(task.pk),
        text=task.text,
        number=task.number,
        section=task.section,
        product=task.product,
        lead_text=task.lead_text,
        deadline_text=task.deadline_text,
        deadline_kind=task.deadline_kind,
        due_on=task.due_on,
        goals=tuple(
            Goal(float(each.value), each.unit, each.comparator, each.scope or each.text, each.tier) for each in targets
        ),
        carries=str(task.parent_id or ""),
        is_given=is_given,
        faults=tuple(each["message"] for each in task.warnings if each["code"] in COPIED_FAULTS),
    )


def changes_of(plan: Plan) -> list[RowDifference]:
    """Return what ``plan`` changes in the version that it amends; nothing where it amends none."""
    if plan.amends is None:
        return []
    return differences(_version(plan.amends), _version(plan))


def _version(plan: Plan) -> list[VersionRow]:
    tasks = list(plan.tasks.filter(is_dropped=False).order_by("position"))
    units: dict[int, list[str]] = defaultdict(list)
    parts = Assignment.objects.filter(task__in=tasks).select_related("unit").order_by("-is_lead", "unit__name")
    for part in parts:
        units[part.task_id].append(part.unit.name if part.is_lead else f"({part.unit.name})")
    goals = goals_of(tasks)
    before = dict(plan.tasks.values_list("pk", "previous__code"))
    rows = []
    for task in tasks:
        fields = {
            name: getattr(task, name)
            for name in ("section", "number", "text", "product", "lead_text", "coordinating_text", "deadline_text")
        }
        fields["due_on"] = f"{task.due_on:%d/%m/%Y}" if task.due_on else ""
        fields["units"] = "; ".join(units[task.pk])
        fields["targets"] = "; ".join(each.must for each in goals.get(task.pk, []))
        rows.append(VersionRow(task.code, fields, before.get(task.pk) or ""))
    return rows
