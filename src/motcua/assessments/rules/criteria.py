"""A set of criteria as data: a tree of groups and criteria, each criterion with the way in which it gives points.

The JSON of a version is {"criteria": [{"code", "title", "most", "way", …}], "decimals", "bands", "tie_breakers"}; a
criterion "1.2" stands in the group "1". ``set_making`` writes it, ``tree_of`` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

GROUP = ""
CHOICE = "choice"  # one of several levels, each with its points
LINEAR = "linear"  # the share of a target that was reached, full marks from the target on
STEPS = "steps"  # points from a bound on
DEDUCTION = "deduction"  # so many points off for each case, at most ``most``; adds nothing to the maximum
VERIFIER = "verifier"  # the verifier's alone: a survey
WAYS = (CHOICE, LINEAR, STEPS, DEDUCTION, VERIFIER)
VALUED = frozenset({LINEAR, STEPS, DEDUCTION})  # a number gives their points
REQUIRED, WELCOME = "required", "welcome"  # evidence


@dataclass(frozen=True, slots=True)
class Level:
    """One choice: ``code`` is a letter."""

    code: str
    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """Points from ``bound`` on; where less is better, up to it."""

    bound: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion, or with ``way`` GROUP a group of them. ``most``: points it can give, or take off (DEDUCTION)."""

    code: str
    title: str
    most: Decimal
    way: str = GROUP
    parent: str = ""
    levels: tuple[Level, ...] = ()
    steps: tuple[Step, ...] = ()
    is_less_better: bool = False
    target: Decimal | None = None
    each: Decimal | None = None  # taken off for one case
    measure: str = ""  # what gives the value: a code of ``indicators``
    evidence: str = ""
    evidence_words: str = ""
    guidance: str = ""
    verifier: str = ""  # code of the unit that verifies; "": the officers of the round's own unit
    may_not_apply: bool = False

    @property
    def is_group(self) -> bool:
        return self.way == GROUP

    @property
    def worth(self) -> Decimal:
        """What the criterion adds to the maximum."""
        return Decimal(0) if self.way == DEDUCTION else self.most

    @property
    def depth(self) -> int:
        return self.code.count(".")

    @property
    def is_self_scored(self) -> bool:
        """Whether the unit says anything of it."""
        return self.way not in (GROUP, VERIFIER)


@dataclass(frozen=True, slots=True)
class Band:
    """A name for totals from ``at_least`` per cent of the maximum on."""

    name: str
    at_least: Decimal


@dataclass(frozen=True)
class Tree:
    """A set of criteria: groups and criteria in their order, and how points are rounded, ranked and named."""

    criteria: tuple[Criterion, ...]
    decimals: int = 2
    bands: tuple[Band, ...] = ()
    tie_breakers: tuple[str, ...] = field(default=())  # groups whose points decide between equal totals, in order

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        return {each.code: each for each in self.criteria}

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if not each.is_group)

    @cached_property
    def tops(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if not each.parent)

    @cached_property
    def most(self) -> Decimal:
        """The maximum of the whole set."""
        return sum((each.worth for each in self.leaves), Decimal(0))

    @cached_property
    def verifiers(self) -> frozenset[str]:
        """Codes of the units that verify some criterion."""
        return frozenset(each.verifier for each in self.leaves if each.verifier)

    def under(self, code: str) -> tuple[Criterion, ...]:
        """Return the criteria, not groups, that stand under a code at any depth; the criterion itself for its own."""
        return tuple(each for each in self.leaves if each.code == code or each.code.startswith(f"{code}."))


def tree_of(data: Mapping[str, Any]) -> Tree:
    """Return the set that a version's definition describes. It was checked when it was made."""
    return Tree(
        criteria=tuple(_criterion(each) for each in data["criteria"]),
        decimals=data.get("decimals", 2),
        bands=tuple(
            sorted(
                (Band(each["name"], Decimal(each["at_least"])) for each in data.get("bands", ())),
                key=lambda band: -band.at_least,
            )
        ),
        tie_breakers=tuple(data.get("tie_breakers", ())),
    )


def _criterion(told: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=told["code"],
        title=told["title"],
        most=Decimal(told["most"]),
        way=told.get("way", GROUP),
        parent=told.get("parent", ""),
        levels=tuple(Level(each["code"], each["name"], Decimal(each["points"])) for each in told.get("levels", ())),
        steps=tuple(Step(Decimal(each["bound"]), Decimal(each["points"])) for each in told.get("steps", ())),
        is_less_better=told.get("is_less_better", False),
        target=_number(told, "target"),
        each=_number(told, "each"),
        measure=told.get("measure", ""),
        evidence=told.get("evidence", ""),
        evidence_words=told.get("evidence_words", ""),
        guidance=told.get("guidance", ""),
        verifier=told.get("verifier", ""),
        may_not_apply=told.get("may_not_apply", False),
    )


def _number(told: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(told[name]) if name in told else None
