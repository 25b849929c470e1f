"""Loading and changing the working calendar."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.events import CALENDAR_CHANGED
from motcua.organizations.models import CalendarDay, Unit, WorkingHours
from motcua.organizations.queries import forget_calendars

CALENDAR_FILE = Path(__file__).parent.parent / "data" / "calendar" / "vn_calendar_2018_2027.csv"
DAY_KINDS = ("day_off", "working_saturday")
# R4.03 and R4.11 are [memory]: the usual hours of offices, a dated setting that each province corrects.
USUAL_HOURS: dict[str, Any] = {
    "weekdays": [0, 1, 2, 3, 4],
    "sessions": [["07:30", "11:30"], ["13:00", "17:00"]],
    "valid_from": date(2018, 1, 1),
    "source": "DOMAIN R4.11 [memory]",
}


@transaction.atomic
def load_calendar() -> int:
    """Load the national days off, the worked Saturdays and the usual hours; days already there stay as they are.

    Returns the number of days written.
    """
    with CALENDAR_FILE.open(encoding="utf-8", newline="") as file:
        days = [
            CalendarDay(day=date.fromisoformat(row["date"]), kind=row["kind"], name=row["name"], source=row["source"])
            for row in csv.DictReader(file)
        ]
    written = CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    if not WorkingHours.objects.filter(unit__isnull=True).exists():
        WorkingHours.objects.create(**USUAL_HOURS)
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
