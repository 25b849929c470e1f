"""What the steps of a life may do, and in which order: told by the life in its ``route_phases.py``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from motcua.workflow.rules.steps import Fault, NewStep, blocks, branches_of
from motcua.workflow.rules.ways import Way

START = ""  # what the first step follows


@dataclass(frozen=True)
class Phase:
    """One phase of a life: its word in ``NewStep.phase``, and where on a route it may stand.

    ``follows`` are the phases after which it may come (START: it may begin the route). ``is_counted`` tells whether
    its time is part of the legal time.
    """

    code: str
    label: Any  # words, translated when they are shown
    follows: frozenset[str]
    may_end: bool = False
    in_branches: bool = False
    is_counted: bool = True


def faults_of_life(steps: Sequence[NewStep], ways: Sequence[Way], phases: Mapping[str, Phase]) -> list[Fault]:
    """Return what the life cannot do of ``steps``, each once, in the order of the steps."""
    found: dict[tuple[int, str], Fault] = {}

    def note(index: int, message: str) -> None:
        words = message % {"position": index + 1, "step": steps[index].name}
        found.setdefault((index, words), Fault(words, position=index + 1))

    for index, step in enumerate(steps):
        phase = phases.get(step.phase)
        if phase is None:
            note(index, gettext("Bước %(position)s “%(step)s”: không có giai đoạn này."))
        elif step.fork and not phase.in_branches:
            note(index, gettext("Bước %(position)s “%(step)s”: việc này không làm được trong nhánh song song."))
    if found:
        return list(found.values())
    for way in ways:
        for index, earlier in _followed(steps, way):
            phase = phases[steps[index].phase]
            if earlier not in phase.follows:
                note(index, _misplaced(phase, phases.get(earlier)))
        last = way.indexes[-1]
        if not phases[steps[last].phase].may_end:
            note(
                last,
                gettext(
                    "Bước %(position)s “%(step)s” là bước cuối nhưng hồ sơ chưa kết thúc ở đó: thiếu bước kết thúc."
                ),
            )
    return [found[key] for key in sorted(found, key=lambda key: key[0])]


def _misplaced(phase: Phase, earlier: Phase | None) -> str:
    if earlier is None:
        return gettext("Bước %(position)s “%(step)s” không thể là bước đầu của quy trình.")
    words = gettext("Bước %(position)s “%(step)s”: việc “{phase}” không thể ngay sau việc “{earlier}”.")
    return words.format(phase=phase.label, earlier=earlier.label)


def _followed(steps: Sequence[NewStep], way: Way) -> list[tuple[int, str]]:
    """Return (index, phase before it) for every step of ``way``; after a join once for each branch."""
    chosen = [steps[index] for index in way.indexes]
    pairs: list[tuple[int, str]] = []
    before = [START]
    for fork, positions in blocks(chosen):
        ends = []
        for branch in branches_of(chosen, positions).values() if fork else [positions]:
            earlier = before
            for position in branch:
                pairs += [(way.indexes[position], each) for each in earlier]
                earlier = [chosen[position].phase]
            ends += earlier
        before = list(dict.fromkeys(ends))
    return pairs
