"""A task's work: progress with evidence, completion reported, accepted or given back, a new last day.

Each of them is about a unit's part of the task, or about one turn of that part: ``turn`` is the turn's key.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_accept, may_report
from motcua.plans.actions.evidence import NO_EVIDENCE, Evidence, clear_link, clear_note, kept_file
from motcua.plans.models import Assignment, Occurrence, Progress, Task
from motcua.plans.states import ACCEPTED, APPROVED, COMPLETED, EXTENDED, GRADES, PROGRESS, RETURNED

__all__ = ["NO_EVIDENCE", "Evidence"]


def locked_task(code: str) -> Task:
    """Return the task, locked: whatever is reported of it happens one after the other.

    Raises:
        Refused: there is no such task, or its plan is not being followed.
    """
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("plan__holder__parent")
        .filter(code=code, is_dropped=False)
        .first()
    )
    if task is None:
        raise Refused(gettext("Không có nhiệm vụ “%(code)s”.") % {"code": code})
    if task.plan.state != APPROVED:
        raise Refused(
            gettext("Kế hoạch đang ở trạng thái “%(state)s”, nhiệm vụ không được theo dõi.")
            % {"state": task.plan.state_label}
        )
    return task


def part_of(task: Task, unit: Unit) -> Assignment:
    """Return the unit's part of a locked task.

    Raises:
        Refused: the task is not the unit's.
    """
    found = task.assignments.select_related("unit").filter(unit=unit).first()
    if found is None:
        raise Refused(gettext("Nhiệm vụ này không giao cho %(unit)s.") % {"unit": unit}, field="unit")
    return found


def turn_of(part: Assignment, key: str) -> Occurrence:
    """Return a turn of the part.

    Raises:
        Refused: the part has no such turn.
    """
    found = part.occurrences.filter(key=key).first()
    if found is None:
        raise Refused(gettext("Nhiệm vụ này không có kỳ “%(key)s”.") % {"key": key[:10]}, field="turn")
    return found


def settle(task: Task) -> None:
    """Let the task be done on the day on which its last leading unit was, or not be done; for a locked task."""
    leads = task.assignments.filter(is_lead=True)
    done_on = None
    if leads.exists() and not leads.filter(done_on__isnull=True).exists():
        done_on = leads.aggregate(last=Max("done_on"))["last"]
    if done_on != task.done_on:
        task.done_on = done_on
        task.save(update_fields=["done_on"])


@transaction.atomic
def report_progress(
    code: str, *, unit: Unit, percent: int, note: str, actor: Account, evidence: Evidence = NO_EVIDENCE, turn: str = ""
) -> Progress:
    """Say how far a unit's part, or a turn of it, is.

    Raises:
        Refused: the task is not the unit's, the actor is not of it, it is done already, or a value is out of range.
    """
    task = locked_task(code)
    part = part_of(task, unit)
    if not may_report(actor, unit):
        raise Refused(gettext("Bạn không báo cáo thay cho %(unit)s.") % {"unit": unit})
    about = turn_of(part, turn) if turn else part
    if about.done_on is not None:
        raise Refused(gettext("%(unit)s đã hoàn thành nhiệm vụ này.") % {"unit": unit})
    if not 0 <= percent <= 100:
        raise Refused(gettext("Tiến độ từ 0 đến 100 phần trăm."), field="percent")
    note = clear_note(note)
    if not note and not evidence.kind:
        raise Refused(gettext("Cần ghi nội dung đã làm hoặc kèm minh chứng."), field="note")
    link = clear_link(evidence.link)
    line = Progress.objects.create(
        task=task, unit=unit, by=actor, at=now(), kind=PROGRESS, percent=percent, note=note, link=link,
        number=evidence.number, evidence=kept_file(evidence, task, actor), occurrence=_turn(about),
    )  # fmt: skip
    record(
        events.PROGRESSED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code, percent=percent,
        evidence=evidence.kind, turn=turn,
    )  # fmt: skip
    return line


@transaction.atomic
def report_completion(
    code: str, *, unit: Unit, on_day: date, note: str, actor: Account, evidence: Evidence, turn: str = ""
) -> Progress:
    """Report a leading unit's part, or a turn of it, as done on a day, with evidence; it counts once it is accepted.

    Raises:
        Refused: no evidence; a day to come, or before the plan; the unit only coordinates; it is reported already.
    """
    task = locked_task(code)
    part = part_of(task, unit)
    if not may_report(actor, unit):
        raise Refused(gettext("Bạn không báo cáo thay cho %(unit)s.") % {"unit": unit})
    if not part.is_lead:
        raise Refused(gettext("%(unit)s chỉ phối hợp; cơ quan chủ trì báo cáo hoàn thành.") % {"unit": unit})
    about = turn_of(part, turn) if turn else part
    if about.done_on is not None or about.reported_on is not None:
        raise Refused(gettext("%(unit)s đã báo cáo hoàn thành nhiệm vụ này.") % {"unit": unit})
    if not evidence.kind:
        raise Refused(gettext("Báo cáo hoàn thành phải kèm minh chứng: tệp, đường dẫn hoặc số liệu."), field="evidence")
    if on_day > today() or on_day < (task.plan.issued_on or task.plan.first_day):
        raise Refused(gettext("Ngày hoàn thành phải từ ngày ban hành kế hoạch đến hôm nay."), field="on_day")
    note, link = clear_note(note), clear_link(evidence.link)
    about.reported_on = on_day
    about.save(update_fields=["reported_on"])
    line = Progress.objects.create(
        task=task, unit=unit, by=actor, at=now(), kind=COMPLETED, percent=100, note=note, on_day=on_day, link=link,
        number=evidence.number, evidence=kept_file(evidence, task, actor), occurrence=_turn(about),
    )  # fmt: skip
    record(
        events.COMPLETED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code,
        on_day=on_day.isoformat(), evidence=evidence.kind, turn=turn,
    )  # fmt: skip
    return line


def _reported(task: Task, unit: Unit, turn: str, actor: Account) -> Assignment | Occurrence:
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới xác nhận được kết quả."))
    part = part_of(task, unit)
    about = turn_of(part, turn) if turn else part
    if about.done_on is not None or about.reported_on is None:
        raise Refused(gettext("%(unit)s không có báo cáo hoàn thành nào đang chờ.") % {"unit": unit})
    return about


@transaction.atomic
def accept(code: str, *, unit: Unit, actor: Account, note: str = "", grade: str = "", turn: str = "") -> Task:
    """Accept a unit's completion, of its part or a turn, perhaps with a grade (states.GRADES).

    The task is done on the day on which its last leading unit was.

    Raises:
        Refused: the actor may not, nothing waits, or there is no such grade.
    """
    task = locked_task(code)
    about = _reported(task, unit, turn, actor)
    if grade and grade not in GRADES:
        raise Refused(gettext("Không có mức đánh giá “%(grade)s”.") % {"grade": grade[:20]}, field="grade")
    about.done_on, about.reported_on = about.reported_on, None
    about.grade, about.grade_note = grade, clear_note(note, most=500)
    about.save(update_fields=["done_on", "reported_on", "grade", "grade_note"])
    settle(task)
    write_line(task, unit, actor, ACCEPTED, note, about.done_on, _turn(about))
    record(
        events.ACCEPTED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=unit.code, on_day=str(about.done_on), turn=turn, grade=grade,
    )  # fmt: skip
    return task


@transaction.atomic
def send_back(code: str, *, unit: Unit, note: str, actor: Account, turn: str = "") -> Task:
    """Give a reported completion back, with words.

    Raises:
        Refused: the actor may not, nothing waits, or no reason is given.
    """
    task = locked_task(code)
    about = _reported(task, unit, turn, actor)
    if not clear_note(note):
        raise Refused(gettext("Cần ghi lý do trả lại."), field="note")
    about.reported_on = None
    about.save(update_fields=["reported_on"])
    write_line(task, unit, actor, RETURNED, note, None, _turn(about))
    record(
        events.RETURNED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=unit.code, turn=turn,
    )  # fmt: skip
    return task


@transaction.atomic
def extend(code: str, *, due_on: date, note: str, actor: Account) -> Task:
    """Set a new last day: an extension, or the day that a deadline by reference leads to (R10.6).

    Raises:
        Refused: the actor may not, the task is done, no reason is given, or the day is before the plan.
    """
    task = locked_task(code)
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới đặt lại được thời hạn."))
    if not clear_note(note):
        raise Refused(gettext("Cần ghi lý do hoặc văn bản làm căn cứ."), field="note")
    before = task.due_on
    if not set_last_day(task, due_on):
        return task
    write_line(task, task.plan.holder, actor, EXTENDED, note, due_on)
    record(
        events.EXTENDED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        due_on=due_on.isoformat(), before=before.isoformat() if before else "",
    )  # fmt: skip
    return task


def set_last_day(task: Task, due_on: date) -> bool:
    """Let a locked task be due on ``due_on``; return whether that is new.

    Raises:
        Refused: the task is done, or the day is out of the plan's time.
    """
    if task.done_on is not None:
        raise Refused(gettext("Nhiệm vụ đã hoàn thành, không đặt lại thời hạn."))
    if due_on < task.plan.first_day or due_on.year > task.plan.year + 20:
        raise Refused(gettext("Thời hạn mới không nằm trong thời gian của kế hoạch."), field="due_on")
    if due_on == task.due_on and task.deadline_kind == "date":
        return False
    task.due_on, task.target_on, task.deadline_kind = due_on, None, "date"
    task.save(update_fields=["due_on", "target_on", "deadline_kind"])
    return True


def write_line(
    task: Task, unit: Unit, actor: Account, kind: str, note: str, on_day: date | None, turn: Occurrence | None = None,
    fact: str = "",
) -> Progress:  # fmt: skip
    """Append a line to a task's history."""
    return Progress.objects.create(
        task=task, unit=unit, by=actor, at=now(), kind=kind, note=clear_note(note), on_day=on_day, occurrence=turn,
        fact=fact[:200],
    )  # fmt: skip


def _turn(about: Assignment | Occurrence) -> Occurrence | None:
    return about if isinstance(about, Occurrence) else None
