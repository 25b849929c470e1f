"""Turns of recurring tasks, made ahead each day; turns that an event opens; how often a continuous task is reported."""

from collections import Counter
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now, today
from motcua.base.facts import record
from motcua.base.facts.recording import NewFact, record_many
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.plans import events
from motcua.plans.access import may_accept, may_report
from motcua.plans.actions.evidence import clear_note
from motcua.plans.actions.following import locked_task, part_of, write_line
from motcua.plans.models import Assignment, Occurrence, Task
from motcua.plans.rules.dated_settings import window_cited_in
from motcua.plans.rules.following.turning import CYCLES_WITH_TURNS, recurrence_from, turns_by, within_from
from motcua.plans.rules.times.recurrence import SHOWN, Turn
from motcua.plans.states import APPROVED, TURN_OPENED

_NEEDED = (
    "task__code", "task__text", "task__deadline", "task__deadline_text", "task__starts_on", "task__deadline_kind",
    "task__plan__code", "task__plan__first_day", "task__plan__last_day", "task__plan__approved_at",
)  # fmt: skip


@transaction.atomic
def make_turns(day: date | None = None, *, plan: str = "") -> int:
    """Make the turns of all recurring tasks for the period of ``day`` (default: today) and the one after; return how
    many are new. What exists stays as it is, so that it may run as often as one likes.

    A worker that was down makes up for it: periods since the plan was approved are made, too.
    """
    day = day or today()
    parts = _recurring().select_related("task__plan").only("id", *_NEEDED)
    if plan:
        parts = parts.filter(task__plan__code=plan)
    made: Counter[str] = Counter()
    wanted = []
    known = set(Occurrence.objects.filter(assignment__in=parts).values_list("assignment_id", "key"))
    for part in parts:
        approved_at = part.task.plan.approved_at
        since = approved_at.astimezone(VIETNAM).date() if approved_at else day
        for turn in _turns(part.task, since=since, day=day):
            if (part.pk, turn.key) not in known:
                wanted.append(_occurrence(part, turn))
                made[part.task.plan.code] += 1
    Occurrence.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=1000)
    record_many(
        NewFact(events.TURNS_MADE, code, actor="", unit="", data={"turns": count}, at=now())
        for code, count in made.items()
    )
    return sum(made.values())


@transaction.atomic
def make_past_turns(code: str, *, actor: Account) -> int:
    """Make the turns of a task for all periods since its plan began, not only since the plan was approved here.

    Raises:
        Refused: the actor may not, or the task has no cycle.
    """
    task = _for_acceptor(code, actor)
    if recurrence_from(task.deadline) is None:
        raise Refused(gettext("Nhiệm vụ này không có chu kỳ. Hãy đặt chu kỳ trước."))
    parts = list(_recurring().filter(task=task))
    known = set(Occurrence.objects.filter(assignment__in=parts).values_list("assignment_id", "key"))
    wanted = [
        _occurrence(part, turn)
        for part in parts
        for turn in _turns(task, since=task.plan.first_day, day=today())
        if (part.pk, turn.key) not in known
    ]
    Occurrence.objects.bulk_create(wanted, ignore_conflicts=True)
    record(
        events.TURNS_MADE, subject=task.plan.code, actor=actor.code, unit=task.plan.holder.code, turns=len(wanted)
    )  # fmt: skip
    return len(wanted)


@transaction.atomic
def set_cycle(code: str, *, every: str, day: int | None, actor: Account) -> Task:
    """Let a continuous or recurring task be reported so often: ``every`` of CYCLES_WITH_TURNS, "" for no turns;
    ``day`` of the period's last month (31: the last), None for its end.

    Turns to come on which nothing was reported are taken back, those of the new cycle made.

    Raises:
        Refused: the actor may not, the task has a day of its own, or there is no such cycle.
    """
    task = _for_acceptor(code, actor)
    if task.deadline_kind not in ("recurring", "ongoing"):
        raise Refused(gettext("Nhiệm vụ này có hạn riêng, không theo chu kỳ."))
    if every and every not in CYCLES_WITH_TURNS:
        raise Refused(gettext("Không có chu kỳ “%(every)s”.") % {"every": every[:20]}, field="every")
    if day is not None and not 1 <= day <= 31:
        raise Refused(gettext("Ngày trong tháng từ 1 đến 31."), field="day")
    cycle = {"kind": "recurring", "every": every, **({"day": day} if day and every != "week" else {})}
    task.deadline = cycle if every else {"kind": "ongoing"}
    task.deadline_kind = "recurring" if every else "ongoing"
    told = SHOWN.get(every, "")
    task.deadline_reading = (
        gettext("Báo cáo %(every)s, do người theo dõi kế hoạch đặt.") % {"every": told}
        if every
        else gettext("Việc thường xuyên, không báo cáo theo kỳ.")
    )
    task.save(update_fields=["deadline", "deadline_kind", "deadline_reading"])
    untouched = Occurrence.objects.filter(
        assignment__task=task, due_on__gte=today(), reported_on__isnull=True, done_on__isnull=True, history__isnull=True
    )
    untouched.delete()
    record(
        events.CYCLE_SET, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code, every=every,
        day=day,
    )  # fmt: skip
    make_turns(plan=task.plan.code)
    return task


