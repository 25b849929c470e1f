"""Report periods and the windows of data that each regime gives them (DOMAIN 8.1, R8.1-R8.3).

The window of Q1/2023 under Decree 09/2019 is 15/12/2022 to 14/3/2023; windows and sending days are data
(``reports/data/regimes.json``) and the index of Decision 766 uses the calendar instead.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.reports.rules.catalogue import data_file

_CODE = re.compile(r"(\d{4})(?:(Q)([1-4])|(H)([12])|(M)(0[1-9]|1[0-2]))?", re.ASCII)
_KINDS = {"Q": "quarter", "H": "half", "M": "month"}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER_TITLE = re.compile(r"quy (iv|iii|ii|i|[1-4])\b(?:[^.;]{0,60}?nam|/)\s*(\d{4})")
# The year may stand only behind what is planned: "6 tháng đầu năm, phương hướng 6 tháng cuối năm 2026".
_HALF_TITLE = re.compile(r"\b(?:0?6|sau) thang (dau|cuoi)? ?nam(?:[^.;\d]{0,60}(?:0?6|sau) thang cuoi nam)? (\d{4})")
_NINE_TITLE = re.compile(r"\b(?:0?9|chin) thang(?: dau)?(?: nam |/)(\d{4})")
_MONTH_TITLE = re.compile(r"thang (\d{1,2})(?: nam |/)(\d{4})")
_YEAR_TITLE = re.compile(r"nam (\d{4})")
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, order=True)
class Window:
    """Days of data, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y}-{self.last:%d/%m/%Y}"


@dataclass(frozen=True)
class ReportPeriod:
    """A month, quarter, half-year, nine months (read from titles only) or year.

    ``index`` counts within the year from 1 (1 for nine months and a year).
    """

    year: int
    kind: str
    index: int = 1

    @classmethod
    def parse(cls, text: str) -> "ReportPeriod":
        """Return the period of ``2026Q3``, ``2026H1``, ``2026M07`` or ``2026``. Raises Refused otherwise."""
        match = _CODE.fullmatch(text.strip().upper())
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise Refused(f"Kỳ báo cáo “{text[:40]}” không đọc được; ví dụ đúng: 2026Q3, 2026H1, 2026M07, 2026.")
        for letter, index in ((match[2], match[3]), (match[4], match[5]), (match[6], match[7])):
            if letter:
                return cls(int(match[1]), _KINDS[letter], int(index))
        return cls(int(match[1]), "year")

    @classmethod
    def from_title(cls, title: str) -> "ReportPeriod | None":
        """Return the first period a title names: ``Quý I, phương hướng nhiệm vụ Quý II năm 2023``."""
        text = fold(squash(title))
        quarter, half = _QUARTER_TITLE.search(text), _HALF_TITLE.search(text)
        if quarter and (half is None or quarter.start() < half.start()):
            return cls(int(quarter[2]), "quarter", _ROMAN[quarter[1]])
        if half:
            return cls(int(half[2]), "half", 2 if half[1] == "cuoi" else 1)
        if match := _NINE_TITLE.search(text):
            return cls(int(match[1]), "nine")
        if (match := _MONTH_TITLE.search(text)) and 1 <= int(match[1]) <= 12:
            return cls(int(match[2]), "month", int(match[1]))
        if match := _YEAR_TITLE.search(text):
            return cls(int(match[1]), "year")
        return None

    @property
    def code(self) -> str:
        """The code that ``parse`` reads: ``2026Q3``."""
        if self.kind == "year":
            return str(self.year)
        if self.kind == "month":
            return f"{self.year}M{self.index:02d}"
        if self.kind == "nine":
            return f"{self.year}N9"
        return f"{self.year}{'Q' if self.kind == 'quarter' else 'H'}{self.index}"

    @property
    def label(self) -> str:
        """The period as a Vietnamese report names it."""
        if self.kind == "quarter":
            return f"Quý {('I', 'II', 'III', 'IV')[self.index - 1]} năm {self.year}"
        if self.kind == "half":
            return f"6 tháng {'đầu' if self.index == 1 else 'cuối'} năm {self.year}"
        if self.kind == "nine":
            return f"9 tháng đầu năm {self.year}"
        return f"Tháng {self.index} năm {self.year}" if self.kind == "month" else f"Năm {self.year}"

    @property
    def first_month(self) -> int:
        return (self.index - 1) * _MONTHS[self.kind] + 1

    @property
    def last_month(self) -> int:
        return self.index * _MONTHS[self.kind]

    def previous(self) -> "ReportPeriod":
        """Return the period of the same kind just before."""
        if self.index > 1:
            return ReportPeriod(self.year, self.kind, self.index - 1)
        return ReportPeriod(self.year - 1, self.kind, 12 // _MONTHS[self.kind])

    def window(self, regime: str = "decree-09") -> Window:
        """Return the days of data the period covers under ``regime`` (R8.2)."""
        rules = regime_rules(regime)
        month = self.first_month - rules["opens"]["months_before_first"]
        year = self.year if month > 0 else self.year - 1
        first = date(year, month if month > 0 else month + 12, rules["opens"]["day"])
        closing = rules["closes"]["day"]
        if closing == "last":
            closing = calendar.monthrange(self.year, self.last_month)[1]
        return Window(first, date(self.year, self.last_month, closing))

    def send_by(self, regime: str = "decree-09", level: str = "") -> date | None:
        """Return the last day to send, for units of ``level`` where the regime names one, or None."""
        send = regime_rules(regime)["send"]
        rule = send.get(level) or send.get("")
        return date(self.year, self.last_month, rule["day"]) if rule else None

    def year_to_date(self, regime: str = "decree-09") -> Window:
        """Return the days from the year's first window day to this period's closing day (cumulative rows)."""
        return Window(ReportPeriod(self.year, "year").window(regime).first, self.window(regime).last)


def regime_rules(code: str) -> dict[str, Any]:
    """Return the data of a reporting regime. Raises Refused where there is none of that code."""
    regimes: dict[str, Any] = data_file("regimes")
    if code not in regimes:
        raise Refused(f"Không có chế độ báo cáo “{code}”.")
    return regimes[code]


def send_is_late_enough(closing: date, sending: date, days_off: frozenset[date] = frozenset()) -> bool:
    """Say whether at least one working day lies between closing and sending day (R8.1)."""
    day = closing + timedelta(days=1)
    while day < sending:
        if day.weekday() < 5 and day not in days_off:
            return True
        day += timedelta(days=1)
    return False
