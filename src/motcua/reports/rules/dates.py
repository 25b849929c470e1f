"""Dates and instruments that a report cites (DOMAIN V16) and the window its figures come from (V19)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from motcua.base.text import fold
from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.citations import (
    WEEKDAY_NAMES,
    Citation,
    Passage,
    citations_in,
    impossible_dates_in,
    ranges_in,
    weekdays_in,
)
from motcua.reports.rules.context import Context
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.future_events import future_events, where_of, written_day
from motcua.reports.rules.periods import ReportPeriod, Window

_BASIS_AGE_DAYS = 365
EARLIEST_YEAR_REPORT = 11  # month
_WINDOW_OVERLAP = 0.6  # a stated range that covers this much of the official window is meant to be it
_NEAR_SERIES = 10  # numbers this close belong to one run of a register
_SHARED_SUFFIXES = {"UBND", "HĐND"}  # every level's committee and council sign so: many registers, one symbol
_SAME_TOPIC, _SHORTEST_TOPIC = 92, 18
_STATED_WINDOW = re.compile(r"số liệu|kỳ báo cáo|thời gian lấy|thời điểm chốt", re.IGNORECASE)
_OTHER_TIME = re.compile(r"cùng kỳ|kỳ trước|năm trước|quý trước|giai đoạn|nhiệm kỳ|kế hoạch", re.IGNORECASE)
_NEAR_NAME, _NEAR_WINDOW = 45, 60  # letters
_ONLY_PERIOD = re.compile(
    r"(?:(?P<told>kỳ báo cáo)\s*:?\s*)?(?P<period>(?:quý|(?:0?6|sáu|0?9|chín) tháng|tháng|năm)\b[^.;:()]{1,25}?)"
    r"(?:\s*[-–(.].*)?",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\bbáo cáo\b((?:(?!\bbáo cáo\b).)*)như sau", re.IGNORECASE)
_LONGER = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}  # months
_CLOSING = re.compile(r"trên đây là báo cáo", re.IGNORECASE)
_OTHER_KINDS = {"QĐ", "KH", "NQ", "BC", "TTr", "NĐ", "TB"}  # a dispatch is signed with the sender's letters alone
_STEEP = 3  # times faster than the year's other numbers: the number is of another year


def date_findings(passages: list[Passage], context: Context) -> Iterator[Finding]:
    """Yield impossible dates, ranges that cannot be, and windows other than the period's official one."""
    for text, passage in impossible_dates_in(passages):
        yield finding("V16", "impossible", where_of(passage), found=text)
    for text, weekday, day, passage in weekdays_in(passages):
        if weekday != day.weekday():
            yield finding("M14", "weekday", where_of(passage), found=text, expected=WEEKDAY_NAMES[day.weekday()])
    yield from future_events(passages, context)
    yield from _other_period(context)
    window = context.window
    for stated in ranges_in(passages):
        where = where_of(stated.passage)
        if stated.last < stated.first:
            yield finding("V16", "reversed", where, found=stated.text)
        elif window and _is_meant_as(Window(stated.first, stated.last), window):
            if context.report_date and stated.last > context.report_date:
                yield finding(
                    "V16",
                    "future_window",
                    where,
                    found=written_day(stated.last),
                    report_date=written_day(context.report_date),
                )
            meant = Window(stated.first, stated.last)
            if meant != window and not _is_calendar(meant, context):
                yield _window_finding("window", where, context, found=_span(meant), expected=_span(window))
        elif window and (
            _is_of_other_period(stated.first, stated.last, stated.text, stated.passage, window)
            or _is_torn(Window(stated.first, stated.last), stated.text, stated.passage, context)
        ):
            meant = Window(stated.first, stated.last)
            yield _window_finding("window", where, context, found=_span(meant), expected=_span(window))
    if window and context.report_date and context.report_date < window.last:
        where = Where(line=context.narrative[0].number if context.narrative else None)
        found, expected = written_day(context.report_date), written_day(window.last)
        yield _window_finding("before_closing", where, context, found=found, expected=expected)


