"""Urging letters: written to units about late and soon due tasks, numbered and sent by the clerk, or dropped."""

import io
import secrets
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, start_of, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.documents.actions.storing import keep
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER
from motcua.plans import events
from motcua.plans.access import may_approve
from motcua.plans.models import Plan, Urging
from motcua.plans.queries.urging import UrgedTask, urgent_tasks
from motcua.plans.rendering.urging_letter import urging_letter

MOST_AT_ONCE = 200


def urge(*, units: list[str], actor: Account, soon: int = 7, plan: str = "", day: date | None = None) -> list[Urging]:
    """Write a letter to each of ``units`` (codes; empty: to every unit with something late) and return them.

    Each letter is kept as PDF and DOCX, its number and day blank. A letter takes about a tenth of a second, so that
    each is written in a transaction of its own: what is written stays when a later one fails.

    Raises:
        Refused: the actor may urge nobody, no unit has anything late or due soon, or there are too many.
    """
    day = day or today()
    found = Plan.objects.select_related("holder__parent").filter(code=plan).first() if plan else None
    if plan and (found is None or not may_approve(actor, found.holder)):
        raise Refused(gettext("Bạn không đôn đốc được nhiệm vụ của kế hoạch này."), field="plan")
    holder = found.holder if found else _acting_for(actor)
    waiting = urgent_tasks(actor, day, soon=max(0, min(soon, 60)), plan=plan, units=units or None)
    if not units:
        waiting = {unit: tasks for unit, tasks in waiting.items() if any(each.days_late for each in tasks)}
    if not waiting:
        raise Refused(gettext("Không có nhiệm vụ nào quá hạn hoặc sắp đến hạn để đôn đốc."), field="units")
    if len(waiting) > MOST_AT_ONCE:
        raise Refused(gettext("Mỗi lần đôn đốc tối đa %(most)s đơn vị.") % {"most": MOST_AT_ONCE}, field="units")
    return [_write(holder, unit, tasks, found, day, actor) for unit, tasks in waiting.items()]


def _acting_for(actor: Account) -> Unit:
    for post in actor.posts_now:
        if post.role in (LEADER, CONTROL_OFFICER):
            return scope_of(post)
    raise Refused(gettext("Chỉ lãnh đạo đơn vị hoặc cán bộ kiểm soát làm được việc này."))


@transaction.atomic
def _write(holder: Unit, unit: Unit, tasks: list[UrgedTask], plan: Plan | None, day: date, actor: Account) -> Urging:
    # Late: the libraries weigh tens of MB, and few requests need them.
    from motcua.documents.rendering.pdf import to_pdf
    from motcua.documents.rendering.word import to_docx

    letter = urging_letter(holder, unit, tasks, plan=plan.name if plan else "", day=day)
    code = f"DD-{day.year}-{secrets.token_hex(4).upper()}"
    file = keep(io.BytesIO(to_pdf(letter)), name=f"{code}.pdf", subject=code, actor=actor)
    word_file = keep(io.BytesIO(to_docx(letter)), name=f"{code}.docx", subject=code, actor=actor)
    urging = Urging.objects.create(
        code=code, plan=plan, holder=holder, unit=unit, by=actor, at=now(), file=file, word_file=word_file,
        tasks=[
            {"code": each.code, "turn": each.turn, "due_on": each.due_on.isoformat(), "days_late": each.days_late}
            for each in tasks
        ],
    )  # fmt: skip
    record(
        events.URGED, subject=code, actor=actor.code, unit=holder.code, plan=plan.code if plan else "",
        of_unit=unit.code, tasks=len(tasks), late=urging.late,
    )  # fmt: skip
    return urging


def _unsent(code: str, actor: Account) -> Urging:
    urging = (
        Urging.objects.select_for_update(of=("self",))
        .select_related("holder__parent", "unit", "plan")
        .filter(code=code)
    ).first()
    if urging is None or not may_approve(actor, urging.holder):
        raise Refused(gettext("Không có văn bản đôn đốc này."))
    if urging.sent_at is not None:
        raise Refused(gettext("Văn bản đôn đốc này đã gửi."))
    return urging


@transaction.atomic
def mark_sent(code: str, *, number: str, sent_on: date, actor: Account) -> Urging:
    """Say that a letter was issued under ``number`` and sent on a day; the unit's heads are told.

    Raises:
        Refused: it was sent before, the actor may not, there is no number, or the day is to come.
    """
    urging = _unsent(code, actor)
    number = squash(number)
    if not 0 < len(number) <= 60 or "\0" in number:
        raise Refused(gettext("Cần ghi số văn bản đã phát hành (tối đa 60 ký tự)."), field="number")
    if sent_on > today() or start_of(sent_on).date() < urging.at.astimezone(start_of(sent_on).tzinfo).date():
        raise Refused(gettext("Ngày gửi phải từ ngày lập văn bản đến hôm nay."), field="sent_on")
    urging.number, urging.sent_at = number, now() if sent_on == today() else start_of(sent_on)
    urging.save(update_fields=["number", "sent_at"])
    record(
        events.URGING_SENT, subject=code, actor=actor.code, unit=urging.holder.code,
        plan=urging.plan.code if urging.plan else "", of_unit=urging.unit.code, number=number,
    )  # fmt: skip
    return urging


@transaction.atomic
def drop_urging(code: str, *, actor: Account) -> None:
    """Drop a letter that was not sent; its files stay kept.

    Raises:
        Refused: it was sent, or the actor may not.
    """
    urging = _unsent(code, actor)
    urging.delete()
    record(
        events.URGING_DROPPED, subject=code, actor=actor.code, unit=urging.holder.code,
        plan=urging.plan.code if urging.plan else "", of_unit=urging.unit.code,
    )  # fmt: skip
