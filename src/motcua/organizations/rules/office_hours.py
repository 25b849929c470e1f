"""Days and hours of work as dated data: what a working calendar is made of (R4.11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from motcua.base.refusal import Refused

DAY_OFF = "day_off"
WORKING_SATURDAY = "working_saturday"  # worked instead of another day (làm bù)
DAY_KINDS = (DAY_OFF, WORKING_SATURDAY)

ESTIMATE_MARK = "(ước tính)"  # at the end of a source: no official notice yet


class CalendarRefused(Refused):
    """A refusal of the working calendar; ``msgid`` and ``values`` let an edge say it in another language.

    The rules import no Django, hence cannot translate by themselves.
    """

    def __init__(self, msgid: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(msgid % values if values else msgid, field=field)
        self.msgid = msgid
        self.values = values


@dataclass(frozen=True)
class DayRule:
    """One day that differs from its weekday: off, or worked although it is a Saturday."""

    day: date
    kind: str  # one of DAY_KINDS
    name: str  # said in ledgers: "Tết Nguyên Đán"
    source: str

    def __post_init__(self) -> None:
        if self.kind not in DAY_KINDS:
            raise CalendarRefused("Ngày %(day)s: không có loại ngày “%(kind)s”.", day=_say(self.day), kind=self.kind)

    @property
    def is_estimate(self) -> bool:
        return self.source.rstrip().endswith(ESTIMATE_MARK)


@dataclass(frozen=True)
class SessionRule:
    """The sessions of some weekdays from ``valid_from`` to ``valid_to`` (both included; None: open end).

    ``weekdays`` counts from 0 = Monday. No session at all closes those weekdays. A half day is a rule valid
    on one day.
    """

    valid_from: date
    valid_to: date | None
    weekdays: tuple[int, ...]
    sessions: tuple[tuple[time, time], ...]
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(self.weekdays))
        object.__setattr__(self, "sessions", tuple((start, end) for start, end in self.sessions))
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise CalendarRefused(
                "Giờ làm việc: ngày hết hiệu lực %(end)s trước ngày bắt đầu %(start)s.",
                end=_say(self.valid_to),
                start=_say(self.valid_from),
            )
        if not self.weekdays or any(weekday not in range(7) for weekday in self.weekdays):
            raise CalendarRefused("Giờ làm việc: thứ trong tuần phải từ 0 (thứ hai) đến 6 (Chủ nhật).")
        edges = [edge for session in self.sessions for edge in session]
        if any(edge.second or edge.microsecond or edge.tzinfo for edge in edges):
            raise CalendarRefused("Giờ làm việc: buổi làm việc tính đến phút.")
        # Strictly rising edges: no empty session, and a pause between two of them.
        if any(later <= earlier for earlier, later in zip(edges, edges[1:], strict=False)):
            raise CalendarRefused("Giờ làm việc: các buổi phải nối tiếp nhau và không chồng lên nhau.")

    @classmethod
    def from_text(
        cls,
        valid_from: date,
        valid_to: date | None,
        weekdays: Iterable[int],
        sessions: Iterable[Sequence[str]],
        source: str,
    ) -> "SessionRule":
        """Make a rule of sessions written as ``[["07:30", "11:30"], ...]``.

        Raises:
            CalendarRefused: a time that is none, or sessions out of order.
        """
        pairs = []
        for session in sessions:
            try:
                start, end = session
                pairs.append((_time(start), _time(end)))
            except (ValueError, TypeError, AttributeError):
                msgid = "Giờ làm việc: không đọc được buổi “%(text)s”."
                raise CalendarRefused(msgid, text=str(session)) from None
        return cls(valid_from, valid_to, tuple(weekdays), tuple(pairs), source)

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def minutes(self) -> tuple[tuple[int, int], ...]:
        """The sessions as minutes since midnight."""
        return tuple((_minute(start), _minute(end)) for start, end in self.sessions)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(text: str) -> time:
    return time.fromisoformat(text.strip())


def _say(day: date) -> str:
    return f"{day:%d/%m/%Y}"
