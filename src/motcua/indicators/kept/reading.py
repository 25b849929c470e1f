"""Kept cells read back: whole months of counts, rolled up the tree when they are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet, Sum

from motcua.base.measures import Count
from motcua.indicators.kept.declared import Kept
from motcua.indicators.kept.triggers import digest, function_of
from motcua.indicators.models import KeptCell
from motcua.organizations.models import Unit


@dataclass(frozen=True)
class Split:
    """A window of days: its whole months (first days, both included), and the days before and after them."""

    months: tuple[date, date] | None
    edges: tuple[tuple[date, date], ...]


def split(first: date, last: date) -> Split:
    """Part a window of days into whole months, which cells answer, and edges, which rows answer."""
    start = first if first.day == 1 else _next_month(first)
    after = _next_month(last) if (last + timedelta(days=1)).day == 1 else last.replace(day=1)  # first day not covered
    if start >= after:
        return Split(None, ((first, last),))
    final = (after - timedelta(days=1)).replace(day=1)
    edges = []
    if first < start:
        edges.append((first, start - timedelta(days=1)))
    if after <= last:
        edges.append((after, last))
    return Split((start, final), tuple(edges))


def is_kept(each: Kept) -> bool:
    """Return whether the database keeps the cells of this very declaration (one small statement)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(p.oid, 'pg_proc') FROM pg_proc p WHERE p.proname = %s "
            "AND p.pronamespace = current_schema()::regnamespace",
            [function_of(each, "insert")],
        )
        row = cursor.fetchone()
    return bool(row and row[0] == digest(each))


def total(each: Kept, code: str, unit: Unit, months: tuple[date, date], unit_kind: str = "") -> int:
    """Return a count over whole months for a unit with all under it."""
    cells = _cells(each, unit, months)
    if unit_kind:
        cells = cells.filter(unit__kind=unit_kind)
    return cells.aggregate(total=Sum(each.slot(code)))["total"] or 0


def by_unit_and_month(
    each: Kept, counts: Sequence[Count], unit: Unit, months: tuple[date, date]
) -> Iterator[tuple[int, str, date, list[int]]]:
    """Yield (unit's key, its path, month, counts in the order asked) of every leaf with cells."""
    slots = [each.slot(count.code) for count in counts]
    rows: Iterable[tuple] = (
        _cells(each, unit, months)
        .values_list("unit_id", "unit__path", "month")
        .annotate(**{f"sum_{slot}": Sum(slot) for slot in slots})
        .order_by()
    )
    for unit_id, path, month, *numbers in rows:
        yield unit_id, path, month, numbers


def _cells(each: Kept, unit: Unit, months: tuple[date, date]) -> QuerySet[KeptCell]:
    return KeptCell.objects.filter(rows=each.rows, unit__path__startswith=unit.path, month__range=months)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
