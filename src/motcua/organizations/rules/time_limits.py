"""From a time limit to the instant at which it is due (R4.03-R4.05), with its reasons.

Start at ``due``. How a limit is counted rests on rules marked [memory] in DOMAIN: a dated setting,
``DueRule``.
"""

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from enum import StrEnum

from motcua.base.text import squash
from motcua.organizations.rules import ledger as why
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.pauses import Pause, suspended_minutes
from motcua.organizations.rules.working_time import VIETNAM, WorkingCalendar, minutes_in

LONGEST = 100_000  # of any unit; beyond it the input is a mistake


class LimitUnit(StrEnum):
    """What a limit counts. Plain hours and minutes are working time unless the DueRule says otherwise."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    MINUTE = "minute"

    @property
    def label(self) -> str:
        """The Vietnamese word, as procedures write it."""
        return UNIT_LABELS[self]

    @classmethod
    def read(cls, text: str) -> "LimitUnit":
        """Return the unit that ``text`` names, by our word or by the field's.

        Raises:
            CalendarRefused: no unit is called so.
        """
        wanted = squash(text).casefold()
        for unit, label in UNIT_LABELS.items():
            if wanted in (unit.value, label.casefold()):
                return unit
        raise CalendarRefused("Không có đơn vị thời hạn “%(text)s”.", field="limit_unit", text=text)


UNIT_LABELS = {
    LimitUnit.WORKING_DAY: "Ngày làm việc",
    LimitUnit.DAY: "Ngày",
    LimitUnit.MONTH: "Tháng",
    LimitUnit.WORKING_HOUR: "Giờ làm việc",
    LimitUnit.HOUR: "Giờ",
    LimitUnit.MINUTE: "Phút",
}
DAY_UNITS = (LimitUnit.WORKING_DAY, LimitUnit.DAY)
WHOLE_UNITS = (LimitUnit.DAY, LimitUnit.MONTH)


@dataclass(frozen=True)
class Limit:
    """So many units of time. Zero (working) days means within the day of receipt ("trong ngày").

    Raises:
        CalendarRefused: no number, negative, zero of another unit, absurdly long, or part of a day or month.
    """

    value: Decimal
    unit: LimitUnit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", LimitUnit.read(self.unit))
        try:
            value = Decimal(str(self.value))
        except InvalidOperation:
            raise self._refused("Thời hạn “%(value)s %(unit)s” không phải là số.") from None
        if not value.is_finite() or not 0 <= value <= LONGEST or (value == 0 and self.unit not in DAY_UNITS):
            raise self._refused("Thời hạn “%(value)s %(unit)s” không hợp lệ.")
        if self.unit in WHOLE_UNITS and value != value.to_integral_value():
            raise self._refused("Thời hạn “%(value)s %(unit)s” phải là số nguyên.")
        object.__setattr__(self, "value", value)

    def _refused(self, msgid: str) -> CalendarRefused:
        said = str(self.value)[:20]
        return CalendarRefused(msgid, field="limit_value", value=said, unit=self.unit.label.lower())

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit.label.lower()}"


@dataclass(frozen=True)
class DueRule:
    """How limits are counted, from ``valid_from`` to ``valid_to`` (included; None: open end)."""

    counts_receipt_day: bool  # unless its work is over; R4.04 says no (Civil Code 2015, article 147)
    cut_off: time  # R4.05: a same-day procedure received later counts from the next working day
    same_day_up_to: Decimal  # limits of at most so many (working) days are same-day procedures
    hours_are_working: bool  # whether "Giờ" and "Phút" count working time (R4.03) or the clock's
    source: str
    valid_from: date = date.min
    valid_to: date | None = None


@dataclass(frozen=True)
class Due:
    """A promise: ``at`` is the instant due now, ``promised_at`` the one before any pause moved it (R4.10)."""

    received_at: datetime
    limit: Limit
    promised_at: datetime
    at: datetime
    calendar: WorkingCalendar = field(repr=False)
    rule: DueRule = field(repr=False)
    pauses: tuple[Pause, ...] = ()

    @property
    def estimated_years(self) -> list[int]:
        """The years between receipt and due whose days off are not official yet: the instant may move."""
        years = range(self.received_at.year, self.at.year + 1)
        return [year for year in years if year in self.calendar.estimated_years]

    def moved_by(self, pauses: Iterable[Pause]) -> "Due | None":
        """Return the promise moved by the working minutes of its pauses; None while one lasts: the clock stands.

        ``pauses`` are all pauses since receipt, also those already in this promise. Where two overlap, the time
        counts once; time before receipt does not count. A pause after the due instant moves it too (DOMAIN 4.4,
        algorithm): what was late stays late, but the applicant's time is not added to the lateness.

        Raises:
            BeyondCalendar: a pause or the new instant is not covered.
        """
        pauses = tuple(sorted(pauses, key=lambda each: each.start))
        if any(pause.end is None for pause in pauses):
            return None
        minutes = suspended_minutes(self.calendar, pauses, self.received_at)
        return replace(self, at=self.calendar.add_working_minutes(self.promised_at, minutes), pauses=pauses)

    def ledger(self) -> list[why.Entry]:
        """Explain the instant; costs only when asked. See ``ledger`` for the shape."""
        return _ledger(self)


def due(received_at: datetime, limit: Limit, calendar: WorkingCalendar, rule: DueRule) -> Due:
    """Return when something received at ``received_at`` (aware) is due.

    - working hours and minutes run at once, in working time;
    - working days: the receipt day is not counted, due at the close of the last one (R4.04); a part of a day
      is that part of the minutes of the working day after the whole ones;
    - days and months: by the calendar (Civil Code 2015, articles 147-148), due at the close of the last day,
      or of the next working day if that one is not worked;
    - within the day: at the close of the receipt day; past the cut-off hour, of the next working day (R4.05).

    Raises:
        BeyondCalendar: receipt or due instant is not covered.
    """
    received_at = calendar.instant_at(calendar.minute_of(received_at))
    at = _due_at(received_at, limit, calendar, rule)
    return Due(received_at, limit, at, at, calendar, rule)


def _due_at(received_at: datetime, limit: Limit, calendar: WorkingCalendar, rule: DueRule) -> datetime:
    if is_same_day(limit, rule):
        return calendar.closing_of(_same_day(received_at, calendar, rule))
    if limit.unit == LimitUnit.WORKING_DAY:
        return _after_working_days(received_at, limit.value, calendar, rule)
    if limit.unit in WHOLE_UNITS:
        last = _last_calendar_day(received_at, limit, calendar, rule)
        return calendar.closing_of(calendar.next_working_day(_covered(last, calendar)))
    minutes = minutes_of(limit)
    if _runs_by_clock(limit, rule):
        at = received_at + timedelta(minutes=minutes)
        calendar.minute_of(at)  # refuses what is not covered
        return at
    return calendar.add_working_minutes(received_at, minutes)


def is_same_day(limit: Limit, rule: DueRule) -> bool:
    """Whether the limit means within the day of receipt."""
    return limit.unit in DAY_UNITS and limit.value <= rule.same_day_up_to


def minutes_of(limit: Limit) -> int:
    """Return a limit in hours or minutes as minutes, a part of one counting as one."""
    if limit.unit == LimitUnit.MINUTE:
        return int(limit.value.to_integral_value(ROUND_CEILING))
    return minutes_in(limit.value)


def _runs_by_clock(limit: Limit, rule: DueRule) -> bool:
    return limit.unit in (LimitUnit.HOUR, LimitUnit.MINUTE) and not rule.hours_are_working


def _same_day(received_at: datetime, calendar: WorkingCalendar, rule: DueRule) -> date:
    day = received_at.date()
    is_in_time = calendar.is_working_day(day) and received_at < calendar.closing_of(day)
    # Cut to the minute: what the receipt prints as 15:00 is not after 15:00.
    if is_in_time and received_at.time() <= rule.cut_off:
        return day
    return calendar.next_working_day(day + timedelta(days=1))


def _after_working_days(received_at: datetime, days: Decimal, calendar: WorkingCalendar, rule: DueRule) -> datetime:
    whole = int(days)
    part = days - whole
    # A part of the receipt day could lie before the receipt.
    counts_first = rule.counts_receipt_day and whole > 0
    if not part:
        return calendar.add_working_days(received_at, whole, counts_first=counts_first)
    last = calendar.add_working_days(received_at, whole + 1, counts_first=counts_first).date()
    worked = sum(end - start for start, end in calendar.sessions_on(last))
    minutes = int((part * worked).to_integral_value(ROUND_CEILING))
    return calendar.add_working_minutes(datetime.combine(last, time.min, tzinfo=VIETNAM), minutes)


def _counts_receipt_day(received_at: datetime, calendar: WorkingCalendar, rule: DueRule) -> bool:
    day = received_at.date()
    is_over = calendar.is_working_day(day) and received_at >= calendar.closing_of(day)
    return rule.counts_receipt_day and not is_over


def _last_calendar_day(received_at: datetime, limit: Limit, calendar: WorkingCalendar, rule: DueRule) -> date:
    received_on = received_at.date()
    back = 1 if _counts_receipt_day(received_at, calendar, rule) else 0
    if limit.unit == LimitUnit.DAY:
        return received_on + timedelta(days=int(limit.value) - back)
    years, month = divmod(received_on.month - 1 + int(limit.value), 12)
    year = received_on.year + years
    if year > date.max.year:
        return date.max
    # Article 148: a month without that date ends on its last day.
    day = min(received_on.day, months.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=back)


def _covered(day: date, calendar: WorkingCalendar) -> date:
    calendar.number_of(day)
    return day


def _ledger(promise: Due) -> list[why.Entry]:
    calendar, limit, rule = promise.calendar, promise.limit, promise.rule
    start, promised_at = promise.received_at, promise.promised_at
    if is_same_day(limit, rule):
        entries = why.same_day(calendar, start, promised_at)
    elif limit.unit == LimitUnit.WORKING_DAY:
        entries = why.working_days(calendar, start, promised_at, limit.value)
    elif limit.unit in WHOLE_UNITS:
        last = _last_calendar_day(start, limit, calendar, rule)
        counts_first = _counts_receipt_day(start, calendar, rule)
        entries = why.calendar_days(calendar, start, promised_at, last, counts_first=counts_first)
    elif _runs_by_clock(limit, rule):
        entries = why.clock(start, promised_at)
    else:
        return why.working_minutes(calendar, start, promise.at, minutes_of(limit), promise.pauses)
    return entries + why.made_up(promised_at, promise.at)
