"""What is wrong with the data of a definition: every fault with its place, "fields[3].type: …"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.registers.rules.conditions import (
    ALL,
    NONE_OF,
    OF_A_DAY,
    ONE_OF,
    ORDER,
    conditions_of,
)
from motcua.registers.rules.formulas import Part, comparison, formula, reads
from motcua.registers.rules.shapes import (
    CHECKLIST,
    CHOICE,
    CHOICES,
    CLOSED,
    COUNT,
    DATE,
    ENTRY,
    ERROR,
    EVERY,
    FIELD_TYPES,
    FILES,
    KEPT_STATE,
    MEASURE_KINDS,
    MONEY,
    MOVERS,
    NUMBER,
    OFFICIAL,
    OPEN,
    ORDERED,
    PERIOD,
    RATIO,
    STANDING,
    STATE_KINDS,
    SUM,
    UNITS,
    VOID_STATE,
    WARNING,
    YES_NO,
)

MOST_FIELDS, MOST_OPTIONS, MOST_OTHERS = 60, 200, 60
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
FIELD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z]{1,6}")
_TOP = frozenset({
    "code", "prefix", "title", "group", "capability", "basis", "source", "valid_from", "valid_to", "public",
    "confidential", "units", "expected", "dated_by", "titled_by", "fields", "checks", "states", "moves", "due",
    "closed_by", "unique", "measures", "note",
})  # fmt: skip
_OF_FIELD = frozenset({
    "code", "name", "type", "required", "required_in", "options", "unit", "min", "max", "register", "every",
    "personal", "public", "help", "formula",
})  # fmt: skip
_OF_CHECK = frozenset({"id", "check", "previous", "same", "severity", "words"})
_OF_MOVE = frozenset({"code", "name", "from", "to", "by", "asks", "destroys"})
_OF_MEASURE = frozenset({"code", "name", "kind", "of", "where", "dated", "part", "whole"})
_TAKEN = frozenset({"state", "kind", "unit", "code", "on"})  # what conditions, filters and sheets call otherwise
_TEXTS = frozenset({
    "type", "kind", "to", "by", "severity", "of", "part", "whole", "dated", "every", "register", "formula", "check",
    "previous", "unit", "help", "field", "closed_by",
})  # fmt: skip
_FLAGS = ("required", "personal", "public")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

Data = Mapping[str, Any]


def problems(data: Any) -> list[str]:
    """Return every fault of a definition, each with its place; none where it is sound."""
    if not isinstance(data, Mapping):
        return [gettext("Định nghĩa sổ phải là một đối tượng JSON.")]
    # What stands inside is looked at only once the outside has the right shape.
    return list(_shape(data)) or list(_names(data)) or [*_fields(data), *_life(data), *_rest(data)]


def _at(place: str, words: str) -> str:
    return f"{place}: {words}"


def _unknown(data: Data, known: frozenset[str], place: str = "") -> Iterator[str]:
    for name in data.keys() - known:
        yield _at(f"{place}.{name}" if place else str(name), gettext("không có mục này trong định nghĩa sổ."))


def _shape(data: Data) -> Iterator[str]:
    yield from _unknown(data, _TOP)
    for name, most in (("title", 300), ("source", 2000), ("dated_by", 40), ("titled_by", 40), ("code", 40)):
        if not _is_text(data.get(name), most):
            yield _at(name, gettext("cần một chuỗi chữ, dài nhất %(most)s ký tự.") % {"most": most})
    for name, most in (("basis", 2000), ("capability", 60), ("group", 60), ("prefix", 6)):
        if data.get(name) and not _is_text(data[name], most):
            yield _at(name, gettext("cần một chuỗi chữ, dài nhất %(most)s ký tự.") % {"most": most})
    for name in ("valid_from", "valid_to"):
        if (data.get(name) or name == "valid_from") and _day(data.get(name)) is None:
            yield _at(name, gettext("cần một ngày dạng 2026-03-07."))
    for name, most in (("fields", MOST_FIELDS), ("checks", MOST_OTHERS), ("states", MOST_OTHERS),
                       ("moves", MOST_OTHERS), ("measures", MOST_OTHERS)):  # fmt: skip
        rows = data.get(name) or []
        if not isinstance(rows, list) or len(rows) > most or not all(isinstance(row, Mapping) for row in rows):
            yield _at(name, gettext("cần một danh sách, nhiều nhất %(most)s phần tử.") % {"most": most})
    for name in ("expected", "due"):
        if data.get(name) is not None and not isinstance(data[name], Mapping):
            yield _at(name, gettext("cần một đối tượng."))
        else:
            yield from _plain(data.get(name) or {}, name)
    yield from _plain(data, "")
    units = data.get("units", "all")
    if units != "all" and not _is_list_of_texts(units):
        yield _at("units", gettext("cần “all” hoặc danh sách loại đơn vị."))


def _names(data: Data) -> Iterator[str]:
    """Look at codes and names of everything that has one."""
    if not _CODE.fullmatch(data["code"]):
        yield _at("code", gettext("chỉ gồm chữ thường không dấu, chữ số, gạch nối hoặc gạch dưới."))
    if data.get("prefix") and not _PREFIX.fullmatch(data["prefix"]):
        yield _at("prefix", gettext("gồm 1 đến 6 chữ hoa không dấu."))
    if not data.get("fields"):
        yield _at("fields", gettext("sổ cần ít nhất một trường."))
    for name, pattern, key in (("fields", FIELD, "code"), ("states", _CODE, "code"), ("moves", _CODE, "code"),
                               ("measures", _CODE, "code"), ("checks", _CODE, "id")):  # fmt: skip
        told = "words" if name == "checks" else "name"
        yield from _coded(data.get(name) or [], name, pattern, key, told)


def _coded(rows: list[Data], place: str, pattern: re.Pattern[str], key: str, told: str) -> Iterator[str]:
    seen: set[str] = set()
    for position, row in enumerate(rows):
        here = f"{place}[{position}]"
        yield from _plain(row, here)
        code = row.get(key)
        if not _is_text(code, 40) or not pattern.fullmatch(str(code)):
            yield _at(f"{here}.{key}", gettext("mã chỉ gồm chữ thường không dấu, chữ số và dấu nối."))
        elif code in seen:
            yield _at(f"{here}.{key}", gettext("mã “%(code)s” có hai lần.") % {"code": code})
        seen.add(str(code))
        if not _is_text(row.get(told), 400):
            yield _at(f"{here}.{told}", gettext("cần một chuỗi chữ, dài nhất %(most)s ký tự.") % {"most": 400})


def _plain(row: Data, here: str) -> Iterator[str]:
    """Look at what must be one text each, before anybody looks it up."""
    for name in _TEXTS & row.keys():
        if row[name] is not None and not isinstance(row[name], str):
            yield _at(f"{here}.{name}".lstrip("."), gettext("cần một chuỗi chữ."))


def _fields(data: Data) -> Iterator[str]:
    types = {row["code"]: row.get("type") for row in data["fields"]}
    states = _states(data)
    for position, row in enumerate(data["fields"]):
        here = f"fields[{position}] ({row['code']})"
        yield from _unknown(row, _OF_FIELD, here)
        yield from _field(row, here, types, states)
    if types.get(data["dated_by"]) not in (DATE, PERIOD):
        yield _at("dated_by", gettext("cần mã của một trường kiểu date hoặc period."))
    elif not _row_of(data, data["dated_by"]).get("required"):
        yield _at("dated_by", gettext("trường ghi ngày phải bắt buộc (required)."))
    if data["titled_by"] not in types or types[data["titled_by"]] in (FILES, CHECKLIST):
        yield _at("titled_by", gettext("cần mã của một trường."))
    elif data.get("public") and not _is_public(_row_of(data, data["titled_by"])):
        yield _at("titled_by", gettext("sổ công khai không lấy tên mục từ trường không công khai."))


def _field(row: Data, here: str, types: Data, states: Mapping[str, str]) -> Iterator[str]:
    kind = row.get("type")
    if kind not in FIELD_TYPES:
        yield _at(f"{here}.type", gettext("kiểu phải là một trong: %(types)s.") % {"types": ", ".join(FIELD_TYPES)})
        return
    if row["code"] in _TAKEN:
        yield _at(f"{here}.code", gettext("mã này hệ thống dùng cho việc khác; hãy đặt mã khác."))
    for flag in _FLAGS:
        if not isinstance(row.get(flag, False), bool):
            yield _at(f"{here}.{flag}", gettext("cần true hoặc false."))
    for state in _texts(row.get("required_in")):
        if state not in states:
            yield _at(f"{here}.required_in", gettext("không có trạng thái “%(code)s”.") % {"code": state})
    yield from _options(row, here, is_needed=kind in (CHOICE, CHOICES, CHECKLIST))
    yield from _limits(row, here)
    if kind == ENTRY and not row.get("register"):
        yield _at(f"{here}.register", gettext("cần mã của sổ mà mục thuộc về."))
    if row.get("every") and (kind != PERIOD or row["every"] not in EVERY):
        yield _at(f"{here}.every", gettext("chỉ dùng cho trường kiểu period: %(every)s.") % {"every": ", ".join(EVERY)})
    if row.get("formula"):
        yield from _formula(row, here, types)


def _formula(row: Data, here: str, types: Data) -> Iterator[str]:
    if row["type"] not in (NUMBER, MONEY) or row.get("required"):
        yield _at(f"{here}.formula", gettext("chỉ trường số, không bắt buộc, mới tính được bằng công thức."))
    found, words = _parsed(formula, row["formula"])
    if words:
        yield _at(f"{here}.formula", words)
    for read in reads(found) if found is not None else ():
        if read.is_previous or types.get(read.field) not in ORDERED or read.field == row["code"]:
            yield _at(f"{here}.formula", gettext("“[%(code)s]” không phải trường số hoặc ngày khác của mục này.")
                      % {"code": read.field})  # fmt: skip


def _options(row: Data, here: str, *, is_needed: bool) -> Iterator[str]:
    options = row.get("options") or []
    if not isinstance(options, list) or not all(isinstance(each, Mapping) for each in options):
        yield _at(f"{here}.options", gettext("cần danh sách {code, name}."))
        return
    if bool(options) != is_needed or len(options) > MOST_OPTIONS:
        yield _at(f"{here}.options", gettext("chỉ và luôn có ở trường choice, choices, checklist."))
    yield from _coded(options, f"{here}.options", re.compile(r"[a-z0-9]+(?:[_.-][a-z0-9]+)*"), "code", "name")


def _limits(row: Data, here: str) -> Iterator[str]:
    for name in ("min", "max"):
        if row.get(name) is not None and (isinstance(row[name], bool) or not isinstance(row[name], int | float)):
            yield _at(f"{here}.{name}", gettext("cần một số."))
        elif row.get(name) is not None and row["type"] not in (NUMBER, MONEY):
            yield _at(f"{here}.{name}", gettext("chỉ dùng cho trường số."))


def _life(data: Data) -> Iterator[str]:
    codes, states = {row["code"] for row in data["fields"]}, _states(data)
    for position, row in enumerate(data.get("states") or []):
        yield from _unknown(row, frozenset({"code", "name", "kind"}), f"states[{position}]")
        if row.get("kind", OPEN) not in STATE_KINDS:
            yield _at(f"states[{position}].kind", gettext("phải là open, done hoặc void."))
    for position, row in enumerate(data.get("moves") or []):
        here = f"moves[{position}] ({row['code']})"
        yield from _unknown(row, _OF_MOVE, here)
        if not _is_list_of_texts(row.get("from")) or not row["from"]:
            yield _at(f"{here}.from", gettext("cần danh sách trạng thái."))
        for state in [*_texts(row.get("from")), row.get("to")]:
            if state not in states:
                yield _at(here, gettext("không có trạng thái “%(code)s”.") % {"code": state})
        if row.get("by", "keeper") not in MOVERS:
            yield _at(f"{here}.by", gettext("phải là keeper hoặc checker."))
        for field in _texts(row.get("asks")):
            if field not in codes or _row_of(data, field).get("formula"):
                yield _at(f"{here}.asks", gettext("không có trường “%(code)s” để hỏi.") % {"code": field})


def _rest(data: Data) -> Iterator[str]:
    types = {row["code"]: row.get("type") for row in data["fields"]}
    for position, row in enumerate(data.get("checks") or []):
        yield from _check(row, f"checks[{position}] ({row['id']})", types)
    expected, due = data.get("expected"), data.get("due")
    if expected is not None:
        days = expected.get("within_days")
        if expected.get("every") not in EVERY or not isinstance(days, int) or not 0 <= days <= 366:
            yield _at("expected", gettext("cần every (month, quarter, half, year) và within_days từ 0 đến 366."))
    if due is not None:
        if types.get(due.get("field")) != DATE:
            yield _at("due.field", gettext("cần mã của một trường kiểu date."))
        for state in _texts(due.get("while")) or [""]:
            if state not in _states(data):
                yield _at("due.while", gettext("không có trạng thái “%(code)s”.") % {"code": state})
    yield from _unique(data.get("unique") or [], types)
    if data.get("closed_by") and types.get(data["closed_by"]) != DATE:
        yield _at("closed_by", gettext("cần mã của một trường kiểu date."))
    for position, row in enumerate(data.get("measures") or []):
        yield from _measure(row, f"measures[{position}] ({row['code']})", data, types)


def _unique(groups: Any, types: Data) -> Iterator[str]:
    if not isinstance(groups, list) or not all(_is_list_of_texts(each) and each for each in groups):
        yield _at("unique", gettext("cần danh sách của các danh sách mã trường."))
        return
    for position, names in enumerate(groups):
        for code in set(names) - types.keys():
            yield _at(f"unique[{position}]", gettext("không có trường “%(code)s”.") % {"code": code})


def _check(row: Data, here: str, types: Data) -> Iterator[str]:
    yield from _unknown(row, _OF_CHECK, here)
    if row.get("severity", ERROR) not in (ERROR, WARNING):
        yield _at(f"{here}.severity", gettext("phải là error hoặc warning."))
    text = row.get("previous") or row.get("check")
    if not isinstance(text, str) or ("previous" in row) == ("check" in row):
        yield _at(here, gettext("cần một trong hai: check hoặc previous."))
        return
    found, words = _parsed(comparison, text)
    if words:
        yield _at(here, words)
    read = list(reads(found)) if found is not None else []
    for each in read:
        if types.get(each.field) not in ORDERED:
            yield _at(here, gettext("“[%(code)s]” không phải trường số hoặc ngày.") % {"code": each.field})
    if read and any(each.is_previous for each in read) != ("previous" in row):
        yield _at(here, gettext("“previous [mã]” đứng trong previous và chỉ ở đó."))
    for code in _texts(row.get("same")):
        if code not in types:
            yield _at(f"{here}.same", gettext("không có trường “%(code)s”.") % {"code": code})


def _measure(row: Data, here: str, data: Data, types: Data) -> Iterator[str]:
    yield from _unknown(row, _OF_MEASURE, here)
    kind = row.get("kind")
    if kind not in MEASURE_KINDS:
        yield _at(f"{here}.kind", gettext("phải là count, sum, standing, units hoặc ratio."))
        return
    if kind == RATIO:
        counted = {each["code"] for each in data["measures"] if each.get("kind") in (COUNT, SUM, STANDING, UNITS)}
        for side in ("part", "whole"):
            if row.get(side) not in counted:
                yield _at(f"{here}.{side}", gettext("cần mã của một số đo khác, không phải tỷ lệ."))
        return
    if (kind == SUM) != (types.get(str(row.get("of"))) in (NUMBER, MONEY)):
        yield _at(f"{here}.of", gettext("cần mã của một trường số, chỉ ở số đo kiểu sum."))
    if row.get("dated") and (row["dated"] != CLOSED or not data.get("closed_by") or kind not in (COUNT, SUM)):
        yield _at(f"{here}.dated", gettext("chỉ có closed, ở sổ có closed_by và số đo count, sum."))
    where = row.get("where") or {}
    if where and kind == UNITS:
        yield _at(f"{here}.where", gettext("số đo units không có điều kiện."))
    if not isinstance(where, Mapping) or not all(isinstance(text, str) for text in where.values()):
        yield _at(f"{here}.where", gettext("cần một đối tượng {tên: chữ}."))
        return
    yield from _where(where, f"{here}.where", data, kind)


def _where(where: Mapping[str, str], here: str, data: Data, kind: str) -> Iterator[str]:
    for each in conditions_of(where):
        place = f"{here}.{each.name}"
        if each.name in ("state", "kind"):
            known: Iterable[str] = _states(data) if each.name == "state" else STATE_KINDS
            row: Data = {"type": CHOICE, "options": [{"code": code} for code in known]}
        elif any(each.name == field["code"] for field in data["fields"]):
            row = _row_of(data, each.name)
        else:
            yield _at(place, gettext("không có trường này."))
            continue
        if each.kind in OF_A_DAY and (kind != STANDING or row["type"] != DATE):
            yield _at(place, gettext("within và past chỉ dùng cho trường ngày của số đo standing."))
        if each.kind == ALL and row["type"] != CHECKLIST:
            yield _at(place, gettext("all chỉ dùng cho checklist."))
        if each.kind == ORDER and not _fits_order(row["type"], each.values[0]):
            yield _at(place, gettext("so sánh lớn nhỏ cần trường số hoặc ngày và một số hoặc một ngày."))
        if each.kind in (ONE_OF, NONE_OF):
            yield from _values(row, each.values, place)


def _values(row: Data, values: tuple[str, ...], place: str) -> Iterator[str]:
    known = {"yes", "no"} if row["type"] == YES_NO else {each["code"] for each in row.get("options") or ()}
    for value in values if known else ():
        if value not in known:
            yield _at(place, gettext("không có giá trị “%(code)s”.") % {"code": value})


def _fits_order(kind: str, value: str) -> bool:
    return _day(value) is not None if kind == DATE else kind in ORDERED and bool(_NUMBER.fullmatch(value))


def _parsed(parse: Callable[[str], Part], text: str) -> tuple[Part | None, str]:
    try:
        return parse(text), ""
    except Refused as refusal:
        return None, refusal.message


def _states(data: Data) -> dict[str, str]:
    """Return kind by code of every state that the definition has in the end."""
    found = {row["code"]: row.get("kind", OPEN) for row in data.get("states") or ()} or {KEPT_STATE[0]: KEPT_STATE[2]}
    if VOID_STATE[2] not in found.values():
        found[VOID_STATE[0]] = VOID_STATE[2]
    return found


def _row_of(data: Data, code: str) -> Data:
    return next(row for row in data["fields"] if row["code"] == code)


def _is_public(row: Data) -> bool:
    return bool(row.get("public", True)) and not row.get("personal") and row.get("type") != OFFICIAL


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= most and "\0" not in value


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _texts(value: Any) -> list[str]:
    return list(value) if _is_list_of_texts(value) else []


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
