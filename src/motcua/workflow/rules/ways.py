"""The ways through a route: which steps apply for which answers, what follows a step, how long a way may take.

Conditions are few and compare with few values, so all answers that make a difference can be tried one by one; a check
that holds for each of them holds for every form that anybody may send.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any, Protocol

from motcua.workflow.rules.conditions import comparisons, holds
from motcua.workflow.rules.steps import NewStep, blocks, branches_of

MOST_WAYS = 4096  # combinations of answers that are tried


class TooManyWays(ValueError):
    """The conditions distinguish more than MOST_WAYS combinations of answers."""


class Placed(Protocol):
    """A step that knows its place in the route: workflow.models.RouteStep."""

    position: int
    fork: int
    branch: int
    condition: str


@dataclass(frozen=True)
class Way:
    """One way through a route: answers that lead there, indexes of its steps, per cent of the legal time."""

    answers: Mapping[str, Any]
    indexes: tuple[int, ...]
    length: int


@dataclass(frozen=True)
class Onward:
    """What follows a step: one step, or the first step of each branch that begins; nothing at the end.

    ``is_branch_end`` tells that a branch is done, so that a join lies in between.
    """

    steps: tuple[Placed, ...]
    is_branch_end: bool = False


def answers_that_matter(conditions: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield every combination of answers that the conditions can tell apart; {} when there is no condition.

    Raises:
        TooManyWays: there are more than MOST_WAYS.
    """
    values: dict[str, list[Any]] = {}
    for condition in conditions:
        for comparison in comparisons(condition):
            found = values.setdefault(comparison.name, [None])
            for value in comparison.values:
                near = [value - 1, value, value + 1] if isinstance(value, Decimal) else [value]
                found += [each for each in near if each not in found]
    count = 1
    for found in values.values():
        count *= len(found)
        if count > MOST_WAYS:
            raise TooManyWays
    for combination in product(*values.values()):
        yield dict(zip(values, combination, strict=True))


def ways(steps: Sequence[NewStep]) -> list[Way]:
    """Return the different ways through ``steps``, each once, the longest first.

    Raises:
        TooManyWays: see above.
    """
    found: dict[tuple[int, ...], Way] = {}
    for answers in answers_that_matter([step.condition for step in steps if step.condition]):
        indexes = tuple(index for index, step in enumerate(steps) if holds(step.condition, answers))
        found.setdefault(indexes, Way(answers, indexes, length([steps[index] for index in indexes])))
    return sorted(found.values(), key=lambda way: -way.length)


def length(steps: Sequence[NewStep]) -> int:
    """Return the per cent of the legal time that ``steps`` take: of branches side by side the longest counts."""
    total = 0
    for fork, indexes in blocks(steps):
        if fork:
            total += max(sum(steps[i].share for i in branch) for branch in branches_of(steps, indexes).values())
        else:
            total += sum(steps[index].share for index in indexes)
    return total


def skipped(steps: Sequence[Placed], answers: Mapping[str, Any]) -> list[int]:
    """Return the positions of the steps that do not apply to a form with ``answers``."""
    return [step.position for step in steps if step.condition and not holds(step.condition, answers)]


def onward(steps: Sequence[Placed], position: int, skips: Collection[int] = ()) -> Onward:
    """Return what follows the step at ``position``; ``steps`` are in order, ``skips`` positions that do not apply."""
    here = next(step for step in steps if step.position == position)
    later = [step for step in steps if step.position > position and step.position not in skips]
    if here.fork:
        following = next((step for step in later if step.branch == here.branch), None)
        if following is not None:
            return Onward((following,))
        return Onward(_entered([step for step in later if step.fork != here.fork]), is_branch_end=True)
    return Onward(_entered(later))


def back(
    steps: Sequence[Placed], position: int, skips: Collection[int] = (), *, in_trunk: bool = True
) -> Placed | None:
    """Return the step to which work of the step at ``position`` is sent back; None at the first one.

    The trunk goes back through the branch that it travelled itself, the first of its fork; another branch does not
    leave its fork backwards.
    """
    here = next(step for step in steps if step.position == position)
    earlier = [step for step in steps if step.position < position and step.position not in skips]
    if not in_trunk:
        return next((step for step in reversed(earlier) if step.branch == here.branch), None)
    own: dict[int, int] = {}
    for step in steps:
        if step.fork and step.position not in skips:
            own.setdefault(step.fork, step.branch)
    return next((step for step in reversed(earlier) if not step.fork or step.branch == own[step.fork]), None)


def _entered(later: Sequence[Placed]) -> tuple[Placed, ...]:
    """Return the first of ``later``, or where that lies in a fork the first step of each of its branches."""
    if not later or not later[0].fork:
        return tuple(later[:1])
    first: dict[int, Placed] = {}
    for step in later:
        if step.fork == later[0].fork:
            first.setdefault(step.branch, step)
    return tuple(first.values())
