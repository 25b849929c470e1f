"""The lines before the windows: whose turn it is, and what that means for everybody who waits.

Who is favoured goes first, but never so that the others stand still: after ``most`` favoured numbers in a row at a
window, one of the others is called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import ceil, floor

_LOW, _HIGH = 0.7, 1.3  # an estimate is told as a range: service times scatter
_COARSE_FROM = 10  # minutes above which a range is told in fives


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits; given in the order of the line. ``wanted``: the one window that may call, None for any."""

    key: int
    group: int
    is_favoured: bool
    wanted: int | None = None


@dataclass
class Place:
    """A window that calls: the groups it serves, in how many seconds it will be free."""

    number: int
    groups: frozenset[int]
    free_in: float = 0
    last_favoured: list[bool] = field(default_factory=list)  # newest first

    def may_call(self, person: Waiting) -> bool:
        """Whether the person can be called here."""
        return person.wanted == self.number if person.wanted is not None else person.group in self.groups


@dataclass(frozen=True)
class Outlook:
    """What is to be expected: for each key how many are called before it (where it could be called, too) and in how
    many seconds its own turn comes; for each group in how many seconds somebody who comes now is called. Whom no
    window calls has no entry."""

    turns: Mapping[int, tuple[int, float]]
    newcomer: Mapping[int, float]


def is_turn_of_others(last_favoured: Sequence[bool], most: int) -> bool:
    """Whether somebody who is not favoured is due; ``last_favoured`` tells of a window's last turns, newest first."""
    return len(last_favoured) >= most and all(last_favoured[:most])


def outlook_of(waiting: Sequence[Waiting], places: Sequence[Place], seconds: Mapping[int, float], most: int) -> Outlook:
    """Let the windows call everybody, each turn as long as it usually is (``seconds`` by group)."""
    left = list(waiting)
    called: dict[int, int] = dict.fromkeys((place.number for place in places), 0)
    turns: dict[int, tuple[int, float]] = {}
    newcomer: dict[int, float] = {}
    due = [(place.free_in, place.number, place) for place in places]
    heapify(due)
    while due:
        at, number, place = heappop(due)
        person = _next(left, place, most)
        if person is None:  # nobody is left for this window: the next who comes is called at once
            for group in place.groups:
                newcomer[group] = min(newcomer.get(group, at), at)
            continue
        left.remove(person)
        before = sum(called[other.number] for other in places if other.may_call(person))
        turns[person.key] = (before, at)
        called[number] += 1
        place = Place(number, place.groups, 0, [person.is_favoured, *place.last_favoured[: most - 1]])
        heappush(due, (at + seconds[person.group], number, place))
    return Outlook(turns, newcomer)


def _next(left: Sequence[Waiting], place: Place, most: int) -> Waiting | None:
    others_first = is_turn_of_others(place.last_favoured, most)
    mine = [person for person in left if place.may_call(person)]
    first = (person for person in mine if person.is_favoured != others_first)
    return next(first, mine[0] if mine else None)


def minutes_to_wait(seconds: float | None) -> tuple[int, int] | None:
    """Return usual waiting from .. to in minutes; None: no window calls."""
    if seconds is None:
        return None
    middle = seconds / 60
    low, high = floor(middle * _LOW), ceil(middle * _HIGH) + 1
    if high > _COARSE_FROM:
        low, high = low // 5 * 5, ceil(high / 5) * 5
    return low, high