def _window_finding(case: str, where: Where, context: Context, *, found: str, expected: str) -> Finding:
    assert context.period is not None
    # Only the regimes whose windows are law are sure of theirs; many other reports count by the calendar.
    severity = "info" if context.regime == "decree-09" and case == "window" else None
    if case == "before_closing" and context.period.kind == "year" and context.report_date:
        # The year's report is asked for from November on, with figures up to then.
        severity = "info" if context.report_date.month >= EARLIEST_YEAR_REPORT else None
    label = context.period.label
    return finding("V19", case, where, found=found, expected=expected, severity=severity, period=label)


def _span(window: Window) -> str:
    return f"{written_day(window.first)} đến {written_day(window.last)}"


def _is_calendar(stated: Window, context: Context) -> bool:
    """Say whether a report under no regime of its own counts from the first day of the calendar's period."""
    period = context.period
    return context.regime == "decree-09" and period is not None and stated.first == period.window("calendar").first


def _is_torn(stated: Window, text: str, passage: Passage, context: Context) -> bool:
    """Say whether a window stands behind its period's name and has one end of that period only."""
    own = context.period
    led = passage.text[max(passage.text.find(text) - _NEAR_NAME, 0) : passage.text.find(text)]
    if own is None or ReportPeriod.from_title(led) != own or re.search("lũy kế", passage.text, re.IGNORECASE):
        return False
    ends = [(window.first == stated.first, window.last == stated.last) for window in (own.window(context.regime),)]
    return any(first != last for first, last in ends)


def _is_of_other_period(first: date, last: date, text: str, passage: Passage, window: Window) -> bool:
    """Say whether a stated window has the length of the period's but lies elsewhere."""
    length, stated = (window.last - window.first).days, (last - first).days
    at = passage.text.find(text)
    near = passage.text[max(at - _NEAR_WINDOW, 0) : at + len(text) + _NEAR_WINDOW]
    is_stated = _STATED_WINDOW.search(near) and not _OTHER_TIME.search(near)
    return bool(is_stated) and 0.8 * length <= stated <= 1.25 * length


def _other_period(context: Context) -> Iterator[Finding]:
    """Yield closing words and captions that name another period of the same kind than the title."""
    own = context.period
    if own is None:
        return
    passages = [Passage(line.text, line.number) for line in context.narrative if _CLOSING.search(line.text)]
    passages += [note for note in context.notes if "kèm theo" in note.text.casefold()]
    for passage in passages:
        other = ReportPeriod.from_title(passage.text)
        is_other = other is not None and (other.year != own.year or (other.kind == own.kind and other != own))
        if other and is_other and str(own.year) not in passage.text[: passage.text.find(str(other.year)) + 4]:
            yield finding("V19", "other_period", where_of(passage), found=other.label, expected=own.label)
    yield from _opening_period(context, own)
    yield from _caption_periods(context, own)


def _opening_period(context: Context, own: ReportPeriod) -> Iterator[Finding]:
    """Yield "báo cáo kết quả quý II năm 2026 như sau" under a title of another period of the same kind."""
    for line in context.narrative:
        match = _REPORTS.search(line.text)
        other = ReportPeriod.from_title(match[1]) if match else None
        if other is not None and other.kind == own.kind and other != own and own.label not in line.text:
            yield finding("V19", "other_period", Where(line=line.number), found=_written(match), expected=own.label)


def _written(match: re.Match[str] | None) -> str:
    """Return the period as the text writes it."""
    text = match[1] if match else ""
    found = re.search(r"(?:quý|tháng|năm|\d+ tháng)\b.{1,20}?\d{4}", text, re.IGNORECASE)
    return found[0] if found else text.strip()


