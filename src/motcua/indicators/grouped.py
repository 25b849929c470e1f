"""Many numbers for many units at once: each measure once, however many units there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from motcua.base.clock import today
from motcua.base.measures import ByDetail, Count, Source, Standing
from motcua.indicators.kept.details import counted_by_detail
from motcua.indicators.queries import monthly
from motcua.indicators.registry import measure_of
from motcua.organizations.models import Unit

Numbers = dict[str, dict[int, int | None]]  # code -> key of the unit -> number; None: not known


def numbers_of(codes: Iterable[str], unit: Unit, first: date, last: date, groups: Mapping[int, int]) -> Numbers:
    """Return the numbers of measures over days ``first`` to ``last``, both included, for groups of units.

    ``groups``: key of every unit under ``unit`` -> the unit it is counted for. No ratios.
    """
    wanted = [measure_of(code) for code in dict.fromkeys(codes)]
    places = set(groups.values())
    found: Numbers = {}
    by_source: dict[Source, list[Count]] = defaultdict(list)
    for each in wanted:
        if isinstance(each, Count):
            by_source[each.source].append(each)
            found[each.code] = {place: 0 for place in places}
        elif isinstance(each, ByDetail):
            of_details = counted_by_detail(each, groups, first, last)
            found[each.code] = {place: of_details.get(place, 0) for place in places}
        elif isinstance(each, Standing):
            found[each.code] = _standing(each, unit, min(last, today()), groups)
    for kept, sources in _by_window(by_source).items():
        until = last if kept else min(last, today())  # rows may be dated ahead (what falls due), cells never are
        if until < first:
            continue
        for counted, rows in monthly(sources, unit, groups, first, until):
            for place, _month, values in rows:
                for each, value in zip(counted, values, strict=True):
                    found[each.code][place] = (found[each.code][place] or 0) + value
    return found


def _by_window(by_source: Mapping[Source, list[Count]]) -> dict[bool, dict[Source, list[Count]]]:
    """Return the sources apart: those that cells answer by whole months, and those counted from rows."""
    parted: dict[bool, dict[Source, list[Count]]] = {}
    for source, counts in by_source.items():
        parted.setdefault(bool(source.detail), {})[source] = counts
    return parted


def _standing(measure: Standing, unit: Unit, day: date, groups: Mapping[int, int]) -> dict[int, int | None]:
    places = set(groups.values())
    if places == {unit.pk}:
        return {unit.pk: measure.count(unit, day)}
    if measure.by_unit is None:
        units = Unit.objects.filter(pk__in=places)
        if measure.is_of_kind:
            kinds = {each.kind: measure.count(each, day) for each in {one.kind: one for one in units}.values()}
            return {each.pk: kinds[each.kind] for each in units}
        return {each.pk: measure.count(each, day) for each in units}
    found: dict[int, int | None] = dict.fromkeys(places, 0)
    for own, number in measure.by_unit(unit, day).items():
        if own in groups:
            found[groups[own]] = (found[groups[own]] or 0) + number
    return found
