"""Points and stretches of time named in Vietnamese text: dates, months, quarters, halves, years and parts of them."""

import re
from dataclasses import replace
from datetime import date

from motcua.base.text import fold
from motcua.plans.rules.times.time_shapes import SHAPES, Impossible, Span, Years

# Numbers and dates of cited instruments are not deadlines: "Thông tư số 01/2020/TT-VPCP ngày 21/10/2020".
CITATION = re.compile(
    r"(?:số\s*:?\s*)?\d+\s*/(?:\d{4}/)?[A-ZĐ][A-ZĐa-z]*(?:\d+)?(?:-[A-ZĐa-z]+)*\d*"
    r"(?:,?\s+ngày\s+(?:\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?",
)
_MONTHS_IN_WORDS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi mot": 11, "muoi hai": 12, "muoi": 10, "chap": 12,
}  # fmt: skip
_IN_WORDS = re.compile(
    r"(?<!\d )\bthang (gieng|muoi mot|muoi hai|muoi|chap|hai|ba|tu|bon|nam|sau|bay|tam|chin)(?=\s*(?:/|nam 20|"
    r",? ?20\d\d|$|[,;.)]))"
)
_QUARTERS_IN_WORDS = {"nhat": "i", "mot": "i", "hai": "ii", "ba": "iii", "tu": "iv", "bon": "iv"}
_QUARTER_IN_WORDS = re.compile(r"\bquy (thu )?(nhat|mot|hai|ba|tu|bon)(?=\s*(?:/|nam 20|,? ?20\d\d|$|[,;.)]))")
_CLAUSE = re.compile(r"[;:.(]\s|;|\(")
# What is shaped like a time and is none.
_IN_NO_CALENDAR = re.compile(
    r"\bquy (?:v|vi|[05-9])\b(?!-)"
    r"|\bngay (?:3[2-9]|[4-9]\d)\b(?!\s*(?:%|/|lam viec))"
    r"|\b(?:hang|moi) tuan,? (?:vao )?thu (?:0|1|8|9|\d\d+)\b"
    r"|(?:\d/|\bnam )\d{5,}\b"
)


def without_citations(text: str) -> str:
    """Return ``text`` with cited instruments blanked out, lengths kept."""
    return CITATION.sub(lambda found: " " * len(found.group()), text)


def plain_time(text: str) -> str:
    """Return the folded text that places in spans refer to: citations blanked, months in words as digits."""
    bare = without_citations(text)
    folded = fold(bare)

    def as_digits(found: re.Match[str]) -> str:
        if bare[found.start() : found.end()].lower() == "tháng sau":  # the next month, not June
            return found.group()
        digits = f"thang {_MONTHS_IN_WORDS[found.group(1)]}"
        return digits + " " * (len(found.group()) - len(digits))

    def as_numeral(found: re.Match[str]) -> str:
        return f"quy {_QUARTERS_IN_WORDS[found.group(2)]}".ljust(len(found.group()))

    return _QUARTER_IN_WORDS.sub(as_numeral, _IN_WORDS.sub(as_digits, folded))


def spans(text: str, default_year: int | None) -> list[Span]:
    """Return the stretches named in ``text`` in order; those without a year take ``default_year`` (or are left out)."""
    return _found(plain_time(text), default_year)[0]


def impossible_dates(text: str) -> list[str]:
    """Return what names a day, month, quarter or year that no calendar has ("31/6/2024", "tháng 13", "ngày 99")."""
    folded = plain_time(text)
    wrong = _found(folded, 2000)[1] + [odd.group() for odd in _IN_NO_CALENDAR.finditer(folded)]
    places = [(folded.index(words), len(words)) for words in wrong]
    return [text[at : at + length].strip() for at, length in places]  # as written: folding keeps places


def _found(folded: str, default_year: int | None) -> tuple[list[Span], list[str]]:
    written = tuple((found.start(), int(found.group())) for found in re.finditer(r"(?<!\d)20\d\d(?!\d)", folded))
    breaks = tuple(edge.start() for edge in _CLAUSE.finditer(folded))
    years = Years(written, breaks, tuple(edge for edge in breaks if folded[edge] == "("), default_year, folded)
    found: list[Span] = []
    wrong: list[tuple[int, int, str]] = []
    for unit, pattern, build in SHAPES:
        for match in pattern.finditer(folded):
            taken = [(span.at, span.upto) for span in found] + [(at, upto) for at, upto, _ in wrong]
            if any(match.start() < upto and at < match.end() for at, upto in taken):
                continue
            try:
                span = build(match, years)
            except Impossible:
                wrong.append((match.start(), match.end(), match.group().strip()))
            except (ValueError, TypeError, KeyError):
                continue  # runs backwards, or no year to be had
            else:
                found.append(replace(span, unit=unit, year_assumed=span.year_assumed and not written))
    if not found and not wrong and (bare := _bare_year(folded)):
        found.append(bare)
    return sorted(found, key=lambda span: span.at), [words for _, _, words in sorted(wrong)]


def _bare_year(folded: str) -> Span | None:
    """Return the year of a cell that says nothing else ("2024", "Trong 2024")."""
    match = re.fullmatch(r"\W*(?:trong |den |het |truoc |tu |cuoi |dau )*(20\d\d)\W*", folded)
    if not match:
        return None
    year = int(match.group(1))
    return Span(date(year, 1, 1), date(year, 12, 31), match.start(1), match.end(1), f"năm {year}", unit="year")
