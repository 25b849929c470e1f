"""A plan begins: what was read of a document becomes a draft with its rows, units and targets."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_draft
from motcua.plans.actions.naming import give_units
from motcua.plans.models import Plan, PlanTarget, Task
from motcua.plans.queries import days_of, holder_today, issuing_unit
from motcua.plans.rules import values
from motcua.plans.rules.times.deadlines import Deadline
from motcua.plans.states import PROVINCE, UNIT
from motcua.reading.blocks import NOWHERE, Document, Spot

MOST_ROWS = 3000
# What a reading says beside the rows; a plan that was read from nothing has none of it.
NOTHING_READ: dict[str, list[Any]] = {
    "claims": [], "warnings": [], "missing_rows": [], "body_tasks": [], "legal_bases": []
}  # fmt: skip


def draft_from(
    document: Document,
    reading: values.PlanReading,
    *,
    source: StoredFile,
    actor: Account,
    unit: Unit | None = None,
    is_reform: bool = False,
    parent: Plan | None = None,
    intake: str = "",
) -> Plan:
    """Write what was read as a draft for review; inside the caller's transaction.

    ``unit``: whose plan it is; without it, the issuer named in the document, else the actor's own unit.

    Raises:
        Refused: the actor may not draft for the unit.
    """
    issued_on = _day(reading.document.date)
    then = unit or _unit_of(reading.document.issuer, issued_on, actor)
    holder = holder_today(then)
    if not may_draft(actor, holder):
        raise Refused(gettext("Bạn không lập kế hoạch cho %(unit)s.") % {"unit": holder}, field="unit")
    plan = _plan_of(document, reading, unit=then, holder=holder, is_reform=is_reform, issued_on=issued_on)
    plan.source, plan.parent = source, parent
    save_new(plan)
    tasks = [task_from(plan, each, position) for position, each in enumerate(reading.tasks, start=1)]
    Task.objects.bulk_create(tasks)
    by_id = {each.id: task for each, task in zip(reading.tasks, tasks, strict=True)}
    PlanTarget.objects.bulk_create(_targets(reading.targets, by_id))
    give_units(plan, tasks)
    record(
        events.READ,
        subject=plan.code,
        actor=actor.code,
        unit=plan.holder.code,
        tasks=len(tasks),
        targets=len(reading.targets),
        missing=len(reading.missing_rows),
        sha256=source.sha256,
        intake=intake,
    )
    return plan


def _unit_of(issuer: str | None, day: date | None, actor: Account) -> Unit:
    homes = [post.unit for post in actor.posts_now]
    if not homes:
        raise Refused(gettext("Cần chọn đơn vị của kế hoạch."), field="unit")
    return issuing_unit(issuer or "", day, homes[0]) or homes[0]


def _plan_of(
    document: Document,
    reading: values.PlanReading,
    *,
    unit: Unit,
    holder: Unit,
    is_reform: bool,
    issued_on: date | None,
) -> Plan:
    told, at = reading.document, now()
    year = told.year or (issued_on or today()).year
    first, last = days_of(year)
    kept = reading.as_json()
    return Plan(
        code=free_code(told.number, year),
        number=(told.number or "")[:60],
        issued_on=issued_on,
        issuer=(told.issuer or "")[:200],
        title=(told.title or gettext("Kế hoạch chưa rõ tên"))[:1000],
        kind=(told.kind or "")[:60],
        year=year,
        first_day=first,
        last_day=last,
        unit=unit,
        holder=holder,
        assigner=assigner_of(unit),
        is_reform=is_reform,
        lines=list(document.lines),
        spots=[_spot(each) for each in document.spots],
        pages=[list(size) for size in document.pages],
        reading={key: kept[key] for key in NOTHING_READ},
        opened_at=at,
        changed_at=at,
    )


def _spot(spot: Spot) -> list[Any] | None:
    """Return where a line stands as the plan keeps it, None where it stands on no page and in no sheet."""
    if spot == NOWHERE:
        return None
    return [spot.page, list(spot.box) if spot.box else None, spot.address, spot.confidence]


def assigner_of(unit: Unit) -> str:
    """Return who sets the tasks of a plan of ``unit``, as reports count them."""
    return PROVINCE if unit.kind == "province" else UNIT


def save_new(plan: Plan) -> None:
    """Write a new plan; where somebody took its code in the same moment, under the next one.

    Raises:
        Refused: its code was taken again and again.
    """
    for _attempt in range(5):
        try:
            with transaction.atomic():
                plan.save(force_insert=True)
            return
        except IntegrityError as race:
            if not Plan.objects.filter(code=plan.code).exists():
                raise
            last = race
            plan.code = free_code(plan.number or plan.unit.code, plan.year)
    raise Refused(gettext("Nhiều người đang lập kế hoạch cùng lúc. Hãy thử lại.")) from last


def free_code(number: str | None, year: int) -> str:
    """Return a public code for a document: "KH-461-QD-UBND-2022", with a number behind where it is taken."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(number or "")).strip("-").upper()[:24] or "KHONG-SO"
    wanted = f"KH-{bare}-{year}"
    taken = set(Plan.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    if wanted not in taken:
        return wanted
    return next(code for n in range(2, 10_000) if (code := f"{wanted}-{n}") not in taken)


def task_from(plan: Plan, read_task: values.Task, position: int) -> Task:
    """Return the row for a task as it was read."""
    task = Task(
        plan=plan,
        code=f"{plan.code}.{read_task.id}"[:80],
        position=position,
        section_path=read_task.section_path,
        number=read_task.number[:40],
        text=read_task.text,
        product=read_task.product,
        lead_text=read_task.lead_raw or "; ".join(read_task.lead),
        coordinating_text=read_task.coordinating_raw or "; ".join(read_task.coordinating),
        lead=read_task.lead,
        coordinating=read_task.coordinating,
        deadline_text=read_task.deadline_text[:500],
        line_start=read_task.line_start,
        line_end=read_task.line_end,
        confidence=round(read_task.confidence, 3),
        field_confidence=read_task.field_confidence,
        warnings=[one.as_json() for one in read_task.warnings],
        is_damaged=read_task.damaged,
        extra=read_task.extra,
        changed_at=plan.changed_at,
    )
    set_deadline(task, read_task.deadline)
    task.original = values_of(task)
    return task


def set_deadline(task: Task, deadline: Deadline) -> None:
    """Put a typed deadline into a task's columns."""
    task.deadline_kind = deadline.kind
    task.deadline_reading = deadline.explanation[:600]
    task.deadline = deadline.as_json()
    task.starts_on = deadline.start
    task.target_on = deadline.end if deadline.latest else None
    task.due_on = deadline.due_on


def values_of(task: Task) -> dict[str, Any]:
    """Return what "put back as read" needs."""
    kept: dict[str, Any] = {
        name: getattr(task, name)
        for name in ("number", "text", "product", "lead_text", "coordinating_text", "deadline_text",
                     "lead", "coordinating", "section_path", "deadline_kind", "deadline_reading", "deadline")
    }  # fmt: skip
    for name in ("starts_on", "target_on", "due_on"):
        value = getattr(task, name)
        kept[name] = value.isoformat() if value else None
    return kept


def _targets(found: list[values.Target], by_id: dict[str, Task]) -> list[PlanTarget]:
    counts: dict[str, int] = {}
    rows = []
    for each in found:
        task = by_id.get(each.task_id)
        if task is None:  # a number of the document as a whole stays in its reading
            continue
        counts[each.task_id] = counts.get(each.task_id, 0) + 1
        rows.append(
            PlanTarget(
                task=task,
                code=f"{task.code}.c{counts[each.task_id]}"[:80],
                position=counts[each.task_id],
                text=each.text[:500],
                value=Decimal(str(each.value)),
                unit=each.unit[:80],
                comparator=each.comparator,
                scope=each.scope[:500],
                tier=(each.tier or "")[:20],
                line=each.line,
                is_exception=each.is_exception,
                duplicate_of=(each.duplicate_of or "")[:80],
                formula=each.formula or "",
            )
        )
    return rows


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None
