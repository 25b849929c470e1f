"""Months, quarters, half-years and years of the calendar, as entries name them: 2026M07, 2026Q3, 2026H1, 2026."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from motcua.base.refusal import Refused

MONTH, QUARTER, HALF, YEAR = "month", "quarter", "half", "year"
_MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}
_LETTERS = {"M": MONTH, "Q": QUARTER, "H": HALF}
_CODE = re.compile(r"(\d{4})(?:([MQH])(\d{1,2}))?", re.ASCII)
_WRITTEN = re.compile(r"(?:(tháng|quý)\s*)?(\d{1,2}|iv|i{1,3})\s*[/-]\s*(\d{4})", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, order=True)
class Period:
    """A period of the calendar; ``index`` counts within the year from 1."""

    year: int
    kind: str
    index: int = 1

    @property
    def first(self) -> date:
        """The first day; it dates an entry for the period, and lies in the window of every reporting regime."""
        return date(self.year, (self.index - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    @property
    def code(self) -> str:
        if self.kind == YEAR:
            return str(self.year)
        letter = next(letter for letter, kind in _LETTERS.items() if kind == self.kind)
        return f"{self.year}{letter}{self.index:02d}" if self.kind == MONTH else f"{self.year}{letter}{self.index}"

    @property
    def label(self) -> str:
        """The period as people say it."""
        words = {"index": self.index, "year": self.year}
        if self.kind == MONTH:
            return gettext("Tháng %(index)s năm %(year)s") % words
        if self.kind == QUARTER:
            return gettext("Quý %(index)s năm %(year)s") % {**words, "index": ("I", "II", "III", "IV")[self.index - 1]}
        if self.kind == HALF:
            return gettext("6 tháng đầu năm %(year)s") % words if self.index == 1 else (
                gettext("6 tháng cuối năm %(year)s") % words
            )  # fmt: skip
        return gettext("Năm %(year)s") % words

    def next(self) -> "Period":
        """Return the period of the same kind just after."""
        if self.index < 12 // _MONTHS[self.kind]:
            return Period(self.year, self.kind, self.index + 1)
        return Period(self.year + 1, self.kind, 1)

    def previous(self) -> "Period":
        """Return the period of the same kind just before."""
        if self.index > 1:
            return Period(self.year, self.kind, self.index - 1)
        return Period(self.year - 1, self.kind, 12 // _MONTHS[self.kind])


def period_of(text: str) -> Period:
    """Return the period of a code (2026Q3), or of what people type: 07/2026, tháng 7/2026, quý III/2026.

    Raises:
        Refused: it is none.
    """
    text = text.strip()
    if found := _CODE.fullmatch(text.upper()):
        kind = _LETTERS[found[2]] if found[2] else YEAR
        return _checked(int(found[1]), kind, int(found[3] or 1), text)
    if found := _WRITTEN.fullmatch(text):
        is_quarter = (found[1] or "").lower() == "quý" or not found[2].isdigit()
        index = int(found[2]) if found[2].isdigit() else _ROMAN[found[2].lower()]
        return _checked(int(found[3]), QUARTER if is_quarter else MONTH, index, text)
    raise _unreadable(text)


def _checked(year: int, kind: str, index: int, text: str) -> Period:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= index <= 12 // _MONTHS[kind]:
        raise _unreadable(text)
    return Period(year, kind, index)


def _unreadable(text: str) -> Refused:
    return Refused(
        gettext("“%(text)s” không phải kỳ; ví dụ đúng: 2026M07, 2026Q3, 2026H1, 2026.") % {"text": text[:40]}
    )


def period_at(day: date, kind: str) -> Period:
    """Return the period of ``kind`` in which ``day`` lies."""
    return Period(day.year, kind, (day.month - 1) // _MONTHS[kind] + 1)
