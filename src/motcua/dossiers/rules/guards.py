"""Many decisions in a breath: found in the instants at which one person decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def bursts(rows: Sequence[tuple[datetime, str]], *, count: int, within: timedelta) -> list[list[tuple[datetime, str]]]:
    """Return the stretches of ``rows`` (instant, code) in which at least ``count`` lie within ``within``.

    Stretches that touch are one: fifty decisions in a row are one burst, not thirty-one.
    """
    ordered = sorted(rows)
    found: list[list[tuple[datetime, str]]] = []
    covered = -1
    for first in range(len(ordered) - count + 1):
        last = first + count - 1
        if ordered[last][0] - ordered[first][0] > within:
            continue
        if first <= covered:
            found[-1] += ordered[covered + 1 : last + 1]
        else:
            found.append(list(ordered[first : last + 1]))
        covered = last
    return found
