"""Reminders before, on and after the last day of tasks and turns: one digest a day for each person."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext, ngettext

from motcua.base.clock import VIETNAM, now, today
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.plans.addresses import MY_TASKS, page_of
from motcua.plans.models import Assignment, Occurrence, Reminder
from motcua.plans.queries import chiefs_of, due_between, turns_due_between
from motcua.plans.rules.dated_settings import rule_on
from motcua.plans.rules.following.reminding import ON, stage_on

LATE_FOR_AT_MOST = timedelta(days=365)  # what is late for longer is in every list, not in the morning's notices


@dataclass(frozen=True)
class _Item:
    part: Assignment
    turn: Occurrence | None
    due_on: date
    stage: str

    @property
    def key(self) -> tuple[int, int | None, date, str]:
        return (self.part.pk, self.turn.pk if self.turn else None, self.due_on, self.stage)


@transaction.atomic
def remind(day: date | None = None) -> int:
    """Write the notices of ``day`` (default: today) and return how many are new; a second run writes none.

    A stage that was passed while the worker was down is told on the next run, unless a later one has been reached.
    """
    day = day or today()
    rule = rule_on(day)
    items = _due(day, max(rule.before, default=1))
    told = set(Reminder.objects.filter(due_on__in={item.due_on for item in items}).values_list(
        "assignment_id", "occurrence_id", "due_on", "stage"
    ))  # fmt: skip
    fresh = [item for item in items if item.key not in told]
    if not fresh:
        return 0
    written = Reminder.objects.bulk_create(
        [
            Reminder(assignment=item.part, occurrence=item.turn, due_on=item.due_on, stage=item.stage, at=now())
            for item in fresh
        ],
        batch_size=1000,
    )
    key = f"tasks:{day}:{written[0].pk}"
    return sum(_tell(person, found, key) for person, found in _by_person(fresh))


def soon_after(day: date, count: int = 3) -> date:
    """Return the last day about which one is reminded ``count`` working days ahead on ``day`` (R10.2)."""
    morning = datetime.combine(day, time(0, 0), tzinfo=VIETNAM)
    return calendar_for().add_working_days(morning, count).astimezone(VIETNAM).date()


def _due(day: date, furthest: int) -> list[_Item]:
    calendar = calendar_for()
    reached: dict[int, date] = {}

    def reach(count: int) -> date:
        if count not in reached:
            reached[count] = soon_after(day, count)
        return reached[count]

    # What is due on days off after the furthest day is shown on the working day before them.
    last = reach(furthest) + timedelta(days=15)
    shown: dict[date, date] = {}

    def shown_on(due_on: date) -> date:
        if due_on not in shown:
            shown[due_on] = _working_day_before(due_on, calendar.is_working_day)
        return shown[due_on]

    found: list[tuple[Assignment, Occurrence | None, date]] = [
        (part, None, part.task.due_on)
        for part in due_between(day - LATE_FOR_AT_MOST, last)
        if part.task.due_on is not None
    ]
    found += [(turn.assignment, turn, turn.due_on) for turn in turns_due_between(day - LATE_FOR_AT_MOST, last)]
    rule = rule_on(day)
    items = []
    for part, turn, due_on in found:
        # A late task needs no working day: the calendar of years gone by may be missing.
        at = shown_on(due_on) if due_on >= day else due_on
        if stage := stage_on(rule, due_on=due_on, shown_on=at, day=day, reach=reach):
            items.append(_Item(part, turn, due_on, stage))
    return items


def _working_day_before(day: date, is_working_day: Callable[[date], bool]) -> date:
    for back in range(15):
        if is_working_day(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return day


def _by_person(items: Iterable[_Item]) -> list[tuple[Account, list[_Item]]]:
    """Return who is told of what: heads and leaders of the unit, and the person who looks after the part."""
    items = list(items)
    chiefs = chiefs_of({item.part.unit.code for item in items})
    people: dict[int, Account] = {}
    found: dict[int, list[_Item]] = defaultdict(list)
    for item in items:
        told = {chief.pk: chief for chief in chiefs.get(item.part.unit.code, [])}
        if item.part.person is not None:
            told[item.part.person.pk] = item.part.person
        people |= told
        for pk in told:
            found[pk].append(item)
    return [(people[pk], each) for pk, each in sorted(found.items())]


def _tell(person: Account, items: list[_Item], key: str) -> bool:
    if len(items) == 1:
        item = items[0]
        words = (
            gettext("%(unit)s: nhiệm vụ %(row)s đã quá hạn từ ngày %(day)s.")
            if item.stage.startswith("late")
            else gettext("%(unit)s: nhiệm vụ %(row)s đến hạn ngày %(day)s.")
        )
        told = {"unit": item.part.unit.name, "row": item.part.task.code, "day": f"{item.due_on:%d/%m/%Y}"}
        return notify(
            person, key=key, subject=item.part.task.code, text=words % told, link=page_of(item.part.task.code)
        )
    return notify(person, key=key, subject=MY_TASKS, text=_digest(items), link=MY_TASKS)


def _digest(items: list[_Item]) -> str:
    late = sum(item.stage.startswith("late") for item in items)
    now_due = sum(item.stage == ON for item in items)
    soon = len(items) - late - now_due
    told = [
        (late, ngettext("%(n)s nhiệm vụ quá hạn", "%(n)s nhiệm vụ quá hạn", late)),
        (now_due, ngettext("%(n)s nhiệm vụ đến hạn hôm nay", "%(n)s nhiệm vụ đến hạn hôm nay", now_due)),
        (soon, ngettext("%(n)s nhiệm vụ sắp đến hạn", "%(n)s nhiệm vụ sắp đến hạn", soon)),
    ]
    parts = [words % {"n": count} for count, words in told if count]
    units = sorted({item.part.unit.name for item in items})
    whose = units[0] if len(units) == 1 else gettext("%(count)s đơn vị") % {"count": len(units)}
    return f"{whose}: {', '.join(parts)}."
