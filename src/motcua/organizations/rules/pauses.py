"""Time that is not counted against the agency: waiting for a supplement or a payment (R4.10, R4.13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.working_time import WorkingCalendar

if TYPE_CHECKING:
    from motcua.organizations.rules.time_limits import Due

WAITING_FOR_SUPPLEMENT = "tạm dừng chờ bổ sung"
WAITING_FOR_PAYMENT = "tạm dừng chờ nghĩa vụ tài chính"


@dataclass(frozen=True)
class Pause:
    """An interval of waiting, instants aware; without ``end`` it still lasts.

    Raises:
        CalendarRefused: it ends before it starts.
    """

    start: datetime
    end: datetime | None
    reason: str = WAITING_FOR_SUPPLEMENT

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise CalendarRefused(
                "Tạm dừng: kết thúc %(end)s trước khi bắt đầu %(start)s.",
                start=f"{self.start:%H:%M %d/%m/%Y}",
                end=f"{self.end:%H:%M %d/%m/%Y}",
            )


def due_with_pauses(promise: Due, pauses: Iterable[Pause]) -> Due | None:
    """Return the promise moved by the working minutes of its pauses; None while one lasts: the clock stands.

    ``pauses`` are all pauses since receipt, also those already in ``promise``. Where two overlap, the time
    counts once; time before receipt does not count. A pause after the due instant moves it too (DOMAIN 4.4,
    algorithm): what was late stays late, but the applicant's time is not added to the lateness.

    Raises:
        BeyondCalendar: a pause or the new instant is not covered.
    """
    pauses = tuple(sorted(pauses, key=lambda each: each.start))
    if any(pause.end is None for pause in pauses):
        return None
    minutes = suspended_minutes(promise.calendar, pauses, promise.received_at)
    at = promise.calendar.add_working_minutes(promise.promised_at, minutes)
    return replace(promise, at=at, pauses=pauses)


def suspended_minutes(calendar: WorkingCalendar, pauses: Iterable[Pause], since: datetime) -> int:
    """Return the working minutes that ended pauses took after ``since``, overlaps counted once."""
    total = 0
    counted_until = since
    for pause in sorted(pauses, key=lambda each: each.start):
        start = max(pause.start, counted_until)
        if pause.end is not None and pause.end > start:
            total += calendar.working_minutes_between(start, pause.end)
            counted_until = pause.end
    return total