def _caption_periods(context: Context, own: ReportPeriod) -> Iterator[Finding]:
    """Yield captions that only name a period which is not the report's, where others name the report's."""
    named = [
        (note, match)
        for note in context.notes
        if note.row is None and (match := _ONLY_PERIOD.fullmatch(note.text.strip()))
    ]
    periods = [(note, match, ReportPeriod.from_title(match["period"])) for note, match in named]
    others_agree = any(period == own for _, _, period in periods)
    for note, match, period in periods:
        if period is None or period == own or not (match["told"] or (others_agree and period.kind != "month")):
            continue  # a month over a list is often the month of what is listed
        if period.kind == own.kind or (others_agree and _LONGER[period.kind] < _LONGER[own.kind]):
            yield finding("V19", "other_period", where_of(note), found=match["period"].strip(), expected=own.label)


def _is_meant_as(stated: Window, official: Window) -> bool:
    shared = (min(stated.last, official.last) - max(stated.first, official.first)).days + 1
    length = (official.last - official.first).days + 1
    stated_length = (stated.last - stated.first).days + 1
    return shared >= _WINDOW_OVERLAP * length and stated_length <= 1.5 * length


def citation_findings(passages: list[Passage], context: Context) -> Iterator[Finding]:
    """Yield instruments whose date, number or symbol cannot be right."""
    citations = list(citations_in(passages))
    symbols = data_file("instruments")["symbols"]
    for citation in citations:
        where = where_of(citation.passage)
        if citation.dated and context.report_date and citation.dated > context.report_date:
            yield finding(
                "V16",
                "future",
                where,
                found=citation.date_text,
                name=citation.name,
                report_date=written_day(context.report_date),
            )
        if citation.number_year and citation.dated and citation.number_year != citation.dated.year:
            yield finding(
                "M10",
                "year",
                where,
                found=citation.date_text,
                expected=citation.number_year,
                name=citation.name,
                number_year=citation.number_year,
            )
        starts = symbols.get(citation.kind) or []
        is_of_another = citation.kind == "Công văn" and citation.symbol.split("-")[0] in _OTHER_KINDS
        if is_of_another:
            starts = ["tên viết tắt của cơ quan gửi"]
        if starts and (is_of_another or not _starts_with_any(citation.symbol, starts)):
            yield finding(
                "M11", "symbol", where, found=citation.written, expected=" / ".join(starts), kind=citation.kind
            )
    yield from _two_dates(citations, context)
    yield from _two_numbers(citations)
    yield from _old_basis(citations, context)
    yield from _register_findings(citations, context)


def _starts_with_any(symbol: str, starts: list[str]) -> bool:
    # "QH15" is the Assembly's term behind its letters.
    first = symbol.split("-")[0].rstrip("0123456789").casefold()
    # "TTBKHĐT" lost its dash, which is another matter.
    return first.startswith(tuple(start.casefold() for start in starts))


def _two_dates(citations: list[Citation], context: Context) -> Iterator[Finding]:
    """Yield instruments with two dates, at the less credible place.

    Numbers start anew each year, so two different days in two years are two instruments; the same day and
    month in two years, or two days in one year, are one instrument with a slip.
    """
    known: dict[tuple[int, int | None, str], list[Citation]] = defaultdict(list)
    for citation in [*_own_citation(context), *citations]:
        if citation.dated:
            known[citation.number, citation.number_year, citation.symbol].append(citation)
    for same in known.values():
        first = same[0]
        for other in same[1:]:
            assert first.dated and other.dated
            if first.dated == other.dated or not _is_slip(first.dated, other.dated):
                continue
            wrong, right = (first, other) if _is_future(first, context) else (other, first)
            assert right.dated
            yield finding(
                "V16",
                "two_dates",
                where_of(wrong.passage),
                found=wrong.date_text,
                expected=right.date_text,
                name=wrong.name,
                other_line=right.passage.line or "",
            )
            break


def _own_citation(context: Context) -> Iterator[Citation]:
    """Yield the report as its own head cites it: annexes name it again."""
    number, _, symbol = context.number.partition("/")
    if number.isdigit() and symbol and context.report_date:
        head = Passage("", context.narrative[0].number if context.narrative else None)
        shown = written_day(context.report_date)
        yield Citation("Báo cáo", int(number), None, symbol, context.report_date, shown, head, f"Báo cáo số {number}")


