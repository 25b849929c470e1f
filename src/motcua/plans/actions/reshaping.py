"""Review: rows that the reader cut wrongly are split, merged, moved, dropped, brought back or added."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account
from motcua.plans import events
from motcua.plans.actions.correcting import clean, understand_again
from motcua.plans.actions.locking import draft_for, draft_task, touch
from motcua.plans.actions.naming import give_units
from motcua.plans.actions.opening import MOST_ROWS
from motcua.plans.actions.undoing import undoable
from motcua.plans.models import TEXT_FIELDS, Plan, Task


@undoable("split")
@transaction.atomic
def split_task(
    code: str, *, first: str, second: str, actor: Account, seen: datetime | None = None
) -> tuple[Task, Task]:
    """Make two rows of one: the words are shared out, all else is in both. Returns (the row, the new one after it).

    Raises:
        Refused: as ``draft_task``; a part is empty, or the two parts do not hold the words of the row.
    """
    task = draft_task(code, actor, seen)
    first, second = clean("text", first), clean("text", second)
    if not first or not second:
        raise Refused(gettext("Cả hai phần đều phải có nội dung."), field="first")
    if squash(f"{first} {second}").split() != squash(task.text).split():
        raise Refused(
            gettext("Hai phần ghép lại phải đúng bằng nội dung của dòng; hãy sửa câu chữ bằng ô sửa dòng."),
            field="second",
        )
    task.plan.tasks.filter(position__gt=task.position).update(position=F("position") + 1)
    task.text, task.is_checked = first, True
    fresh = Task.objects.get(pk=task.pk)
    fresh.pk, fresh.code, fresh.position = None, _free_code(task.plan, task.short_code), task.position + 1
    fresh.text, fresh.is_checked, fresh.original, fresh.plan = second, True, {}, task.plan
    touch(task.plan, task, fresh, actor=actor)
    task.save(update_fields=["text", "is_checked", "changed_at", "changed_by"])
    fresh.save(force_insert=True)
    give_units(task.plan, [fresh])
    record(
        events.SPLIT, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code, into=fresh.code
    )
    return task, fresh


@undoable("merge")
@transaction.atomic
def merge_with_next(code: str, *, actor: Account, seen: datetime | None = None) -> Task:
    """Put the next row's words behind this row's, and drop the next row; the targets of both are the row's from now on.

    Raises:
        Refused: as ``draft_task``; there is no next row.
    """
    task = draft_task(code, actor, seen)
    following = task.plan.tasks.filter(position__gt=task.position, is_dropped=False).order_by("position").first()
    if task.is_dropped or following is None:
        raise Refused(gettext("Không có dòng sau để gộp."))
    for name in TEXT_FIELDS[1:]:
        joined = _joined(getattr(task, name), getattr(following, name), is_text=name == "text")
        setattr(task, name, clean(name, joined))
    task.line_end = max(task.line_end, following.line_end)
    task.is_checked, following.is_dropped = True, True
    understand_again(task, ["lead_text", "deadline_text"])
    touch(task.plan, task, following, actor=actor)
    task.save()
    following.save(update_fields=["is_dropped", "changed_at", "changed_by"])
    following.targets.update(task=task, position=F("position") + task.targets.count())
    give_units(task.plan, [task])
    record(
        events.MERGED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        merged=following.code,
    )  # fmt: skip
    return task


def _joined(first: str, second: str, *, is_text: bool) -> str:
    if not second or first == second:
        return first
    return f"{first} {second}".strip() if is_text or not first else f"{first}; {second}"


@undoable("move")
@transaction.atomic
def move_task(code: str, *, up: bool, actor: Account, seen: datetime | None = None) -> Task:
    """Let a row change places with the one before or after it; its section becomes that one's.

    Raises:
        Refused: as ``draft_task``; it stands at the end already.
    """
    task = draft_task(code, actor, seen)
    rows = task.plan.tasks.filter(is_dropped=False)
    other = (
        rows.filter(position__lt=task.position).order_by("-position").first()
        if up
        else rows.filter(position__gt=task.position).order_by("position").first()
    )
    if other is None:
        raise Refused(gettext("Dòng đã ở đầu hoặc cuối kế hoạch."))
    task.position, other.position = other.position, task.position
    task.section_path = other.section_path
    touch(task.plan, task, other, actor=actor)
    task.save(update_fields=["position", "section_path", "changed_at", "changed_by"])
    other.save(update_fields=["position", "changed_at", "changed_by"])
    record(
        events.MOVED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        position=task.position,
    )  # fmt: skip
    return task


@undoable("drop")
@transaction.atomic
def drop_task(code: str, *, actor: Account, seen: datetime | None = None) -> Task:
    """Take a row out of the plan; it stays to be brought back. Twice is once.

    Raises:
        Refused: as ``draft_task``.
    """
    return _drop(draft_task(code, actor, seen), is_dropped=True, actor=actor)


@undoable("bring_back")
@transaction.atomic
def bring_back_task(code: str, *, actor: Account, seen: datetime | None = None) -> Task:
    """Put a dropped row into the plan again. Twice is once.

    Raises:
        Refused: as ``draft_task``.
    """
    return _drop(draft_task(code, actor, seen), is_dropped=False, actor=actor)


def _drop(task: Task, *, is_dropped: bool, actor: Account) -> Task:
    if task.is_dropped == is_dropped:
        return task
    task.is_dropped = is_dropped
    touch(task.plan, task, actor=actor)
    task.save(update_fields=["is_dropped", "changed_at", "changed_by"])
    record(
        events.DROPPED if is_dropped else events.BROUGHT_BACK, subject=task.code, actor=actor.code,
        unit=task.plan.holder.code, plan=task.plan.code,
    )  # fmt: skip
    return task


@undoable("add")
@transaction.atomic
def add_task(
    plan_code: str,
    fields: Mapping[str, str],
    *,
    actor: Account,
    after: str = "",
    section_path: Sequence[str] = (),
    lines: tuple[int, int] = (0, 0),
) -> Task:
    """Add a row that the reader did not find, behind the row ``after`` (else at the end).

    Raises:
        Refused: as ``draft_for``; no text, a text that is too long, or too many rows.
    """
    plan = draft_for(plan_code, actor)
    count = plan.tasks.count()
    if count >= MOST_ROWS:
        raise Refused(gettext("Kế hoạch đã có %(most)s dòng, không thêm được nữa.") % {"most": MOST_ROWS})
    before = plan.tasks.filter(code=after).first() or plan.tasks.order_by("-position").first()
    place = before.position + 1 if before else 1
    plan.tasks.filter(position__gte=place).update(position=F("position") + 1)
    task = Task(
        plan=plan,
        code=_free_code(plan, before.short_code if before else "1"),
        position=place,
        section_path=list(section_path) or (before.section_path if before else []),
        line_start=lines[0],
        line_end=lines[1],
        is_checked=True,
        deadline_kind="unspecified",
    )
    for name in TEXT_FIELDS:
        setattr(task, name, clean(name, fields.get(name, "")))
    if not task.text:
        raise Refused(gettext("Nhiệm vụ phải có nội dung."), field="text")
    understand_again(task, ["lead_text", "deadline_text"])
    touch(plan, task, actor=actor)
    task.save(force_insert=True)
    give_units(plan, [task])
    record(events.ADDED, subject=task.code, actor=actor.code, unit=plan.holder.code, plan=plan.code)
    return task


def _free_code(plan: Plan, short_code: str) -> str:
    """Return the code of a new row after ``short_code``: "PL1.II.3" gives "PL1.II.3~2"."""
    base = f"{plan.code}.{short_code.partition('~')[0]}"[:74]
    taken = set(Task.objects.filter(code__startswith=f"{base}~").values_list("code", flat=True))
    return next(code for n in range(2, MOST_ROWS + 3) if (code := f"{base}~{n}") not in taken)
