"""At which moments before, on and after its last day a task is brought to mind (C007, R10.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

ON = "on"


@dataclass(frozen=True)
class ReminderRule:
    """Working days before the last day on which one is reminded, days after it, and how often from then on."""

    valid_from: date
    valid_to: date | None
    before: tuple[int, ...]  # working days, ascending
    after: tuple[int, ...]  # days, ascending
    then_every: int  # days, after the last of ``after``
    source: str


def stage_on(rule: ReminderRule, *, due_on: date, shown_on: date, day: date, reach: Callable[[int], date]) -> str:
    """Return the latest stage that ``day`` has reached for a task due on ``due_on``: "before3", "on", "late8", "".

    ``shown_on`` is the last working day up to ``due_on``: what is due on a day off is brought to mind before it
    (R10.2). ``reach`` tells which day is so many working days after ``day``.
    """
    if day > due_on:
        return _late_stage(rule, (day - due_on).days)
    if shown_on <= day:
        return ON
    return next((f"before{count}" for count in rule.before if shown_on <= reach(count)), "")


def _late_stage(rule: ReminderRule, days: int) -> str:
    reached = [step for step in rule.after if step <= days]
    if not reached:
        return ""
    last = rule.after[-1]
    if reached[-1] == last and rule.then_every:
        last += (days - last) // rule.then_every * rule.then_every
        return f"late{last}"
    return f"late{reached[-1]}"
