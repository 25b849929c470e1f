"""A new last day that a unit asks for, and the answer of who accepts completions."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_accept, may_report
from motcua.plans.actions.evidence import NO_EVIDENCE, Evidence, clear_note, kept_file
from motcua.plans.actions.following import locked_task, part_of, set_last_day, turn_of, write_line
from motcua.plans.models import Extension, Occurrence, Task
from motcua.plans.states import ASKED, EXTENDED, GRANTED, POSTPONEMENT_ASKED, POSTPONEMENT_REFUSED, REFUSED


@transaction.atomic
def ask_extension(
    code: str, *, unit: Unit, new_due_on: date, reason: str, actor: Account, evidence: Evidence = NO_EVIDENCE,
    turn: str = "",
) -> Extension:  # fmt: skip
    """Ask for a later last day of a task that ``unit`` leads, or of one turn of it.

    Raises:
        Refused: the unit does not lead it, the actor is not of it, its part is done, it has asked already, the day is
            not later than the present one, or no reason is given.
    """
    task = locked_task(code)
    part = part_of(task, unit)
    if not may_report(actor, unit):
        raise Refused(gettext("Bạn không báo cáo thay cho %(unit)s.") % {"unit": unit})
    if not part.is_lead:
        raise Refused(gettext("%(unit)s chỉ phối hợp; cơ quan chủ trì xin gia hạn.") % {"unit": unit})
    about = turn_of(part, turn) if turn else part
    if about.done_on is not None or about.reported_on is not None:
        raise Refused(gettext("%(unit)s đã báo cáo hoàn thành nhiệm vụ này.") % {"unit": unit})
    _check_day(task, about if isinstance(about, Occurrence) else None, new_due_on)
    reason = clear_note(reason, field="reason")
    if not reason:
        raise Refused(gettext("Cần ghi lý do xin gia hạn."), field="reason")
    waiting = gettext("%(unit)s đã xin gia hạn nhiệm vụ này, đang chờ trả lời.") % {"unit": unit}
    if task.extensions.filter(unit=unit, state=ASKED).exists():
        raise Refused(waiting)
    occurrence = about if isinstance(about, Occurrence) else None
    try:
        with transaction.atomic():
            asked = Extension.objects.create(
                task=task, occurrence=occurrence, unit=unit, asked_by=actor, asked_at=now(), new_due_on=new_due_on,
                reason=reason, evidence=kept_file(evidence, task, actor), state=ASKED,
            )  # fmt: skip
    except IntegrityError as race:
        raise Refused(waiting) from race
    write_line(task, unit, actor, POSTPONEMENT_ASKED, reason, new_due_on, occurrence)
    record(
        events.EXTENSION_ASKED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code, of_unit=unit.code,
        due_on=new_due_on.isoformat(), turn=turn,
    )  # fmt: skip
    return asked


@transaction.atomic
def grant_extension(
    code: str, *, unit: Unit, actor: Account, due_on: date | None = None, answer: str = ""
) -> Extension:
    """Grant what ``unit`` asked for, perhaps with another day. The task's last day changes for all its leading units.

    Raises:
        Refused: nothing was asked, the actor may not, the task is done meanwhile, or the day is out of the plan.
    """
    task, asked = _asked(code, unit, actor)
    day = due_on or asked.new_due_on
    turn = asked.occurrence
    _check_day(task, turn, day)
    if turn is None:
        set_last_day(task, day)
    else:
        turn.due_on = day
        turn.save(update_fields=["due_on"])
    asked.new_due_on = day
    _answer(asked, GRANTED, answer, actor)
    write_line(task, unit, actor, EXTENDED, answer, day, turn)
    record(
        events.EXTENSION_GRANTED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=unit.code, due_on=day.isoformat(), turn=turn.key if turn else "",
    )  # fmt: skip
    return asked


@transaction.atomic
def refuse_extension(code: str, *, unit: Unit, actor: Account, answer: str) -> Extension:
    """Refuse what ``unit`` asked for, with words.

    Raises:
        Refused: nothing was asked, the actor may not, or no reason is given.
    """
    task, asked = _asked(code, unit, actor)
    if not clear_note(answer, field="answer"):
        raise Refused(gettext("Cần ghi lý do không đồng ý."), field="answer")
    _answer(asked, REFUSED, answer, actor)
    write_line(task, unit, actor, POSTPONEMENT_REFUSED, answer, None, asked.occurrence)
    record(
        events.EXTENSION_REFUSED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=unit.code, turn=asked.occurrence.key if asked.occurrence else "",
    )  # fmt: skip
    return asked


def _check_day(task: Task, turn: Occurrence | None, day: date) -> None:
    present = turn.due_on if turn else task.due_on
    if present is not None and day <= present:
        raise Refused(
            gettext("Hạn mới phải sau hạn hiện nay (%(day)s).") % {"day": f"{present:%d/%m/%Y}"}, field="new_due_on"
        )
    if day < task.plan.first_day or day.year > task.plan.year + 20:
        raise Refused(gettext("Thời hạn mới không nằm trong thời gian của kế hoạch."), field="new_due_on")


def _asked(code: str, unit: Unit, actor: Account) -> tuple[Task, Extension]:
    task = locked_task(code)
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới trả lời được đề nghị gia hạn."))
    found = task.extensions.select_related("occurrence").filter(unit=unit, state=ASKED).first()
    if found is None:
        raise Refused(gettext("%(unit)s không có đề nghị gia hạn nào đang chờ.") % {"unit": unit}, field="unit")
    return task, found


def _answer(asked: Extension, state: str, answer: str, actor: Account) -> None:
    asked.state, asked.answer = state, clear_note(answer, field="answer")
    asked.answered_by, asked.answered_at = actor, now()
    asked.save(update_fields=["state", "answer", "answered_by", "answered_at", "new_due_on"])
