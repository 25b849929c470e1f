"""When a hall gives numbers, and which appointments it has: its unit's working calendar under the hall's rules."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count as SqlCount

from motcua.base.clock import VIETNAM, start_of
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.queues.models import Hall, ServiceGroup, Ticket
from motcua.queues.rules.hall_rules import hall_rules_on
from motcua.queues.rules.hours import Sessions, gives_numbers, slots_of
from motcua.queues.states import CANCELLED


@dataclass(frozen=True)
class Opening:
    """Whether numbers are given now; ``opens_at`` is the next first session where they are not."""

    is_open: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Slot:
    """A time for which an appointment can be booked, with how many places are left."""

    at: datetime
    places: int


def sessions_on(hall: Hall, day: date) -> Sessions:
    """Return the sessions of the hall's unit on ``day``; none where the calendar does not reach."""
    try:
        return calendar_for(hall.unit.code).sessions_on(day)
    except CalendarRefused:
        return ()


def opening_of(hall: Hall, at: datetime) -> Opening:
    """Return whether the hall gives numbers at ``at``."""
    at = at.astimezone(VIETNAM)
    sessions, rules = sessions_on(hall, at.date()), hall_rules_on(at.date())
    stop_before = rules.stop_minutes_before_close
    if gives_numbers(
        sessions, at.hour * 60 + at.minute, open_before=rules.open_minutes_before, stop_before=stop_before
    ):
        return Opening(True, closes_at=start_of(at.date()) + timedelta(minutes=sessions[-1][1] - stop_before))
    try:
        return Opening(False, opens_at=calendar_for(hall.unit.code).next_opening(at))
    except CalendarRefused:
        return Opening(False)


def slots_for(group: ServiceGroup, at: datetime) -> list[Slot]:
    """Return the times for which an appointment in ``group`` can be booked at ``at``, the soonest first.

    Slots of today begin after now; full ones are left out.
    """
    if not group.appointments:
        return []
    days = _days_ahead(group.hall, at)
    if not days:
        return []
    taken = dict(
        Ticket.objects.filter(
            group=group, appointed_at__gte=at, appointed_at__lt=start_of(days[-1] + timedelta(days=1))
        )
        .exclude(state=CANCELLED)
        .values_list("appointed_at")
        .annotate(n=SqlCount("pk"))
        .order_by()
    )
    found = []
    for day in days:
        for minute in slots_of(sessions_on(group.hall, day), hall_rules_on(day).slot_minutes):
            begins = start_of(day) + timedelta(minutes=minute)
            places = group.appointments - taken.get(begins, 0)
            if begins > at and places > 0:
                found.append(Slot(begins, places))
    return found


def _days_ahead(hall: Hall, at: datetime) -> list[date]:
    """Return today and the working days for which the rules let people book, as far as the calendar reaches."""
    today = at.astimezone(VIETNAM).date()
    days: list[date] = []
    day = today
    try:
        calendar = calendar_for(hall.unit.code)
        while len(days) <= hall_rules_on(today).book_ahead_days:
            day = calendar.next_working_day(day)
            days.append(day)
            day += timedelta(days=1)
    except CalendarRefused:
        pass
    return days
