"""Dates, ranges of dates and cited instruments in running text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from motcua.reports.rules.catalogue import data_file

_DAY = r"(\d{1,2})(?:/|\.|-| tháng )(\d{1,2})(?:/|\.|-| năm )(\d{4})(?![\d/])"
_DATE = re.compile(rf"(?<![\d/.]){_DAY}")
_RANGE = re.compile(rf"(?<![\d/.]){_DAY}\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?{_DAY}", re.IGNORECASE)
_KIND_WORDS = "|".join(data_file("instruments")["symbols"])
_LETTER = "A-ZĐƠƯĂÂÊÔ"
_INSTRUMENT = re.compile(
    rf"(?:(?P<kind>{_KIND_WORDS})\s+)?(?:số\s*:?\s*)?(?<![\d/])(?P<number>\d{{1,5}})(?:/(?P<year>(?:19|20)\d\d))?"
    rf"/(?P<symbol>[{_LETTER}][{_LETTER}a-zđ0-9]*(?:-[{_LETTER}][{_LETTER}a-zđ0-9]*)*)"
    rf"(?:,?\s+ngày\s+(?P<date>{_DAY}))?",
    re.IGNORECASE,
)


_DAY_MONTH = re.compile(r"\bngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?![\d/])(?!\s*(?:năm|-|/)\s*\d)", re.IGNORECASE)
_ISSUER = re.compile(r"^của\s+(?:(?!\bvề\b|\bban hành\b|\bphê duyệt\b|\btriển khai\b|[;.,()]).)*,?\s*")
_WEEKDAYS = {
    "thứ hai": 0, "thứ ba": 1, "thứ tư": 2, "thứ năm": 3, "thứ sáu": 4, "thứ bảy": 5, "chủ nhật": 6,
    "thứ 2": 0, "thứ 3": 1, "thứ 4": 2, "thứ 5": 3, "thứ 6": 4, "thứ 7": 5,
}  # fmt: skip
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = "|".join(_WEEKDAYS)
_WEEKDAY_DATE = re.compile(rf"\b({_WEEKDAY})\s*[,(]?\s*(?:ngày\s+)?{_DAY}", re.IGNORECASE)
_DATE_WEEKDAY = re.compile(rf"(?<![\d/.]){_DAY}\s*\(\s*({_WEEKDAY})\s*\)", re.IGNORECASE)
_LEAP = "2024"  # a year that has every day some year has


@dataclass(frozen=True)
class Passage:
    """A piece of text and its place: a narrative line, or the value or note of a cell."""

    text: str
    line: int | None
    appendix: int | None = None
    row: str | None = None


@dataclass(frozen=True)
class Citation:
    """A cited instrument: ``Kế hoạch số 2015/KH-VP ngày 29/12/2022``."""

    kind: str
    number: int
    number_year: int | None
    symbol: str
    dated: date | None
    date_text: str
    passage: Passage
    written: str = ""  # as the text has it: "Kế hoạch số 2015/KH-VP"
    about: str = ""  # what the text says of it next: "về cải cách hành chính năm 2023"

    @property
    def name(self) -> str:
        year = f"/{self.number_year}" if self.number_year else ""
        return f"{self.kind} {self.number:02d}{year}/{self.symbol}".strip()


@dataclass(frozen=True)
class DateRange:
    """A stated stretch of days, both included."""

    first: date
    last: date
    text: str
    passage: Passage


def as_date(day: str, month: str, year: str) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def citations_in(passages: Iterable[Passage]) -> Iterator[Citation]:
    """Yield the instruments that passages cite by number and symbol."""
    kinds = {kind.casefold(): kind for kind in data_file("instruments")["symbols"]}
    for passage in passages:
        for match in _INSTRUMENT.finditer(passage.text):
            symbol = match["symbol"]
            # The pattern ignores case for the words; a symbol starts in capitals, "24/8/ngày" does not.
            if not symbol[0].isupper():
                continue
            yield Citation(
                kind=kinds.get((match["kind"] or "").casefold(), ""),
                number=int(match["number"]),
                number_year=int(match["year"]) if match["year"] else None,
                symbol=symbol,
                dated=as_date(match[6], match[7], match[8]) if match["date"] else None,
                date_text=match["date"] or "",
                passage=passage,
                written=re.split(r",?\s+ngày\s", match[0], maxsplit=1)[0],
                about=_about(passage.text[match.end() : match.end() + 200]),
            )


def _about(after: str) -> str:
    """Return the words after an instrument that say what it is, its issuer left out."""
    words = re.split(r"[;.,()]|\s(?:và|để|nhằm|trong đó)\s", _ISSUER.sub("", after.lstrip(" ,")), maxsplit=1)[0]
    return words.strip()


def weekdays_in(passages: Iterable[Passage]) -> Iterator[tuple[str, int, date, Passage]]:
    """Yield days named with their day of the week: what is written, 0 for Monday to 6, the date, the place."""
    for passage in passages:
        for match in _WEEKDAY_DATE.finditer(passage.text):
            day = as_date(*match.groups()[1:])
            if day:
                yield match[0], _WEEKDAYS[match[1].casefold()], day, passage
        for match in _DATE_WEEKDAY.finditer(passage.text):
            day = as_date(*match.groups()[:3])
            if day:
                yield match[0], _WEEKDAYS[match[4].casefold()], day, passage


def ranges_in(passages: Iterable[Passage]) -> Iterator[DateRange]:
    """Yield stated ranges of days whose both ends are real."""
    for passage in passages:
        for match in _RANGE.finditer(passage.text):
            parts = match.groups()
            first, last = as_date(*parts[:3]), as_date(*parts[3:])
            if first and last:
                yield DateRange(first, last, match[0], passage)


def impossible_dates_in(passages: Iterable[Passage]) -> Iterator[tuple[str, Passage]]:
    """Yield what is written as a date and is none: 31/02/2023."""
    for passage in passages:
        for match in _DATE.finditer(passage.text):
            if as_date(*match.groups()) is None:
                yield match[0], passage
        for match in _DAY_MONTH.finditer(passage.text):
            if as_date(match[1], match[2], _LEAP) is None:
                yield match[0], passage
