"""Reading halls: what the screen shows, what an officer sees at a window."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import F, QuerySet
from django.http import Http404

from motcua.base.clock import VIETNAM, now, start_of
from motcua.organizations.models import Account
from motcua.queues.ahead import GroupLine, look_ahead
from motcua.queues.models import Hall, ServiceGroup, Ticket, Turn, Window
from motcua.queues.opening import Opening, opening_of
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.standing import favoured, meant_for
from motcua.queues.states import ABSENT, AT_WINDOW, CLOSED, OPEN, WAITING

SHOWN_CALLS = 8  # what a screen of 1080 lines can show in big type
SHOWN_NEXT, SHOWN_MISSED = 10, 10


@dataclass(frozen=True)
class Call:
    """A number at a window, for the screen; ``times`` how often it was called."""

    label: str
    window: int
    times: int
    is_serving: bool
    stamp: int  # milliseconds since 1970 of the last call: what is announced grows


@dataclass(frozen=True)
class Screen:
    """What hangs in the hall. ``version`` changes when anything that is shown does."""

    hall: Hall
    opening: Opening
    calls: list[Call]
    lines: list[GroupLine]
    version: str

    @property
    def waiting(self) -> int:
        """How many wait in all lines."""
        return sum(line.waiting for line in self.lines)


@dataclass(frozen=True)
class Desk:
    """What an officer sees at a window: the number there, who waits for it, who was missed today."""

    window: Window
    ticket: Ticket | None
    turn: Turn | None
    lines: list[GroupLine]
    waiting: int
    next_up: list[Ticket]
    missed: list[Ticket]
    may_miss: bool
    windows: list[Window]
    groups: list[ServiceGroup]


def hall_of(code: str) -> Hall:
    """Return a hall in use.

    Raises:
        Http404: there is none.
    """
    hall = Hall.objects.select_related("unit").filter(code=code, is_in_use=True).first()
    if hall is None:
        raise Http404
    return hall


def halls_open_to_all() -> list[Hall]:
    """Return every hall in use, in the order of the alphabet."""
    halls = Hall.objects.filter(is_in_use=True, groups__is_in_use=True).select_related("unit").distinct()
    return sorted(halls, key=lambda hall: (hall.unit.sort_key, hall.code))


def groups_of(hall: Hall) -> list[ServiceGroup]:
    """Return the groups in use, in order."""
    return list(hall.groups.filter(is_in_use=True).order_by("position", "letter"))


def ticket_of(code: str) -> Ticket:
    """Return a ticket by the code in its address.

    Raises:
        Http404: there is none.
    """
    found = Ticket.objects.select_related("hall__unit", "group", "window", "wanted_window").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def screen_of(hall: Hall, at: datetime | None = None) -> Screen:
    """Return what the hall's screen shows at ``at``."""
    at = (at or now()).astimezone(VIETNAM)
    turns = (
        Turn.objects.filter(ticket__hall=hall, ticket__day=at.date(), ticket__state__in=AT_WINDOW, outcome="")
        .select_related("ticket", "window")
        # Who is still awaited comes first: they must find their window however many are being served.
        .order_by(F("started_at").desc(nulls_first=True), "-last_called_at", "-id")[:SHOWN_CALLS]
    )
    calls = [
        Call(
            label=each.ticket.label,
            window=each.window.number,
            times=each.calls,
            is_serving=each.started_at is not None,
            stamp=int(each.last_called_at.timestamp() * 1000),
        )
        for each in turns
    ]
    lines, opening = look_ahead(hall, at).lines(), opening_of(hall, at)
    shown = (calls, [(line.group.pk, line.waiting, line.minutes) for line in lines], opening)
    return Screen(hall, opening, calls, lines, sha256(repr(shown).encode()).hexdigest()[:16])


def desk_of(window: Window, at: datetime | None = None) -> Desk:
    """Return the desk of a window as it is at ``at``."""
    at = (at or now()).astimezone(VIETNAM)
    today = Ticket.objects.filter(hall=window.hall, day=at.date()).select_related("group")
    ticket = today.filter(window=window, state__in=AT_WINDOW).first()
    turn = ticket.turns.filter(outcome="").order_by("-id").first() if ticket else None
    served = {group.pk for group in window.groups.all()}
    lines = look_ahead(window.hall, at).lines()
    waiting = today.filter(meant_for(window), state=WAITING)
    others = Window.objects.filter(hall=window.hall, state=OPEN, opened_at__gte=start_of(at.date()))
    return Desk(
        window=window,
        ticket=ticket,
        turn=turn,
        lines=[line for line in lines if line.group.pk in served],
        waiting=waiting.count(),
        next_up=_in_order(waiting, at),
        missed=list(today.filter(state=ABSENT).order_by("-ended_at")[:SHOWN_MISSED]),
        may_miss=turn is not None and turn.calls >= hall_rules_on(at.date()).calls_before_absent,
        windows=list(others.exclude(pk=window.pk).order_by("number")),
        groups=[line.group for line in lines],
    )


def _in_order(waiting: QuerySet[Ticket], at: datetime) -> list[Ticket]:
    """Return the first who wait: the favoured, then the others, as far as the desk shows them."""
    rows = waiting.order_by("lined_up_at", "id")
    first = list(rows.filter(favoured(at))[: SHOWN_NEXT // 2])
    return [*first, *rows.exclude(pk__in=[each.pk for each in first])[: SHOWN_NEXT - len(first)]]


def window_of(hall: Hall, number: int) -> Window:
    """Return a window in use.

    Raises:
        Http404: there is none.
    """
    windows = Window.objects.filter(hall=hall, number=number, is_in_use=True).select_related("hall__unit", "officer")
    window = windows.first()
    if window is None:
        raise Http404
    return window


def own_window(account: Account, at: datetime | None = None) -> Window | None:
    """Return the window at which the account sits today."""
    today = (at or now()).astimezone(VIETNAM).date()
    mine = Window.objects.filter(officer=account, opened_at__gte=start_of(today)).exclude(state=CLOSED)
    return mine.select_related("hall__unit", "officer").first()
