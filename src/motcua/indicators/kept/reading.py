"""Kept cells read back: whole months of counts, rolled up the tree when they are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet, Sum

from motcua.base.measures import Count
from motcua.indicators.kept.declared import Kept
from motcua.indicators.kept.triggers import WHOLE_MONTH, digest, function_of
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
            [function_of(each)],
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
    each: Kept, counts: Sequence[Count], units: Mapping[int, int], months: tuple[date, date]
) -> Iterator[tuple[int, date, list[int]]]:
    """Yield (group, month, counts in the order asked) of all groups with cells.

    ``units``: key of a leaf -> the group that it is counted for: itself, or a unit above it.
    """
    slots = [each.slot(count.code) for count in counts]
    sums = ", ".join(f"sum({slot})::bigint" for slot in slots)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT leaves.place, month, {sums} "  # noqa: S608 - slots are n0 to n15
            f"FROM {KeptCell._meta.db_table} AS cells "
            "JOIN unnest(%s::bigint[], %s::bigint[]) AS leaves (unit_id, place) USING (unit_id) "
            "WHERE rows = %s AND detail = %s AND month BETWEEN %s AND %s GROUP BY 1, 2",
            [list(units), list(units.values()), each.rows, WHOLE_MONTH, *months],
        )
        for group, month, *numbers in cursor:
            yield group, month, numbers


def _cells(each: Kept, unit: Unit, months: tuple[date, date]) -> QuerySet[KeptCell]:
    return KeptCell.objects.filter(
        rows=each.rows, unit__path__startswith=unit.path, month__range=months, detail=WHOLE_MONTH
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
