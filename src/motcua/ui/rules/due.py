"""How near a promise is: the tone and the count that a page puts into words."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

Tone = Literal["done", "paused", "calm", "soon", "late"]
Measure = Literal["none", "working_minutes", "working_hours", "hours", "minutes", "today", "days"]

SOON_WORKING_MINUTES = 8 * 60  # one working day
HOUR = 60


@dataclass(frozen=True)
class Distance:
    """``count`` units of ``measure`` before the due instant, or after it when ``tone`` is late."""

    tone: Tone
    measure: Measure
    count: int = 0
    was_late: bool = False  # for things that ended: whether they ended after the promise


def distance(
    due_at: datetime,
    now: datetime,
    zone: tzinfo,
    *,
    working_minutes: int | None = None,
    done_at: datetime | None = None,
    paused: bool = False,
) -> Distance:
    """Tell how far ``now`` is from ``due_at``.

    ``working_minutes`` are those left (negative: passed) by the working calendar, where the caller has them.
    Without them the days between the two in ``zone`` are counted, and on the day itself hours or minutes.
    """
    if done_at is not None:
        return Distance("done", "none", was_late=done_at > due_at)
    if paused:
        return Distance("paused", "none")
    is_late = now > due_at
    if working_minutes is not None and abs(working_minutes) < 2 * SOON_WORKING_MINUTES:
        return _in_working_time(abs(working_minutes), is_late)
    days = abs((due_at.astimezone(zone).date() - now.astimezone(zone).date()).days)
    if days == 0:
        return _within_the_day(int(abs((due_at - now).total_seconds())) // 60, is_late)
    return Distance("late" if is_late else ("soon" if days <= 1 else "calm"), "days", days)


def _in_working_time(minutes: int, is_late: bool) -> Distance:
    tone: Tone = "late" if is_late else ("soon" if minutes <= SOON_WORKING_MINUTES else "calm")
    if minutes < HOUR:
        return Distance(tone, "working_minutes", minutes)
    return Distance(tone, "working_hours", minutes // HOUR)


def _within_the_day(minutes: int, is_late: bool) -> Distance:
    tone: Tone = "late" if is_late else "soon"
    if minutes < HOUR:
        return Distance(tone, "minutes", minutes)
    return Distance(tone, "hours", minutes // HOUR)
