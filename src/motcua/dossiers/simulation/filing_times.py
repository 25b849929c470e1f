"""When people file: on which day of the year, at which hour; online also in the evening."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from motcua.organizations.rules.working_time import VIETNAM, WorkingCalendar

WEEKDAY_WEIGHTS = (1.15, 1.05, 1.0, 0.97, 0.92)  # Monday is the fullest day
DAY_OFF_WEIGHT = 0.12  # online, from home
# Weight of each hour from 7 to 22 for online filings: office hours carry most.
HOURS = tuple(range(7, 22))
HOUR_WEIGHTS = (2, 8, 11, 9, 5, 2, 5, 9, 9, 6, 2, 1, 2, 2, 1)


class FilingTimes:
    """Draws instants of filing between two days, both included."""

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        self.calendar = calendar
        self.days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        self._all = list(accumulate(self._weight(day, DAY_OFF_WEIGHT) for day in self.days))
        self._worked = list(accumulate(self._weight(day, 0.0) for day in self.days))
        self._hours = list(accumulate(HOUR_WEIGHTS))

    def _weight(self, day: date, day_off: float) -> float:
        minutes = sum(end - start for start, end in self.calendar.sessions_on(day))
        return minutes / 480 * WEEKDAY_WEIGHTS[min(day.weekday(), 4)] if minutes else day_off

    def online(self, draw: Random) -> datetime:
        """Return when somebody files online."""
        day = self.days[_pick(draw, self._all)]
        hour = HOURS[_pick(draw, self._hours)]
        return datetime.combine(day, time(hour, draw.randrange(60), draw.randrange(60)), tzinfo=VIETNAM)

    def at_counter(self, draw: Random) -> datetime:
        """Return when somebody stands at a counter: within a session, not in its last ten minutes."""
        day = self.days[_pick(draw, self._worked)]
        sessions = self.calendar.sessions_on(day)
        start, end = sessions[draw.randrange(len(sessions))]
        minute = draw.randrange(start, max(end - 10, start + 1))
        return datetime.combine(day, time(minute // 60, minute % 60, draw.randrange(60)), tzinfo=VIETNAM)


def _pick(draw: Random, sums: list[float] | list[int]) -> int:
    return min(bisect_right(sums, draw.random() * sums[-1]), len(sums) - 1)
