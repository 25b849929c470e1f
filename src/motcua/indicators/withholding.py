"""What the public is not told of a unit because the numbers beside and above it would tell of a few people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.indicators.queries import observe
from motcua.indicators.rules.small_cells import SmallCells, withheld
from motcua.organizations.models import Unit


@dataclass(frozen=True)
class Above:
    """What the page of the unit above withholds of a unit, by ratio: of the year, and of each month."""

    totals: list[bool]
    months: list[list[bool]]


def hidden_above(
    unit: Unit, codes: Sequence[str], starts: Sequence[date], period: tuple[date, date], rule: SmallCells
) -> Above:
    """Return what must not be told of ``unit`` because its siblings' numbers and their total are."""
    parent = unit.parent
    if parent is None:
        return Above([False] * len(codes), [[False] * len(codes) for _ in starts])
    seen = observe(codes, parent, *period)
    siblings = sorted({key for _code, key, _month in seen.cells} | {unit.pk})
    place = siblings.index(unit.pk)

    def hides(wholes: Sequence[int]) -> bool:
        return place in withheld(wholes, rule).places

    def of(code: str, key: int, start: date) -> int:
        value = seen.cells.get((code, key, start))
        return value.whole if value else 0

    return Above(
        [hides([seen.of_unit(code, key).whole for key in siblings]) for code in codes],
        [[hides([of(code, key, start) for key in siblings]) for code in codes] for start in starts],
    )
