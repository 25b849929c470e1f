"""Names of bodies in a plan's text, understood against the units of a tree. Pure: the units are given.

A name may stand for one unit, for many ("Các sở, ban, ngành"), for a part of the plan's own unit ("Các ngành chuyên
môn" of a commune), for a level that is no more ("UBND cấp huyện"), or for nobody in the tree (a newspaper, a working
group): those are left to a person.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.base.text import fold, squash
from motcua.organizations.states import COMMUNE, DEPARTMENT, OFFICE, ONE_STOP, PROVINCE, VERTICAL_AGENCY
from motcua.plans.states import COLLECTIVE, INSIDE, SUCCESSOR, UNIT_FOUND

FORMER = Path(__file__).parent / "data" / "former_agencies.csv"
_DEPARTMENTS = re.compile(r"^(cac )?(so|so nganh)(, ?ban)?,? ?(ban |va )?nganh\b|^cac so\b(?! [a-z]+ va )|^so, nganh\b")
_COMMUNES = re.compile(r"^(cac )?(ubnd|uy ban nhan dan) (cap xa|(cac )?xa, phuong|cac xa)|^cac xa, phuong|^cap xa$")
_DISTRICTS = re.compile(
    r"^(cac )?(ubnd|uy ban nhan dan) (cap huyen|(cac )?huyen|cac huyen, thi xa)|^trung tam hcc cap huyen|^cap huyen$"
)
_CENTRAL = re.compile(r"^cac co quan (tw|trung uong|nganh doc)\b|^cac co quan .*dong tren dia ban")
_COUNTERS = re.compile(r"^(bpmc|bo phan mot cua) cap xa")
_CENTRE = re.compile(r"^(trung tam|tt) (phuc vu )?(hanh chinh cong|hcc|pvhcc)( cap)? tinh")
_OFFICE = re.compile(
    r"^(van phong|vp) (ubnd|uy ban nhan dan|hdnd va ubnd|hdnd & ubnd)( tinh| thanh pho)?$|^vp ?ubnd tinh"
)
_PROVINCE = re.compile(r"^(chu tich )?(ubnd|uy ban nhan dan) tinh$")
_OWN_COUNTER = re.compile(
    r"^(bo phan (tiep nhan va tra ket qua|mot cua|tn&tkq|tnvtkq)|bpmc|trung tam phuc vu hanh chinh cong)\b"
)
_OWN_PARTS = re.compile(
    r"^(cac )?(nganh|cong chuc|bo phan|phong ban|ban nganh|don vi truc thuoc)\b|^(van phong|vp)\b|"
    r"^(ubnd|uy ban nhan dan) xa$"
)


@dataclass(frozen=True)
class TreeUnit:
    """What is needed to know of a unit: its key, name and kind, and the key of its counter."""

    pk: int
    name: str
    kind: str
    one_stop: int | None = None


@dataclass(frozen=True)
class Named:
    """What a name stands for. ``is_gone``: a level that existed then and has nobody now, which is no riddle."""

    name: str
    units: tuple[int, ...] = ()
    origin: str = UNIT_FOUND
    is_gone: bool = False

    @property
    def is_resolved(self) -> bool:
        return bool(self.units) or self.is_gone


@cache
def _former() -> dict[str, str]:
    with FORMER.open(encoding="utf-8", newline="") as file:
        return {_key(row["former"]): _key(row["successor"]) for row in csv.DictReader(file)}


def _key(name: str) -> str:
    """Return ``name`` folded, dashes and abbreviations made alike."""
    folded = fold(squash(name)).strip(" .;,:-")
    folded = re.sub(r"\s*[–-]\s*", " - ", folded)
    return folded.replace("uy ban nhan dan", "ubnd").replace("hanh chinh cong", "hcc")


class NameBook:
    """Answers names by the units under ``top``, whose plan it is (``holder``)."""

    def __init__(self, units: Iterable[TreeUnit], *, holder: TreeUnit) -> None:
        self.units = list(units)
        self.holder = holder
        self._by_name: dict[str, int] = {}
        for unit in self.units:
            key = _key(unit.name)
            for form in (key, re.sub(r" tinh( [a-z ]+)?$", "", key), f"ubnd {key}"):
                self._by_name.setdefault(form, unit.pk)

    def find(self, name: str) -> Named:
        """Return what ``name`` stands for; nothing, and not gone, where nobody answers to it."""
        key = _key(name)
        if _DISTRICTS.search(key):
            return Named(name, is_gone=True)
        if self.holder.kind == COMMUNE:
            # A commune gives work to its own people; "UBND các xã" in its plan was copied from the plan above.
            return Named(name, self._inside(key) or self._single(key), INSIDE)
        if found := self._collective(key):
            return Named(name, found, COLLECTIVE)
        if found := self._single(key):
            return Named(name, found)
        successor = _former().get(key) or _former().get(re.sub(r" tinh( [a-z ]+)?$", "", key))
        if successor and (found := self._single(successor)):
            return Named(name, found, SUCCESSOR)
        return Named(name)

    def _kind(self, *kinds: str) -> tuple[int, ...]:
        return tuple(unit.pk for unit in self.units if unit.kind in kinds)

    def _collective(self, key: str) -> tuple[int, ...]:
        if _DEPARTMENTS.search(key):
            return self._kind(DEPARTMENT)
        if _COMMUNES.search(key):
            return self._kind(COMMUNE)
        if _CENTRAL.search(key):
            return self._kind(VERTICAL_AGENCY)
        if _COUNTERS.search(key):
            return tuple(unit.one_stop for unit in self.units if unit.kind == COMMUNE and unit.one_stop)
        return ()

    def _single(self, key: str) -> tuple[int, ...]:
        if self.holder.kind == PROVINCE:
            if _OFFICE.search(key):
                return self._kind(OFFICE)[:1]
            if _PROVINCE.search(key):
                return (self.holder.pk,)
            if _CENTRE.search(key.replace("hcc", "hanh chinh cong")):
                return (self.holder.one_stop,) if self.holder.one_stop else self._kind(ONE_STOP)[:1]
        found = self._by_name.get(key) or self._by_name.get(re.sub(r" tinh( [a-z ]+)?$", "", key))
        return (found,) if found else ()

    def _inside(self, key: str) -> tuple[int, ...]:
        """Return the commune itself for its own parts, its counter for its counter."""
        key = key.replace("hcc", "hanh chinh cong")
        if _OWN_COUNTER.search(key):
            return (self.holder.one_stop or self.holder.pk,)
        return (self.holder.pk,) if _OWN_PARTS.search(key) else ()
