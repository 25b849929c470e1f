"""A unit's components of index 766 as a JSON file: what ``motcua index score`` reads. Pure.

The shape is that of the public crawls: {"unit": {"level", "groups"?, "received", "on_time", "metrics": [{"code",
"numerator", "denominator", "score"?}], "online_payment": {…counts}}}; the unit's own object alone will do. Files made
by hand are read as they mean: numbers as text ("417.669", "85,8"), shares ("85,8 %") instead of counts, parts that are
missing, keys that are not ours.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.indicators.rules.service_index import Counts

ON_TIME = "HANDLED_ON_TIME"
LEVELS = {
    "province": ("province", "tinh", "city", "thanh pho", "cap tinh"),
    "department": ("department", "so", "so nganh", "agency", "office", "ban nganh"),
    "commune": ("commune", "ward", "xa", "phuong", "cap xa", "dac khu"),
}
PAYMENT_COUNTS = (
    "dossiers_paid_online", "dossiers_with_fee", "procedures_paid_online", "procedures_with_fee", "fee_procedures",
)  # fmt: skip
SHARES = ("ratio", "percent", "rate", "pct")  # a share in per cent, where the counts themselves are not told
MOST_BYTES = 5_000_000
_THOUSANDS = re.compile(r"\d{1,3}([.,\s]\d{3})+", re.ASCII)


@dataclass(frozen=True)
class Components:
    """What the file tells of one unit. ``unknown``: codes that the version of the index does not know."""

    level: str
    name: str
    counts: dict[str, Counts]
    payment: dict[str, Decimal]
    published_rows: dict[str, Decimal]
    published_groups: dict[str, Decimal]
    published_total: Decimal | None
    unknown: tuple[str, ...]


def components_of(content: bytes, known: set[str], groups: set[str]) -> Components:
    """Return the components in a file; ``known`` are the row codes and ``groups`` the group codes of the version.

    Raises:
        Refused: the file is no such JSON; the message names the place ("unit.metrics[3].numerator").
    """
    unit = _unit(content)
    counts: dict[str, Counts] = {}
    published: dict[str, Decimal] = {}
    unknown = []
    for number, metric in enumerate(_metrics(unit)):
        where = f"unit.metrics[{number}]"
        code = metric.get("code") if isinstance(metric, dict) else None
        if not isinstance(code, str) or not code.strip():
            raise Refused(f"{where}: thiếu mã chỉ số (code).")
        code = code.strip().upper()
        if code not in known:
            unknown.append(code)
            continue
        told = _counts(metric, where)
        if code in counts and counts[code] != told:
            raise Refused(f"{where}: chỉ số {code} ghi hai lần, hai số khác nhau.")
        counts[code] = told
        if (points := _number(metric, "score", where)) is not None:
            published[code] = points
    if ON_TIME in known and not counts.get(ON_TIME, Counts()).is_told:
        counts[ON_TIME] = _on_time(unit)
    return Components(
        _level(unit),
        str(unit.get("name") or ""),
        counts,
        _numbers(unit, "online_payment", PAYMENT_COUNTS),
        published,
        _numbers(unit, "groups", groups),
        _number(unit, "total", "unit"),
        tuple(unknown),
    )


def _level(unit: Mapping[str, Any]) -> str:
    """Return the level that the file names; where it names none, what the unit's name begins with, else province."""
    told = unit.get("level")
    if told is None or told == "":
        name = fold(str(unit.get("name") or "")).removeprefix("ubnd ")
        if name.startswith(("xa ", "phuong ", "dac khu ")):
            return "commune"
        return "department" if name.startswith(("so ", "ban ", "thanh tra ")) else "province"
    meant = fold(str(told)).strip()
    for level, words in LEVELS.items():
        if meant in words:
            return level
    raise Refused(f"unit.level: “{told}” không phải là một trong {', '.join(LEVELS)}.")


def _metrics(unit: Mapping[str, Any]) -> list[Any]:
    """Return the metrics as a list of objects with their codes; they may also come as {code: object}."""
    value = unit.get("metrics") or []
    if isinstance(value, dict):
        return [{**each, "code": code} if isinstance(each, dict) else {"code": None} for code, each in value.items()]
    if not isinstance(value, list):
        raise Refused("unit.metrics: phải là một danh sách.")
    return value


def _counts(metric: Mapping[str, Any], where: str) -> Counts:
    counts = Counts(_number(metric, "numerator", where), _number(metric, "denominator", where))
    if counts.denominator is None and _is_share(metric.get("numerator")):
        return Counts(counts.numerator, Decimal(100))
    if counts.is_told:
        return counts
    for name in SHARES:
        if (share := _number(metric, name, where)) is not None:
            return Counts(share, Decimal(100))
    return counts


def _on_time(unit: Mapping[str, Any]) -> Counts:
    """Return the counts of row 5, which stand beside the metrics: on time, or what is not overdue, of received."""
    received, on_time = _number(unit, "received", "unit"), _number(unit, "on_time", "unit")
    overdue, share = _number(unit, "overdue", "unit"), _number(unit, "on_time_pct", "unit")
    if received is not None and on_time is None and overdue is not None:
        on_time = max(Decimal(0), received - overdue)
    if on_time is not None and received is None and overdue is not None:
        received = on_time + overdue
    if (received is None or on_time is None) and share is not None:
        return Counts(share, Decimal(100))
    return Counts(on_time, received)


def _unit(content: bytes) -> Mapping[str, Any]:
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp quá lớn (tối đa {MOST_BYTES // 1_000_000} MB).")
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_int=Decimal)
    except UnicodeDecodeError as error:
        raise Refused("Tệp không ở bảng mã UTF-8.") from error
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise Refused("Tệp không phải là JSON hợp lệ.") from error
    if isinstance(whole, list) and len(whole) == 1:
        whole = whole[0]
    unit = whole.get("unit", whole) if isinstance(whole, dict) else None
    if not isinstance(unit, dict) or not ({"metrics", "received", "on_time_pct", "online_payment"} & set(unit)):
        raise Refused("Tệp không chứa thành phần chỉ số của một đơn vị (cần “unit” với “metrics”).")
    return unit


def _numbers(unit: Mapping[str, Any], name: str, wanted: Collection[str]) -> dict[str, Decimal]:
    """Return the numbers of an object by name, those wanted only; an object in their place may hold the "score"."""
    value = unit.get(name) or {}
    if not isinstance(value, dict):
        raise Refused(f"unit.{name}: phải là một đối tượng.")
    plain = {key: each.get("score") if isinstance(each, dict) else each for key, each in value.items()}
    found = {key: _number(plain, key, f"unit.{name}") for key in plain if key in wanted}
    return {key: number for key, number in found.items() if number is not None}


def _is_share(value: Any) -> bool:
    return isinstance(value, str) and value.strip().endswith("%")


def _number(values: Mapping[str, Any], name: str, where: str) -> Decimal | None:
    value = values.get(name)
    if value is None or (isinstance(value, str) and value.strip() in ("", "-", "–", "null", "N/A")):
        return None
    number = number_from_text(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, Decimal) or not number.is_finite():
        number = Decimal(-1)
    if not 0 <= number <= 10**15:
        raise Refused(f"{where}.{name}: “{str(value)[:40]}” không phải là số không âm.")
    return number


def number_from_text(text: str) -> Decimal | None:
    """Return a number written by hand: groups of three are thousands, else a comma or point begins the decimals."""
    plain = text.strip().removesuffix("%").strip()
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[.,\s]", "", plain)
    try:
        return Decimal(plain.replace(",", ".")) if plain.isascii() else None
    except InvalidOperation:
        return None