def _two_numbers(citations: list[Citation]) -> Iterator[Finding]:
    """Yield instruments of one kind, day and subject under two numbers, at the second place."""
    known: dict[tuple[str, str, date], list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.dated and len(citation.about) >= _SHORTEST_TOPIC:
            known[citation.kind, citation.symbol, citation.dated].append(citation)
    for same in known.values():
        first = same[0]
        for other in same[1:]:
            alike = fuzz.ratio(fold(first.about), fold(other.about))
            if other.number != first.number and alike >= _SAME_TOPIC:
                yield finding(
                    "M15",
                    "two_numbers",
                    where_of(other.passage),
                    found=other.name,
                    expected=first.name,
                    other_line=first.passage.line or "",
                )
                break


def _is_slip(one: date, other: date) -> bool:
    return one.year == other.year or (one.day, one.month) == (other.day, other.month)


def _is_future(citation: Citation, context: Context) -> bool:
    return bool(citation.dated and context.report_date and citation.dated > context.report_date)


def _old_basis(citations: list[Citation], context: Context) -> Iterator[Finding]:
    """Yield a dispatch of more than a year ago that opens the report as its basis: often last year's date."""
    basis = next((item for item in citations if item.passage.appendix is None), None)
    if basis is None or basis.kind != "Công văn" or not basis.dated or not context.report_date:
        return
    opens = basis.passage.text.casefold().startswith(("thực hiện", "căn cứ", "theo"))
    if opens and (context.report_date - basis.dated).days > _BASIS_AGE_DAYS and context.period:
        yield finding(
            "V16",
            "old_basis",
            where_of(basis.passage),
            found=basis.date_text,
            name=basis.name,
            period=context.period.label,
        )


def _register_findings(citations: list[Citation], context: Context) -> Iterator[Finding]:
    """Yield numbers of the reporter's own registers (one a symbol) that do not fit their dates.

    Legal documents, whose number carries the year, run in a register of their own and are left alone.
    """
    own = context.symbol.partition("-")[2]
    if not own or own in _SHARED_SUFFIXES:
        return
    registers: dict[str, dict[tuple[int, date], list[Citation]]] = defaultdict(lambda: defaultdict(list))
    for citation in citations:
        if citation.dated is None or citation.number_year or _is_future(citation, context):
            continue
        if citation.symbol.partition("-")[2] == own:
            registers[citation.symbol][citation.number, citation.dated].append(citation)
    for entries in registers.values():
        for (number, dated), places in entries.items():
            other = _out_of_order(number, dated, list(entries))
            case = "order" if other else "jump"
            other = other or _of_last_year(number, dated, list(entries))
            if other:
                name = f"số {other[0]} ngày {written_day(other[1])}"
                for place in places:
                    yield finding(
                        "M12", case, where_of(place.passage), found=place.date_text, name=place.name, other=name
                    )


def _out_of_order(number: int, dated: date, entries: list[tuple[int, date]]) -> tuple[int, date] | None:
    """Return an entry of the same year with a greater number and an earlier date."""
    for other_number, other_date in entries:
        if other_date.year == dated.year and other_number > number and other_date < dated:
            return other_number, other_date
    return None


def _of_last_year(number: int, dated: date, entries: list[tuple[int, date]]) -> tuple[int, date] | None:
    """Return last year's neighbour of a number that this year's other numbers have not reached by far."""
    rates = [other / on.timetuple().tm_yday for other, on in entries if on.year == dated.year and other != number]
    near = [entry for entry in entries if entry[1].year == dated.year - 1 and abs(entry[0] - number) <= _NEAR_SERIES]
    if not rates or not near or number / dated.timetuple().tm_yday <= _STEEP * max(rates):
        return None
    return min(near, key=lambda entry: abs(entry[0] - number))
