"""Reading halls: what the screen shows, where a number stands, what an officer sees at a window."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from time import monotonic

from django.db.models import Count as SqlCount
from django.db.models import F, Min, Q, QuerySet
from django.http import Http404

from motcua.base.clock import VIETNAM, now, start_of
from motcua.organizations.models import Account
from motcua.queues.models import Hall, ServiceGroup, Ticket, Turn, Window
from motcua.queues.opening import Opening, opening_of
from motcua.queues.percentiles import Percentile
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.rules.line import before_favoured, before_other, minutes_to_wait
from motcua.queues.standing import favoured, meant_for
from motcua.queues.states import ABSENT, AT_WINDOW, CLOSED, OPEN, SERVED, WAITING

SHOWN_CALLS = 8  # what a screen of 1080 lines can show in big type
USUAL_OF_DAYS = 14
USUAL_FROM = 5  # turns: with fewer, the group's own number is believed
KEPT_FOR = 60  # seconds: how late a screen may learn of slower windows


@dataclass(frozen=True)
class Call:
    """A number at a window, for the screen; ``times`` how often it was called."""

    label: str
    window: int
    times: int
    is_serving: bool
    group: str


@dataclass(frozen=True)
class GroupLine:
    """A group's line: how many wait, since when the longest does, usual waiting in minutes for who comes now."""

    group: ServiceGroup
    waiting: int
    since: datetime | None
    minutes: tuple[int, int] | None
    windows: int


@dataclass(frozen=True)
class Screen:
    """What hangs in the hall. ``version`` changes when anything that is shown does."""

    hall: Hall
    opening: Opening
    calls: list[Call]
    lines: list[GroupLine]
    version: str

    @property
    def newest(self) -> Call | None:
        """The call to announce: the last one."""
        return self.calls[0] if self.calls else None

    @property
    def waiting(self) -> int:
        """How many wait in all lines."""
        return sum(line.waiting for line in self.lines)


@dataclass(frozen=True)
class Place:
    """Where a ticket stands: how many are called before it, usual waiting in minutes (None: no window is open)."""

    before: int
    minutes: tuple[int, int] | None


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
        .select_related("ticket", "window", "group")
        .order_by("-last_called_at", "-id")[:SHOWN_CALLS]
    )
    calls = [
        Call(each.ticket.label, each.window.number, each.calls, each.started_at is not None, each.group.shown_name)
        for each in turns
    ]
    lines, opening = lines_of(hall, at), opening_of(hall, at)
    shown = (calls, [(line.group.pk, line.waiting, line.minutes) for line in lines], opening)
    return Screen(hall, opening, calls, lines, sha256(repr(shown).encode()).hexdigest()[:16])


def lines_of(hall: Hall, at: datetime) -> list[GroupLine]:
    """Return every group's line at ``at``, in order."""
    day = at.astimezone(VIETNAM).date()
    groups = groups_of(hall)
    waiting = {
        row["group"]: row
        for row in Ticket.objects.filter(hall=hall, day=day, state=WAITING)
        .values("group")
        .annotate(n=SqlCount("pk"), since=Min("taken_at"))
        .order_by()
    }
    windows = open_windows(hall, day)
    found = []
    for group in groups:
        row = waiting.get(group.pk, {"n": 0, "since": None})
        serving = windows.get(group.pk, 0)
        minutes = minutes_to_wait(row["n"], usual_seconds(group), serving)
        found.append(GroupLine(group, row["n"], row["since"], minutes, serving))
    return found


def open_windows(hall: Hall, day: date) -> dict[int, int]:
    """Return how many windows serve each group now, by the group's key; resting ones left out."""
    opened = Window.objects.filter(hall=hall, state=OPEN, opened_at__gte=start_of(day))
    return dict(opened.values_list("groups").annotate(n=SqlCount("pk")).order_by())


