"""Undo in review: every step keeps what stood before it; the last one can be taken back, then the one before."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.actions.locking import draft_for, touch
from motcua.plans.models import Assignment, Plan, PlanTarget, ReviewStep, Task

KEPT_STEPS = 100
BATCH = 500
_PLAN_FIELDS = (
    "number", "title", "issuer", "kind", "issued_on", "year", "first_day", "last_day", "assigner", "is_reform",
    "unit_id", "holder_id", "acknowledged",
)  # fmt: skip
_WHO_AND_WHEN = frozenset({"changed_at", "changed_by"})
_inside: ContextVar[bool] = ContextVar("inside_a_step", default=False)
Action = TypeVar("Action", bound=Callable[..., Any])


def undoable(verb: str, *, is_wide: bool = False) -> Callable[[Action], Action]:
    """Let an action on a draft be undone; its first argument is the code of a row or of a plan, ``actor`` a keyword.

    Kept are the row and its neighbours, the order of all rows and what is said of the plan; with ``is_wide`` every row.
    Only what the action changed stays kept. Actions inside an undoable one are part of it.
    """

    def mark(action: Action) -> Action:
        @wraps(action)
        def stepping(code: str, *args: Any, actor: Account, **options: Any) -> Any:
            with transaction.atomic():
                plan = None if _inside.get() else _draft_of(code)
                if plan is None:
                    return action(code, *args, actor=actor, **options)
                before = _snapshot(plan, _reach(plan, code, is_wide=is_wide))
                token = _inside.set(True)
                try:
                    answer = action(code, *args, actor=actor, **options)
                finally:
                    _inside.reset(token)
                _keep(plan, before, verb=verb, row=code[len(plan.code) + 1 :], actor=actor)
                return answer

        return stepping  # type: ignore[return-value]

    return mark


def _draft_of(code: str) -> Plan | None:
    found = Plan.objects.filter(Q(code=code) | Q(pk__in=Task.objects.filter(code=code).values("plan"))).first()
    if found is None or not found.is_draft:
        return None
    return Plan.objects.select_for_update(of=("self",)).defer("lines", "spots", "reading").get(pk=found.pk)


def _reach(plan: Plan, code: str, *, is_wide: bool) -> list[Task]:
    rows = plan.tasks.order_by("position")
    if is_wide:
        return list(rows)
    task = rows.filter(code=code).first()
    if task is None:
        return []
    standing = rows.filter(is_dropped=False)
    before = standing.filter(position__lt=task.position).last()
    after = standing.filter(position__gt=task.position).first()
    return [each for each in (before, task, after) if each is not None]


def _snapshot(plan: Plan, tasks: Iterable[Task]) -> dict[str, Any]:
    rows: dict[str, dict[str, Any]] = {
        str(task.pk): {"fields": _values(task), "assignments": [], "targets": []} for task in tasks
    }
    taken = [int(pk) for pk in rows]
    for part in Assignment.objects.filter(task__in=taken).order_by("pk"):
        rows[str(part.task_id)]["assignments"].append(_values(part))
    for target in PlanTarget.objects.filter(task__in=taken).order_by("pk"):
        rows[str(target.task_id)]["targets"].append(_values(target))
    return {
        "plan": {name: getattr(plan, name) for name in _PLAN_FIELDS},
        "rows": rows,
        "positions": {str(pk): position for pk, position in plan.tasks.values_list("pk", "position")},
    }


def _values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _keep(plan: Plan, before: dict[str, Any], *, verb: str, row: str, actor: Account) -> None:
    """Write the step with what really changed; nothing if nothing did."""
    plan = Plan.objects.defer("lines", "spots", "reading").get(pk=plan.pk)
    after = _snapshot(plan, plan.tasks.filter(pk__in=[int(pk) for pk in before["rows"]]))
    changed = {
        "plan": {name: value for name, value in before["plan"].items() if after["plan"][name] != value},
        "rows": {pk: kept for pk, kept in before["rows"].items() if _essence(kept) != _essence(after["rows"][pk])},
        "positions": {pk: at for pk, at in before["positions"].items() if after["positions"][pk] != at},
        "made": [int(pk) for pk in after["positions"] if pk not in before["positions"]],
    }
    if not any(changed.values()):
        return
    touched = [*(int(pk) for pk in changed["rows"]), *changed["made"]]
    ReviewStep.objects.create(
        plan=plan, by=actor, at=now(), verb=verb, row=row, before=changed, left=_left(plan, touched)
    )
    old = list(plan.steps.order_by("-pk").values_list("pk", flat=True)[KEPT_STEPS:])
    plan.steps.filter(pk__in=old).delete()


def _essence(kept: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in kept["fields"].items() if name not in _WHO_AND_WHEN}
    return {**kept, "fields": fields}


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _left(plan: Plan, tasks: Iterable[int]) -> dict[str, str]:
    rows = plan.tasks.filter(pk__in=list(tasks)).values_list("pk", "changed_at")
    return {str(pk): _stamp(at) for pk, at in rows}


@transaction.atomic
def undo(plan_code: str, *, actor: Account) -> ReviewStep:
    """Take back the last step of a draft's review; returns it, already forgotten.

    Raises:
        Refused: as ``draft_for``; there is no step to take back; or a row of it was changed otherwise since.
    """
    plan = draft_for(plan_code, actor)
    step = plan.steps.order_by("-pk").first()
    if step is None:
        raise Refused(gettext("Không còn bước nào để hoàn tác."))
    if _left(plan, map(int, step.left)) != step.left:
        raise Refused(gettext("Dòng đã được sửa theo cách khác sau bước này nên không hoàn tác được."))
    kept = step.before
    plan.tasks.filter(pk__in=kept["made"]).delete()
    rows = [_put_back(plan, row, actor) for row in kept["rows"].values()]
    _reorder(plan, kept["positions"])
    for name, value in kept["plan"].items():
        setattr(plan, name, cast("models.Field[Any, Any]", Plan._meta.get_field(name)).to_python(value))
    plan.save(update_fields=["changed_at", *kept["plan"]])
    touch(plan, *rows, actor=actor)
    for row in rows:
        row.save()
    _move_on(plan, step, rows)
    step.delete()
    record(
        events.UNDONE, subject=plan.code, actor=actor.code, unit=plan.holder.code, verb=step.verb, tasks=len(rows)
    )  # fmt: skip
    return step


def _put_back(plan: Plan, kept: dict[str, Any], actor: Account) -> Task:
    """Return the row as it stood, its units and numbers written; the row itself is written by the caller."""
    task = _made(Task, kept["fields"])
    task.plan = plan
    Assignment.objects.filter(task=task).delete()
    Assignment.objects.bulk_create([_made(Assignment, each) for each in kept["assignments"]], batch_size=BATCH)
    PlanTarget.objects.filter(Q(task=task) | Q(pk__in=[each["id"] for each in kept["targets"]])).delete()
    PlanTarget.objects.bulk_create([_made(PlanTarget, each) for each in kept["targets"]], batch_size=BATCH)
    return task


Kept = TypeVar("Kept", bound=models.Model)


def _made(model: type[Kept], values: dict[str, Any]) -> Kept:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(
        **{
            name: value if isinstance(fields[name], models.ForeignKey) else fields[name].to_python(value)
            for name, value in values.items()
            if name in fields
        }
    )


def _reorder(plan: Plan, positions: dict[str, int]) -> None:
    moved = list(plan.tasks.filter(pk__in=[int(pk) for pk in positions]).only("pk", "position"))
    for task in moved:
        task.position = positions[str(task.pk)]
    Task.objects.bulk_update(moved, ["position"], batch_size=BATCH)


def _move_on(plan: Plan, step: ReviewStep, rows: list[Task]) -> None:
    """Let earlier steps know the rows as undoing left them, so that they can be undone next."""
    before = {str(row.pk): step.before["rows"][str(row.pk)]["fields"]["changed_at"] for row in rows}
    earlier = list(plan.steps.filter(pk__lt=step.pk).only("pk", "left"))
    for each in earlier:
        for row in rows:
            known = each.left.get(str(row.pk))
            if known is not None and _same_instant(known, before[str(row.pk)]):
                each.left[str(row.pk)] = _stamp(row.changed_at)
    ReviewStep.objects.bulk_update(earlier, ["left"], batch_size=BATCH)


def _same_instant(one: str, other: str) -> bool:
    field = Task._meta.get_field("changed_at")
    # The encoder cuts microseconds to milliseconds.
    return abs((field.to_python(one) - field.to_python(other)).total_seconds()) < 0.001
