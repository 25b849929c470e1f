"""Ratios and whether they reach their targets."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

MET, MISSED, NO_DATA = "met", "missed", "no_data"
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class RatioValue:
    """Part of whole; without whole there is no ratio ("không phát sinh"), which is not 0 %."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one decimal, half up, or None without a whole."""
        exact = self.exact
        return None if exact is None else exact.quantize(_TENTH, ROUND_HALF_UP)

    @property
    def exact(self) -> Decimal | None:
        """Per cent unrounded: targets are compared with this, so that 97,96 does not pass for 98."""
        return Decimal(100 * self.part) / Decimal(self.whole) if self.whole else None

    def __add__(self, other: "RatioValue") -> "RatioValue":
        return RatioValue(self.part + other.part, self.whole + other.whole)


def outcome(value: RatioValue, comparator: str, target: Decimal) -> str:
    """Return MET, MISSED or NO_DATA.

    Raises:
        ValueError: unknown comparator.
    """
    exact = value.exact
    checks = {
        ">=": lambda reached: reached >= target,
        ">": lambda reached: reached > target,
        "=": lambda reached: reached == target,
        "<=": lambda reached: reached <= target,
        "<": lambda reached: reached < target,
    }
    if comparator not in checks:
        raise ValueError(f"unknown comparator {comparator!r}")
    if exact is None:
        return NO_DATA
    return MET if checks[comparator](exact) else MISSED


def still_needed(value: RatioValue, target: Decimal) -> int:
    """Return how many of the present whole are missing for ``target`` per cent (at least), 0 when it is reached."""
    needed = (target * value.whole / 100).to_integral_value(ROUND_CEILING)
    return max(0, int(needed) - value.part)
