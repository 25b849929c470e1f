"""The shapes in which text names points and stretches of time, and the days that each means."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_Q = r"(?:iv|i{1,3}|[1-4])(?![a-z0-9])"
_YEAR = r"(?:\s*(?:/|-|\.|,)?\s*(?:cua\s+)?(?:nam\s*)?(20\d\d)(?!\d))?"
_TO = r"\s*(?:-|,|;|&|\+|\bva\b|\bden(?: het)?\b|\btoi\b)\s*"
_QUARTER = r"\b(?:quy|qui|q)\s*\.?\s*"
_M2 = r"(\d{1,2})(?!\d)(?!\s*/\s*\d{1,2}(?!\d))(?!\s*thang (?:dau|cuoi))"
_PART = (
    r"\b(nua dau|nua cuoi|nua sau|dau|giua|cuoi|thuong tuan|trung tuan|ha tuan|tuan (?:thu )?(?:dau|cuoi|[1-4]|i{1,3}|"
    r"iv|nhat|hai|ba|tu))(?: cua)? "
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNTED = {"ba": 3, "sau": 6, "chin": 9}


_NEXT_YEAR = re.compile(r"\s*(?:cua )?nam (?:sau|tiep theo|toi)\b")


@dataclass(frozen=True)
class Span:
    """A stretch of days, and where in the folded text it is named. ``exact``: a single named day.

    ``is_loose``: the words leave the days open ("cuối tháng 6"); ours is the usual sense. ``unit``: day, month,
    quarter, half, year, years or part.
    """

    start: date
    end: date
    at: int
    upto: int
    words: str  # the stretch in Vietnamese, for explanations
    exact: bool = False
    year_assumed: bool = False
    is_loose: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Years:
    """The year of a number that has none of its own: given when asked at a place in the text."""

    written: tuple[tuple[int, int], ...]  # (place, year)
    breaks: tuple[int, ...]  # where clauses end
    brackets: tuple[int, ...]  # where brackets open
    default: int | None
    text: str = ""  # folded; "năm sau" behind a number is the year after

    def at(self, place: int) -> tuple[int, bool]:
        """Return (year, assumed) for ``place``: the next year of the same clause, else the one before, else any.

        A year in a bracket that follows is of the bracket only.
        """
        later = [(spot, year) for spot, year in self.written if spot >= place]
        between = [edge for edge in self.breaks if later and place <= edge < later[0][0]]
        if later and not between:
            return later[0][1], True
        earlier = [year for spot, year in self.written if spot < place]
        if earlier:
            return earlier[-1], True
        if later and (self.default is None or not any(edge in self.brackets for edge in between)):
            return later[0][1], True
        if self.default is None:
            raise ValueError("no year")
        return self.default, True


class Impossible(ValueError):
    """A day or month that no calendar has."""


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Impossible(f"{day}/{month}/{year}") from error


def _span(start: date, end: date, match: re.Match[str], words: str, *, at: int | None = None, **more: object) -> Span:
    if start > end:
        raise ValueError("runs backwards")
    upto = match.end() - (len(match.group()) - len(match.group().rstrip()))
    return Span(start, end, match.start() if at is None else at, upto, words, **more)  # type: ignore[arg-type]


def _year(written: str | None, place: int, years: Years) -> tuple[int, bool]:
    if written:
        return (int(written) if len(written) == 4 else 2000 + int(written)), False
    year, assumed = years.at(place)
    return year + bool(_NEXT_YEAR.match(years.text[place:])), assumed


def _iso(match: re.Match[str], _years_of: Years) -> Span:
    day = _day(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    return _span(day, day, match, f"ngày {day:%d/%m/%Y}", exact=True)


def _date(match: re.Match[str], years: Years) -> Span:
    parts = match.groupdict()
    year, assumed = _year(parts.get("y"), match.end(), years)
    day = _day(year, int(parts["m"]), int(parts["d"]))
    words = f"ngày {day:%d/%m/%Y}"
    return _span(day, day, match, words, at=match.start("d"), exact=True, year_assumed=assumed)


def _days(match: re.Match[str], years: Years) -> Span:
    year, assumed = _year(match.group("y"), match.end(), years)
    month = int(match.group("m"))
    start, end = _day(year, month, int(match.group("d"))), _day(year, month, int(match.group("d2")))
    return _span(start, end, match, f"{start:%d/%m/%Y} đến {end:%d/%m/%Y}", year_assumed=assumed)


def _month_number(text: str) -> int:
    if not 1 <= int(text) <= 12:
        raise Impossible(f"tháng {text}")
    return int(text)


def _month(match: re.Match[str], years: Years) -> Span:
    month = _month_number(match.group(1))
    year, assumed = _year(match.group(2), match.end(), years)
    return _span(date(year, month, 1), last_day(year, month), match, f"tháng {month}/{year}", year_assumed=assumed)


def _listed(numbers: list[tuple[int, str | None]], end: int, years: Years) -> tuple[list[tuple[int, int]], bool]:
    """Return (year, number) of a list in which a year written once holds for those before it, then for those after."""
    last = next((int(year) for _, year in reversed(numbers) if year), None)
    assumed = last is None
    if last is None:
        last, _ = years.at(end)
    result: list[tuple[int, int]] = []
    following = last
    for number, year in reversed(numbers):
        following = int(year) if year else following
        result.append((following, number))
    result.reverse()
    if len(result) == 2 and result[0] > result[1] and not numbers[0][1]:  # "Quý IV - quý I/2025" begins the year before
        result[0] = (result[0][0] - 1, result[0][1])
    return result, assumed


def _numbers(match: re.Match[str], token: str) -> list[tuple[str, str | None]]:
    return [(found.group(1), found.group(2)) for found in re.finditer(rf"({token}){_YEAR}", match.group())]


def _months(match: re.Match[str], years: Years) -> Span:
    named = [(int(number), year) for number, year in _numbers(match, r"(?<!\d)\d{1,2}(?!\d)")]
    if not all(1 <= number <= 12 for number, _ in named):
        raise ValueError("not months")
    listed, assumed = _listed(named, match.end(), years)
    (year, first), (end_year, last) = min(listed), max(listed)
    words = f"tháng {first}/{year} đến tháng {last}/{end_year}"
    return _span(date(year, first, 1), last_day(end_year, last), match, words, year_assumed=assumed)


def _quarter(match: re.Match[str], years: Years) -> Span:
    year, assumed = _year(match.group(2), match.end(), years)
    number = _QUARTERS[match.group(1)]
    start, end = date(year, 3 * number - 2, 1), last_day(year, 3 * number)
    return _span(start, end, match, f"quý {number}/{year}", year_assumed=assumed)


def _quarters(match: re.Match[str], years: Years) -> Span:
    named = [(_QUARTERS[token], year) for token, year in _numbers(match, rf"(?<![a-z0-9]){_Q}")]
    listed, assumed = _listed(named, match.end(), years)
    (year, first), (end_year, last) = min(listed), max(listed)
    words = f"quý {first}/{year} đến quý {last}/{end_year}"
    return _span(date(year, 3 * first - 2, 1), last_day(end_year, 3 * last), match, words, year_assumed=assumed)


def _stretch(match: re.Match[str], years: Years) -> Span:
    """Return "6 tháng đầu năm 2024", "9 tháng năm 2024", "nửa cuối năm"."""
    count = _COUNTED.get(match.group("n") or "") or int(match.group("n") or 6)
    if not match.group("part") and not match.group("y"):
        raise ValueError("a length, not a time")
    year, assumed = _year(match.group("y"), match.end(), years)
    is_late = match.group("part") in ("cuoi", "sau")
    first = 13 - count if is_late else 1
    words = f"{count} tháng {'cuối' if is_late else 'đầu'} năm {year}"
    return _span(date(year, first, 1), last_day(year, first + count - 1), match, words, year_assumed=assumed)


def _part(match: re.Match[str], years: Years) -> Span:
    """Return a part of a month, quarter or year by its usual sense: thirds of a month, months of a quarter."""
    part, month, quarter = match.group(1), match.group("m"), match.group("q")
    year, assumed = _year(match.group("my") or match.group("qy") or match.group("y"), match.end(), years)
    if month:
        number = _month_number(month)
        first, last = _days_of_month(part, calendar.monthrange(year, number)[1])
        start, end, whole = date(year, number, first), date(year, number, last), f"tháng {number}/{year}"
    elif quarter:
        offset = {"dau": 0, "giua": 1, "cuoi": 2}[part]
        number = 3 * _QUARTERS[quarter] - 2 + offset
        start, end, whole = date(year, number, 1), last_day(year, number), f"quý {_QUARTERS[quarter]}/{year}"
    else:
        first, last = {"dau": (1, 3), "giua": (4, 6), "cuoi": (12, 12)}[part]
        start, end, whole = date(year, first, 1), last_day(year, last), f"năm {year}"
    words = f"{_PARTS.get(part, part)} {whole} (hiểu là {start:%d/%m} đến {end:%d/%m/%Y})"
    return _span(start, end, match, words, year_assumed=assumed, is_loose=True)


_PARTS = {
    "dau": "đầu", "giua": "giữa", "cuoi": "cuối", "nua dau": "nửa đầu", "nua cuoi": "nửa cuối", "nua sau": "nửa sau",
    "thuong tuan": "thượng tuần", "trung tuan": "trung tuần", "ha tuan": "hạ tuần",
}  # fmt: skip
_WEEKS = {"dau": 1, "nhat": 1, "i": 1, "1": 1, "hai": 2, "ii": 2, "2": 2, "ba": 3, "iii": 3, "3": 3, "tu": 4, "iv": 4}
_WEEKS |= {"4": 4}


def _days_of_month(part: str, length: int) -> tuple[int, int]:
    if part.startswith("tuan"):
        which = part.split()[-1]
        if which == "cuoi":
            return length - 6, length
        week = _WEEKS[which]
        return 7 * week - 6, 7 * week if week < 4 else length
    bounds = {
        "dau": (1, 10), "thuong tuan": (1, 10), "giua": (11, 20), "trung tuan": (11, 20), "cuoi": (21, length),
        "ha tuan": (21, length), "nua dau": (1, 15), "nua cuoi": (16, length), "nua sau": (16, length),
    }  # fmt: skip
    return bounds[part]


def _several_years(match: re.Match[str], _years_of: Years) -> Span:
    first, last = int(match.group(1)), int(match.group(2))
    return _span(date(first, 1, 1), date(last, 12, 31), match, f"năm {first} đến năm {last}")


def _one_year(match: re.Match[str], years: Years) -> Span:
    year, assumed = _year(match.group(1) if match.re.groups else None, match.end(), years)
    words = f"năm {year}"
    # "den het nam": the word before the year belongs to the sentence, not to the stretch.
    at = match.start() + match.group().rindex("nam")
    return _span(date(year, 1, 1), date(year, 12, 31), match, words, at=at, year_assumed=assumed)


def _short_day(match: re.Match[str], years: Years) -> Span:
    """Return a day without a year ("30/6"); 24/7 means round the clock."""
    if match.group().replace(" ", "") in ("24/7", "24/24"):
        raise ValueError("round the clock")
    return _date(match, years)


_LEAD = r"(?:^|[(:;,-]|\b(?:ngay|truoc|den|het|tu|sau|nhat|la|vao|han|qua|xong|va|trong|dinh ky))\s*"
_Builder = Callable[[re.Match[str], Years], Span]
SHAPES: tuple[tuple[str, re.Pattern[str], _Builder], ...] = (
    ("day", re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)"), _iso),
    (
        "days",
        re.compile(
            r"(?<![\d/.-])(?P<d>\d{1,2})\s*(?:-|den(?: het)?|toi)\s*(?:ngay\s*)?(?P<d2>\d{1,2})\s*(?:/|thang)\s*"
            r"(?P<m>\d{1,2})(?!\d)(?:\s*(?:/|nam)\s*(?P<y>20\d\d))?(?!\d)"
        ),
        _days,
    ),
    (
        "months",
        re.compile(rf"\bthang\s*\d{{1,2}}(?!\d|\s*/\s*\d{{1,2}}/){_YEAR}(?:{_TO}(?:thang\s*)?{_M2}{_YEAR})+"),
        _months,
    ),
    ("months", re.compile(r"(?<![\d/.])(?:[1-9]|0[1-9]|1[0-2])\s*-\s*(?:[1-9]|0[1-9]|1[0-2])\s*/\s*20\d\d"), _months),
    ("months", re.compile(r"\bt\.?\s*\d{1,2}\s*(?:-|den)\s*t\.?\s*\d{1,2}\s*/\s*20\d\d"), _months),
    (
        "day",
        re.compile(r"(?<![\d/])(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>20\d\d)(?!\d)"),
        _date,
    ),
    ("day", re.compile(r"(?<![\d/])(?P<d>\d{1,2})\s*/\s*(?P<m>\d{1,2})\s*/\s*(?P<y>[2-4]\d)(?![\d/])"), _date),
    (
        "day",
        re.compile(
            r"(?<!\d)(?<!tuan )(?<!tuan thu )(?P<d>\d{1,2})\s*/?\s*thang\s*(?P<m>\d{1,2})(?!\d)(?!\s*lan)"
            r"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>20\d\d)(?!\d))?"
        ),
        _date,
    ),
    (
        "half",
        re.compile(
            r"(?<!\d)(?P<n>0?3|0?6|0?9|\b(?:ba|sau|chin)\b)\s*thang\s*(?P<part>dau|cuoi)?(?:\s*(?:cua )?nam\b)?"
            + _YEAR.replace("(20", "(?P<y>20")
        ),
        _stretch,
    ),
    (
        "half",
        re.compile(rf"\bnua(?P<n>)\s*(?P<part>dau|cuoi|sau)\s*(?:cua )?nam\b{_YEAR}".replace("(20", "(?P<y>20")),
        _stretch,
    ),
    (
        "part",
        re.compile(
            _PART
            + r"(?:thang\s*(?P<m>\d{1,2})(?!\d)(?!\s*/\s*\d{1,2}/)"
            + _YEAR.replace("(20", "(?P<my>20")
            + rf"|quy\s*(?P<q>{_Q})"
            + _YEAR.replace("(20", "(?P<qy>20")
            + r"|nam\b(?! hoc)(?:\s*(?P<y>20\d\d)(?!\d))?)"
        ),
        _part,
    ),
    ("quarters", re.compile(rf"{_QUARTER}{_Q}{_YEAR}(?:{_TO}(?:{_QUARTER})?{_Q}{_YEAR})+"), _quarters),
    ("quarter", re.compile(rf"{_QUARTER}({_Q}){_YEAR}"), _quarter),
    ("month", re.compile(rf"\bthang\s*(\d{{1,2}})(?!\d|\s*/\s*\d{{1,2}}/){_YEAR}"), _month),
    ("month", re.compile(r"\bt\.?\s*(\d{1,2})\s*[/.-]\s*(20\d\d)(?!\d)"), _month),
    ("month", re.compile(r"(?<![\d/.-])(\d{1,2})\s*[/.-]\s*(20\d\d)(?!\d|\s*[/-]\s*\d)"), _month),
    (
        "day",
        re.compile(
            _LEAD + r"(?P<d>\d{1,2})\s*/\s*(?P<m>\d{1,2})(?![\d/])"
            r"(?=\s*(?:$|[,;.():-]|(?:va|den|hang|moi|hoac|la|phai|nam (?:sau|tiep theo|toi))\b))"
        ),
        _short_day,
    ),
    ("school year", re.compile(r"\bnam hoc\s*(20\d\d)\s*-\s*(20\d\d)\b"), _several_years),
    (
        "years",
        re.compile(
            r"(?<![\d/])(?:\b(?:nam|giai doan|thoi ky) )?(20\d\d)\s*(?:-|,|va\b|den(?: het)?\b|toi)\s*(?:nam\s*)?"
            r"(20\d\d)(?!\d|/)"
        ),
        _several_years,
    ),
    ("year", re.compile(r"\bnam\s*(20\d\d)(?!\d)"), _one_year),
    (
        "year",
        re.compile(r"\b(?:trong|ca|toan|het|den het|cuoi|suot) nam\b(?!\s*(?:hoc|20|sau|truoc|tiep|toi|\d))"),
        _one_year,
    ),
)
