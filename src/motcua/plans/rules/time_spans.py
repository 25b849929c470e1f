"""Points and stretches of time named in Vietnamese text: dates, months, quarters, halves, years, phases."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from motcua.base.text import fold

# Numbers and dates of cited instruments are not deadlines: "Thông tư số 01/2020/TT-VPCP ngày 21/10/2020".
CITATION = re.compile(
    r"(?:số\s*:?\s*)?\d+\s*/(?:\d{4}/)?[A-ZĐ][A-ZĐa-z]*(?:\d+)?(?:-[A-ZĐa-z]+)*\d*"
    r"(?:,?\s+ngày\s+(?:\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?",
)
_Q = r"(?:iv|i{1,3}|[1-4])"
_TO = r"\s*(?:-|–|—|,|;|va|den(?: het)?|toi|&)\s*"
_YEAR = r"(?:\s*(?:/|-|\.|,)?\s*(?:cua\s+)?(?:nam\s*)?(20\d\d)\b)?"
_SHAPES = (
    (
        "months",
        re.compile(
            rf"\bthang (\d{{1,2}})(){{_TO}}(?:\d{{1,2}}\s*,\s*)+(\d{{1,2}})(?!\d){_YEAR}".replace("{_TO}", r"\s*,\s*")
        ),
    ),
    ("date", re.compile(r"(?<!\d)(\d{1,2})\s*(?P<sep>[/.-])\s*(\d{1,2})\s*(?P=sep)\s*(20\d\d)\b")),
    ("date", re.compile(r"\b(\d{1,2}) thang (\d{1,2})(?: nam (20\d\d))?\b")),
    ("months", re.compile(rf"\bthang (\d{{1,2}}){_YEAR}{_TO}(?:thang )?(\d{{1,2}})(?!\s*/\s*\d{{1,2}}/){_YEAR}")),
    ("half", re.compile(rf"\b(?:6|sau) thang (dau|cuoi)(?: nam)?{_YEAR}")),
    ("month", re.compile(rf"\bthang (\d{{1,2}}){_YEAR}")),
    ("quarters", re.compile(rf"\bquy ({_Q}){_YEAR}{_TO}(?:quy )?({_Q})\b(?:{_TO}(?:quy )?({_Q})\b)?{_YEAR}")),
    ("quarter", re.compile(rf"\bquy ({_Q})\b{_YEAR}")),
    ("month", re.compile(r"(?<![\d/])(\d{1,2})\s*/\s*(20\d\d)\b")),
    ("day", re.compile(r"\b(?:ngay |truoc )(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])")),
    ("years", re.compile(r"\b(?:nam |giai doan )?(20\d\d)\s*(?:-|–|—|den(?: nam)?|toi)\s*(20\d\d)\b")),
    ("year", re.compile(r"\bnam (20\d\d)\b")),
    ("this year", re.compile(r"\b(?:trong|ca|het|den het|cuoi) nam\b(?! (?:hoc|20))")),
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True)
class Span:
    """A stretch of days, and where in the folded text it is named. ``exact``: a single named day."""

    start: date
    end: date
    at: int
    upto: int
    words: str  # the stretch in Vietnamese, for explanations
    exact: bool = False
    year_assumed: bool = False


def without_citations(text: str) -> str:
    """Return ``text`` with cited instruments blanked out, lengths kept."""
    return CITATION.sub(lambda found: " " * len(found.group()), text)


def spans(text: str, default_year: int | None) -> list[Span]:
    """Return the stretches named in ``text`` in order; those without a year take ``default_year`` (or are left out)."""
    folded = fold(without_citations(text))
    written = re.findall(r"\b20\d\d\b", folded)
    default_year = int(written[-1]) if written else default_year
    assumed = not written
    found: list[Span] = []
    for shape, pattern in _SHAPES:
        for match in pattern.finditer(folded):
            if any(match.start() < span.upto and span.at < match.end() for span in found):
                continue
            span = _span(shape, match, default_year)
            if span is not None:
                found.append(replace(span, year_assumed=span.year_assumed and assumed))
    return sorted(found, key=lambda span: span.at)


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _span(shape: str, match: re.Match[str], default_year: int | None) -> Span | None:
    parts = tuple(part for name, part in enumerate(match.groups(), 1) if name != match.re.groupindex.get("sep"))
    try:
        return _SPANNERS[shape](match, parts, default_year)
    except (ValueError, TypeError):
        return None  # no such day or month, or no year to be had


def _year(written: str | None, default_year: int | None) -> tuple[int, bool]:
    if written:
        return int(written), False
    if default_year is None:
        raise ValueError("no year")
    return default_year, True


def _date(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    year, assumed = _year(parts[2] if len(parts) > 2 else None, default_year)
    day = date(year, int(parts[1]), int(parts[0]))
    return Span(day, day, match.start(), match.end(), f"ngày {day:%d/%m/%Y}", True, assumed)


def _month(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    year, assumed = _year(parts[1], default_year)
    month = int(parts[0])
    words = f"tháng {month}/{year}"
    return Span(date(year, month, 1), last_day(year, month), match.start(), match.end(), words, year_assumed=assumed)


def _months(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    end_year, assumed = _year(parts[3], default_year)
    start_year = int(parts[1]) if parts[1] else end_year
    first, last = int(parts[0]), int(parts[2])
    if (start_year, first) > (end_year, last):
        raise ValueError("months run backwards")
    words = f"tháng {first}/{start_year} đến tháng {last}/{end_year}"
    return Span(
        date(start_year, first, 1), last_day(end_year, last), match.start(), match.end(), words, year_assumed=assumed
    )


def _quarter(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    year, assumed = _year(parts[1], default_year)
    number = _QUARTERS[parts[0]]
    words = f"quý {number}/{year}"
    return Span(
        date(year, 3 * number - 2, 1),
        last_day(year, 3 * number),
        match.start(),
        match.end(),
        words,
        year_assumed=assumed,
    )


def _quarters(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    end_year, assumed = _year(parts[4], default_year)
    start_year = int(parts[1]) if parts[1] else end_year
    first, last = _QUARTERS[parts[0]], _QUARTERS[parts[3] or parts[2]]
    if (start_year, first) > (end_year, last):
        raise ValueError("quarters run backwards")
    words = f"quý {first}/{start_year} đến quý {last}/{end_year}"
    return Span(
        date(start_year, 3 * first - 2, 1),
        last_day(end_year, 3 * last),
        match.start(),
        match.end(),
        words,
        year_assumed=assumed,
    )


def _half(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    year, assumed = _year(parts[1], default_year)
    first = 1 if parts[0] == "dau" else 7
    words = f"6 tháng {'đầu' if first == 1 else 'cuối'} năm {year}"
    return Span(
        date(year, first, 1), last_day(year, first + 5), match.start(), match.end(), words, year_assumed=assumed
    )


def _years(match: re.Match[str], parts: tuple[str, ...], _default_year: int | None) -> Span:
    first, last = int(parts[0]), int(parts[1])
    if first > last:
        raise ValueError("years run backwards")
    return Span(date(first, 1, 1), date(last, 12, 31), match.start(), match.end(), f"năm {first} đến năm {last}")


def _one_year(match: re.Match[str], parts: tuple[str, ...], default_year: int | None) -> Span:
    year, assumed = _year(parts[0] if parts else None, default_year)
    return Span(date(year, 1, 1), date(year, 12, 31), match.start(), match.end(), f"năm {year}", year_assumed=assumed)


_SPANNERS = {
    "date": _date,
    "day": _date,
    "month": _month,
    "months": _months,
    "quarter": _quarter,
    "quarters": _quarters,
    "half": _half,
    "years": _years,
    "year": _one_year,
    "this year": _one_year,
}
