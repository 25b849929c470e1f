"""Text of a report whose numbers are bound to cells: ``đã giải quyết {PL3-3.1.1} hồ sơ`` (narrative of Decree 30)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.reports.rules.values import Values

_BOUND = re.compile(r"\{(?:PL|B)?(\d{1,3})-([0-9A-Za-z.]{1,20})\}")
# Numbers that state no figure of the period: days, years, numbers of documents, clauses, ordinals.
_NOT_FIGURES = re.compile(
    r"\d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2}/\d{4}|\d+/[\d/]*[A-ZĐ][\w\-ĐÐ]*|\d+-[A-ZĐ]{2,}[\w/\-Đ]*"
    r"|(?:năm|tháng|ngày|quý|khoản|điều|điểm|mục|số|Phụ lục|lần thứ|giai đoạn)\s+\d[\d.\-/]*"
    r"|^\s*(?:\d+\.)+\d*\s|^\s*\d+[.)]\s",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(r"(?<![\w/.,-])\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?<![\w/.,-])\d+(?:,\d+)?(?![\w/-])")
NO_VALUE = "…"


@dataclass(frozen=True)
class Loose:
    """A number that is typed rather than bound. ``cells`` are places that hold just this number: ("3", "3.1.1")."""

    line: int
    text: str
    quote: str
    cells: tuple[tuple[int, str], ...]


def filled_text(text: str, values: Values) -> str:
    """Return ``text`` with every bound place replaced by what its cell says; an empty cell is written ``…``."""
    return _BOUND.sub(lambda match: _value(values, int(match[1]), match[2]), text)


def unknown_places(text: str, values: Values) -> list[str]:
    """Return the bound places that no form of the report has or that are empty, as they are written."""
    return [match[0] for match in _BOUND.finditer(text) if _value(values, int(match[1]), match[2]) == NO_VALUE]


def _value(values: Values, appendix: int, row: str) -> str:
    cell = values.get(appendix, {}).get(row)
    written = "" if cell is None or cell.value is None else str(cell.value).strip()
    return written or NO_VALUE


def loose_numbers(text: str, values: Values) -> Iterator[Loose]:
    """Yield the figures of the text that are typed, each with the cells it could be bound to."""
    for number, line in enumerate(text.splitlines(), 1):
        blanked = _NOT_FIGURES.sub(lambda match: " " * len(match[0]), _BOUND.sub(_blank, line))
        for match in _NUMBER.finditer(blanked):
            yield Loose(number, match[0], _quote(line, match.start(), match.end()), tuple(_places(values, match[0])))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _quote(line: str, start: int, end: int) -> str:
    first, last = max(0, start - 30), min(len(line), end + 30)
    return ("…" if first else "") + line[first:last].strip() + ("…" if last < len(line) else "")


def _places(values: Values, text: str) -> Iterator[tuple[int, str]]:
    plain = text.replace(".", "")
    for appendix, rows in values.items():
        for code, cell in rows.items():
            if cell.value is not None and str(cell.value).strip().replace(".", "") == plain:
                yield appendix, code
