"""Dates and instruments that a report cites (DOMAIN V16) and the window its figures come from (V19)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.citations import (
    Citation,
    Passage,
    citations_in,
    impossible_dates_in,
    ranges_in,
)
from motcua.reports.rules.context import Context
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.periods import Window

_BASIS_AGE_DAYS = 365
_WINDOW_OVERLAP = 0.6  # a stated range that covers this much of the official window is meant to be it
_NEAR_SERIES = 10  # numbers this close belong to one run of a register
_SHARED_SUFFIXES = {"UBND", "HĐND"}  # every level's committee and council sign so: many registers, one symbol
_STEEP = 3  # times faster than the year's other numbers: the number is of another year


def date_findings(passages: list[Passage], context: Context) -> Iterator[Finding]:
    """Yield impossible dates, ranges that cannot be, and windows other than the period's official one."""
    for text, passage in impossible_dates_in(passages):
        yield finding("V16", "impossible", _where(passage), found=text)
    window = context.window
    for stated in ranges_in(passages):
        where = _where(stated.passage)
        if stated.last < stated.first:
            yield finding("V16", "reversed", where, found=stated.text)
        elif window and _is_meant_as(Window(stated.first, stated.last), window):
            if context.report_date and stated.last > context.report_date:
                yield finding(
                    "V16",
                    "future_window",
                    where,
                    found=_day(stated.last),
                    report_date=_day(context.report_date),
                )
            if (stated.first, stated.last) != (window.first, window.last):
                meant = Window(stated.first, stated.last)
                yield _window_finding("window", where, context, found=str(meant), expected=str(window))
    if window and context.report_date and context.report_date < window.last:
        where = Where(line=context.narrative[0].number if context.narrative else None)
        found, expected = _day(context.report_date), _day(window.last)
        yield _window_finding("before_closing", where, context, found=found, expected=expected)


def _window_finding(case: str, where: Where, context: Context, *, found: str, expected: str) -> Finding:
    assert context.period is not None
    return finding("V19", case, where, found=found, expected=expected, period=context.period.label)


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
        where = _where(citation.passage)
        if citation.dated and context.report_date and citation.dated > context.report_date:
            yield finding(
                "V16",
                "future",
                where,
                found=citation.date_text,
                name=citation.name,
                report_date=_day(context.report_date),
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
        if starts and not _starts_with_any(citation.symbol, starts):
            yield finding("M11", "symbol", where, found=citation.name, expected=" / ".join(starts), kind=citation.kind)
    yield from _two_dates(citations, context)
    yield from _old_basis(citations, context)
    yield from _register_findings(citations, context)


def _starts_with_any(symbol: str, starts: list[str]) -> bool:
    # "QH15" is the Assembly's term behind its letters.
    first = symbol.split("-")[0].rstrip("0123456789").casefold()
    return first in {start.casefold() for start in starts}


def _two_dates(citations: list[Citation], context: Context) -> Iterator[Finding]:
    """Yield instruments with two dates, at the less credible place.

    Numbers start anew each year, so two different days in two years are two instruments; the same day and
    month in two years, or two days in one year, are one instrument with a slip.
    """
    known: dict[tuple[int, int | None, str], list[Citation]] = defaultdict(list)
    for citation in citations:
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
                _where(wrong.passage),
                found=wrong.date_text,
                expected=right.date_text,
                name=wrong.name,
                other_line=right.passage.line or "",
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
            _where(basis.passage),
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
                name = f"số {other[0]} ngày {_day(other[1])}"
                for place in places:
                    yield finding(
                        "M12", case, _where(place.passage), found=place.date_text, name=place.name, other=name
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


def _where(passage: Passage) -> Where:
    return Where(passage.appendix, passage.row, passage.line)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
