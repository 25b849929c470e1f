"""Names of bodies in a plan's text, understood against the units of a tree. Pure: the units are given.

A name may stand for one unit, for many ("Các sở, ban, ngành"), for a part of the plan's own unit ("Các ngành chuyên
môn" of a commune), for a level that is no more ("UBND cấp huyện"), or for nobody in the tree (a newspaper, a working
group): those are left to a person. Names are looked up among the units of the document's day first; what was merged
since is answered by its one successor, and left to a person where it has several.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from motcua.organizations.states import COMMUNE, DEPARTMENT, OFFICE, ONE_STOP, PROVINCE, VERTICAL_AGENCY
from motcua.plans.rules.bodies.body_keys import body_key, loose_key, without_bracket, without_title
from motcua.plans.states import COLLECTIVE, INSIDE, SUCCESSOR, UNIT_FOUND

FORMER = Path(__file__).parent / "data" / "former_agencies.csv"
_DEPARTMENTS = re.compile(
    r"^(cac )?(so|so nganh)(, ?ban)?,? ?(ban |va )?nganh\b|^cac so\b(?! [a-z]+ va )|^so, (ban, )?nganh\b|"
    r"^(cac )?co quan chuyen mon (thuoc|truc thuoc|cua) ubnd (tinh|thanh pho)|^cac (co quan|don vi)(,"
    r" don vi)? (thuoc|truc thuoc) "
    r"ubnd (tinh|thanh pho)$|^cac ban, so, nganh|^cac so$"
)
_COMMUNES = re.compile(
    r"^(cac )?ubnd (cap xa|(cac )?(xa|phuong|dac khu|thi tran)(,| va|$)|cac (xa|phuong))|^cac (xa|phuong)(, |"
    r" va |$)|^cap xa$|"
    r"^(cac )?xa, phuong"
)
_DISTRICTS = re.compile(
    r"^(cac )?ubnd (cap huyen|(cac )?huyen\b|cac (huyen|thi xa|thanh pho|quan)\b|thi xa\b|quan\b)|"
    r"^trung tam (phuc vu )?hanh chinh cong (cap|cac) huyen|^cap huyen$|^cac huyen\b|^ubnd huyen\b|^(phong|"
    r"cong an) .*\bhuyen\b"
)
_CENTRAL = re.compile(r"^(cac )?(co quan|don vi) (tw|trung uong|nganh doc)\b|^cac co quan .*dong tren dia ban")
_COUNTERS = re.compile(
    r"^(bo phan mot cua|bo phan tiep nhan va tra ket qua|trung tam (phuc vu )?hanh chinh cong) (cap xa|(cua )?cac xa)"
)
_CENTRE = re.compile(r"^trung tam (phuc vu )?(hanh chinh cong|kiem soat thu tuc hanh chinh)( cap)? tinh")
_OFFICE = re.compile(r"^van phong (ubnd|hdnd va ubnd|hdnd & ubnd)( tinh| thanh pho)?$|^van phong ?ubnd tinh")
_PROVINCE = re.compile(r"^(chu tich )?ubnd tinh$")
_OWN_COUNTER = re.compile(r"^(bo phan (tiep nhan va tra ket qua|mot cua)|(trung tam|diem) phuc vu hanh chinh cong)\b")
_OWN_PARTS = re.compile(
    r"^(cac )?(nganh|cong chuc|bo phan|phong ban|phong, ban|phong, chi cuc|phong, don vi|phong|ban nganh|ban,"
    r" nganh|thon|"
    r"to dan pho|khu pho|don vi truc thuoc|cong an (xa|phuong)|ban chi huy quan su|tram y te)\b|^van phong\b|"
    r"^ubnd (xa|phuong|dac khu)$|^(chu tich|pho chu tich|lanh dao|thuong truc) ubnd$|^(pho )?chanh van phong$"
)
_PARTS_OF_DEPARTMENT = re.compile(
    r"^(cac )?(phong|chi cuc|trung tam|van phong so|thanh tra so|don vi truc thuoc|don vi su nghiep|bo phan|to|ban)\b|"
    r"^van phong$|^van phong (dang ky|so)\b|^(cac )?phong, (chi cuc|ban|don vi)"
)


@dataclass(frozen=True)
class TreeUnit:
    """What is needed to know of a unit: its key, name and kind, and the key of its counter.

    ``now``: the keys of who has today what was this unit's; None where the unit itself is in force.
    """

    pk: int
    name: str
    kind: str
    one_stop: int | None = None
    now: tuple[int, ...] | None = None

    @property
    def holders(self) -> tuple[int, ...]:
        return (self.pk,) if self.now is None else self.now


@dataclass(frozen=True)
class Named:
    """What a name stands for. ``is_gone``: a level that existed then and has nobody now, which is no riddle.

    ``candidates``: units of which a person must choose, where the unit named was parted among several.
    """

    name: str
    units: tuple[int, ...] = ()
    origin: str = UNIT_FOUND
    is_gone: bool = False
    candidates: tuple[int, ...] = ()

    @property
    def is_resolved(self) -> bool:
        return bool(self.units) or self.is_gone


@cache
def _former() -> dict[str, str]:
    with FORMER.open(encoding="utf-8", newline="") as file:
        return {loose_key(body_key(row["former"])): body_key(row["successor"]) for row in csv.DictReader(file)}


def _bare(key: str) -> str:
    """Return a key without the province at its end ("so noi vu tinh ha tinh")."""
    return re.sub(r" (tinh|thanh pho)( [a-z ]+)?$", "", key)


class NameBook:
    """Answers names by ``units``, whose plan is ``holder``'s: those of the document's day before those of today."""

    def __init__(self, units: Iterable[TreeUnit], *, holder: TreeUnit) -> None:
        self.units = list(units)
        self.holder = holder
        self._by_name: dict[str, TreeUnit] = {}
        for unit in self.units:
            key = body_key(unit.name)
            for form in (key, _bare(key), f"ubnd {key}"):
                self._by_name.setdefault(loose_key(form), unit)

    def find(self, name: str) -> Named:
        """Return what ``name`` stands for; nothing, and not gone, where nobody answers to it."""
        key = body_key(name)
        found = Named(name)
        for form in dict.fromkeys((key, without_bracket(key), without_title(without_bracket(key)))):
            found = replace(self._find(form), name=name)
            if found.is_resolved or found.candidates:
                break
        return found

    def _find(self, key: str) -> Named:
        if self.holder.kind != PROVINCE and (own := self._inside(key)):
            # A commune or department gives work to its own people.
            return Named(key, own, INSIDE)
        if self.holder.kind == COMMUNE:
            # "UBND các xã" in a commune's plan was copied from the plan above: it gives its neighbours no work.
            if _DISTRICTS.search(key):
                return Named(key, is_gone=True)
            single = self._single(key)
            return Named(key, single.holders if single and len(single.holders) == 1 else (), INSIDE)
        if found := self._collective(key):
            return Named(key, found, COLLECTIVE)
        if single := self._single(key):
            return self._answer(key, single)
        if _DISTRICTS.search(key):
            return Named(key, is_gone=True)
        successor = _former().get(loose_key(key)) or _former().get(loose_key(_bare(key)))
        if successor and (single := self._single(successor)):
            return Named(key, single.holders, SUCCESSOR)
        return Named(key)

    def _answer(self, key: str, unit: TreeUnit) -> Named:
        if unit.now is None:
            return Named(key, (unit.pk,))
        if len(unit.now) == 1:
            return Named(key, unit.now, SUCCESSOR)
        return Named(key, candidates=unit.now, is_gone=not unit.now)

    def _kind(self, *kinds: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(pk for unit in self.units if unit.kind in kinds for pk in unit.holders))

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

    def _single(self, key: str) -> TreeUnit | None:
        if self.holder.kind == PROVINCE:
            if _OFFICE.search(key):
                return next((unit for unit in self.units if unit.kind == OFFICE), None)
            if _PROVINCE.search(key):
                return self.holder
            if _CENTRE.search(key):
                return self._centre()
        return self._by_name.get(loose_key(key)) or self._by_name.get(loose_key(_bare(key)))

    def _centre(self) -> TreeUnit | None:
        """Return the counter of the plan's own unit, else the first counter of the tree."""
        own = next((unit for unit in self.units if unit.pk == self.holder.one_stop), None)
        return own or next((unit for unit in self.units if unit.kind == ONE_STOP), None)

    def _inside(self, key: str) -> tuple[int, ...]:
        """Return the unit under the holder that bears the name, its counter for its counter, itself for its parts."""
        if self.holder.kind == COMMUNE:
            if _OWN_COUNTER.search(key):
                return (self.holder.one_stop or self.holder.pk,)
            return (self.holder.pk,) if _OWN_PARTS.search(key) else ()
        return (self.holder.pk,) if _PARTS_OF_DEPARTMENT.search(key) and not self._single(key) else ()
