"""Text of a report whose numbers are bound to cells: ``đã giải quyết {PL3-3.1.1} hồ sơ`` (narrative of Decree 30)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from motcua.reports.rules.figures import vietnamese
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
    return _BOUND.sub(lambda match: _shown(match, values), text)


def unknown_places(text: str, values: Values) -> list[str]:
    """Return the bound places that no form of the report has or that are empty, as they are written."""
    return [match[0] for match in _BOUND.finditer(text) if _value(values, int(match[1]), match[2]) == NO_VALUE]


def _value(values: Values, appendix: int, row: str) -> str:
    cell = values.get(appendix, {}).get(row)
    written = "" if cell is None or cell.value is None else str(cell.value).strip()
    if written.isascii() and written.isdigit() and len(written) > 3:
        return vietnamese(Fraction(written))  # "1100" is told as 1.100
    return written or NO_VALUE


def _shown(match: re.Match[str], values: Values) -> str:
    """Return a place's value; where cell and text both write the sign of percent it stands once."""
    value = _value(values, int(match[1]), match[2])
    return value.removesuffix("%").rstrip() if match.string[match.end() : match.end() + 1] == "%" else value


def loose_numbers(text: str, values: Values) -> Iterator[Loose]:
    """Yield the figures of the text that are typed, each with the cells it could be bound to."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or _is_open(line.strip()):
            continue
        blanked = _NOT_FIGURES.sub(lambda match: " " * len(match[0]), _BOUND.sub(_blank, line))
        for match in _NUMBER.finditer(blanked):
            yield Loose(number, match[0], _quote(line, match.start(), match.end()), tuple(_places(values, match[0])))


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph. ``kind``: "" words, "bound" a cell's number, "empty" a cell without one, "typed"."""

    text: str
    kind: str = ""
    appendix: int = 0
    row: str = ""


@dataclass(frozen=True)
class Told:
    """A paragraph in pieces; ``is_open`` where it only says what is still to be written."""

    pieces: tuple[Piece, ...]
    is_heading: bool = False
    is_open: bool = False


def told(text: str, values: Values) -> list[Told]:
    """Return the paragraphs as they will read, each number with where it comes from."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        is_heading = line.startswith("#")
        words = line.lstrip("#").strip() if is_heading else line.strip()
        is_open = _is_open(words)
        pieces = (Piece(words),) if is_heading or is_open else tuple(_pieces(words, values))
        found.append(Told(pieces, is_heading, is_open))
    return found


def _is_open(words: str) -> bool:
    """Say whether a paragraph only names what is still to be written."""
    return words.startswith("[") and words.endswith("]")


def _pieces(line: str, values: Values) -> Iterator[Piece]:
    blanked = _NOT_FIGURES.sub(lambda match: " " * len(match[0]), _BOUND.sub(_blank, line))
    marks = [(match.start(), match.end(), match) for match in _BOUND.finditer(line)]
    marks += [(match.start(), match.end(), match) for match in _NUMBER.finditer(blanked)]
    at = 0
    for start, end, match in sorted(marks, key=lambda mark: mark[0]):
        if start > at:
            yield Piece(line[at:start])
        if match.re is _BOUND:
            shown = _shown(match, values)
            yield Piece(shown, "empty" if shown == NO_VALUE else "bound", int(match[1]), match[2])
        else:
            yield Piece(match[0], "typed")
        at = end
    if at < len(line):
        yield Piece(line[at:])


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
