"""Trying a proposed route on work that is done: what would last year have been, with the same people at the same pace?

Each step of the past gives its working minutes to the step of the proposal that does the same: same name, role and
place; else same phase, role and place; else same phase and role, shared out by shares. What the proposal does side by
side takes as long as its longest branch. A step without a past takes the whole of its own share, which is the most that
the proposal allows it; a step that nothing of the proposal does is time saved. This foretells no queue: people who are
freed are assumed to stay free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from motcua.base.text import fold
from motcua.workflow.rules.steps import WHOLE, NewStep, blocks, branches_of


@dataclass(frozen=True)
class PastRun:
    """One run that reached its end: working minutes at each position of its route, pauses left out."""

    route: int
    unit: str
    legal_minutes: int
    minutes: Mapping[int, int]


@dataclass(frozen=True)
class Figures:
    """How a number of runs did: working minutes, and the share that took longer than the law allows (0 to 1)."""

    count: int
    median: float
    ninth: float  # nine of ten took at most so long
    late: float


@dataclass(frozen=True)
class Compared:
    """One unit, or all of them, before and after."""

    name: str
    before: Figures
    after: Figures


@dataclass(frozen=True)
class StepFigure:
    """The median working minutes of one step of the proposal, over the runs that did it; None where none did."""

    name: str
    minutes: float | None
    has_past: bool


@dataclass(frozen=True)
class Trial:
    """What changes: in all, by unit, by step; steps that nothing of the proposal does any more."""

    whole: Compared
    units: tuple[Compared, ...]
    steps: tuple[StepFigure, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """How steps of the past become steps of a proposal: (from, to, part) by index, and what is left on either side."""

    pairs: tuple[tuple[int, int, float], ...]
    dropped: tuple[int, ...]
    without_past: frozenset[int]


def match(old: Sequence[NewStep], new: Sequence[NewStep]) -> Match:
    """Return which step of ``new`` does the work of which step of ``old``."""
    keys: tuple[Callable[[NewStep], Hashable], ...] = (
        lambda step: (fold(step.name), step.role, step.place),
        lambda step: (step.phase, step.role, step.place),
        lambda step: (step.phase, step.role),
    )
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    pairs: list[tuple[int, int, float]] = []
    for key in keys:
        takers = defaultdict(list)
        for index in left_new:
            takers[key(new[index])].append(index)
        given = {index: takers[key(old[index])] for index in left_old if takers[key(old[index])]}
        for index, indexes in given.items():
            shares = [new[each].share or 1 for each in indexes]
            pairs += [(index, each, share / sum(shares)) for each, share in zip(indexes, shares, strict=True)]
        used = {each for indexes in given.values() for each in indexes}
        left_old = [index for index in left_old if index not in given]
        left_new = [index for index in left_new if index not in used]
    return Match(tuple(pairs), tuple(left_old), frozenset(left_new))


def try_out(
    routes: Mapping[int, Sequence[tuple[int, NewStep]]],
    runs: Sequence[PastRun],
    proposal: Sequence[NewStep],
    *,
    uncounted: frozenset[str] = frozenset(),
    legal_factor: float = 1.0,
) -> Trial | None:
    """Return what ``proposal`` would have changed for ``runs``; None where there are none.

    ``routes`` are the (position, step) of each route that was travelled, ``uncounted`` the phases whose time is no part
    of the legal time, ``legal_factor`` what the proposal makes of the legal time (0.8: a fifth less).
    """
    if not runs:
        return None
    matches = {number: match([step for _position, step in steps], proposal) for number, steps in routes.items()}
    by_unit: dict[str, list[tuple[int, float, int]]] = defaultdict(list)
    by_step: list[list[float]] = [[] for _ in proposal]
    for run in runs:
        steps = routes[run.route]
        old = {index: run.minutes[place] for index, (place, _step) in enumerate(steps) if place in run.minutes}
        before = _length([step for _position, step in steps], old, uncounted)
        new = _moved(matches[run.route], old, proposal, run.legal_minutes * legal_factor)
        for index, minutes in new.items():
            by_step[index].append(minutes)
        by_unit[run.unit].append((int(before), _length(proposal, new, uncounted), run.legal_minutes))
    everything = [row for rows in by_unit.values() for row in rows]
    without_past = frozenset.intersection(*(one.without_past for one in matches.values()))
    dropped = {steps[index][1].name for number, steps in routes.items() for index in matches[number].dropped}
    return Trial(
        _compared("", everything, legal_factor),
        tuple(
            _compared(unit, rows, legal_factor) for unit, rows in sorted(by_unit.items(), key=lambda one: -len(one[1]))
        ),
        tuple(
            StepFigure(step.name, median(by_step[index]) if by_step[index] else None, index not in without_past)
            for index, step in enumerate(proposal)
        ),
        tuple(sorted(dropped)),
    )


def _moved(
    matched: Match, old: Mapping[int, float], proposal: Sequence[NewStep], legal_minutes: float
) -> dict[int, float]:
    new: dict[int, float] = {index: proposal[index].share * legal_minutes / WHOLE for index in matched.without_past}
    for source, target, part in matched.pairs:
        if source in old:
            new[target] = new.get(target, 0) + old[source] * part
    return new


def _length(steps: Sequence[NewStep], minutes: Mapping[int, float], uncounted: frozenset[str]) -> float:
    total: float = 0
    for fork, indexes in blocks(steps):
        own = {index: 0 if steps[index].phase in uncounted else minutes.get(index, 0) for index in indexes}
        if fork:
            total += max(sum(own[index] for index in branch) for branch in branches_of(steps, indexes).values())
        else:
            total += sum(own.values())
    return total


def _compared(name: str, rows: Sequence[tuple[float, float, int]], legal_factor: float) -> Compared:
    return Compared(
        name,
        _figures([before for before, _after, _legal in rows], [legal for _before, _after, legal in rows]),
        _figures([after for _before, after, _legal in rows], [legal * legal_factor for _before, _after, legal in rows]),
    )


def _figures(minutes: Sequence[float], legal: Sequence[float]) -> Figures:
    late = sum(taken > allowed for taken, allowed in zip(minutes, legal, strict=True))
    ordered = sorted(minutes)
    ninth = ordered[min(len(ordered) - 1, -(-len(ordered) * 9 // 10) - 1)]
    return Figures(len(ordered), median(ordered), ninth, late / len(ordered))
