"""When an open dossier will probably be decided: what its steps usually take here, lengthened by the present load.

The rule is meant to be told in one breath. The rest of the present step is the middle of what those cases took longer
that had already been held this long; each step after it is the middle of its usual time. Where more cases lie open than
usual (Little's law: usual number = usual time x arrivals), times are lengthened in that proportion, at most threefold.
Where too few cases are known, a step takes its share of the legal time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FEWEST = 5  # cases below which a middle says nothing
MOST_LOAD = 3.0  # a burst of filings is not taken for a queue without end


@dataclass(frozen=True)
class Pace:
    """What a step usually takes at a unit: working minutes of past cases, and over how many they spread."""

    minutes: tuple[int, ...] = ()
    window: int = 0

    @property
    def is_known(self) -> bool:
        return len(self.minutes) >= FEWEST

    @property
    def usual_open(self) -> float:
        """How many cases usually lie at the step at one time."""
        return sum(self.minutes) / self.window if self.window else 0.0


@dataclass(frozen=True)
class Step:
    """A step still to be done: its pace, its share of the legal time in working minutes, and how many lie there now."""

    name: str
    pace: Pace
    share: int
    open_now: int = 0


@dataclass(frozen=True)
class Part:
    """The forecast of one step: working minutes, by which load lengthened, whether past cases are known."""

    name: str
    minutes: int
    load: float
    is_known: bool


def load_of(step: Step) -> float:
    """Return by how much the present load lengthens a step: 1 where no more lies open than usual."""
    if not step.pace.is_known or step.pace.usual_open <= 0:
        return 1.0
    return min(max(step.open_now / max(step.pace.usual_open, 1.0), 1.0), MOST_LOAD)


def parts_of(steps: Sequence[Step], held: int) -> list[Part]:
    """Return the forecast of the steps; the first one has been held for ``held`` working minutes."""
    parts = []
    for position, step in enumerate(steps):
        load = load_of(step)
        usual = _rest(step, held) if position == 0 else _whole(step)
        parts.append(Part(step.name, round(usual * load), load, step.pace.is_known))
    return parts


def _whole(step: Step) -> float:
    return median(step.pace.minutes) if step.pace.is_known else step.share


def _rest(step: Step, held: int) -> float:
    if not step.pace.is_known:
        return step.share - held if held < step.share else step.share  # past its share: as if it began anew
    longer = [minutes - held for minutes in step.pace.minutes if minutes > held]
    return median(longer) if longer else median(step.pace.minutes)  # longer than any before: as if it began anew
