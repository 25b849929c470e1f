"""What is to be expected in a hall: how long each line is, where a number stands, when it is usually called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from time import monotonic

from django.db.models import BooleanField, Case, F, When
from django.db.models import Count as SqlCount

from motcua.base.clock import VIETNAM, now, start_of
from motcua.queues.models import Hall, ServiceGroup, Ticket, Turn, Window
from motcua.queues.percentiles import Percentile
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.rules.line import Outlook, Place, Waiting, minutes_to_wait, outlook_of
from motcua.queues.standing import favoured
from motcua.queues.states import AT_WINDOW, OPEN, SERVED, WAITING

USUAL_OF_DAYS = 14
USUAL_FROM = 5  # turns: with fewer, the group's own number is believed
KEPT_FOR = 60  # seconds: how late a screen may learn of slower windows
LEAST_LEFT = 0.25  # of a usual turn: what is left of one that lasts longer than usual


@dataclass(frozen=True)
class GroupLine:
    """A group's line: how many wait, since when the longest does, usual waiting in minutes for who comes now."""

    group: ServiceGroup
    waiting: int
    since: datetime | None
    minutes: tuple[int, int] | None
    windows: int


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands: how many are called before it, usual waiting in minutes (None: no window is open)."""

    before: int
    minutes: tuple[int, int] | None


@dataclass(frozen=True)
class Ahead:
    """Who waits in a hall in the order of the line, the windows that call, and what is to be expected."""

    groups: list[ServiceGroup]
    tickets: Sequence[Ticket]
    people: list[Waiting]
    places: list[Place]
    outlook: Outlook
    most: int

    def lines(self) -> list[GroupLine]:
        """Return every group's line, in order."""
        return [self._line(group) for group in self.groups]

    def _line(self, group: ServiceGroup) -> GroupLine:
        waiting = [ticket for ticket in self.tickets if ticket.group_id == group.pk]
        return GroupLine(
            group=group,
            waiting=len(waiting),
            since=min((ticket.taken_at for ticket in waiting if ticket.taken_at), default=None),
            minutes=minutes_to_wait(self.outlook.newcomer.get(group.pk)),
            windows=sum(group.pk in place.groups for place in self.places),
        )

    def standing(self, ticket: Ticket) -> Standing | None:
        """Return where a ticket stands; None when it does not wait."""
        person = next((person for person in self.people if person.key == ticket.pk), None)
        if person is None:
            return None
        if person.key in self.outlook.turns:
            before, seconds = self.outlook.turns[person.key]
            return Standing(before, minutes_to_wait(seconds))
        # No window serves the group now: the place is the one that a window would find.
        mine = [each for each in self.people if each.group == person.group and each.wanted == person.wanted]
        window = Place(person.wanted or 0, frozenset({person.group}))
        alone = outlook_of(mine, [window], {person.group: 1.0}, self.most)
        return Standing(alone.turns[person.key][0], None)


def look_ahead(hall: Hall, at: datetime) -> Ahead:
    """Return what is to be expected: people and windows as they are, turns as long as they usually are."""
    day = at.astimezone(VIETNAM).date()
    groups = {group.pk: group for group in hall.groups.all()}
    seconds = {pk: usual_seconds(group) for pk, group in groups.items()}
    is_first = Case(When(favoured(at), then=True), default=False, output_field=BooleanField())
    tickets = list(
        Ticket.objects.filter(hall=hall, day=day, state=WAITING)
        .annotate(is_first=is_first)
        .order_by("lined_up_at", "id")
    )
    people = [Waiting(each.pk, each.group_id, each.is_first, each.wanted_window_id) for each in tickets]
    places, most = _places(hall, at, seconds), hall_rules_on(day).favoured_in_a_row
    shown = sorted((each for each in groups.values() if each.is_in_use), key=lambda each: (each.position, each.letter))
    return Ahead(shown, tickets, people, places, outlook_of(people, places, seconds, most), most)


def _places(hall: Hall, at: datetime, seconds: Mapping[int, float]) -> list[Place]:
    """Return the windows that call today; one with somebody is free when that turn has lasted as long as usual."""
    morning = start_of(at.astimezone(VIETNAM).date())
    opened = Window.objects.filter(hall=hall, state=OPEN, opened_at__gte=morning).prefetch_related("groups")
    turns = Turn.objects.filter(window__hall=hall, outcome="", ticket__state__in=AT_WINDOW, called_at__gte=morning)
    busy = {turn.window_id: turn for turn in turns}
    found = []
    for window in opened:
        place = Place(window.pk, frozenset(group.pk for group in window.groups.all() if group.is_in_use))
        if turn := busy.get(window.pk):
            usual, since = seconds[turn.group_id], turn.started_at or at
            place.free_in = max(usual - (at - since).total_seconds(), usual * LEAST_LEFT)
        found.append(place)
    return found


def standing_of(ticket: Ticket, at: datetime | None = None) -> Standing | None:
    """Return where a ticket stands at ``at``; None when it does not wait."""
    if ticket.state != WAITING:
        return None
    return look_ahead(ticket.hall, at or now()).standing(ticket)


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
