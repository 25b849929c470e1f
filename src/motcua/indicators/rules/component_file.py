"""A unit's components of index 766 as a JSON file: what ``motcua index score`` reads. Pure.

The shape is that of the public crawls: {"unit": {"level", "groups"?, "received", "on_time", "metrics": [{"code",
"numerator", "denominator", "score"?}], "online_payment": {…counts}}}; the unit's own object alone will do.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.base.refusal import Refused
from motcua.indicators.rules.service_index import Counts

ON_TIME = "HANDLED_ON_TIME"
FULL_ONLINE = "FULL_ONLINE_DOSSIERS"
LEVELS = ("province", "department", "commune")
MOST_BYTES = 5_000_000


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
    level = unit.get("level", "province")
    if level not in LEVELS:
        raise Refused(f"unit.level: “{level}” không phải là một trong {', '.join(LEVELS)}.")
    counts: dict[str, Counts] = {}
    published: dict[str, Decimal] = {}
    unknown = []
    for number, metric in enumerate(_list(unit, "metrics")):
        where = f"unit.metrics[{number}]"
        code = metric.get("code") if isinstance(metric, dict) else None
        if not isinstance(code, str):
            raise Refused(f"{where}: thiếu mã chỉ số (code).")
        if code not in known:
            unknown.append(code)
            continue
        if code in counts:
            raise Refused(f"{where}: chỉ số {code} ghi hai lần.")
        counts[code] = Counts(_number(metric, "numerator", where), _number(metric, "denominator", where))
        if (points := _number(metric, "score", where)) is not None:
            published[code] = points
    received = _number(unit, "received", "unit")
    if ON_TIME not in counts and received is not None:
        counts[ON_TIME] = Counts(_number(unit, "on_time", "unit"), received)
    payment = _numbers(unit, "online_payment")
    told = {code: points for code, points in _numbers(unit, "groups").items() if code in groups}
    return Components(
        level,
        str(unit.get("name", "")),
        counts,
        payment,
        published,
        told,
        _number(unit, "total", "unit"),
        tuple(unknown),
    )


def _unit(content: bytes) -> Mapping[str, Any]:
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp quá lớn (tối đa {MOST_BYTES // 1_000_000} MB).")
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_int=Decimal)
    except UnicodeDecodeError as error:
        raise Refused("Tệp không ở bảng mã UTF-8.") from error
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise Refused("Tệp không phải là JSON hợp lệ.") from error
    unit = whole.get("unit", whole) if isinstance(whole, dict) else None
    if not isinstance(unit, dict) or not ({"metrics", "received"} & set(unit)):
        raise Refused("Tệp không chứa thành phần chỉ số của một đơn vị (cần “unit” với “metrics”).")
    return unit


def _list(unit: Mapping[str, Any], name: str) -> list[Any]:
    value = unit.get(name) or []
    if not isinstance(value, list):
        raise Refused(f"unit.{name}: phải là một danh sách.")
    return value


def _numbers(unit: Mapping[str, Any], name: str) -> dict[str, Decimal]:
    value = unit.get(name) or {}
    if not isinstance(value, dict):
        raise Refused(f"unit.{name}: phải là một đối tượng.")
    found = {key: _number(value, key, f"unit.{name}") for key in value}
    return {key: number for key, number in found.items() if number is not None}


def _number(values: Mapping[str, Any], name: str, where: str) -> Decimal | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0 or value > 10**15:
        raise Refused(f"{where}.{name}: “{value}” không phải là số không âm.")
    return value
