"""A form out of an Excel template: rows recognised from its lines, rules typed by the officer, contradictions found.

The officer sees the rows as text, one per line, ``code | name | unit | kind``, and may change them; rules are one per
line in the language of ``rules.expressions``: ``[3] := [2] / [1] * 100`` computes a row, ``[2] <= [1]`` must hold.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.reports.rules.contradictions import contradiction
from motcua.reports.rules.expressions import parse, parse_comparison
from motcua.reports.rules.forms import KINDS, Form, form_from

RULE = "K02"  # what officers' own rules are called
MOST_ROWS = 500
_CODE = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*")
_NUMBER_HEADS = {"tt", "stt", "so tt", "so thu tu"}
_NAME_HEADS = ("chi tieu", "noi dung", "ten", "tieu chi", "linh vuc", "danh muc")
_UNIT_HEADS = ("don vi tinh", "dvt", "don vi")
_ORDERS = {"=": "=", "!=": "<>", "<=": "<=", ">=": "=>", "<": "<", ">": ">"}
_TURNED = {"=": "=", "!=": "!=", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_COLUMNS = [
    {"code": "number", "name": "STT"},
    {"code": "name", "name": "Chỉ tiêu"},
    {"code": "unit", "name": "Đơn vị tính"},
    {"code": "value", "name": "Số liệu của kỳ báo cáo"},
    {"code": "note", "name": "Ghi chú"},
]


def recognised(lines: Iterable[Sequence[str]]) -> list[str]:
    """Return the rows of the first table whose head names a number and a name column, as lines of text.

    Raises:
        Refused: there is no such head, or no row below it.
    """
    places: dict[str, int] | None = None
    rows: list[tuple[str, str, str]] = []
    for cells in lines:
        if places is None:
            places = _head(cells)
            continue
        number, name, unit = (_at(cells, places.get(key)) for key in ("number", "name", "unit"))
        code = number.strip().strip(".()")
        if name and _CODE.fullmatch(code) and not name.strip("()").isdigit():
            rows.append((code, name.replace("|", "/"), unit.replace("|", "/")))
    if places is None:
        raise Refused("Không thấy dòng tiêu đề có cột TT (STT) và cột tên chỉ tiêu.", field="file")
    if not rows:
        raise Refused("Dưới dòng tiêu đề không có dòng nào mang số thứ tự và tên.", field="file")
    return [f"{code} | {name} | {unit} | {_kind(code, unit, rows)}" for code, name, unit in rows]


def _head(cells: Sequence[str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        words = fold(squash(cell))
        if words in _NUMBER_HEADS:
            found.setdefault("number", at)
        elif words.startswith(_UNIT_HEADS):
            found.setdefault("unit", at)
        elif words.startswith(_NAME_HEADS):
            found.setdefault("name", at)
    return found if {"number", "name"} <= found.keys() else None


def _at(cells: Sequence[str], place: int | None) -> str:
    return squash(cells[place]) if place is not None and place < len(cells) else ""


def _kind(code: str, unit: str, rows: Sequence[tuple[str, str, str]]) -> str:
    if "%" in unit:
        return "percent"
    has_parts = any(other.startswith(f"{code}.") for other, _name, _unit in rows)
    return "group" if not unit and has_parts else "number"


def made_form(
    *, code: str, appendix: int, title: str, regime: str, valid_from: str, rows: str, rules: str
) -> tuple[dict[str, Any], Form]:
    """Return the data of a form and the form itself.

    Raises:
        Refused: a line cannot be read (it is quoted), two rows have one code, a rule names no row, runs in a circle or
            contradicts another (both are quoted).
    """
    data: dict[str, Any] = {
        "code": code,
        "appendix": appendix,
        "mark": f"Biểu {appendix}",
        "title": title,
        "regime": regime,
        "valid_from": valid_from,
        "source": "Biểu của tỉnh",
        "columns": _COLUMNS,
        "rows": [_row(line) for line in rows.splitlines() if line.strip()],
        "relations": [],
    }
    if not 1 <= len(data["rows"]) <= MOST_ROWS:
        raise Refused(f"Biểu cần từ 1 đến {MOST_ROWS} dòng.", field="rows")
    by_code = {row["code"]: row for row in data["rows"]}
    for line in filter(None, map(str.strip, rules.splitlines())):
        _add_rule(data, by_code, line)
    _check_contradictions([relation["check"] for relation in data["relations"] if "check" in relation])
    form = form_from(data)
    against = contradiction((relation.text, relation.check) for relation in form.relations)
    if against:
        first, *others = against
        told = "; ".join(f"“{other}”" for other in others) or "chính nó"
        raise Refused(f"Quy tắc “{first}” trái với {told}: không số nào đúng tất cả.", field="rules")
    return data, form


def _row(line: str) -> dict[str, Any]:
    parts = [squash(part) for part in line.split("|")]
    if len(parts) != 4 or not _CODE.fullmatch(parts[0]) or not parts[1] or parts[3] not in KINDS - {"enum"}:
        raise Refused(
            f"Dòng “{line[:80]}” phải có dạng: mã | tên | đơn vị tính | kiểu (number, percent, text, group).",
            field="rows",
        )
    code, name, unit, kind = parts
    return {"code": code, "name": name[:400], "unit": unit[:60], "kind": kind}


def _add_rule(data: dict[str, Any], rows: dict[str, dict[str, Any]], line: str) -> None:
    try:
        if ":=" in line:
            target, formula = (part.strip() for part in line.split(":=", 1))
            row = rows.get(target.strip("[] "))
            if row is None or row["kind"] not in ("number", "percent") or "formula" in row:
                raise Refused(f"“{target}” không phải dòng số, hoặc đã có công thức.")
            parse(formula)
            row["formula"] = formula
            data["relations"].append({"rule": RULE, "formula_of": row["code"]})
        else:
            parse_comparison(line)
            data["relations"].append({"rule": RULE, "check": line})
    except Refused as refusal:
        raise Refused(f"Quy tắc “{line[:80]}”: {refusal.message}", field="rules") from refusal


def _check_contradictions(rules: Sequence[str]) -> None:
    """Refuse two rules about the same two sums that no numbers can fulfil together."""
    allowed: dict[tuple[object, object], list[tuple[set[str], str]]] = {}
    for text in rules:
        comparison = parse_comparison(text)
        sides: tuple[object, object] = (comparison.left, comparison.right)
        sign = comparison.sign
        if repr(sides[0]) > repr(sides[1]):
            sides, sign = (sides[1], sides[0]), _TURNED[sign]
        orders = set(_ORDERS[sign])
        for earlier, other in allowed.get(sides, []):
            if not earlier & orders:
                raise Refused(f"Quy tắc “{text}” trái với “{other}”: không số nào đúng cả hai.", field="rules")
        allowed.setdefault(sides, []).append((orders, text))
