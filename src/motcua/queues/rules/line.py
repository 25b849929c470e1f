"""Two lines before the same windows: whose turn it is, and how many go before somebody.

Who is favoured goes first, but never so that the others stand still: after ``most`` favoured numbers in a row at a
window, one of the others is called.
"""

from collections.abc import Sequence
from math import ceil, floor

_LOW, _HIGH = 0.7, 1.3  # an estimate is told as a range: service times scatter
_COARSE_FROM = 10  # minutes above which a range is told in fives


def is_turn_of_others(last_favoured: Sequence[bool], most: int) -> bool:
    """Whether somebody who is not favoured is due; ``last_favoured`` tells of a window's last turns, newest first."""
    return len(last_favoured) >= most and all(last_favoured[:most])


def before_favoured(ahead: int, others: int, most: int) -> int:
    """Return how many are called before a favoured number with ``ahead`` favoured ones and ``others`` waiting."""
    return ahead + min(others, ahead // most)


def before_other(ahead: int, favoured: int, most: int) -> int:
    """Return how many are called before a number with ``ahead`` not favoured ones and ``favoured`` ones waiting."""
    return ahead + min(favoured, most * (ahead + 1))


def minutes_to_wait(before: int, seconds_each: float, windows: int) -> tuple[int, int] | None:
    """Return the usual waiting from .. to in minutes for somebody with ``before`` ahead; None: no window is open."""
    if windows < 1:
        return None
    middle = before * seconds_each / windows / 60
    low, high = floor(middle * _LOW), ceil(middle * _HIGH) + 1
    if high > _COARSE_FROM:
        low, high = low // 5 * 5, ceil(high / 5) * 5
    return low, high
