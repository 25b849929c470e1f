"""Time that is not counted against the agency: waiting for a supplement or a payment (R4.10, R4.13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.organizations.rules.working_time import WorkingCalendar

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
