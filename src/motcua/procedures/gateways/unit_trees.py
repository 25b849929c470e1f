"""Provinces, districts and communes of the whole country in both trees: what an address is chosen from.

Our own units cover one province; people are born and live in all of them. Read once from the files of ``organizations``
(GSO codes, public data): three levels until 30/6/2025, two levels since.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from motcua import organizations
from motcua.base.text import sort_key
from motcua.procedures.rules.eforms.form import NEW_TREE, OLD_TREE

_FOLDER = Path(organizations.__file__).parent / "data" / "admin_units"
_FILES = {NEW_TREE: "units_new_2tier.csv", OLD_TREE: "units_old_3tier.csv"}
Choice = tuple[str, str]  # code, name


def provinces(tree: str) -> tuple[Choice, ...]:
    """Return the provinces of a tree in the order of a dictionary; () for a tree that does not exist."""
    return _below(tree, "")


def districts(province: str) -> tuple[Choice, ...]:
    """Return the districts that a province had until 30/6/2025."""
    return _below(OLD_TREE, province)


def communes(tree: str, above: str) -> tuple[Choice, ...]:
    """Return the communes of a province (new tree) or of a district (old tree)."""
    return _below(tree, above)


def _below(tree: str, above: str) -> tuple[Choice, ...]:
    return _tree(tree)[0].get(above, ()) if tree in _FILES else ()


def is_known(address: Mapping[str, Any]) -> bool:
    """Whether the units of an address exist and stand one under the other."""
    tree, province, commune = (str(address.get(part, "")) for part in ("tree", "province", "commune"))
    above = str(address.get("district", "")) if tree == OLD_TREE else province
    stands = tree == NEW_TREE or above in dict(districts(province))
    return stands and province in dict(provinces(tree)) and commune in dict(communes(tree, above))


def words_of(address: Mapping[str, Any]) -> str:
    """Return an address in words; one of the old tree says what its commune is called now, where that is certain."""
    tree = str(address.get("tree", NEW_TREE))
    names = _tree(tree)[1] if tree in _FILES else {}
    codes = [str(address.get(part, "")) for part in ("commune", "district", "province")]
    parts = [str(address.get("detail", "")), *(names.get(code, code) for code in codes)]
    words = ", ".join(part for part in parts if part)
    now = _successors().get(codes[0], "") if tree == OLD_TREE else ""
    return f"{words} ({gettext('nay là %(place)s') % {'place': now}})" if now else words


@cache
def _tree(tree: str) -> tuple[dict[str, tuple[Choice, ...]], dict[str, str]]:
    """Return (what stands under each unit, names); "" stands above the provinces."""
    below: dict[str, list[Choice]] = {}
    names: dict[str, str] = {}
    for row in _rows(_FILES[tree]):
        above = "" if row["level"] == "province" else row.get("district_code") or row["province_code"]
        below.setdefault(above, []).append((row["code"], row["name"]))
        names[row["code"]] = row["name"]
    ordered = {above: tuple(sorted(units, key=lambda unit: sort_key(unit[1]))) for above, units in below.items()}
    return ordered, names


@cache
def _successors() -> dict[str, str]:
    """Return the present commune and province of each old commune that went into one only."""
    found: dict[str, set[str]] = {}
    for row in _rows("map_old_to_new.csv"):
        found.setdefault(row["old_code"], set()).add(f"{row['new_name']}, {row['new_province']}")
    return {code: names.pop() for code, names in found.items() if len(names) == 1}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
