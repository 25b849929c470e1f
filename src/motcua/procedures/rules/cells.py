"""One line of the crawled catalogue as the parts of a procedure (DOMAIN 5.1), cleaned only where certain."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.base.text import squash
from motcua.procedures.rules.fees import fee_of
from motcua.procedures.rules.papers import Paper, repaired

CODE = re.compile(r"\d\.\d{6}")
LEVELS = {"Cấp bộ": "ministry", "Cấp tỉnh": "province", "Cấp xã": "commune", "Cơ quan khác": "other"}
METHODS = ("Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính")
UNITS = {"Ngày làm việc": "working_day", "Ngày": "day", "Giờ": "working_hour", "Tháng": "month"}
MOST_COPIES = 99_999  # the crawl fused years with counts ("20251 bản chính"); more is no count at all
LONGEST = {"decision_no": 200, "field": 200, "type": 200, "issuing_agency": 200, "source": 300, "detail_url": 300}
_BLANK_LINES = re.compile(r"\n{3,}")


class BadCell(ValueError):
    """A cell that cannot be taken: ``field`` as the file names it, ``problem`` a key of the importer's words."""

    def __init__(self, field: str, problem: str, shown: Any = "") -> None:
        super().__init__(f"{field}: {problem} {shown!r}")
        self.field, self.problem, self.shown = field, problem, str(shown)[:80]


@dataclass(frozen=True)
class Channel:
    """One way to file. ``limit_unit`` is "" where the source names none; ``fee`` is None where it is no one number."""

    method: str
    limit_value: Decimal | None
    limit_unit: str
    fee: int | None
    note: str


@dataclass(frozen=True)
class Parts:
    """All parts of one procedure, ready to be written."""

    code: str
    columns: dict[str, Any]
    channels: tuple[Channel, ...]
    papers: tuple[Paper, ...]
    results: tuple[tuple[str, str], ...]


def parts_of(row: Any) -> Parts:
    """Return the parts that ``row`` (one JSON object of the catalogue) states.

    Raises:
        BadCell: a cell is missing, of the wrong type, too long, or a word the catalogue does not know.
    """
    if not isinstance(row, dict):
        raise BadCell("", "not_object")
    code = _line(row, "code")
    if not CODE.fullmatch(code):
        raise BadCell("code", "bad_code", code)
    channels = tuple(_channel(cell) for cell in _objects(row, "channels"))
    original = _text(row, "components_text")
    columns = {
        "name": _line(row, "name", required=True),
        "decision_number": _line(row, "decision_no"),
        "field": _line(row, "field", required=True),
        "kind": _line(row, "type"),
        "issuing_agency": _line(row, "issuing_agency", required=True),
        "levels": [_level(level) for level in _lines(row, "levels")],
        "subjects": rejoined(_lines(row, "subjects", 300)),
        "executing_agencies": rejoined(_lines(row, "executing_agencies", 500)),
        "competent_agency": _text(row, "competent_agency"),
        "coordinating_agency": _text(row, "coordinating_agency"),
        "reception_address": _text(row, "reception_address"),
        "steps": _text(row, "steps", required=True),
        "conditions": _text(row, "conditions"),
        "channels_text": _text(row, "channels_text"),
        "components_text": original,
        "legal_text": _text(row, "legal_text"),
        "legal_references": _lines(row, "legal_refs", 100),
        "online_kind": "unknown" if any(channel.method == "Trực tuyến" for channel in channels) else "none",
        "source": _line(row, "source", required=True),
        "source_url": _web_address(row),
    }
    papers = tuple(repaired(_paper(cell), original) for cell in _objects(row, "components"))
    results = tuple(_result(cell) for cell in _objects(row, "results"))
    return Parts(code, columns, channels, papers, results)


def rejoined(parts: list[str]) -> list[str]:
    """Undo a split at commas inside a name: a part that begins with a small letter continues the one before it."""
    names: list[str] = []
    for part in parts:
        if names and part[:1].islower():
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return list(dict.fromkeys(names))


def _channel(cell: dict[str, Any]) -> Channel:
    method = squash(_string(cell, "method", "channels"))
    if method not in METHODS:
        raise BadCell("channels", "unknown_method", method)
    unit = squash(_string(cell, "time_unit", "channels"))
    if unit and unit not in UNITS:
        raise BadCell("channels", "unknown_unit", unit)
    value = cell.get("time_value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**6):
        raise BadCell("channels", "not_number", value)
    fee, note = fee_of(squash(_string(cell, "fee", "channels")), _tidy(_string(cell, "note", "channels")))
    return Channel(method, None if value is None else Decimal(str(value)), UNITS.get(unit, ""), fee, note)


def _paper(cell: dict[str, Any]) -> Paper:
    counts = []
    for key in ("originals", "copies"):
        count = cell.get(key) or 0
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise BadCell("components", "not_number", count)
        if count > MOST_COPIES:
            raise BadCell("components", "too_large", count)
        counts.append(count)
    name = _tidy(_string(cell, "name", "components"))  # 14 of 15,880 lost theirs in the crawl: kept, and shown as lost
    form = squash(_string(cell, "form", "components"))
    if len(form) > 500:
        raise BadCell("components", "too_long", form)
    return Paper(_tidy(_string(cell, "case", "components")), name, form, *counts)


def _result(cell: dict[str, Any]) -> tuple[str, str]:
    return squash(_string(cell, "name", "results")), squash(_string(cell, "code", "results"))[:40]


def _level(level: str) -> str:
    if level not in LEVELS:
        raise BadCell("levels", "unknown_level", level)
    return LEVELS[level]


def _web_address(row: dict[str, Any]) -> str:
    address = _line(row, "detail_url")
    if address and not address.startswith(("https://", "http://")):
        raise BadCell("detail_url", "not_address", address)
    return address


def _line(row: dict[str, Any], key: str, *, required: bool = False) -> str:
    """Return a cell that is one line."""
    return _checked(row, key, squash, required)


def _text(row: dict[str, Any], key: str, *, required: bool = False) -> str:
    """Return a cell whose lines are kept."""
    return _checked(row, key, _tidy, required)


def _checked(row: dict[str, Any], key: str, clean: Callable[[str], str], required: bool) -> str:
    text = clean(_string(row, key, key))
    if required and not text:
        raise BadCell(key, "missing")
    if len(text) > LONGEST.get(key, len(text)):
        raise BadCell(key, "too_long", text)
    return text


def _tidy(text: str) -> str:
    """Squash each line, keep the line breaks, allow no more than one empty line at a time."""
    return _BLANK_LINES.sub("\n\n", "\n".join(squash(line) for line in text.splitlines())).strip()


def _string(cell: dict[str, Any], key: str, field: str) -> str:
    value = cell.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadCell(field, "not_text", value)
    return value.replace("\x00", "")  # PostgreSQL keeps no NUL


def _lines(row: dict[str, Any], key: str, longest: int = 40) -> list[str]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadCell(key, "not_list", values)
    lines = [line for value in values if (line := squash(value.replace("\x00", "")))]
    for line in lines:
        if len(line) > longest:
            raise BadCell(key, "too_long", line)
    return lines


def _objects(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise BadCell(key, "not_list", values)
    return values
