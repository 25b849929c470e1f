"""Which turns of a recurring task exist by a day inside its plan (R10.3), and when reports are due (R8.2)."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from motcua.plans.rules.times.recurrence import MONTHS, Recurrence, Turn, turns
from motcua.plans.rules.times.spells import Within

# A task of every day is followed as a continuous one: nobody reports three hundred turns a year.
CYCLES_WITH_TURNS = ("week", "month", "quarter", "half", "year")


@dataclass(frozen=True)
class ReportWindow:
    """When the data of a periodic report closes and when it is sent: days of the last month of its period."""

    valid_from: date
    valid_to: date | None
    instrument: str  # as plans cite it
    closing_day: int
    sending_day: int
    source: str


def recurrence_from(deadline: Mapping[str, Any]) -> Recurrence | None:
    """Return the cycle in a task's stored deadline, or None where it has none that makes turns."""
    if deadline.get("kind") != "recurring" or deadline.get("every") not in CYCLES_WITH_TURNS:
        return None
    return Recurrence(
        deadline["every"],
        deadline.get("day"),
        bool(deadline.get("day_excluded")),
        deadline.get("month"),
        deadline.get("weekday"),
        deadline.get("note"),
    )


def within_from(deadline: Mapping[str, Any]) -> Within | None:
    """Return the length of time that a task's stored deadline sets from its event, or None."""
    told = deadline.get("within")
    return Within(told["number"], told["unit"]) if told else None


def turns_by(
    recurrence: Recurrence, *, first: date, last: date, since: date, day: date, window: ReportWindow | None = None
) -> list[Turn]:
    """Return the turns of a task that runs from ``first`` to ``last``: those whose period reaches ``since`` or later,
    up to the period after the one of ``day``.

    The first period begins no earlier than ``first``; a turn that would have been due before ``first`` is none.
    """
    if recurrence.every is None:
        return []
    upto = cycle_end(recurrence.every, cycle_start(recurrence.every, day)) + timedelta(days=1)
    found = []
    for turn in turns(recurrence, cycle_start(recurrence.every, first), min(last, upto)):
        if cycle_end(recurrence.every, turn.starts_on) < max(first, since):
            continue
        moved = _in_window(turn, recurrence, window) if window else turn
        if moved.due_on >= first:
            found.append(replace(moved, starts_on=min(max(moved.starts_on, first), moved.due_on)))
    return found


def cycle_start(every: str, day: date) -> date:
    """Return the first day of the cycle in which ``day`` lies."""
    if every == "week":
        return day - timedelta(days=day.weekday())
    length = MONTHS[every]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def cycle_end(every: str, start: date) -> date:
    """Return the last day of the cycle that begins on ``start``."""
    if every == "week":
        return start + timedelta(days=6)
    year, month = _months_on(start, MONTHS[every] - 1)
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_on(day: date, months: int) -> tuple[int, int]:
    number = day.year * 12 + day.month - 1 + months
    return number // 12, number % 12 + 1


def _in_window(turn: Turn, recurrence: Recurrence, window: ReportWindow) -> Turn:
    """Return the turn as a report: its data begin after the last closing day, it is due on the sending day."""
    if recurrence.every in (None, "week") or recurrence.day is not None:
        return turn
    before = _months_on(turn.starts_on, -1)
    final = _months_on(turn.starts_on, MONTHS[str(recurrence.every)] - 1)
    return replace(turn, starts_on=date(*before, window.closing_day + 1), due_on=date(*final, window.sending_day))
