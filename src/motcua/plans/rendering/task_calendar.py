"""Tasks as a calendar (RFC 5545) for the programs in which people keep their days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, Event

from motcua.plans.addresses import page_of
from motcua.plans.models import Occurrence, Task

MEDIA_TYPE = "text/calendar; charset=utf-8"
_SUMMARY = 120  # letters; the whole text is in the description


@dataclass(frozen=True)
class Entry:
    """A last day: its task, and the key of the turn where the task recurs."""

    task: Task
    due_on: date
    changed_at: datetime
    is_done: bool
    turn: str = ""


def entry_of(task: Task) -> Entry | None:
    """Return the entry of a task with a last day of its own; None of one that recurs or has no day."""
    if task.due_on is None or task.deadline_kind in ("recurring", "ongoing"):
        return None
    return Entry(task, task.due_on, task.changed_at, task.done_on is not None)


def turn_entry(turn: Occurrence) -> Entry:
    """Return the entry of one turn of a recurring task."""
    task = turn.assignment.task
    return Entry(task, turn.due_on, task.changed_at, turn.done_on is not None, turn.key)


def task_calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar called ``name`` with a whole-day event for each entry."""
    found = Calendar()
    found.add("prodid", "-//Motcua//Plans//VI")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.refresh_interval = timedelta(hours=6)
    for entry in entries:
        found.add_component(_event(entry))
    return bytes(found.to_ical())


def _event(entry: Entry) -> Event:
    task = entry.task
    made = Event()
    made.add("uid", f"{task.code}{f'.{entry.turn}' if entry.turn else ''}@motcua")
    made.add("dtstamp", entry.changed_at)
    made.add("dtstart", entry.due_on)
    made.add("dtend", entry.due_on + timedelta(1))
    made.add("transp", "TRANSPARENT")
    text = task.text if len(task.text) <= _SUMMARY else f"{task.text[: _SUMMARY - 1]}…"
    mark = "✓ " if entry.is_done else ""
    made.add("summary", f"{mark}{task.short_code}{f' ({entry.turn})' if entry.turn else ''}: {text}")
    lines = [task.text, f"{gettext('Kế hoạch')}: {task.plan.name}"]
    if task.lead_text:
        lines.append(f"{gettext('Chủ trì')}: {task.lead_text}")
    if task.deadline_text:
        lines.append(f"{gettext('Thời hạn')}: {task.deadline_text}")
    made.add("description", "\n".join(lines))
    made.add("url", f"{settings.PUBLIC_URL.rstrip('/')}{page_of(task.code)}")
    made.add("status", "CONFIRMED")
    return made
