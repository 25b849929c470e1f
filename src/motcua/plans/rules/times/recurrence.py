"""Work that comes again: the cycle, the day in it, and the turns it makes (R10.3)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

CYCLES = ("day", "week", "month", "quarter", "half", "year")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
LAST = 31  # as a day: the last one of the month
SHOWN = {
    "day": "hằng ngày",
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half": "6 tháng một lần",
    "year": "hằng năm",
}
_CYCLE = r"(?:(?:0?6|sau) thang|ngay|tuan|thang|quy|nam)"
_EACH = r"(?:hang|moi|tung|cac(?= (?:tuan|thang|quy)))"
_ONE = r"(?:0?1|mot)"
# "quý, 6 tháng, năm": a bare list of cycles, as in the deadline of a report.
_LISTED = re.compile(
    r"^(?:bao cao |dinh ky |cong bo )*((?:tuan|thang|quy|(?:0?6|sau|0?9|chin) thang)"
    r"(?:\s*(?:[,/;]|\bva\b|\bhoac\b)\s*(?:ca |0?1 |mot )?(?:tuan|thang|quy|(?:0?6|sau|0?9|chin) thang|nam))+)"
    r"\b(?! (?:\d|i{1,3}\b|iv\b))"
)
_EVERY = re.compile(
    rf"\b{_EACH} ({_CYCLE})\b(?!\s*\d)|^\W*(?:bao cao )?theo (tuan|thang|quy|nam)\W*$|"
    rf"\bdinh ky (?:theo )?(?:{_ONE} )?({_CYCLE})\b(?!\s*(?:\d|i{{1,3}}\b|iv\b))"
)
_TIMES = re.compile(rf"\b(\d{{1,2}}|mot|hai|ba|bon)\s*lan\s*(?:/|moi|mot|trong|tren|hang)\s*(?:{_ONE}\s*)?({_CYCLE})\b")
_TIMES_AFTER = re.compile(
    rf"\b(?:{_EACH}|{_ONE})\s*({_CYCLE})\s*(?:it nhat |toi thieu )?(\d{{1,2}}|mot|hai|ba|bon)\s*lan"
)
_PER_TIME = re.compile(
    rf"(?<!\d)(?:(\d{{1,2}}|mot|hai|ba|sau)\s*)?(ngay|tuan|thang|quy|nam)\s*(?:/|{_ONE}|/\s*{_ONE})\s*lan\b"
)
_AT_END = re.compile(
    r"\bcuoi (?:moi |hang |cac |tung )?(thang|quy|tuan)\b(?!\s*(?:\d|i{1,3}\b|iv\b))|"
    r"\bthang cuoi (?:cua )?(?:moi )?(quy)\b"
)
_QUARTERS = re.compile(
    r"\bquy (?:i{1,3}|iv)\b(?:(?:\s*,\s*|\s+va\s+)(?:quy )?(?:i{1,3}|iv)\b)*(\s*(?:,|va)\s*(?:ca )?nam)?"
)
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "sau": 6}
_IN_YEAR = {1: "year", 2: "half", 4: "quarter", 12: "month"}
_IN_QUARTER = {1: "quarter", 3: "month"}
_IN_MONTH = {1: "month", 4: "week"}
_LONG = {1: "month", 3: "quarter", 6: "half", 12: "year"}  # months between turns
_WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b|\b(chu nhat)\b")
_DAY = re.compile(
    r"(?P<before>\btruoc (?P<clock>\d{1,2}\s*(?:h|gio|g)\S*\s*(?:,\s*)?)?)?(?:\bngay )(?:lam viec )?"
    r"(?:\d{1,2}\s*(?:-|den(?: ngay)?)\s*)?(?P<day>\d{1,2})(?!\d)(?:\s*/\s*(?P<of>\d{1,2})(?!\s*/?\d)|"
    r"\s*thang (?P<named>\d{1,2})(?!\d))?"
)
_BARE_DAY = re.compile(
    r"(?P<before>\btruoc )?(?P<clock>)(?<![\d/])(?P<day>\d{1,2})\s*/\s*(?P<of>\d{1,2})(?![\d/])(?P<named>)"
)
_LAST_DAY = re.compile(r"\bngay (?:lam viec )?cuoi(?: cung)?\b|\bcuoi (?:moi |hang |cac |tung )?(?:thang|quy|nam|ky)\b")
_FIRST_MONTH = re.compile(r"\bthang (?:dau(?: tien)?|thu nhat|thu (?:1|i)) (?:cua )?(?:moi )?(?:quy|ky|nam)?")
_SECOND_MONTH = re.compile(r"\bthang (?:giua|thu (?:hai|2|ii)) (?:cua )?(?:moi )?quy")
_NEXT = re.compile(r"\b(?:thang|quy|ky|nam) (?:sau|tiep theo|ke tiep|lien ke)\b|\bsau (?:khi )?ket thuc\b")
_OWN_MONTHS = re.compile(r"\bthang (\d{1,2}(?:(?:\s*,\s*|\s+va\s+)(?:thang )?\d{1,2})*)(?!\d|\s*lan)")


@dataclass(frozen=True)
class Recurrence:
    """A cycle and the day in it.

    every: day, week, month, quarter, half, year or None where the text does not say. day: of the month as printed (31:
    the last); ``is_before``: that day itself is too late. month: of the cycle, counted from 1, beyond its length in the
    next cycle; None is its last. weekday: 1 is Monday.
    """

    every: str | None
    day: int | None = None
    is_before: bool = False
    month: int | None = None
    weekday: int | None = None
    note: str | None = None


def recurrence_of(folded: str) -> Recurrence | None:
    """Return the cycle that a folded deadline names, or None where the work does not come again."""
    every, note = _cycle(folded)
    if every is None and note is None and "dinh ky" not in folded:
        return None
    if "dot xuat" in folded:
        note = f"{note}; also on demand" if note else "also on demand"
    day, is_before, months = _day_of(folded)
    month = _month_of(folded, every)
    if months and every in (None, "year"):
        every, month = _of_months(months)
    elif every == "year" and (quarter := re.search(r"\bquy (iv|i{1,3})\b", folded)):
        month = 3 * (["i", "ii", "iii", "iv"].index(quarter.group(1)) + 1)
    weekday = _WEEKDAY.search(folded) if every == "week" else None
    return Recurrence(every, day, is_before, month, _weekday(weekday), note)


def _cycle(folded: str) -> tuple[str | None, str | None]:
    """Return the shortest cycle named, and what else is said of it."""
    for pattern, read in ((_TIMES, _times), (_TIMES_AFTER, _times_after), (_PER_TIME, _per_time)):
        if found := pattern.search(folded):
            return read(found)
    named = [_of_word("".join(words)) for words in _EVERY.findall(folded)]
    if listed := _LISTED.search(folded):
        named += [_of_word(word) for word in re.findall(rf"{_CYCLE}", listed.group(1))]
    if tail := re.search(
        rf"\b{_EACH} {_CYCLE}((?:\s*(?:[,/]|va)\s*(?:ca |{_EACH} |0?1 |mot )?{_CYCLE}\b(?!\s*(?:\d|i{{1,3}}\b|"
        rf"iv\b)))+)",
        folded,
    ):
        named += [_of_word(word) for word in re.findall(_CYCLE, tail.group(1))]
    if at_end := _AT_END.search(folded):
        named.append(_of_word(at_end.group(1) or at_end.group(2)))
    quarters = _QUARTERS.search(folded)
    if not named and quarters and "dinh ky" in folded:
        listed_quarters = re.findall(r"\b(iv|i{1,3})\b", quarters.group())
        note = ",".join(f"Q{['i', 'ii', 'iii', 'iv'].index(one) + 1}" for one in listed_quarters)
        return "quarter", note + (" and the year" if quarters.group(1) else "")
    if not named:
        return None, None
    cycles = sorted(set(named), key=CYCLES.index)
    if cycles == ["quarter", "year"]:
        return "quarter", "Q1,Q2,Q3,Q4 and the year"
    return cycles[0], f"also every {', '.join(cycles[1:])}" if cycles[1:] else None


def _of_word(word: str) -> str:
    if "thang" in word and word != "thang":
        return "half"
    return {"ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}[word]


def _number(text: str | None) -> int:
    return 1 if not text else _NUMBERS.get(text) or int(text)


def _times(found: re.Match[str]) -> tuple[str, str | None]:
    return _so_often(_number(found.group(1)), _of_word(found.group(2)))


def _times_after(found: re.Match[str]) -> tuple[str, str | None]:
    return _so_often(_number(found.group(2)), _of_word(found.group(1)))


def _so_often(times: int, cycle: str) -> tuple[str, str | None]:
    fitting = {"year": _IN_YEAR, "quarter": _IN_QUARTER, "month": _IN_MONTH}.get(cycle, {1: cycle})
    if times in fitting:
        return fitting[times], None
    return cycle, f"{times} times each {cycle}"


def _per_time(found: re.Match[str]) -> tuple[str, str | None]:
    count, cycle = _number(found.group(1)), _of_word(found.group(2))
    months = count * MONTHS.get(cycle, 0)
    if months in _LONG:
        return _LONG[months], None
    return cycle, None if count == 1 else f"every {count} {cycle}s"


def _day_of(folded: str) -> tuple[int | None, bool, list[int]]:
    """Return (day, whether it is too late itself, months named with a day) of "trước ngày 15/6 và 15/12 hằng năm"."""
    found = list(_DAY.finditer(folded)) or list(_BARE_DAY.finditer(folded))
    found = [one for one in found if 1 <= int(one.group("day")) <= 31]
    if not found:
        return (LAST, False, []) if _LAST_DAY.search(folded) else (None, False, _months_of(folded))
    months = [int(one.group("of") or one.group("named")) for one in found if one.group("of") or one.group("named")]
    months += [
        int(month)
        for day, month in re.findall(
            r"(?:,|va)\s*(?:ngay )?(\d{1,2})\s*(?:/|thang)\s*(\d{1,2})"
            r"(?![\d/])",
            folded,
        )
        if months
    ]
    months = sorted({month for month in months if 1 <= month <= 12})
    first = found[0]
    is_before = bool(first.group("before")) and not first.group("clock")
    return int(first.group("day")), is_before, months or _months_of(folded)


def _months_of(folded: str) -> list[int]:
    named = _OWN_MONTHS.search(folded)
    numbers = [int(number) for number in re.findall(r"\d{1,2}", named.group(1))] if named else []
    return sorted({number for number in numbers if 1 <= number <= 12})


def _of_months(months: list[int]) -> tuple[str, int]:
    """Return the cycle that months of the year make: [6, 12] is each half, [3, 6, 9, 12] each quarter."""
    step = 12 // len(months) if 12 % len(months) == 0 else 0
    if step in _LONG and all(later - earlier == step for earlier, later in zip(months, months[1:], strict=False)):
        return _LONG[step], (months[0] - 1) % step + 1
    return "year", months[0]


def _month_of(folded: str, every: str | None) -> int | None:
    length = MONTHS.get(every or "", 0)
    if not length:
        return None
    if _NEXT.search(folded):
        return length + 1
    if length > 1 and _FIRST_MONTH.search(folded):
        return 1
    return 2 if every == "quarter" and _SECOND_MONTH.search(folded) else None


def _weekday(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    if found.group(2):
        return 7
    name = found.group(1)
    return _WEEKDAYS.get(name) or int(name) - 1


@dataclass(frozen=True)
class Turn:
    """One turn: ``key`` names it ("2026-Q3", "2026-07", "2026-H1", "2026", "2026-W31", "2026-07-31")."""

    key: str
    starts_on: date
    due_on: date


def turns(recurrence: Recurrence, first: date, last: date) -> list[Turn]:
    """Return the turns whose cycle begins from ``first`` to ``last``, both included; none where no cycle is known."""
    if recurrence.every is None:
        return []
    if recurrence.every in ("day", "week"):
        return _short_turns(recurrence, first, last)
    length = MONTHS[recurrence.every]
    found = []
    for year in range(first.year, last.year + 1):
        for number in range(12 // length):
            start = date(year, number * length + 1, 1)
            if first <= start <= last:
                found.append(Turn(_key(recurrence.every, year, number + 1), start, _due(recurrence, start, length)))
    return found


def _key(every: str, year: int, number: int) -> str:
    return {"month": f"{year}-{number:02}", "quarter": f"{year}-Q{number}", "half": f"{year}-H{number}"}.get(
        every, str(year)
    )


def _due(recurrence: Recurrence, start: date, length: int) -> date:
    offset = (recurrence.month or length) - 1
    year, month = start.year + (start.month - 1 + offset) // 12, (start.month - 1 + offset) % 12 + 1
    days = calendar.monthrange(year, month)[1]
    day = date(year, month, min(recurrence.day or LAST, days))
    due = day - timedelta(days=1) if recurrence.is_before else day
    return max(due, start)


def _short_turns(recurrence: Recurrence, first: date, last: date) -> list[Turn]:
    if recurrence.every == "day":
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [Turn(day.isoformat(), day, day) for day in days]
    monday = first + timedelta(days=-first.weekday() % 7)
    found = []
    while monday <= last:
        year, week, _ = monday.isocalendar()
        due = monday + timedelta(days=(recurrence.weekday or 5) - 1)  # Friday, where the text names no day
        found.append(Turn(f"{year}-W{week:02}", monday, due))
        monday += timedelta(days=7)
    return found
