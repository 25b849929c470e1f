"""Review in larger steps: all sure rows at once, one unit for a name everywhere, a task of the body as a row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.actions.assigning import assign
from motcua.plans.actions.locking import draft_for, draft_task, touch
from motcua.plans.actions.reshaping import add_task
from motcua.plans.actions.undoing import undoable
from motcua.plans.models import Plan, Task
from motcua.plans.rules.confidence import AUTO_ACCEPT

BATCH = 500


def is_sure(task: Task) -> bool:
    """Whether a row may be taken without a look: from the auto-accept line on, nothing lost, nobody unknown."""
    return task.confidence >= AUTO_ACCEPT and not task.needs_a_look and bool(task.text)


@undoable("accept_sure", is_wide=True)
@transaction.atomic
def accept_sure(plan_code: str, *, actor: Account) -> list[Task]:
    """Take all rows as compared that are sure and that nobody looked at yet; returns them.

    Raises:
        Refused: as ``draft_for``; there is none left.
    """
    plan = draft_for(plan_code, actor)
    taken = [task for task in plan.tasks.filter(is_dropped=False, is_checked=False) if is_sure(task)]
    if not taken:
        raise Refused(gettext("Không còn dòng nào đủ chắc chắn mà chưa đối chiếu."))
    for task in taken:
        task.is_checked = True
    touch(plan, *taken, actor=actor)
    Task.objects.bulk_update(taken, ["is_checked", "changed_at", "changed_by"], batch_size=BATCH)
    record(events.SURE_ACCEPTED, subject=plan.code, actor=actor.code, unit=plan.holder.code, tasks=len(taken))
    return taken


@undoable("name_unit", is_wide=True)
@transaction.atomic
def name_unit(plan_code: str, *, name: str, unit: Unit, actor: Account) -> int:
    """Give every row whose lead ``name`` nobody answers to to ``unit``; returns how many.

    Raises:
        Refused: as ``draft_for`` and ``assign``; no row waits for that name.
    """
    plan = draft_for(plan_code, actor)
    waiting = [task for task in plan.tasks.filter(is_dropped=False).order_by("position") if name in task.unresolved]
    if not waiting:
        raise Refused(gettext("Không dòng nào còn chờ tên “%(name)s”.") % {"name": name[:100]})
    for task in waiting:
        assign(task.code, unit=unit, named_as=name, actor=actor)
    return len(waiting)


def take_body_task(plan_code: str, body_id: str, *, actor: Account) -> Task:
    """Make a row of a task that the articles of the document give; it is marked as compared, its lines are the text's.

    Raises:
        Refused: as ``add_task``; there is no such task in the body, or it is a row already.
    """
    plan = Plan.objects.filter(code=plan_code).first()
    found = next((one for one in plan.reading.get("body_tasks", []) if one["id"] == body_id), None) if plan else None
    if plan is None or found is None:
        raise Refused(gettext("Không có việc nào như vậy trong phần lời văn."))
    lines = (found["source"]["line_start"], found["source"]["line_end"])
    if is_taken(found, taken_lines(plan)):
        raise Refused(gettext("Việc này đã là một dòng của kế hoạch."))
    fields = {
        "number": (found["number"] or "")[:40],
        "text": found["text"],
        "lead_text": "; ".join(found["lead"]),
        "deadline_text": (found["deadline_text"] or "")[:500],
    }
    return add_task(plan_code, fields, section_path=found["section_path"], lines=lines, actor=actor)


def taken_lines(plan: Plan) -> set[tuple[int, str]]:
    """Return (first line, text) of the rows of ``plan`` that stand."""
    return set(plan.tasks.filter(is_dropped=False).values_list("line_start", "text"))


def is_taken(body_task: dict[str, Any], taken: set[tuple[int, str]]) -> bool:
    """Whether a task of the body is a row already."""
    return (body_task["source"]["line_start"], body_task["text"].strip()) in taken


@undoable("move", is_wide=True)
@transaction.atomic
def move_into_section(code: str, *, section_path: Sequence[str], actor: Account, seen: datetime | None = None) -> Task:
    """Put a row behind the last one of a section of the plan.

    Raises:
        Refused: as ``draft_task``; no other row stands in that section.
    """
    task = draft_task(code, actor, seen)
    path = list(section_path)
    rows = task.plan.tasks.filter(is_dropped=False).exclude(pk=task.pk)
    last = rows.filter(section_path=path).order_by("-position").first()
    if last is None:
        raise Refused(gettext("Kế hoạch không có phần này."), field="section")
    task.plan.tasks.filter(position__gt=last.position).update(position=F("position") + 1)
    task.position, task.section_path = last.position + 1, path
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["position", "section_path", "changed_at", "changed_by"])
    record(
        events.MOVED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        position=task.position,
    )  # fmt: skip
    return task
