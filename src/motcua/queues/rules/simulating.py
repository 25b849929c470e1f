"""A day in an invented hall: when people come, how long they are served, who does not answer. For demonstrations."""

from dataclasses import dataclass
from random import Random

Sessions = tuple[tuple[int, int], ...]
_EARLY = 0.6  # share of a session's people who come in its first half


@dataclass(frozen=True)
class Arrival:
    """Somebody comes ``second`` seconds after midnight for ``letter`` and is served for ``served`` seconds."""

    second: int
    letter: str
    priority: str
    served: int
    is_missing: bool


def arrivals_of(
    sessions: Sessions, *, people: int, minutes: dict[str, int], priorities: list[str], random: Random
) -> list[Arrival]:
    """Return who comes on a day, in order: more in the first half of each session, as in real halls.

    ``minutes``: letter -> usual minutes of service. One of twelve is favoured, one of forty does not answer.
    """
    letters = sorted(minutes)
    found = []
    for opens, closes in sessions:
        for _person in range(round(people * (closes - opens) / sum(end - start for start, end in sessions))):
            middle = (opens + closes) / 2
            first, last = (opens, middle) if random.random() < _EARLY else (middle, closes - 5)
            letter = letters[min(int(random.random() ** 1.5 * len(letters)), len(letters) - 1)]
            found.append(
                Arrival(
                    second=int(random.uniform(first, last) * 60),
                    letter=letter,
                    priority=random.choice(priorities) if priorities and random.random() < 1 / 12 else "",
                    served=max(60, int(random.lognormvariate(0, 0.5) * minutes[letter] * 60)),
                    is_missing=random.random() < 1 / 40,
                )
            )
    return sorted(found, key=lambda each: (each.second, each.letter))
