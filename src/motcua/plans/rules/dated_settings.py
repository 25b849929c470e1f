"""What the law leaves open or our reference marks unverified: dated rows with a source in ``plans/data``."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from motcua.plans.rules.following.reminding import ReminderRule
from motcua.plans.rules.following.turning import ReportWindow

FOLDER = Path(__file__).parent.parent / "data"


def rule_on(day: date) -> ReminderRule:
    """Return the stages in force on ``day``.

    Raises:
        LookupError: there are none.
    """
    for rule in reversed(_shipped_rules()):
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
            return rule
    raise LookupError(day)


@cache
def _shipped_rules() -> tuple[ReminderRule, ...]:
    return tuple(
        ReminderRule(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_end(row["valid_to"]),
            before=tuple(sorted(int(number) for number in row["before"].split())),
            after=tuple(sorted(int(number) for number in row["after"].split())),
            then_every=int(row["then_every"]),
            source=row["source"],
        )
        for row in _rows("reminders.csv")
    )


@cache
def _shipped_windows() -> tuple[ReportWindow, ...]:
    return tuple(
        ReportWindow(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_end(row["valid_to"]),
            instrument=row["instrument"],
            closing_day=int(row["closing_day"]),
            sending_day=int(row["sending_day"]),
            source=row["source"],
        )
        for row in _rows("report_windows.csv")
    )


def window_cited_in(text: str, day: date) -> ReportWindow | None:
    """Return the window of the reporting regime that ``text`` cites and that is in force on ``day``, or None."""
    for window in _shipped_windows():
        if (
            window.instrument in text
            and window.valid_from <= day
            and (window.valid_to is None or day <= window.valid_to)
        ):
            return window
    return None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _end(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
