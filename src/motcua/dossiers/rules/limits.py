"""When a dossier is due (R4.03-R4.07): the promise on the slip, and the reply to what was filed online."""

from datetime import datetime
from decimal import Decimal

from motcua.organizations.rules.calendar_file import due_rule_on
from motcua.organizations.rules.time_limits import Limit, LimitUnit, due
from motcua.organizations.rules.working_time import VIETNAM, WorkingCalendar

REPLY_MINUTES = 8 * 60  # R4.07: reply to an online filing within 8 working hours (Decree 45/2020, article 11)


def promised_due(calendar: WorkingCalendar, received_at: datetime, value: int, unit: str) -> datetime:
    """Return the due instant of a dossier received at ``received_at`` under a limit of ``value`` ``unit``.

    How limits are counted (R4.03-R4.05) is the dated rule of that day, with its source.
    """
    received_on = received_at.astimezone(VIETNAM).date()
    return due(received_at, Limit(Decimal(value), LimitUnit(unit)), calendar, due_rule_on(received_on)).at


def reply_due(calendar: WorkingCalendar, filed_at: datetime) -> datetime:
    """Return until when the counter must say whether it receives what was filed at ``filed_at`` (R4.07)."""
    return calendar.add_working_minutes(filed_at, REPLY_MINUTES)
