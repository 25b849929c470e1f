"""Ranks with ties, and the band of a total. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from motcua.assessments.rules.criteria import Band

Key = TypeVar("Key", bound=Hashable)


def ranks(totals: Mapping[Key, Sequence[Decimal]]) -> dict[Key, int]:
    """Return the rank of each key, best first; equal totals share a rank and the next one is left out (1, 1, 3).

    ``totals``: the total, then what decides between equal ones (points of groups, in the set's order).
    """
    ordered = sorted((tuple(values) for values in totals.values()), reverse=True)
    first: dict[tuple[Decimal, ...], int] = {}
    for place, values in enumerate(ordered, start=1):
        first.setdefault(values, place)
    return {key: first[tuple(values)] for key, values in totals.items()}


def band_of(bands: Sequence[Band], share: Decimal) -> str:
    """Return the name of the band that a share (per cent) falls into; "" where the set names none so low."""
    found = (band for band in sorted(bands, key=lambda band: -band.at_least) if share >= band.at_least)
    best = next(found, None)
    return best.name if best else ""
