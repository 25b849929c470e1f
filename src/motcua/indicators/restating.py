"""Series of units that were merged: the successor's figures with those of the units that went wholly into it."""

from collections.abc import Iterable
from datetime import date

from motcua.indicators.queries import Observations, observe
from motcua.indicators.rules.ratios import RatioValue
from motcua.organizations.models import Succession, Unit


def predecessors_of(unit: Unit) -> list[Succession]:
    """Return the successions through which other units became ``unit``, theirs included, newest first.

    Units that went into it in part only are told as well (``is_partial``): what part of their dossiers came along is
    not known, so their figures are never added.
    """
    found: dict[int, Succession] = {}
    waiting = [unit.pk]
    while waiting:
        rows = Succession.objects.filter(new__in=waiting).exclude(pk__in=found).select_related("old", "new")
        steps = {each.pk: each for each in rows}
        found |= steps
        waiting = [each.old_id for each in steps.values() if not each.is_partial]
    return sorted(found.values(), key=lambda each: (-each.on_day.toordinal(), each.old.sort_key))


def restated(codes: Iterable[str], unit: Unit, before: list[Succession], first: date, last: date) -> Observations:
    """Return the ratios of a unit with those of the units that went wholly into it, all told as the unit's own."""
    wanted = list(codes)
    cells: dict[tuple[str, int, date], RatioValue] = {}
    for each in (unit, *{one.old_id: one.old for one in before if not one.is_partial}.values()):
        for (code, _child, month), value in observe(wanted, each, first, last).cells.items():
            key = (code, unit.pk, month)
            cells[key] = cells[key] + value if key in cells else value
    return Observations(cells)
