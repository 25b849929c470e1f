"""An invented hall at work, for demonstrations: an officer's own actions, at the instants of a drawn day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any

from motcua.base.clock import start_of
from motcua.organizations.models import Account
from motcua.queues.actions import calling, taking
from motcua.queues.actions import windows as window_actions
from motcua.queues.models import Hall, Ticket
from motcua.queues.opening import sessions_on
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.rules.hours import Sessions
from motcua.queues.rules.priorities import priorities_on
from motcua.queues.rules.simulating import Arrival, arrivals_of
from motcua.queues.states import KIOSK

BETWEEN_CALLS, TO_WINDOW = 20, 25  # seconds


@dataclass
class _Day:
    """What happens next, soonest first: (second, order, what, window or arrival)."""

    hall: Hall
    day: date
    sessions: Sessions
    officers: dict[int, Account]
    due: list[tuple[int, int, str, Arrival | int]] = field(default_factory=list)
    people: dict[str, Arrival] = field(default_factory=dict)
    idle: set[int] = field(default_factory=set)
    order: int = 0

    def at(self, second: int) -> datetime:
        return start_of(self.day) + timedelta(seconds=second)

    def working(self, second: int) -> int:
        """Return ``second``, or the start of the next session when it lies in a break: nobody calls at noon."""
        starts = [opens * 60 for opens, _closes in self.sessions]
        is_worked = any(opens * 60 <= second < closes * 60 for opens, closes in self.sessions)
        return second if is_worked else min((start for start in starts if start > second), default=second)

    def plan(self, second: int, what: str, about: Arrival | int) -> None:
        self.order += 1
        heappush(self.due, (second, self.order, what, about))


def simulate_day(
    hall: Hall, day: date, *, people: int, officers: dict[int, Account], until: datetime, seed: int
) -> int:
    """Let ``people`` come on ``day`` and be called to the windows of ``officers``, as far as ``until``.

    Returns how many numbers were taken; 0 on a day off.
    """
    sessions = sessions_on(hall, day)
    if not sessions:
        return 0
    minutes = {group.letter: group.usual_minutes for group in hall.groups.filter(is_in_use=True)}
    kinds = [each.code for each in priorities_on(day)]
    course = _Day(hall, day, sessions, officers)
    for arrival in arrivals_of(sessions, people=people, minutes=minutes, priorities=kinds, random=Random(seed)):  # noqa: S311
        course.plan(arrival.second, "come", arrival)
    for number in officers:
        course.plan(sessions[0][0] * 60 + number, "open", number)
    while course.due:
        second, _order, what, about = heappop(course.due)
        if course.at(second) > until:
            break
        _STEPS[what](course, second, about)
    return len(course.people)


def _come(course: _Day, second: int, arrival: Arrival) -> None:
    ticket = taking.take_number(
        course.hall.code, group=arrival.letter, priority=arrival.priority, channel=KIOSK, at=course.at(second)
    )
    course.people[ticket.code] = arrival
    for number in sorted(course.idle):
        course.plan(second + BETWEEN_CALLS, "call", number)
    course.idle.clear()


def _open(course: _Day, second: int, number: int) -> None:
    window_actions.open_window(course.hall.code, number, actor=course.officers[number], at=course.at(second))
    course.plan(second + BETWEEN_CALLS, "call", number)


def _call(course: _Day, second: int, number: int) -> None:
    if (later := course.working(second)) > second:
        course.plan(later, "call", number)
        return
    ticket = calling.call_next(course.hall.code, number, actor=course.officers[number], at=course.at(second))
    if ticket is None:
        course.idle.add(number)
    else:
        _answer(course, second, number, ticket)


def _answer(course: _Day, second: int, number: int, ticket: Ticket) -> None:
    if not course.people[ticket.code].is_missing:
        course.plan(second + TO_WINDOW, "serve", number)
        return
    least = hall_rules_on(course.day).calls_before_absent
    for turn in range(1, least):
        course.plan(second + turn * TO_WINDOW, "recall", number)
    course.plan(second + least * TO_WINDOW, "miss", number)


def _serve(course: _Day, second: int, number: int) -> None:
    ticket = calling.serve(course.hall.code, number, actor=course.officers[number], at=course.at(second))
    course.plan(second + course.people[ticket.code].served, "call", number)


def _recall(course: _Day, second: int, number: int) -> None:
    calling.recall(course.hall.code, number, actor=course.officers[number], at=course.at(second))


def _miss(course: _Day, second: int, number: int) -> None:
    calling.miss(course.hall.code, number, actor=course.officers[number], at=course.at(second))
    course.plan(second + BETWEEN_CALLS, "call", number)


_STEPS: dict[str, Callable[[_Day, int, Any], None]] = {
    "come": _come,
    "open": _open,
    "call": _call,
    "serve": _serve,
    "recall": _recall,
    "miss": _miss,
}
