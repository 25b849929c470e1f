"""Why an instant is due: entries that follow each other from receipt to due, each counted or not, and why.

Reasons are Vietnamese; those of this file are ``REASONS``, the others are names of days and of pauses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from motcua.organizations.rules.office_hours import DAY_OFF
from motcua.organizations.rules.pauses import Pause
from motcua.organizations.rules.working_time import DAY, VIETNAM, WorkingCalendar

WORKING_TIME = "giờ làm việc"
OUTSIDE_HOURS = "ngoài giờ làm việc"
LUNCH = "nghỉ trưa"
WEEKDAYS_OFF = {5: "Thứ bảy", 6: "Chủ nhật"}
CLOSED = "ngày không có giờ làm việc"
WORKING_DAY = "ngày làm việc"
CALENDAR_DAY = "ngày"
CLOCK_TIME = "tính theo giờ đồng hồ"
RECEIPT_DAY = "ngày tiếp nhận không tính"
AFTER_CUT_OFF = "tiếp nhận sau giờ quy định, tính từ ngày làm việc tiếp theo"
NEXT_WORKING_DAY = "ngày cuối là ngày nghỉ, chuyển sang ngày làm việc tiếp theo"
MADE_UP = "bù thời gian tạm dừng"
REASONS = (
    WORKING_TIME,
    OUTSIDE_HOURS,
    LUNCH,
    *WEEKDAYS_OFF.values(),
    CLOSED,
    WORKING_DAY,
    CALENDAR_DAY,
    CLOCK_TIME,
    RECEIPT_DAY,
    AFTER_CUT_OFF,
    NEXT_WORKING_DAY,
    MADE_UP,
)


@dataclass(frozen=True)
class Entry:
    """One stretch of time. The counted ``minutes``, or ``days`` of a limit in days, add up to the limit.

    ``minutes`` of a counted stretch are those it adds: working minutes, or 1,440 a day for calendar days; of
    one not counted they are its length.
    """

    start: datetime
    end: datetime
    minutes: int
    is_counted: bool
    reason: str
    days: Decimal | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return from, to (ISO 8601), minutes, counted, reason; and days, where days were counted."""
        shape: dict[str, Any] = {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "minutes": self.minutes,
            "counted": self.is_counted,
            "reason": self.reason,
        }
        if self.days is not None:
            shape["days"] = int(self.days) if self.days == int(self.days) else float(self.days)
        return shape


def working_minutes(
    calendar: WorkingCalendar, start: datetime, end: datetime, limit: int, pauses: Iterable[Pause] = ()
) -> list[Entry]:
    """Explain a limit of ``limit`` working minutes from ``start`` to ``end``, pauses left out."""
    entries: list[Entry] = []
    for stretch in _paused(_stretches(calendar, start, end), pauses):
        if stretch.is_counted and stretch.minutes > limit:
            # Only a pause after the limit ran out leads here: the instant moved, the count was full.
            stretch = _cut(stretch, stretch.start, stretch.start + timedelta(minutes=limit))
        if stretch.minutes:
            entries.append(stretch)
        if stretch.is_counted:
            limit -= stretch.minutes
            if not limit:
                break
    return _merged(entries) + made_up(entries[-1].end if entries else start, end)


def working_days(calendar: WorkingCalendar, start: datetime, end: datetime, limit: Decimal) -> list[Entry]:
    """Explain a limit of working days that ends at ``end``; the last one may be a part of a day."""
    entries: list[Entry] = []
    left = limit
    # Counted back from the end, so that it does not matter here whether the receipt day was counted.
    for from_, to in reversed(list(_by_day(start, end))):
        day = from_.date()
        rule = calendar.day_rule(day)
        if not calendar.is_working_day(day):
            entries.append(_uncounted(from_, to, _reason_off(calendar, day)))
        elif left > 0:
            days = (limit % 1 or Decimal(1)) if left == limit else Decimal(1)
            worked = sum(closing - opening for opening, closing in calendar.sessions_on(day))
            minutes = calendar.working_minutes_between(_midnight(day), to) if days < 1 else worked
            entries.append(Entry(from_, to, minutes, True, rule.name if rule else WORKING_DAY, days))
            left -= days
        else:
            entries.append(_uncounted(from_, to, RECEIPT_DAY))
    return _merged(reversed(entries))


def calendar_days(
    calendar: WorkingCalendar, start: datetime, end: datetime, last: date, *, counts_first: bool
) -> list[Entry]:
    """Explain a limit in days or months whose last day is ``last``; ``end`` is later if that is off."""
    entries: list[Entry] = []
    for from_, to in _by_day(start, end):
        day = from_.date()
        if day > last:
            worked = calendar.is_working_day(day)
            entries.append(_uncounted(from_, to, NEXT_WORKING_DAY if worked else _reason_off(calendar, day)))
        elif day == start.date() and not counts_first:
            entries.append(_uncounted(from_, to, RECEIPT_DAY))
        else:
            entries.append(Entry(from_, to, DAY, True, CALENDAR_DAY, Decimal(1)))
    return _merged(entries)