def usual_seconds(group: ServiceGroup) -> float:
    """Return how long a turn of the group usually takes: the median of the last days, else the group's own number."""
    return _usual_seconds(group.pk, int(monotonic() // KEPT_FOR)) or group.usual_minutes * 60


@lru_cache(maxsize=512)
def _usual_seconds(group_id: int, _period: int) -> float | None:
    since = now() - timedelta(days=USUAL_OF_DAYS)
    turns = Turn.objects.filter(group=group_id, outcome=SERVED, ended_at__gte=since, started_at__isnull=False)
    found = turns.aggregate(n=SqlCount("pk"), middle=Percentile(F("ended_at") - F("started_at"), fraction=0.5))
    return found["middle"].total_seconds() if found["n"] >= USUAL_FROM else None


def forget_usual() -> None:
    """Make the next question look at the turns again."""
    _usual_seconds.cache_clear()


def place_of(ticket: Ticket, at: datetime | None = None) -> Place | None:
    """Return where a waiting ticket stands in its line; None for any other."""
    if ticket.state != WAITING:
        return None
    at = (at or now()).astimezone(VIETNAM)
    line = Ticket.objects.filter(hall=ticket.hall, day=ticket.day, state=WAITING, group=ticket.group)
    if ticket.wanted_window_id:
        line = line.filter(wanted_window=ticket.wanted_window_id)
    earlier = Q(lined_up_at__lt=ticket.lined_up_at) | Q(lined_up_at=ticket.lined_up_at, pk__lt=ticket.pk)
    first = favoured(at)
    counts = line.exclude(pk=ticket.pk).aggregate(
        favoured=SqlCount("pk", filter=first),
        others=SqlCount("pk", filter=~first),
        favoured_ahead=SqlCount("pk", filter=first & earlier),
        others_ahead=SqlCount("pk", filter=~first & earlier),
    )
    most = hall_rules_on(ticket.day).favoured_in_a_row
    if line.filter(first, pk=ticket.pk).exists():
        before = before_favoured(counts["favoured_ahead"], counts["others"], most)
    else:
        before = before_other(counts["others_ahead"], counts["favoured"], most)
    windows = 1 if ticket.wanted_window_id else open_windows(ticket.hall, ticket.day).get(ticket.group_id, 0)
    return Place(before, minutes_to_wait(before, usual_seconds(ticket.group), windows))


@dataclass(frozen=True)
class Desk:
    """What an officer sees at a window: the number there, who waits for it, who was missed today."""

    window: Window
    ticket: Ticket | None
    turn: Turn | None
    lines: list[GroupLine]
    next_up: list[Ticket]
    missed: list[Ticket]
    may_miss: bool
    windows: list[Window]
    groups: list[ServiceGroup]

    @property
    def waiting(self) -> int:
        """How many wait for groups of this window."""
        return sum(line.waiting for line in self.lines)


def desk_of(window: Window, at: datetime | None = None) -> Desk:
    """Return the desk of a window as it is at ``at``."""
    at = (at or now()).astimezone(VIETNAM)
    today = Ticket.objects.filter(hall=window.hall, day=at.date()).select_related("group")
    ticket = today.filter(window=window, state__in=AT_WINDOW).first()
    turn = ticket.turns.filter(outcome="").order_by("-id").first() if ticket else None
    served = {group.pk for group in window.groups.all()}
    lines = lines_of(window.hall, at)
    waiting = today.filter(meant_for(window), state=WAITING)
    others = Window.objects.filter(hall=window.hall, state=OPEN, opened_at__gte=start_of(at.date()))
    return Desk(
        window=window,
        ticket=ticket,
        turn=turn,
        lines=[line for line in lines if line.group.pk in served],
        next_up=_in_order(waiting, at),
        missed=list(today.filter(state=ABSENT).order_by("-ended_at")[:10]),
        may_miss=turn is not None and turn.calls >= hall_rules_on(at.date()).calls_before_absent,
        windows=list(others.exclude(pk=window.pk).order_by("number")),
        groups=[line.group for line in lines],
    )


def _in_order(waiting: QuerySet[Ticket], at: datetime) -> list[Ticket]:
    """Return the first who wait: the favoured, then the others, as far as the desk shows them."""
    rows = waiting.order_by("lined_up_at", "id")
    first = list(rows.filter(favoured(at))[:5])
    return [*first, *rows.filter(~favoured(at))[: 10 - len(first)]]


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
