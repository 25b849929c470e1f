"""The clock of the house: aware instants, and days as Vietnam counts them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant, aware, in Vietnam's zone."""
    return timezone.now().astimezone(VIETNAM)


def today() -> date:
    """Return the present day in Vietnam."""
    return now().date()


def start_of(day: date) -> datetime:
    """Return the first instant of ``day`` in Vietnam."""
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the half-open interval of instants that covers ``first`` to ``last``, both included."""
    return start_of(first), start_of(last + timedelta(days=1))
