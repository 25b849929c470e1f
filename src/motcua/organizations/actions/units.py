"""Loading and establishing units."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.events import UNIT_ESTABLISHED, UNITS_LOADED
from motcua.organizations.models import Succession, Unit, UnitCode
from motcua.organizations.rules.agency_codes import is_agency_code
from motcua.organizations.states import COMMUNE, DISTRICT, GSO, PROVINCE, UNIT_KINDS

ADMIN_UNITS = Path(__file__).parent.parent / "data" / "admin_units"
THREE_LEVELS_UNTIL = date(2025, 6, 30)
TWO_LEVELS_FROM = date(2025, 7, 1)
BEFORE_RECORDS = date(1900, 1, 1)
SOURCE = "admin_units: units_old_3tier.csv, units_new_2tier.csv, map_old_to_new.csv (MIT)"


@dataclass
class _Row:
    """A unit to be written: its key in the load, its parent's key and its columns."""

    key: str
    parent: str
    code: str
    name: str
    name_en: str
    kind: str
    valid_from: date
    valid_to: date | None


@transaction.atomic
def load_administrative_units(*, actor: str) -> int:
    """Load all provinces, districts and communes before and after 1/7/2025, and who succeeded whom.

    Provinces that kept their code stay one unit through the reform. Does nothing when they are there already.
    Returns the number of units written.
    """
    if Unit.objects.filter(kind=PROVINCE).exists():
        return 0
    rows = list(_rows())
    units = _write_tree(rows)
    UnitCode.objects.bulk_create(
        [
            UnitCode(
                unit=units[row.key],
                scheme=GSO,
                code=row.code,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                source=SOURCE,
            )
            for row in rows
        ],
        batch_size=2000,
    )
    successions = list(_successions(units))
    Succession.objects.bulk_create(successions, batch_size=2000)
    record(UNITS_LOADED, subject="units", actor=actor, units=len(rows), successions=len(successions))
    return len(rows)


def _rows() -> Iterator[_Row]:
    """Yield parents before children. Old rows' keys are prefixed: the reform gave old codes to new communes."""
    old, new = _read("units_old_3tier.csv"), _read("units_new_2tier.csv")
    stayed = {row["code"] for row in new if row["level"] == "province"}
    for row in new:
        if row["level"] == "province":
            was_there = any(o["code"] == row["code"] and o["level"] == "province" for o in old)
            since = BEFORE_RECORDS if was_there else TWO_LEVELS_FROM
            yield _Row(row["code"], "", row["code"], row["name"], row["name_en"], PROVINCE, since, None)
    for level, kind in (("province", PROVINCE), ("district", DISTRICT), ("ward", COMMUNE)):
        for row in old:
            if row["level"] != level or (level == "province" and row["code"] in stayed):
                continue
            province = row["province_code"] if row["province_code"] in stayed else f"old {row['province_code']}"
            parent = {"province": "", "district": province, "ward": f"old {row['district_code']}"}[level]
            yield _Row(
                f"old {row['code']}", parent, row["code"], row["name"], "", kind, BEFORE_RECORDS, THREE_LEVELS_UNTIL
            )
    for row in new:
        if row["level"] == "commune":
            yield _Row(
                row["code"],
                row["province_code"],
                row["code"],
                row["name"],
                row["name_en"],
                COMMUNE,
                TWO_LEVELS_FROM,
                None,
            )


def _read(name: str) -> list[dict[str, str]]:
    with (ADMIN_UNITS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_tree(rows: list[_Row]) -> dict[str, Unit]:
    numbers = _take_numbers(len(rows))
    units: dict[str, Unit] = {}
    for number, row in zip(numbers, rows, strict=True):
        parent = units.get(row.parent)
        units[row.key] = Unit(
            pk=number,
            code=row.code,
            name=squash(row.name),
            name_en=row.name_en,
            kind=row.kind,
            parent=parent,
            path=f"{parent.path if parent else ''}{number}/",
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=SOURCE,
        )
    Unit.objects.bulk_create(units.values(), batch_size=2000)
    return units


def _take_numbers(count: int) -> list[int]:
    """Return fresh primary keys: a unit's path holds its own number, so the number is needed before the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('organizations_unit', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def _successions(units: dict[str, Unit]) -> Iterable[Succession]:
    pairs = [
        (f"old {row['old_code']}", row["new_code"])
        for name in ("map_province_old_to_new.csv", "map_old_to_new.csv")
        for row in _read(name)
    ]
    known = dict.fromkeys((old, new) for old, new in pairs if old in units and new in units)
    olds = Counter(old for old, _new in known)
    for old, new in known:
        yield Succession(
            old=units[old], new=units[new], on_day=TWO_LEVELS_FROM, is_partial=olds[old] > 1, source=SOURCE
        )


@transaction.atomic
def establish(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    valid_from: date,
    actor: str,
    one_stop: Unit | None = None,
    codes: dict[str, str] | None = None,
    source: str = "",
) -> Unit:
    """Establish a unit from a day on.

    Raises:
        Refused: unknown kind, the code is borne by another unit then, a district after 30/6/2025 (R2.4), or an
            official code that has not the form of its scheme (DOMAIN 4.8).
    """
    if kind not in UNIT_KINDS:
        raise Refused(gettext("Loại đơn vị không có: “%(kind)s”.") % {"kind": kind}, field="kind")
    if kind == DISTRICT and valid_from > THREE_LEVELS_UNTIL:
        raise Refused(gettext("Từ 01/7/2025 không còn đơn vị hành chính cấp huyện."), field="kind")
    if Unit.objects.in_force(valid_from).filter(code=code).exists():
        raise Refused(gettext("Mã đơn vị “%(code)s” đang được dùng.") % {"code": code}, field="code")
    for scheme, official in (codes or {}).items():
        if not is_agency_code(official, scheme):
            raise Refused(gettext("Mã cơ quan “%(code)s” không đúng dạng.") % {"code": official[:40]}, field="codes")
    number = _take_numbers(1)[0]
    unit = Unit.objects.create(
        pk=number,
        code=code,
        name=squash(name),
        kind=kind,
        parent=parent,
        one_stop=one_stop,
        path=f"{parent.path if parent else ''}{number}/",
        valid_from=valid_from,
        source=source,
    )
    UnitCode.objects.bulk_create(
        UnitCode(unit=unit, scheme=scheme, code=official, valid_from=valid_from, source=source)
        for scheme, official in (codes or {}).items()
    )
    record(UNIT_ESTABLISHED, subject=unit.code, actor=actor, unit=unit.code, kind=kind)
    return unit
