"""The steps of a route as values, published or not; what every rule of routes works on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from typing import Any

# Where a step is done: at the one-stop unit of the competent unit, at the competent unit itself,
# or at another agency named by its unit code (inter-agency routes).
AT_ONE_STOP, AT_COMPETENT = "one_stop", "competent"

WHOLE = 100  # per cent of the legal time (R4.09)
MOST_STEPS = 60
_BRANCH = re.compile(r"^\s*(\d{1,2})\s*([a-z])\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class NewStep:
    """One step of a route to be published.

    ``phase`` is a word of the life that will travel the route, ``role`` a role of organizations.states, ``place``
    AT_ONE_STOP, AT_COMPETENT or the code of another unit, ``share`` its part of the legal time in per cent.
    Steps with the same ``fork`` are done side by side, one after the other within a ``branch``; 0 is the trunk.
    ``condition`` is an expression over the form's answers (rules.conditions); "" always applies.
    """

    name: str
    phase: str
    role: str
    place: str = AT_COMPETENT
    share: int = 0
    fork: int = 0
    branch: int = 0
    condition: str = ""
    signs: bool = False
    may_ask_supplement: bool = True
    needs_payment: bool = False


@dataclass(frozen=True)
class Fault:
    """Something wrong with a route, in words, and where: the position of a step, an element of a drawing, its line."""

    message: str
    position: int | None = None
    element: str = ""
    line: int | None = None


def as_data(steps: Iterable[NewStep]) -> list[dict[str, Any]]:
    """Return ``steps`` as JSON keeps them."""
    return [asdict(step) for step in steps]


def from_data(rows: Iterable[Mapping[str, Any]]) -> list[NewStep]:
    """Return the steps that ``as_data`` or an API gave; keys that no step has are left out."""
    names = {field.name for field in fields(NewStep)}
    return [NewStep(**{name: value for name, value in row.items() if name in names}) for row in rows]


def blocks(steps: Sequence[NewStep]) -> list[tuple[int, list[int]]]:
    """Return (fork, indexes into ``steps``) of each stretch of the trunk (fork 0) and each parallel part, in order."""
    parts = groupby(range(len(steps)), key=lambda index: steps[index].fork)
    return [(fork, list(indexes)) for fork, indexes in parts]


def branches_of(steps: Sequence[NewStep], indexes: Iterable[int]) -> dict[int, list[int]]:
    """Return the indexes of each branch of one parallel part."""
    found: dict[int, list[int]] = {}
    for index in indexes:
        found.setdefault(steps[index].branch, []).append(index)
    return found


def branch_names(steps: Sequence[NewStep]) -> list[str]:
    """Return for each step how people write its branch: "1a", "1b"; "" in the trunk."""
    letters: dict[int, dict[int, str]] = {}
    names = []
    for step in steps:
        of_fork = letters.setdefault(step.fork, {})
        of_fork.setdefault(step.branch, chr(ord("a") + len(of_fork)))
        names.append(f"{step.fork}{of_fork[step.branch]}" if step.fork else "")
    return names


def numbered(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return (fork, branch) for each of the written branches "1a", "1b", ""; branches are numbered over the route.

    Raises:
        ValueError: one is written otherwise; its index is the argument.
    """
    branches: dict[tuple[int, str], int] = {}
    found = []
    for index, name in enumerate(names):
        if not name.strip():
            found.append((0, 0))
            continue
        match = _BRANCH.match(name)
        if match is None or not int(match[1]):
            raise ValueError(index)
        fork = int(match[1])
        found.append((fork, branches.setdefault((fork, match[2].lower()), len(branches) + 1)))
    return found
