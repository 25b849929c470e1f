"""Spells of time that run from an event: "05 ngày làm việc kể từ ngày nhận được hồ sơ"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

UNITS = {
    "ngay lam viec": "working days",
    "ngay": "days",
    "gio lam viec": "working hours",
    "gio": "hours",
    "tieng": "hours",
    "phut": "minutes",
    "tuan": "weeks",
    "thang": "months",
    "nam": "years",
}
_SHOWN = {
    "working days": "ngày làm việc",
    "days": "ngày",
    "working hours": "giờ làm việc",
    "hours": "giờ",
    "minutes": "phút",
    "weeks": "tuần",
    "months": "tháng",
    "years": "năm",
}
_IN_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_SPELL = re.compile(
    r"(?<![\d/.,])(?<!ngay )(\d{1,3}|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\b)\s*(?:\([^()]{1,12}\)\s*)?"
    r"(ngay lam viec|ngay|gio lam viec|gio|tieng|phut|tuan|thang|nam)\b(?:\s*(lam viec)"
    r")?(?!\s*(?:(?:nam )?20\d\d|dau|cuoi|\d))"
)
_FROM = re.compile(r"^\W*(?:\w+ )?(?:ke tu|tinh tu|tu|sau|truoc khi)\b")
_LIMIT = re.compile(
    r"(?:trong (?:vong|thoi han|thoi gian)|khong qua|toi da|cham nhat|muon nhat|trong|sau|thoi han)(?: la)?\s*$"
)


@dataclass(frozen=True)
class Within:
    """A length of time: ``unit`` is working days, days, working hours, hours, minutes, weeks, months or years."""

    number: int
    unit: str

    @property
    def words(self) -> str:
        return f"{self.number:02} {_SHOWN[self.unit]}"

    def as_json(self) -> dict[str, int | str]:
        return {"number": self.number, "unit": self.unit}

    def end_after(self, day: date, add_working_days: Callable[[date, int], date]) -> date:
        """Return the last day, counted from the day of the event, which is not counted itself.

        ``add_working_days`` counts in the caller's working calendar. Hours and minutes end on the day itself up to a
        working day's length (8 hours), else so many days later.
        """
        if self.unit == "working days":
            return add_working_days(day, self.number)
        if self.unit == "working hours":
            return add_working_days(day, (self.number - 1) // 8) if self.number > 8 else day
        if self.unit in ("months", "years"):
            return _months_later(day, self.number * (12 if self.unit == "years" else 1))
        days = {"days": self.number, "weeks": 7 * self.number, "hours": -(-self.number // 24), "minutes": 0}
        return day + timedelta(days=days[self.unit])


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError("no such month")


def spell_in(folded: str) -> tuple[Within, int, int] | None:
    """Return the spell that a folded text sets from an event, with where it stands, or None.

    A number with a unit is a spell where it begins the text, follows "trong vòng", "không quá"…, or goes on "kể từ".
    """
    for found in _SPELL.finditer(folded):
        before, after = folded[: found.start()], folded[found.end() :]
        if not (_FROM.match(after) or _LIMIT.search(before) or not before.strip(" -(")):
            continue
        if re.search(r"\btruoc\s*$", before):
            continue
        number = _IN_WORDS.get(found.group(1)) or int(found.group(1)) if found.group(1) else 0
        unit = UNITS[found.group(2)]
        if found.group(3) and unit in ("days", "hours"):
            unit = f"working {unit}"
        if number:
            return Within(number, unit), found.start(), found.end()
    return None
