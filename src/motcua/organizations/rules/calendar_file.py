"""The calendar, hours and counting rules that the package ships in ``organizations/data/calendar``."""

import csv
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from motcua.organizations.rules.office_hours import CalendarRefused, DayRule, SessionRule
from motcua.organizations.rules.time_limits import DueRule
from motcua.organizations.rules.working_time import WorkingCalendar

FOLDER = Path(__file__).parent.parent / "data" / "calendar"
DAYS = FOLDER / "vn_calendar_2018_2027.csv"
HOURS = FOLDER / "office_hours.csv"
DUE_RULES = FOLDER / "due_rules.csv"
WEEKDAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}


@cache
def shipped_calendar() -> WorkingCalendar:
    """Return the nation's calendar with the usual office hours."""
    return WorkingCalendar(days=read_days(), sessions=read_hours())


@cache
def _shipped_due_rules() -> tuple[DueRule, ...]:
    return tuple(read_due_rules())


def due_rule_on(day: date) -> DueRule:
    """Return how limits of things received on ``day`` are counted.

    Raises:
        CalendarRefused: no rule was in force.
    """
    for rule in reversed(_shipped_due_rules()):
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
            return rule
    raise CalendarRefused("Chưa có quy tắc tính thời hạn cho ngày %(day)s.", day=f"{day:%d/%m/%Y}")


def read_days(path: Path = DAYS) -> list[DayRule]:
    """Read days off and worked Saturdays: columns date, weekday, kind, name, source.

    Raises:
        CalendarRefused: a row that cannot be read, named by its line.
    """
    days: dict[date, DayRule] = {}
    for line, row in _rows(path, ("date", "weekday", "kind", "name", "source")):
        with _at(path, line):
            day = date.fromisoformat(row["date"])
            if WEEKDAYS[row["weekday"]] != day.weekday() or day in days:
                raise ValueError(row["date"])
            days[day] = DayRule(day, row["kind"], row["name"], row["source"])
    return list(days.values())


def read_hours(path: Path = HOURS) -> list[SessionRule]:
    """Read office hours: columns valid_from, valid_to, weekdays, sessions, source.

    Weekdays look like "Mon Tue", sessions like "07:30-11:30 13:00-17:00".
    """
    rules = []
    for line, row in _rows(path, ("valid_from", "valid_to", "weekdays", "sessions", "source")):
        with _at(path, line):
            weekdays = [WEEKDAYS[name] for name in row["weekdays"].split()]
            sessions = [session.split("-") for session in row["sessions"].split()]
            valid_from = date.fromisoformat(row["valid_from"])
            rules.append(SessionRule.from_text(valid_from, _end(row["valid_to"]), weekdays, sessions, row["source"]))
    return rules


def read_due_rules(path: Path = DUE_RULES) -> list[DueRule]:
    """Read how limits are counted; the columns are the fields of ``DueRule``, truth as yes or no."""
    words = {"yes": True, "no": False}
    rules = []
    columns = (
        "valid_from",
        "valid_to",
        "counts_receipt_day",
        "cut_off",
        "same_day_up_to",
        "hours_are_working",
        "source",
    )
    for line, row in _rows(path, columns):
        with _at(path, line):
            rules.append(
                DueRule(
                    counts_receipt_day=words[row["counts_receipt_day"]],
                    cut_off=time.fromisoformat(row["cut_off"]),
                    same_day_up_to=Decimal(row["same_day_up_to"]),
                    hours_are_working=words[row["hours_are_working"]],
                    source=row["source"],
                    valid_from=date.fromisoformat(row["valid_from"]),
                    valid_to=_end(row["valid_to"]),
                )
            )
    return rules


class _at:
    """Name file and line of whatever goes wrong inside."""

    def __init__(self, path: Path, line: int) -> None:
        self.path, self.line = path, line

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (ValueError, KeyError, InvalidOperation, CalendarRefused)):
            raise CalendarRefused(
                "%(file)s, dòng %(line)s: không đọc được (%(what)s).",
                file=self.path.name,
                line=self.line,
                what=str(error),
            ) from error


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            wanted = ", ".join(columns)
            raise CalendarRefused("%(file)s: cần các cột %(columns)s.", file=path.name, columns=wanted)
        for row in reader:
            with _at(path, reader.line_num):
                if None in row or None in row.values():
                    raise ValueError("số cột")
            yield reader.line_num, row


def _end(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
