"""A second opinion on working time, sharing no code with the rules: it walks every single minute."""

from datetime import date, datetime, timedelta, timezone

HANOI = timezone(timedelta(hours=7))
Hours = list[tuple[int, int]]  # opening and closing, minutes since midnight


class MinuteWalk:
    """Minutes from the first day to the last, each worked or not.

    ``weekly``: (first day, last day or None, weekdays, hours), the later of two speaks. ``days_off`` and
    ``worked``: days that differ; a worked day on a weekend, or without hours, has those of Friday or of the
    last open weekday.
    """

    def __init__(self, first: date, last: date, weekly: list, days_off: set[date], worked: set[date]) -> None:
        self.midnight = datetime(first.year, first.month, first.day, tzinfo=HANOI)
        self.weekly, self.days_off, self.worked = weekly, days_off, worked
        self.flags = bytearray()
        day = first
        while day <= last:
            worked_minutes = {minute for session in self.hours(day) for minute in range(*session)}
            for minute in range(24 * 60):
                self.flags.append(minute in worked_minutes)
            day += timedelta(days=1)

    def hours(self, day: date) -> Hours:
        if day in self.days_off:
            return []
        usual = self._weekday_hours(day.weekday(), day)
        if day not in self.worked or (usual and day.weekday() < 5):
            return usual
        for weekday in (4, 3, 2, 1, 0):
            if self._weekday_hours(weekday, day):
                return self._weekday_hours(weekday, day)
        return []

    def _weekday_hours(self, weekday: int, day: date) -> Hours:
        answer: Hours = []
        for first, last, weekdays, hours in self.weekly:
            if weekday in weekdays and first <= day and (last is None or day <= last):
                answer = hours
        return answer

    def position(self, instant: datetime) -> int:
        return int((instant - self.midnight).total_seconds() // 60)

    def instant(self, position: int) -> datetime:
        return self.midnight + timedelta(minutes=position)

    def add(self, position: int, minutes: int) -> int | None:
        """Step forward minute by minute; None when the last minute was passed."""
        while minutes:
            if position >= len(self.flags):
                return None
            minutes -= self.flags[position]
            position += 1
        return position

    def subtract(self, position: int, minutes: int) -> int | None:
        while minutes:
            position -= 1
            if position < 0:
                return None
            minutes -= self.flags[position]
        return position

    def between(self, start: int, end: int) -> int:
        count = 0
        for position in range(start, end):
            count += self.flags[position]
        return count

    def add_days(self, position: int, days: int) -> int | None:
        """Step to the last worked minute of the ``days``-th day after this one that has any."""
        day = position // (24 * 60)
        while days:
            day += 1
            if (day + 1) * 24 * 60 > len(self.flags):
                return None
            days -= any(self.flags[day * 24 * 60 : (day + 1) * 24 * 60])
        last = (day + 1) * 24 * 60
        while not self.flags[last - 1]:
            last -= 1
        return last
