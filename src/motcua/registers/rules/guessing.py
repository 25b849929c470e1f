"""A first definition out of a sheet that a unit keeps already: its heads become fields, their values tell the types."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.registers.rules.periods import period_of
from motcua.registers.rules.shapes import DATE, LONG_TEXT, NUMBER, PERIOD, TEXT, YES_NO
from motcua.registers.rules.values import day_of

_NUMBER_HEADS = {"tt", "stt", "so tt", "so thu tu"}
_NUMBER = re.compile(r"-?[\d.]+(?:,\d+)?")
_LEAST, _MOST, _LONG = 2, 60, 120


def guessed(title: str, rows: Sequence[Sequence[Any]], day: date) -> dict[str, Any]:
    """Return the data of a definition: a draft for an officer to look at. ``rows``: [[line, [cells]]].

    Raises:
        Refused: no line of the sheet looks like heads, or no column holds days or periods.
    """
    at = next((at for at, (_line, cells) in enumerate(rows) if sum(map(bool, cells)) >= _LEAST + 1), None)
    at = (
        at
        if at is not None
        else next((at for at, (_l, cells) in enumerate(rows) if sum(map(bool, cells)) >= _LEAST), None)
    )
    if at is None:
        raise Refused(gettext("Không thấy dòng tiêu đề có ít nhất hai cột."), field="file")
    heads = [squash(str(cell)) for cell in rows[at][1]]
    fields: list[dict[str, Any]] = []
    for place, head in enumerate(heads[:_MOST]):
        if not head or fold(head) in _NUMBER_HEADS:
            continue
        values = [str(cells[place]) for _line, cells in rows[at + 1 :] if place < len(cells) and cells[place]]
        fields.append({"code": _code(head, fields), "name": head[:400], "type": _type(head, values)})
    dated = next((field for field in fields if field["type"] in (DATE, PERIOD)), None)
    titled = next((field for field in fields if field["type"] in (TEXT, LONG_TEXT)), None)
    if dated is None or titled is None:
        raise Refused(gettext("Sổ cần một cột ngày hoặc kỳ và một cột chữ làm tên mục."), field="file")
    dated["required"] = titled["required"] = True
    return {
        "code": _slug(title)[:40].strip("-") or "so",
        "title": title,
        "source": gettext("Lập từ tệp của tỉnh"),
        "valid_from": day.isoformat(),
        "dated_by": dated["code"],
        "titled_by": titled["code"],
        "units": "all",
        "fields": fields,
        "measures": [{"code": "entries", "name": gettext("Số mục: %(title)s") % {"title": title}, "kind": "count"}],
    }


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return slug if slug[:1].isalpha() else f"so-{slug}"


def _code(head: str, fields: Sequence[dict[str, Any]]) -> str:
    base = _slug(head).replace("-", "_")[:30].strip("_")
    base = f"{base}_1" if base in ("state", "kind", "unit", "code", "on") else base
    taken = {field["code"] for field in fields}
    return next(each for each in (base, *(f"{base}_{n}" for n in range(2, 100))) if each not in taken)


def _type(head: str, values: Sequence[str]) -> str:
    if values and all(_fits(day_of, each) for each in values):
        return DATE
    if values and all(_NUMBER.fullmatch(each) for each in values):
        return NUMBER
    if values and all(_fits(period_of, each) for each in values):
        return PERIOD
    if values and {fold(each) for each in values} <= {"co", "khong", "x"}:
        return YES_NO
    if not values and fold(head).startswith("ngay "):
        return DATE
    return LONG_TEXT if any(len(each) > _LONG for each in values) else TEXT


def _fits(read: Any, text: str) -> bool:
    try:
        read(text)
    except Refused:
        return False
    return True
