"""“Vì sao trễ?”: one timeline in plain words of who held a dossier, what stood still and what the rules say.

Officials read names, the public reads offices; both read the same numbers.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.dossiers.models import Apology, Dossier, DossierLink, Explanation, WithdrawalRequest
from motcua.dossiers.queries.dossier import Tracking, run_of
from motcua.dossiers.rules.delay import Held, Stretch, days_off, stretches
from motcua.dossiers.states import FOLLOWS
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.working_time import WorkingCalendar
from motcua.ui.rules.numbers import as_instant
from motcua.workflow.actions import runs
from motcua.workflow.models import Holding, Pause

HELD, STOOD_STILL, DAY_OFF, LAW, LETTER = "held", "stood_still", "day_off", "law", "letter"
MINUTES_OF_A_DAY = 480  # only to say minutes in days and hours (eight working hours)


@dataclass(frozen=True)
class Line:
    """One line of the timeline: when it began, what kind, in words; working minutes used and over, 0 where none."""

    at: datetime
    kind: str
    words: str
    note: str
    minutes: int
    over: int


@dataclass(frozen=True)
class Why:
    """The answer: is it late, by how much (working minutes), where most of it arose, and the timeline."""

    is_late: bool
    minutes_late: int
    summary: str
    lines: list[Line]


def why_late(dossier: Dossier, *, with_names: bool, at: datetime | None = None) -> Why | None:
    """Return why ``dossier`` is (or was) late, or where its time goes; None before reception.

    Raises:
        CalendarRefused: the calendar does not reach so far.
    """
    at = at or now()
    if dossier.received_at is None or dossier.due_at is None:
        return None
    calendar = calendar_for(dossier.competent_unit.code)
    end = dossier.decided_at or dossier.ended_at or at
    of_dossier = Pause.objects.filter(run__subject=dossier.code, run__branch=0)
    pauses = list(of_dossier.filter(started_at__gte=dossier.received_at).order_by("id"))  # before, no clock had begun
    held = _stretches(dossier, pauses, calendar, at, with_names=with_names)
    late = 0 if dossier.is_waiting_for_applicant else max(calendar.working_minutes_between(dossier.due_at, end), 0)
    is_late = end > dossier.due_at and not dossier.is_waiting_for_applicant
    lines = [_held_line(each) for each in held]
    lines += [_pause_line(each, calendar, at) for each in pauses]
    lines += [
        Line(
            datetime.combine(off.day, datetime.min.time(), VIETNAM),
            DAY_OFF,
            gettext("Ngày nghỉ: %(name)s") % {"name": off.name},
            gettext("Không tính vào thời hạn."),
            0,
            0,
        )
        for off in days_off(calendar, dossier.received_at.astimezone(VIETNAM).date(), end.astimezone(VIETNAM).date())
    ]
    lines += _law_lines(dossier, with_names=with_names) + _withdrawal_lines(dossier)
    if with_names:
        lines += _link_lines(dossier)
    return Why(
        is_late, late, _summary(is_late, late, held), sorted(lines, key=lambda line: (line.at, line.kind != LAW))
    )


def why_late_or_none(dossier: Dossier, *, with_names: bool) -> Why | None:
    """Return ``why_late`` for a page, which is shown without it where the calendar ends."""
    try:
        return why_late(dossier, with_names=with_names)
    except CalendarRefused:
        return None


def why_of_tracked(tracked: Tracking) -> Why | None:
    """Return why a dossier that the public tracks is late, by offices only; None where it is in time."""
    ended = tracked.decided_at
    if not tracked.is_overdue and not (ended and tracked.due_at and ended > tracked.due_at):
        return None
    dossier = Dossier.objects.select_related("competent_unit").get(code=tracked.code)
    return why_late_or_none(dossier, with_names=False)


def _stretches(
    dossier: Dossier, pauses: list[Pause], calendar: WorkingCalendar, at: datetime, *, with_names: bool
) -> list[Stretch]:
    rows = list(Holding.objects.filter(run__subject=dossier.code).select_related("unit").order_by("started_at", "id"))
    # Once it is decided the clock of the promise has stopped: how long a result waits for its applicant is no lateness.
    if dossier.decided_at:
        rows = [row for row in rows if row.started_at < dossier.decided_at]
    codes = {row.account_code for row in rows if row.account_code} if with_names else set()
    names = dict(Account.objects.filter(code__in=codes).values_list("code", "full_name"))
    if with_names and dossier.is_open:
        assignee = run_of(dossier.code).assignee
        names[""] = assignee.full_name if assignee else ""
    held = [
        Held(row.step_name, row.unit.name, names.get(row.account_code, ""), row.started_at, row.due_at, row.ended_at)
        for row in rows
    ]
    return stretches(held, [(pause.started_at, pause.ended_at) for pause in pauses], calendar, at)


def _held_line(stretch: Stretch) -> Line:
    held = stretch.held
    who = ", ".join(filter(None, (held.who, held.unit)))
    words = gettext("%(who)s giữ ở bước “%(step)s”: %(time)s") % {
        "who": who, "step": held.step, "time": as_time(stretch.minutes)
    }  # fmt: skip
    due = as_instant(held.due, VIETNAM)
    if stretch.over:
        note = gettext("Hạn của bước %(due)s, vượt %(over)s.") % {"due": due, "over": as_time(stretch.over)}
    else:
        note = gettext("Hạn của bước %(due)s, trong hạn.") % {"due": due}
    return Line(held.start, HELD, words, note, stretch.minutes, stretch.over)


def _pause_line(pause: Pause, calendar: WorkingCalendar, at: datetime) -> Line:
    minutes = max(calendar.working_minutes_between(pause.started_at, pause.ended_at or at), 0)
    words = gettext("Tạm dừng tính giờ %(time)s: %(reason)s") % {
        "time": as_time(minutes), "reason": gettext(pause.reason)
    }  # fmt: skip
    note = gettext("Thời gian này không tính; hạn trả lùi thêm bằng đó.")
    if pause.reason == runs.WAITING_FOR_SUPPLEMENT:
        note = f"{note} {gettext('Chỉ được yêu cầu bổ sung một lần.')}"
    return Line(pause.started_at, STOOD_STILL, words, note, minutes, 0)


def _law_lines(dossier: Dossier, *, with_names: bool) -> list[Line]:
    lines = []
    assert dossier.received_at is not None and dossier.due_at is not None
    promised = gettext("Tiếp nhận; hẹn trả %(due)s") % {
        "due": as_instant(dossier.first_due_at or dossier.due_at, VIETNAM)
    }
    lines.append(Line(dossier.received_at, LAW, promised, gettext("Ngày nhận không tính vào thời hạn."), 0, 0))
    letter = Apology.objects.filter(dossier=dossier, sent_at__isnull=False).first()
    if letter is not None and letter.sent_at is not None:
        words = gettext("Cơ quan xin lỗi, hẹn lại %(due)s") % {"due": as_instant(letter.new_due_at, VIETNAM)}
        lines.append(Line(letter.sent_at, LETTER, words, letter.reason, 0, 0))
    asked = Explanation.objects.filter(dossier=dossier, answered_at__isnull=False).first() if with_names else None
    if asked is not None and asked.answered_at is not None:
        lines.append(Line(asked.answered_at, LETTER, gettext("Giải trình trễ hạn"), asked.text, 0, 0))
    return lines


def _withdrawal_lines(dossier: Dossier) -> list[Line]:
    """Handling stood while a withdrawal waited for its answer; the clock ran: that time is the agency's."""
    lines = []
    for asked in WithdrawalRequest.objects.filter(dossier=dossier).order_by("id"):
        answer = asked.outcome_label or gettext("chưa trả lời")
        words = gettext("Người nộp đề nghị rút hồ sơ: %(answer)s") % {"answer": answer}
        note = gettext("Phải trả lời trước %(due)s; thời gian này vẫn tính.") % {
            "due": as_instant(asked.answer_by, VIETNAM)
        }
        lines.append(Line(asked.asked_at, LETTER, words, note, 0, 0))
    return lines


