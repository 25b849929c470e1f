"""The working calendar: a table of working minutes looked up by bisection (R4.03, R4.10, R4.11).

Instants are aware datetimes of any zone and are cut to their minute, the one that a receipt prints; answers
are in Vietnam's zone. A day counts as worked when it has at least one session.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from zoneinfo import ZoneInfo

from motcua.organizations.rules.office_hours import DAY_OFF, CalendarRefused, DayRule, SessionRule

# The ground floor's clock has the same zone but imports Django, which rules do not.
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 24 * 60
FRIDAY = 4
Sessions = tuple[tuple[int, int], ...]  # minutes since midnight


class BeyondCalendar(CalendarRefused):
    """The answer lies on a day that the calendar does not cover."""


class WorkingCalendar:
    """Which minutes are worked, on every day from ``first_day`` to ``last_day``. Immutable and hashable.

    Of several rules for one day the last given speaks: give the nation's first, then those of units from
    the top down, so that the nearest unit overrides. A day off closes the day whatever its sessions. A day
    worked instead of another has a full day's sessions: its own from Monday to Friday, else those of Friday or
    of the last open weekday before.

    Covered are the years whose 1 January is among the days (it is off by law, so a year without it was not
    entered), in one run, as far as sessions are known; unless ``covered`` says otherwise.

    Raises:
        CalendarRefused: no covered day.
    """

    def __init__(
        self,
        *,
        days: Iterable[DayRule],
        sessions: Iterable[SessionRule],
        covered: tuple[date, date] | None = None,
    ) -> None:
        self.days = tuple(days)
        self.sessions = tuple(sessions)
        self.first_day, self.last_day = covered or _covered(self.days, self.sessions)
        self.estimated_years = frozenset(rule.day.year for rule in self.days if rule.is_estimate)
        self.key = (self.days, self.sessions, self.first_day, self.last_day)
        self._hash = hash(self.key)
        self._day_rules = {rule.day: rule for rule in self.days}
        self._epoch = datetime(self.first_day.year, self.first_day.month, self.first_day.day, tzinfo=VIETNAM)
        self._first_ordinal = self.first_day.toordinal()
        self._end = (self.last_day.toordinal() - self._first_ordinal + 1) * DAY
        self._fill_tables()

    def _fill_tables(self) -> None:
        self._starts: list[int] = []  # minute at which each session starts, since the first midnight
        self._lengths: list[int] = []
        self._before: list[int] = []  # working minutes before each session
        self._working_days: list[int] = []  # number of each worked day, 0 = first_day
        self._sessions_of: dict[int, Sessions] = {}
        total = 0
        for number in range(self._end // DAY):
            sessions = self._resolve(self.day_at(number))
            if not sessions:
                continue
            self._working_days.append(number)
            self._sessions_of[number] = sessions
            for start, end in sessions:
                self._starts.append(number * DAY + start)
                self._lengths.append(end - start)
                self._before.append(total)
                total += end - start
        self._total = total

    def _resolve(self, day: date) -> Sessions:
        rule = self._day_rules.get(day)
        if rule is None:
            return self._hours_of_weekday(day.weekday(), day)
        if rule.kind == DAY_OFF:
            return ()
        own = [day.weekday()] if day.weekday() <= FRIDAY else []  # a unit's Saturday morning is no full day
        candidates = [*own, *range(FRIDAY, -1, -1)]
        return next((hours for weekday in candidates if (hours := self._hours_of_weekday(weekday, day))), ())

    def _hours_of_weekday(self, weekday: int, day: date) -> Sessions:
        """Return the sessions that a weekday has under the rules in force on ``day``."""
        for rule in reversed(self.sessions):
            if weekday in rule.weekdays and rule.is_in_force(day):
                return rule.minutes
        return ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkingCalendar) and self.key == other.key

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"<WorkingCalendar {self.first_day} - {self.last_day}, {len(self.days)} days>"

    def with_rules(self, *, days: Iterable[DayRule] = (), sessions: Iterable[SessionRule] = ()) -> "WorkingCalendar":
        """Return the calendar of a unit whose own rules override these; it covers the same days."""
        return WorkingCalendar(
            days=(*self.days, *days),
            sessions=(*self.sessions, *sessions),
            covered=(self.first_day, self.last_day),
        )

    # Positions: minutes since the first covered midnight. Vietnam's clock has not been moved since 1975.

    def minute_of(self, instant: datetime) -> int:
        """Return the position of an aware instant, cut to its minute.

        Raises:
            ValueError: the instant is naive, a mistake of the program.
            BeyondCalendar: it is not covered.
        """
        if instant.tzinfo is not VIETNAM:
            if instant.utcoffset() is None:
                raise ValueError("a working calendar needs aware instants")
            instant = instant.astimezone(VIETNAM)
        minute = (instant.toordinal() - self._first_ordinal) * DAY + instant.hour * 60 + instant.minute
        if minute < 0:
            raise self._too_early()
        if minute > self._end:
            raise self._too_late()
        return minute

    def instant_at(self, minute: int) -> datetime:
        """Return the instant at a position."""
        return self._epoch + timedelta(minutes=minute)

    def day_at(self, number: int) -> date:
        """Return the day with that number, 0 being ``first_day``."""
        return date.fromordinal(self._first_ordinal + number)

    def number_of(self, day: date) -> int:
        """Return the number of a covered day.

        Raises:
            BeyondCalendar: it is not covered.
        """
        if day < self.first_day:
            raise self._too_early()
        if day > self.last_day:
            raise self._too_late()
        return day.toordinal() - self._first_ordinal

    def _too_late(self) -> BeyondCalendar:
        return BeyondCalendar(
            "Lịch làm việc mới có đến hết ngày %(day)s, không tính được thời gian sau ngày đó.",
            day=f"{self.last_day:%d/%m/%Y}",
        )

    def _too_early(self) -> BeyondCalendar:
        return BeyondCalendar(
            "Lịch làm việc chỉ có từ ngày %(day)s, không tính được thời gian trước ngày đó.",
            day=f"{self.first_day:%d/%m/%Y}",
        )

    # Single days and instants

    def day_rule(self, day: date) -> DayRule | None:
        """Return what makes ``day`` differ from its weekday, if anything does."""
        return self._day_rules.get(day)

    def sessions_on(self, day: date) -> Sessions:
        """Return the sessions of ``day`` in minutes since midnight; none when it is not worked."""
        return self._sessions_of.get(self.number_of(day), ())

    def is_working_day(self, day: date) -> bool:
        return bool(self.sessions_on(day))

    def is_working(self, instant: datetime) -> bool:
        """Whether the minute that begins at ``instant`` is worked: the closing minute itself is not."""
        minute = self.minute_of(instant)
        at = bisect_right(self._starts, minute) - 1
        return at >= 0 and minute < self._starts[at] + self._lengths[at]

    def next_opening(self, instant: datetime) -> datetime:
        """Return ``instant`` cut to its minute if it is worked, else the start of the next session."""
        minute = self.minute_of(instant)
        if self.is_working(instant):
            return self.instant_at(minute)
        after = bisect_left(self._starts, minute)
        if after == len(self._starts):
            raise self._too_late()
        return self.instant_at(self._starts[after])

    def closing_of(self, day: date) -> datetime:
        """Return the end of the last session of a worked day."""
        number = self.number_of(day)
        return self.instant_at(number * DAY + self._sessions_of[number][-1][1])

    def next_working_day(self, day: date) -> date:
        """Return ``day`` if it is worked, else the first worked day after it."""
        return self._worked_day(bisect_left(self._working_days, self.number_of(day)))

    def _worked_day(self, index: int) -> date:
        if index < 0:
            raise self._too_early()
        if index >= len(self._working_days):
            raise self._too_late()
        return self.day_at(self._working_days[index])

    # Minutes

    def _worked_before(self, minute: int) -> int:
        at = bisect_right(self._starts, minute) - 1
        if at < 0:
            return 0
        return self._before[at] + min(minute - self._starts[at], self._lengths[at])

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the working minutes from ``start`` to ``end``; negative when ``end`` comes first."""
        return self._worked_before(self.minute_of(end)) - self._worked_before(self.minute_of(start))

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the earliest instant with ``minutes`` worked since ``start``: a close, not the next opening.

        Raises:
            CalendarRefused: negative ``minutes``, or (BeyondCalendar) the answer is not covered.
        """
        minute = self.minute_of(start)
        if minutes <= 0:
            return self._unmoved(minute, minutes)
        wanted = self._worked_before(minute) + minutes
        if wanted > self._total:
            raise self._too_late()
        at = bisect_left(self._before, wanted) - 1
        return self.instant_at(self._starts[at] + wanted - self._before[at])

    def subtract_working_minutes(self, end: datetime, minutes: int) -> datetime:
        """Return the latest instant with ``minutes`` worked from it until ``end``; refuses as adding does."""
        minute = self.minute_of(end)
        if minutes <= 0:
            return self._unmoved(minute, minutes)
        wanted = self._worked_before(minute) - minutes
        if wanted < 0:
            raise self._too_early()
        at = bisect_right(self._before, wanted) - 1
        return self.instant_at(self._starts[at] + wanted - self._before[at])

    def _unmoved(self, minute: int, minutes: int) -> datetime:
        if minutes < 0:
            raise CalendarRefused("Thời hạn không được là số âm.")
        return self.instant_at(minute)

    def add_working_hours(self, start: datetime, hours: int | Decimal) -> datetime:
        """Add hours, a part of a minute counting as one."""
        return self.add_working_minutes(start, minutes_in(hours))

    def subtract_working_hours(self, end: datetime, hours: int | Decimal) -> datetime:
        """Subtract hours, a part of a minute counting as one."""
        return self.subtract_working_minutes(end, minutes_in(hours))

    # Days

    def add_working_days(self, start: datetime, days: int, *, counts_first: bool = False) -> datetime:
        """Return the close of the ``days``-th worked day after the day of ``start`` (R4.04).

        ``counts_first`` counts the day of ``start`` too, if it is worked and not over yet.

        Raises:
            CalendarRefused: fewer than one day, or (BeyondCalendar) the answer is not covered.
        """
        if days < 1:
            raise CalendarRefused("Thời hạn tính theo ngày phải từ một ngày trở lên.")
        minute = self.minute_of(start)
        # The day after the last covered midnight has a number too; it is after every worked day.
        after = bisect_right(self._working_days, minute // DAY)
        if counts_first and after and minute < self._close_of(after - 1) and self._is_on(minute, after - 1):
            after -= 1
        return self.closing_of(self._worked_day(after + days - 1))

    def _close_of(self, index: int) -> int:
        number = self._working_days[index]
        return number * DAY + self._sessions_of[number][-1][1]

    def _is_on(self, minute: int, index: int) -> bool:
        return self._working_days[index] == minute // DAY

    def subtract_working_days(self, end: datetime, days: int) -> datetime:
        """Return the close of the ``days``-th worked day before the day of ``end`` (R4.16); refuses alike."""
        if days < 1:
            raise CalendarRefused("Thời hạn tính theo ngày phải từ một ngày trở lên.")
        before = bisect_left(self._working_days, self.minute_of(end) // DAY)
        return self.closing_of(self._worked_day(before - days))


def minutes_in(hours: int | Decimal) -> int:
    """Return hours as whole minutes, rounded up: the law's limit is never cut short."""
    return int((Decimal(hours) * 60).to_integral_value(ROUND_CEILING))


def _covered(days: tuple[DayRule, ...], sessions: tuple[SessionRule, ...]) -> tuple[date, date]:
    years = sorted({rule.day.year for rule in days if (rule.day.month, rule.day.day) == (1, 1)})
    if not years or not sessions:
        raise CalendarRefused("Chưa có lịch làm việc: cần nạp ngày nghỉ và giờ làm việc.")
    last_year = years[0]
    while last_year + 1 in years:
        last_year += 1
    first = max(date(years[0], 1, 1), min(rule.valid_from for rule in sessions))
    ends = [rule.valid_to for rule in sessions]
    last = date(last_year, 12, 31)
    if None not in ends:
        last = min(last, max(end for end in ends if end is not None))
    if last < first:
        raise CalendarRefused("Chưa có lịch làm việc: ngày nghỉ và giờ làm việc không cùng thời gian.")
    return first, last