@transaction.atomic
def open_turn(
    code: str, *, unit: Unit, starts_on: date, note: str, actor: Account, due_on: date | None = None
) -> Occurrence:
    """Open a turn of a task that waits for an event, which happened on ``starts_on``.

    The last day is counted from then in the unit's working calendar where the text says how long; else ``due_on``.

    Raises:
        Refused: the task waits for no event, the unit does not lead it, the actor may not; the day is to come, before
            the plan, or has a turn already; nobody said until when.
    """
    task = locked_task(code)
    if task.deadline_kind != "event":
        raise Refused(gettext("Nhiệm vụ này không chờ sự kiện nào."))
    part = part_of(task, unit)
    if not part.is_lead:
        raise Refused(gettext("%(unit)s chỉ phối hợp nhiệm vụ này.") % {"unit": unit}, field="unit")
    if not (may_report(actor, unit) or may_accept(actor, task.plan)):
        raise Refused(gettext("Bạn không báo cáo thay cho %(unit)s.") % {"unit": unit})
    if starts_on > today() or starts_on < (task.plan.issued_on or task.plan.first_day):
        raise Refused(gettext("Ngày phát sinh phải từ ngày ban hành kế hoạch đến hôm nay."), field="starts_on")
    last = due_on or _counted_from(task, unit, starts_on)
    if last is None:
        raise Refused(gettext("Văn bản không nói làm trong bao lâu: hãy ghi hạn cuối."), field="due_on")
    if last < starts_on:
        raise Refused(gettext("Hạn cuối không thể trước ngày phát sinh."), field="due_on")
    note = clear_note(note, most=300)
    turn, is_new = part.occurrences.get_or_create(
        key=starts_on.isoformat(), defaults={"starts_on": starts_on, "due_on": last, "note": note}
    )
    if not is_new:
        raise Refused(gettext("Việc phát sinh ngày này đã được ghi."), field="starts_on")
    write_line(task, unit, actor, TURN_OPENED, note, last, turn)
    record(
        events.TURN_OPENED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code, of_unit=unit.code,
        turn=turn.key, due_on=last.isoformat(),
    )  # fmt: skip
    return turn


def _recurring() -> QuerySet[Assignment]:
    """Return the leading units' open parts of recurring tasks in approved plans."""
    return Assignment.objects.filter(
        Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=today()),
        is_lead=True,
        done_on__isnull=True,
        task__deadline_kind="recurring",
        task__is_dropped=False,
        task__plan__state=APPROVED,
    )


def _turns(task: Task, *, since: date, day: date) -> list[Turn]:
    cycle = recurrence_from(task.deadline)
    if cycle is None:
        return []
    first, last = task.plan.first_day, task.plan.last_day
    # The words of the deadline may bound its turns: "hằng quý từ năm 2024 đến năm 2025".
    start, end = (_day(task.deadline.get(name)) for name in ("start", "end"))
    window = window_cited_in(f"{task.deadline_text} {task.text}", day)
    return turns_by(cycle, first=max(first, start or first), last=end or last, since=since, day=day, window=window)


def _occurrence(part: Assignment, turn: Turn) -> Occurrence:
    return Occurrence(assignment=part, key=turn.key, starts_on=turn.starts_on, due_on=turn.due_on)


def _for_acceptor(code: str, actor: Account) -> Task:
    task = locked_task(code)
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới đặt được chu kỳ của nhiệm vụ."))
    return task


def _counted_from(task: Task, unit: Unit, starts_on: date) -> date | None:
    within = within_from(task.deadline)
    if within is None:
        return _day(task.deadline.get("latest"))
    calendar = calendar_for(unit.code)

    def add_working_days(day: date, count: int) -> date:
        if count < 1:
            return day
        morning = datetime.combine(day, time(0, 0), tzinfo=VIETNAM)
        return calendar.add_working_days(morning, count).astimezone(VIETNAM).date()

    return within.end_after(starts_on, add_working_days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
