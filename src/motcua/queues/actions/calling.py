"""What an officer does with numbers at an open window: call, recall, serve, finish, miss, pass on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.queues import events
from motcua.queues.access import may_call_in
from motcua.queues.actions.finding import group_in_use, lock_current, lock_own_window, lock_ticket
from motcua.queues.actions.telling import tell
from motcua.queues.models import Ticket, Turn, Window
from motcua.queues.opening import sessions_on
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.rules.hours import waited_seconds
from motcua.queues.rules.line import is_turn_of_others
from motcua.queues.standing import favoured, meant_for
from motcua.queues.states import ABSENT, CALLED, OPEN, PASSED_ON, SERVED, SERVING, WAITING


@transaction.atomic
def call_next(
    hall_code: str, number: int, *, actor: Account, at_ticket: str | None = None, at: datetime | None = None
) -> Ticket | None:
    """Call whose turn it is to the window; who is served there is finished first. None: nobody waits.

    ``at_ticket`` is the code of the ticket that the officer saw at the window, "" for none: a key pressed twice, or in
    two pages, calls one.

    Raises:
        Http404: no such window for the actor.
        Refused: the window is not the actor's, rests, has called somebody who is not there yet, or moved meanwhile.
    """
    at = (at or now()).astimezone(VIETNAM)
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    if window.state != OPEN:
        raise Refused(gettext("%(window)s đang tạm nghỉ. Hãy bấm “Làm việc lại” trước.") % {"window": window})
    current = lock_current(window)
    _refuse_if_moved(current, at_ticket)
    if current is not None:
        if current[0].state == CALLED:
            raise Refused(
                gettext("Số %(label)s vừa được gọi đến quầy này: bấm “Phục vụ” hoặc “Vắng” trước khi gọi số khác.")
                % {"label": current[0].label}
            )
        _finish(window, *current, actor=actor, at=at)

    ticket = _take_from_line(window, at)
    if ticket is None:
        return None
    _come_to(window, ticket, at)

    tell(
        events.CALLED, ticket, actor=actor, at=at, window=window.number, waited_seconds=ticket.waited_seconds
    )  # fmt: skip
    return ticket


def _refuse_if_moved(current: tuple[Ticket, Turn] | None, at_ticket: str | None) -> None:
    if at_ticket is not None and at_ticket != (current[0].code if current else ""):
        raise Refused(gettext("Quầy đã đổi số trước khi bạn bấm. Hãy xem lại số đang gọi."))


def _take_from_line(window: Window, at: datetime) -> Ticket | None:
    """Lock and return whose turn it is. What a colleague is taking this moment is skipped, not waited for."""
    most = hall_rules_on(at.date()).favoured_in_a_row
    last = (
        Turn.objects.filter(window=window, ticket__day=at.date()).order_by("-id").values_list("was_favoured", flat=True)
    )
    lines = [favoured(at), ~favoured(at)]
    if is_turn_of_others(list(last[:most]), most):
        lines.reverse()
    waiting = (
        Ticket.objects.filter(meant_for(window), hall=window.hall, day=at.date(), state=WAITING)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("group", "unit")
        .order_by("lined_up_at", "id")
    )
    for line in lines:
        if ticket := waiting.filter(line).first():
            ticket.hall = window.hall
            return ticket
    return None


def _come_to(window: Window, ticket: Ticket, at: datetime) -> None:
    """Call ``ticket`` to ``window``; at the first call, measure once and exactly how long the person waited."""
    ticket.enter(CALLED)
    ticket.window, ticket.wanted_window = window, None
    if ticket.called_at is None:
        ticket.called_at = at
        assert ticket.taken_at is not None  # whoever waits has come
        since = max(ticket.taken_at, ticket.appointed_at or ticket.taken_at).astimezone(VIETNAM)
        ticket.waited_seconds = waited_seconds(since, at, sessions_on(window.hall, at.date()))
        limit = timedelta(minutes=hall_rules_on(at.date()).waiting_limit_minutes)
        ticket.is_within_limit = timedelta(seconds=ticket.waited_seconds) <= limit
    ticket.save(
        update_fields=["state", "window", "wanted_window", "called_at", "waited_seconds", "is_within_limit"]
    )  # fmt: skip
    is_due = ticket.appointed_at is not None and ticket.appointed_at <= at
    Turn.objects.create(
        ticket=ticket,
        window=window,
        group=ticket.group,
        was_favoured=bool(ticket.priority) or ticket.is_passed_on or is_due,
        called_at=at,
        last_called_at=at,
    )


def _current(window: Window, at_ticket: str | None) -> tuple[Ticket, Turn]:
    current = lock_current(window)
    _refuse_if_moved(current, at_ticket)
    if current is None:
        raise Refused(gettext("%(window)s chưa gọi số nào.") % {"window": window})
    return current


@transaction.atomic
def recall(
    hall_code: str, number: int, *, actor: Account, at_ticket: str | None = None, at: datetime | None = None
) -> Ticket:
    """Call the number at the window once more. Refused as ``call_next`` is, and when nobody was called."""
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    ticket, turn = _current(window, at_ticket)
    if ticket.state != CALLED:
        raise Refused(gettext("Số %(label)s đã đến quầy, không cần gọi lại.") % {"label": ticket.label})

    turn.calls, turn.last_called_at = turn.calls + 1, at
    turn.save(update_fields=["calls", "last_called_at"])

    tell(events.RECALLED, ticket, actor=actor, at=at, window=number, calls=turn.calls)
    return ticket


@transaction.atomic
def serve(
    hall_code: str, number: int, *, actor: Account, at_ticket: str | None = None, at: datetime | None = None
) -> Ticket:
    """The person came to the window. Refused as ``call_next`` is, and when nobody was called."""
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    ticket, turn = _current(window, at_ticket)

    ticket.enter(SERVING)
    ticket.save(update_fields=["state"])
    turn.started_at = at
    turn.save(update_fields=["started_at"])

    tell(events.STARTED, ticket, actor=actor, at=at, window=number)
    return ticket


@transaction.atomic
def finish(
    hall_code: str, number: int, *, actor: Account, at_ticket: str | None = None, at: datetime | None = None
) -> Ticket:
    """The person is served and leaves. Refused as ``call_next`` is, and when nobody is being served."""
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    ticket, turn = _current(window, at_ticket)

    _finish(window, ticket, turn, actor=actor, at=at)
    return ticket


def _finish(window: Window, ticket: Ticket, turn: Turn, *, actor: Account, at: datetime) -> None:
    ticket.enter(SERVED)
    ticket.ended_at = at
    ticket.save(update_fields=["state", "ended_at"])
    _end_turn(turn, SERVED, at)
    tell(events.SERVED, ticket, actor=actor, at=at, window=window.number)


def _end_turn(turn: Turn, outcome: str, at: datetime) -> None:
    turn.outcome, turn.ended_at = outcome, at
    turn.save(update_fields=["outcome", "ended_at"])


@transaction.atomic
def miss(
    hall_code: str, number: int, *, actor: Account, at_ticket: str | None = None, at: datetime | None = None
) -> Ticket:
    """Nobody came, however often the number was called: somebody else's turn.

    Raises:
        Http404: no such window for the actor.
        Refused: as ``call_next``; or the number was called fewer times than the rules ask for.
    """
    at = (at or now()).astimezone(VIETNAM)
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    ticket, turn = _current(window, at_ticket)
    least = hall_rules_on(at.date()).calls_before_absent
    if ticket.state == CALLED and turn.calls < least:
        raise Refused(
            gettext("Số %(label)s mới được gọi %(calls)s lần: gọi đủ %(least)s lần rồi mới ghi vắng.")
            % {"label": ticket.label, "calls": turn.calls, "least": least}
        )

    ticket.enter(ABSENT)
    ticket.ended_at = at
    ticket.save(update_fields=["state", "ended_at"])
    _end_turn(turn, ABSENT, at)

    tell(events.MISSED, ticket, actor=actor, at=at, window=number, calls=turn.calls)
    return ticket


@transaction.atomic
def pass_on(
    hall_code: str,
    number: int,
    *,
    actor: Account,
    to_group: str = "",
    to_window: int | None = None,
    at_ticket: str | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Send the person on to another group's line or to one window; whoever waited once goes before the others.

    Raises:
        Http404: no such window for the actor.
        Refused: as ``call_next``; or neither or an unusable goal is named.
    """
    at = at or now()
    window = lock_own_window(hall_code, number, actor=actor, at=at)
    ticket, turn = _current(window, at_ticket)
    goal = _open_window(window, to_window, at) if to_window is not None else None
    group = group_in_use(window.hall, to_group) if to_group else ticket.group
    if goal is None and group == ticket.group:
        raise Refused(gettext("Hãy chọn nhóm dịch vụ khác hoặc quầy để chuyển đến."), field="to_group")

    ticket.enter(WAITING)
    ticket.group, ticket.wanted_window, ticket.is_passed_on = group, goal, True
    ticket.save(update_fields=["state", "group", "wanted_window", "is_passed_on"])
    _end_turn(turn, PASSED_ON, at)

    tell(
        events.PASSED_ON, ticket, actor=actor, at=at, window=number, to_group=group.letter,
        to_window=goal.number if goal else None,
    )  # fmt: skip
    return ticket


def _open_window(window: Window, number: int, at: datetime) -> Window:
    found = Window.objects.filter(hall=window.hall, number=number, state=OPEN).exclude(pk=window.pk).first()
    if found is None:
        raise Refused(gettext("Quầy nhận chuyển phải là quầy khác và đang mở."), field="to_window")
    return found


@transaction.atomic
def bring_back(code: str, *, actor: Account, at: datetime | None = None) -> Ticket:
    """Let somebody who was away when called into the line again, at the old place.

    Raises:
        Http404: no such ticket, or not in a hall of the actor.
        Refused: the ticket was not missed, or is of another day.
    """
    at = (at or now()).astimezone(VIETNAM)
    ticket = lock_ticket(code)
    if not may_call_in(actor, ticket.hall):
        raise Http404
    if ticket.day != at.date():
        raise Refused(gettext("Số %(label)s là của ngày khác.") % {"label": ticket.label})
    if ticket.state != ABSENT:
        raise Refused(gettext("Số %(label)s không bị ghi vắng.") % {"label": ticket.label})

    ticket.enter(WAITING)
    ticket.ended_at = None
    ticket.save(update_fields=["state", "ended_at"])

    tell(events.BROUGHT_BACK, ticket, actor=actor, at=at)
    return ticket
