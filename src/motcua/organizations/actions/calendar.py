"""Loading and changing the working calendar."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.events import CALENDAR_CHANGED
from motcua.organizations.models import CalendarDay, Unit, WorkingHours
from motcua.organizations.queries import forget_calendars
from motcua.organizations.rules.calendar_file import read_days, read_hours
from motcua.organizations.rules.office_hours import DAY_OFF, WORKING_SATURDAY

DAY_KINDS = (DAY_OFF, WORKING_SATURDAY)


@transaction.atomic
def load_calendar() -> int:
    """Load the national days off, the worked Saturdays and the usual hours; days already there stay as they are.

    Returns the number of days written.
    """
    days = [CalendarDay(day=rule.day, kind=rule.kind, name=rule.name, source=rule.source) for rule in read_days()]
    written = CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    if not WorkingHours.objects.filter(unit__isnull=True).exists():
        WorkingHours.objects.bulk_create(
            WorkingHours(
                weekdays=list(rule.weekdays),
                sessions=[[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in rule.sessions],
                valid_from=rule.valid_from,
                valid_to=rule.valid_to,
                source=rule.source,
            )
            for rule in read_hours()
        )
    transaction.on_commit(forget_calendars)
    return len(written)


@transaction.atomic
def set_day(*, day: date, kind: str, name: str, source: str, unit: Unit | None, actor: str) -> CalendarDay:
    """Make ``day`` a day off or a worked Saturday, for one unit and those under it or for everybody.

    Due instants already promised do not move: a dossier keeps its own.

    Raises:
        Refused: unknown kind, or no name or source given.
    """
    if kind not in DAY_KINDS:
        raise Refused(gettext("Loại ngày không có: “%(kind)s”.") % {"kind": kind}, field="kind")
    if not name or not source:
        raise Refused(gettext("Cần ghi tên ngày và căn cứ."), field="source")
    changed, _is_new = CalendarDay.objects.update_or_create(
        unit=unit, day=day, defaults={"kind": kind, "name": name, "source": source}
    )
    record(CALENDAR_CHANGED, subject="calendar", actor=actor, unit=unit.code if unit else "", day=str(day), kind=kind)
    transaction.on_commit(forget_calendars)
    return changed
