"""Index figures that the national portal published, beside ours. Files are data; the portal is never asked."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from motcua.base.text import fold, squash
from motcua.indicators.index_reading import UnitIndex, index_of, indexes_below, province_of
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.tile_map import Place
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE

FOLDER = Path(__file__).parent / "data"
LEVEL_WORDS = ("uy ban nhan dan ", "ubnd ", "tinh ", "thanh pho ")


@dataclass(frozen=True)
class NationalRecord:
    """A unit's published points by group, as of a day within a year to date."""

    level: str
    parent: str  # code of its province; "" for provinces
    code: str
    name: str
    total: Decimal
    groups: dict[str, Decimal]
    year: int
    as_of: date


@dataclass(frozen=True)
class Beside:
    """A unit of ours with its published record (or None): per group (code, ours, published, ours less published).

    Ours is None where a row of the group has no figures: only like is set beside like.
    """

    index: UnitIndex
    record: NationalRecord | None
    groups: list[tuple[str, Decimal | None, Decimal | None, Decimal | None]]
    total: Decimal | None
    difference: Decimal | None


@cache
def national_records() -> tuple[NationalRecord, ...]:
    """Return the published records shipped with the house, newest file first (national-766-YEAR-YYYYMMDD.csv)."""
    found = []
    for path in sorted(FOLDER.glob("national-766-*.csv"), reverse=True):
        _national, _family, year, day = path.stem.split("-")
        as_of = date.fromisoformat(day)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                groups = {key: Decimal(value) for key, value in row.items() if key.isupper() and value}
                found.append(
                    NationalRecord(
                        row["level"],
                        row["parent"],
                        row["code"],
                        row["name"],
                        Decimal(row["total"]),
                        groups,
                        int(year),
                        as_of,
                    )
                )
    return tuple(found)


@cache
def province_places() -> tuple[Place, ...]:
    """Return where the tiles of the 34 provinces of 1/7/2025 stand on the map."""
    with (FOLDER / "province_tiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(row["code"], row["name"], int(row["row"]), int(row["column"])) for row in csv.DictReader(file)
        )


def _name(text: str) -> str:
    name = squash(fold(text))
    for word in LEVEL_WORDS:
        name = name.removeprefix(word)
    return name


def record_for(unit: Unit, province: Unit, year: int) -> NationalRecord | None:
    """Return the newest record of a unit of a province in a year, found by name; None where there is none.

    Names of departments are the same in every province: the record must stand under the province's own.
    """
    own = _named(province, "province", "", year)
    if unit.pk == province.pk or own is None:
        return own if unit.pk == province.pk else None
    return _named(unit, "commune" if unit.kind == COMMUNE else "department", own.code, year)


def _named(unit: Unit, level: str, parent: str, year: int) -> NationalRecord | None:
    wanted = _name(unit.name)
    records = (each for each in national_records() if (each.year, each.level, each.parent) == (year, level, parent))
    return next((each for each in records if _name(each.name) == wanted), None)


def beside(unit: Unit, period: IndexPeriod) -> list[Beside]:
    """Return a unit and those right under it, each beside its published record of the period's year."""
    province = province_of(unit)
    return [_beside(each, record_for(each.unit, province, period.year)) for each in _indexes(unit, period)]


def _indexes(unit: Unit, period: IndexPeriod) -> list[UnitIndex]:
    return [index_of(unit, period), *indexes_below(unit, period)]


def _beside(index: UnitIndex, record: NationalRecord | None) -> Beside:
    groups = []
    for code, ours in index.score.groups.items():
        theirs = record.groups.get(code) if record else None
        groups.append((code, ours, theirs, None if ours is None or theirs is None else ours - theirs))
    total = index.score.total
    return Beside(index, record, groups, total, None if total is None or record is None else total - record.total)
