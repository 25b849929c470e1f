"""Reading units, posts and the working calendar."""

from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.organizations.models import CalendarDay, SavedView, Unit, UnitCode, WorkingHours, in_force
from motcua.organizations.rules.office_hours import DayRule, SessionRule
from motcua.organizations.rules.working_time import WorkingCalendar

CALENDAR_KEPT_FOR = 30  # seconds: how late another process may learn of a changed calendar


def unit_at(code: str, day: date | None = None) -> Unit:
    """Return the unit that bore ``code``, ours or an official one, on ``day`` (default: today).

    Raises:
        Refused: no unit bore it then.
    """
    day = day or today()
    units = Unit.objects.in_force(day).select_related("one_stop", "parent")
    found = units.filter(code=code).first()
    if found is None:
        by_official_code = UnitCode.objects.filter(in_force(day), code=code, unit__in=units).values("unit")
        found = units.filter(pk__in=by_official_code).first()
    if found is None:
        raise Refused(
            gettext("Không có đơn vị nào mang mã “%(code)s” vào ngày %(day)s.")
            % {"code": code, "day": f"{day:%d/%m/%Y}"},
            field="unit",
        )
    return found


def successors_of(unit: Unit) -> list[Unit]:
    """Return the units that hold today what ``unit`` was: itself while in force, else its successors' successors."""
    if unit.valid_to is None or unit.valid_to >= today():
        return [unit]
    found: dict[int, Unit] = {}
    for succession in unit.successions.select_related("new"):
        found |= {last.pk: last for last in successors_of(succession.new)}
    return sorted(found.values(), key=lambda each: each.sort_key)


def calendar_for(unit_code: str = "") -> WorkingCalendar:
    """Return the working calendar of a unit: its own days and hours over those of the units above and of everybody.

    Raises:
        Refused: no unit ever bore the code.
    """
    return _calendar_for(unit_code, int(monotonic() // CALENDAR_KEPT_FOR))


@lru_cache(maxsize=4096)
def _calendar_for(unit_code: str, _period: int) -> WorkingCalendar:
    above = [] if not unit_code else [int(number) for number in _last_bearer(unit_code).path.strip("/").split("/")]
    concerned = Q(unit__isnull=True) | Q(unit__in=above)
    # The nearest unit speaks last: general rules first, then from the top of the tree down.
    rank = {None: -1} | {number: position for position, number in enumerate(above)}
    days = sorted(CalendarDay.objects.filter(concerned), key=lambda each: rank[each.unit_id])
    hours = sorted(WorkingHours.objects.filter(concerned), key=lambda each: rank[each.unit_id])
    return _assembled(
        tuple(DayRule(each.day, each.kind, each.name, each.source) for each in days),
        tuple(
            SessionRule.from_text(each.valid_from, each.valid_to, each.weekdays, each.sessions, each.source)
            for each in hours
        ),
    )


def _last_bearer(code: str) -> Unit:
    """Return the unit that bears ``code`` today, else the last that bore it: what it left open still has its clock."""
    try:
        return unit_at(code)
    except Refused:
        if last := Unit.objects.filter(code=code).order_by("-valid_from").first():
            return last
        raise


@lru_cache(maxsize=256)
def _assembled(days: tuple[DayRule, ...], hours: tuple[SessionRule, ...]) -> WorkingCalendar:
    # Most units have no rules of their own: they share one table of minutes.
    return WorkingCalendar(days=days, sessions=hours)


def usable_views(account: Any, page: str) -> QuerySet[SavedView]:
    """Return the filters of the list ``page`` that the account may use: its own, and those shared with its units."""
    shared = Q(unit__in={post.unit_id for post in account.posts_now})
    return SavedView.objects.filter(Q(account=account) | shared, page=page).select_related("unit").order_by("name")


def opening_query(account: Any, page: str) -> str:
    """Return the filters with which the list ``page`` opens for the account, as a query string; "" if none."""
    return str(account.opens_with.get(page, {}).get("query", ""))


def forget_calendars() -> None:
    """Make the next question read the calendar again; called by what changes it."""
    _calendar_for.cache_clear()
