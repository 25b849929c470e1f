"""A plan beside the plan above it: which row carries out which, and what is amiss (DOMAIN 10.4, C003). Pure.

Rows are matched by a link that a person or ``derive`` made, else by their text, one to one: pairs are taken from the
most alike downwards, so a pair that is certain is never broken by one that is not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from motcua.base.text import fold, squash

ALIKE = 70.0  # of 100, from token_set_ratio and ratio; seed 004 beside 002: 19 right pairs, none wrong
_WEIGHT = 0.6  # of token_set_ratio, which forgives what a lower level leaves out; ratio does not
_SECTION_BONUS, _NUMBER_BONUS = 1.0, 0.5  # break ties only


@dataclass(frozen=True)
class Goal:
    """A number that a row sets; ``tier`` is "tỉnh", "huyện", "xã" or "" for all."""

    value: float
    unit: str
    comparator: str
    scope: str
    tier: str = ""


@dataclass(frozen=True)
class AlignedRow:
    """A row of either plan. ``carries`` is the key of the parent's row that it is linked to.

    ``is_given``: the parent gives it to the unit of the child. ``faults``: misprints and impossible dates found in it.
    """

    key: str
    text: str
    number: str = ""
    section: str = ""
    product: str = ""
    lead_text: str = ""
    deadline_text: str = ""
    deadline_kind: str = "unspecified"
    due_on: date | None = None
    goals: tuple[Goal, ...] = ()
    carries: str = ""
    is_given: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanSide:
    """One of the two plans. ``level``: province, department or commune; ``faults`` those of the document itself."""

    name: str
    title: str
    year: int
    level: str
    rows: tuple[AlignedRow, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlignmentFinding:
    """Something a person should look at: ``kind`` is a key of ``alignment_findings.KINDS``."""

    kind: str
    message: str
    parent: str = ""  # keys of rows, "" for the whole plan
    child: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "message": self.message, "parent": self.parent, "child": self.child}


@dataclass
class Pair:
    """Rows side by side; either may be absent. ``score`` is how alike the texts are, 100 for a linked pair."""

    parent: AlignedRow | None
    child: AlignedRow | None
    score: float = 0.0
    is_linked: bool = False
    findings: list[AlignmentFinding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "parent": self.parent.key if self.parent else None,
            "child": self.child.key if self.child else None,
            "score": round(self.score, 1),
            "is_linked": self.is_linked,
            "findings": [each.as_json() for each in self.findings],
        }


@dataclass
class Alignment:
    """The pairs in the order of the parent, then what only the child has; findings about the plans as wholes."""

    pairs: list[Pair]
    findings: list[AlignmentFinding] = field(default_factory=list)

    @property
    def matched(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.parent and pair.child]

    @property
    def every_finding(self) -> list[AlignmentFinding]:
        return [*self.findings, *(each for pair in self.pairs for each in pair.findings)]

    def as_json(self) -> dict[str, Any]:
        return {
            "matched": len(self.matched),
            "findings": [each.as_json() for each in self.findings],
            "pairs": [pair.as_json() for pair in self.pairs],
        }


def likeness(first: str, second: str) -> float:
    """Return how alike two folded texts are, 0 to 100."""
    loose = fuzz.token_set_ratio(first, second)
    # With the loose part too low, no strict part could lift the pair over the line.
    if _WEIGHT * loose + (1 - _WEIGHT) * 100 < ALIKE:
        return 0.0
    return _WEIGHT * loose + (1 - _WEIGHT) * fuzz.ratio(first, second)


def bare(text: str) -> str:
    """Return a text as rows are compared: folded, years and punctuation gone."""
    words = re.sub(r"\b(nam )?20\d\d\b", " ", fold(squash(text)))
    return squash(re.sub(r"[^\w%]+", " ", words.replace("thu tuc hanh chinh", "tthc")))


def match(parents: Sequence[AlignedRow], children: Sequence[AlignedRow]) -> list[Pair]:
    """Return the pairs of rows that belong together, in the parent's order; each row stands in one pair at most."""
    by_key = {row.key: row for row in parents}
    linked = {row.carries: row for row in children if row.carries in by_key}
    taken = {row.key for row in linked.values()}
    pairs = {key: Pair(by_key[key], row, 100.0, True) for key, row in linked.items()}
    free_parents = [row for row in parents if row.key not in pairs]
    free_children = [row for row in children if row.key not in taken]
    texts = {row.key: bare(row.text) for row in free_children}
    found: list[tuple[float, float, int, int]] = []
    for at, parent in enumerate(free_parents):
        text = bare(parent.text)
        for place, child in enumerate(free_children):
            score = likeness(text, texts[child.key])
            if score >= ALIKE:
                found.append((-(score + _bonus(parent, child)), -score, at, place))
    used: set[str] = set()
    for _rank, score, at, place in sorted(found):
        parent, child = free_parents[at], free_children[place]
        if parent.key not in pairs and child.key not in used:
            pairs[parent.key] = Pair(parent, child, -score)
            used.add(child.key)
    return [pairs[row.key] for row in parents if row.key in pairs]


def _bonus(parent: AlignedRow, child: AlignedRow) -> float:
    bonus = _SECTION_BONUS * fuzz.ratio(bare(parent.section), bare(child.section)) / 100
    return bonus + (_NUMBER_BONUS if parent.number and parent.number == child.number else 0.0)