def same_day(calendar: WorkingCalendar, start: datetime, end: datetime) -> list[Entry]:
    """Explain "within the day": the working time until the close of the day that counts."""
    entries: list[Entry] = []
    for from_, to in _by_day(start, end):
        day = from_.date()
        if day == end.date():
            entries.extend(_stretches(calendar, from_, to))
        elif calendar.is_working_day(day):
            entries.append(_uncounted(from_, to, AFTER_CUT_OFF))
        else:
            entries.append(_uncounted(from_, to, _reason_off(calendar, day)))
    return _merged(entries)


def clock(start: datetime, end: datetime) -> list[Entry]:
    """Explain a limit that runs by the clock."""
    return [Entry(start, end, _minutes(start, end), True, CLOCK_TIME)]


def made_up(start: datetime, end: datetime) -> list[Entry]:
    """Explain how pauses moved a full count from ``start`` to ``end``; nothing when they did not."""
    return [_uncounted(start, end, MADE_UP)] if end > start else []


def _stretches(calendar: WorkingCalendar, start: datetime, end: datetime) -> Iterator[Entry]:
    """Yield the worked and other stretches of each day between two instants."""
    for from_, to in _by_day(start, end):
        day = from_.date()
        sessions = calendar.sessions_on(day)
        if not sessions:
            yield _uncounted(from_, to, _reason_off(calendar, day))
            continue
        rule = calendar.day_rule(day)
        worked = rule.name if rule else WORKING_TIME
        at, reason = 0, OUTSIDE_HOURS
        for opening, closing in sessions:
            yield from _within(day, at, opening, from_, to, reason, is_counted=False)
            yield from _within(day, opening, closing, from_, to, worked, is_counted=True)
            at, reason = closing, LUNCH
        yield from _within(day, at, DAY, from_, to, OUTSIDE_HOURS, is_counted=False)


def _within(
    day: date, first: int, last: int, start: datetime, end: datetime, reason: str, *, is_counted: bool
) -> Iterator[Entry]:
    midnight = _midnight(day)
    from_, to = max(start, midnight + timedelta(minutes=first)), min(end, midnight + timedelta(minutes=last))
    if from_ < to:
        yield Entry(from_, to, _minutes(from_, to), is_counted, reason)


def _paused(stretches: Iterable[Entry], pauses: Iterable[Pause]) -> Iterator[Entry]:
    """Yield the stretches cut where a pause begins or ends; what lies within one is not counted."""
    ended = [
        (_to_minute(pause.start), _to_minute(pause.end), pause.reason) for pause in pauses if pause.end is not None
    ]
    edges = sorted({edge for start, end, _reason in ended for edge in (start, end)})
    for stretch in stretches:
        cuts = [stretch.start, *(edge for edge in edges if stretch.start < edge < stretch.end), stretch.end]
        for from_, to in zip(cuts, cuts[1:], strict=False):
            part = _cut(stretch, from_, to)
            over = next((reason for start, end, reason in ended if start <= from_ and to <= end), None)
            yield replace(part, is_counted=False, reason=over) if over else part


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """Join neighbours that are counted alike for the same reason."""
    joined: list[Entry] = []
    for entry in entries:
        last = joined[-1] if joined else None
        if last and (last.is_counted, last.reason) == (entry.is_counted, entry.reason):
            days = None if entry.days is None or last.days is None else last.days + entry.days
            joined[-1] = replace(last, end=entry.end, minutes=last.minutes + entry.minutes, days=days)
        else:
            joined.append(entry)
    return joined


def _reason_off(calendar: WorkingCalendar, day: date) -> str:
    rule = calendar.day_rule(day)
    return rule.name if rule and rule.kind == DAY_OFF else WEEKDAYS_OFF.get(day.weekday(), CLOSED)


def _by_day(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    while start < end:
        to = min(end, _midnight(start.date() + timedelta(days=1)))
        yield start, to
        start = to


def _cut(entry: Entry, start: datetime, end: datetime) -> Entry:
    return replace(entry, start=start, end=end, minutes=_minutes(start, end))


def _uncounted(start: datetime, end: datetime, reason: str) -> Entry:
    return Entry(start, end, _minutes(start, end), False, reason)


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def _to_minute(instant: datetime) -> datetime:
    return instant.astimezone(VIETNAM).replace(second=0, microsecond=0)