def _link_lines(dossier: Dossier) -> list[Line]:
    links = DossierLink.objects.filter(code=dossier.code, kind=FOLLOWS).order_by("id")
    note = gettext("Chỉ ký sau khi hồ sơ kia có kết quả; thời gian chờ vẫn tính.")
    return [
        Line(each.made_at, LAW, gettext("Chờ kết quả của hồ sơ %(other)s") % {"other": each.other}, note, 0, 0)
        for each in links
    ]


def _summary(is_late: bool, late: int, held: list[Stretch]) -> str:
    if not is_late:
        return gettext("Hồ sơ chưa trễ hạn.")
    words = gettext("Trễ hạn %(time)s.") % {"time": as_time(late)}
    worst = max(held, key=lambda each: each.over, default=None)
    if worst is None or not worst.over:
        return words
    more = gettext("Chậm nhiều nhất ở bước “%(step)s” (%(unit)s): vượt %(over)s.") % {
        "step": worst.held.step, "unit": worst.held.unit, "over": as_time(worst.over)
    }  # fmt: skip
    return f"{words} {more}"


def as_time(minutes: int) -> str:
    """Return working minutes in words: “2 ngày 3 giờ làm việc”."""
    days, rest = divmod(minutes, MINUTES_OF_A_DAY)
    hours, rest = divmod(rest, 60)
    parts = []
    if days:
        parts.append(gettext("%(count)s ngày") % {"count": days})
    if hours:
        parts.append(gettext("%(count)s giờ") % {"count": hours})
    if not days and rest or not parts:
        parts.append(gettext("%(count)s phút") % {"count": rest})
    return gettext("%(time)s làm việc") % {"time": " ".join(parts)}
