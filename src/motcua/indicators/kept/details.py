"""Counts looked at by their detail: rows of some procedures only, or how many procedures there were."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count as SqlCount
from django.db.models import Sum

from motcua.base.clock import day_bounds
from motcua.base.measures import ByDetail, Count
from motcua.indicators.kept.declared import Kept, kept_of
from motcua.indicators.kept.reading import Split, is_kept, split
from motcua.indicators.kept.triggers import WHOLE_MONTH
from motcua.indicators.models import KeptCell
from motcua.indicators.registry import measure_of

Parts = Iterator[tuple[int, int, int]]  # key of the unit, key of the detail, number


def counted_by_detail(measure: ByDetail, groups: Mapping[int, int], first: date, last: date) -> dict[int, int]:
    """Return the number of each group over days ``first`` to ``last``, both included; groups without rows are left out.

    ``groups``: key of a unit -> the group that its rows are counted for.
    """
    count = measure_of(measure.of)
    assert isinstance(count, Count)
    kept = kept_of(count)
    assert kept is not None, f"{measure.code} looks at {count.code}, which is not kept"
    window = split(first, last) if is_kept(kept) else Split(None, ((first, last),))
    found: dict[tuple[int, int], int] = defaultdict(int)
    if window.months:
        for unit, detail, number in _from_cells(kept, count, groups, window.months):
            found[groups[unit], detail] += number
    for edge in window.edges:
        for unit, detail, number in _from_rows(count, groups, *edge):
            found[groups[unit], detail] += number
    model = count.source.model._meta.get_field(count.source.detail).related_model
    details = {detail for _group, detail in found}
    rows = model._default_manager.filter(measure.among, pk__in=details)  # type: ignore[union-attr]
    values = dict(rows.values_list("pk", measure.distinct or "pk"))
    return _distinct(found, values) if measure.distinct else _summed(found, values)


def _summed(found: Mapping[tuple[int, int], int], values: Mapping[int, object]) -> dict[int, int]:
    totals: dict[int, int] = defaultdict(int)
    for (group, detail), number in found.items():
        if detail in values:
            totals[group] += number
    return dict(totals)


def _distinct(found: Mapping[tuple[int, int], int], values: Mapping[int, object]) -> dict[int, int]:
    seen: dict[int, set[object]] = defaultdict(set)
    for (group, detail), number in found.items():
        if number and detail in values:
            seen[group].add(values[detail])
    return {group: len(each) for group, each in seen.items()}


def _from_cells(kept: Kept, count: Count, groups: Mapping[int, int], months: tuple[date, date]) -> Parts:
    cells = KeptCell.objects.filter(rows=kept.rows, unit__in=list(groups), month__range=months)
    counted = cells.exclude(detail=WHOLE_MONTH).values_list("unit_id", "detail")
    yield from counted.annotate(n=Sum(kept.slot(count.code))).filter(n__gt=0).order_by()


def _from_rows(count: Count, groups: Mapping[int, int], first: date, last: date) -> Parts:
    source, (start, end) = count.source, day_bounds(first, last)
    rows = source.model._default_manager.filter(
        count.condition,
        **{f"{source.unit}__in": list(groups), f"{source.at}__gte": start, f"{source.at}__lt": end},
    )
    yield from rows.values_list(f"{source.unit}_id", f"{source.detail}_id").annotate(n=SqlCount("pk")).order_by()
