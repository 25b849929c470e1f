"""Running the measures that modules offer, rolled up the tree of units."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count as SqlCount
from django.db.models import DateTimeField, Q, QuerySet
from django.db.models import Sum as SqlSum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, day_bounds, today
from motcua.base.measures import ByDetail, Count, Ratio, Source, Standing, Sum
from motcua.base.refusal import Refused
from motcua.indicators.kept.declared import Kept, kept_models, kept_of
from motcua.indicators.kept.details import counted_by_detail
from motcua.indicators.kept.reading import Split, by_unit_and_month, is_kept, split, total
from motcua.indicators.models import Indicator, Target, TypedFigure
from motcua.indicators.registry import measure_of
from motcua.indicators.rules.ratios import RatioValue, outcome, still_needed
from motcua.organizations.models import Unit, in_force

UNIT_KIND = "unit_kind"  # the narrowing that kept cells can answer: their units know their kind
Monthly = tuple[int, date, list[int]]  # key of a child, month, counts in the order asked


def _rows(source: Source, unit: Unit, first: date, last: date) -> QuerySet:
    start, end = day_bounds(first, last)
    return source.model._default_manager.filter(
        **{f"{source.unit}__path__startswith": unit.path, f"{source.at}__gte": start, f"{source.at}__lt": end}
    )


def count(code: str, unit: Unit, first: date, last: date, **where: str) -> int | None:
    """Return the number measured over ``first`` to ``last`` (both included) for ``unit`` and all under it.

    ``where`` narrows it in the ways that the measure declares. None: the number is not known.

    Raises:
        Refused: nobody offers the measure, it is a ratio, or it cannot be narrowed so.
    """
    measure = measure_of(code)
    if isinstance(measure, Standing):
        return measure.count(unit, min(last, today()), **where)
    if isinstance(measure, Ratio):
        raise Refused(gettext("“%(code)s” là tỷ lệ, không phải số lượng.") % {"code": code})
    if isinstance(measure, ByDetail):
        if where:
            raise Refused(
                gettext("Số đo “%(code)s” không lọc được theo “%(name)s”.") % {"code": code, "name": min(where)}
            )
        return counted_by_detail(measure, dict.fromkeys(children_of(unit), unit.pk), first, last).get(unit.pk, 0)
    if unknown := where.keys() - measure.narrowings.keys():
        raise Refused(
            gettext("Số đo “%(code)s” không lọc được theo “%(name)s”.") % {"code": code, "name": min(unknown)}
        )
    if measure.is_known is not None and not measure.is_known():
        return None
    kept = _cells_for(measure) if where.keys() <= {UNIT_KIND} else None
    if kept is None:
        return _count_rows(measure, unit, first, last, where)
    window = split(first, last)
    number = sum(_count_rows(measure, unit, *edge, where) for edge in window.edges)
    return number + (total(kept, code, unit, window.months, where.get(UNIT_KIND, "")) if window.months else 0)


def _count_rows(measure: Count, unit: Unit, first: date, last: date, where: Mapping[str, str]) -> int:
    rows = _rows(measure.source, unit, first, last).filter(measure.condition)
    for name, value in where.items():
        rows = rows.filter(measure.narrowings[name](value))
    if isinstance(measure, Sum):
        return _whole(rows.aggregate(total=SqlSum(measure.of))["total"])
    return rows.count()


def _aggregate(measure: Count) -> SqlCount | SqlSum:
    """Return what is asked of grouped rows: how many fulfil the condition, or what a number of them adds up to."""
    condition = measure.condition or Q(pk__isnull=False)
    return SqlSum(measure.of, filter=condition) if isinstance(measure, Sum) else SqlCount("pk", filter=condition)


def _whole(number: Decimal | int | None) -> int:
    return int(Decimal(number or 0).to_integral_value(ROUND_HALF_UP))


def _cells_for(measure: Count) -> Kept | None:
    """Return where a count is kept, or None while the database does not keep it as it is declared now."""
    kept = kept_of(measure)
    return kept if kept is not None and is_kept(kept) else None


def ratio(code: str, unit: Unit, first: date, last: date) -> RatioValue:
    """Return the ratio over ``first`` to ``last`` for ``unit`` and all under it."""
    measure = measure_of(code)
    if not isinstance(measure, Ratio):
        raise Refused(gettext("“%(code)s” không phải là tỷ lệ.") % {"code": code})
    return RatioValue(count(measure.part, unit, first, last) or 0, count(measure.whole, unit, first, last) or 0)


@dataclass(frozen=True)
class Observations:
    """Ratios of several measures per unit and month, with their sums.

    ``cells[(measure code, unit id, month)]``; months are first days, the unit is the child of the asked unit under
    which the units counted stand, or the asked unit itself.
    """

    cells: dict[tuple[str, int, date], RatioValue]

    def of_unit(self, code: str, unit_id: int) -> RatioValue:
        return self._sum(value for (each, unit, _m), value in self.cells.items() if each == code and unit == unit_id)

    def of_month(self, code: str, month: date) -> RatioValue:
        return self._sum(value for (each, _u, when), value in self.cells.items() if each == code and when == month)

    def total(self, code: str) -> RatioValue:
        return self._sum(value for (each, _u, _m), value in self.cells.items() if each == code)

    @staticmethod
    def _sum(values: Iterable[RatioValue]) -> RatioValue:
        return sum(values, RatioValue(0, 0))


def observe(codes: Iterable[str], unit: Unit, first: date, last: date) -> Observations:
    """Return the ratios ``codes`` by child of ``unit`` and month.

    Whole months that are kept cost one statement per model, other days one per source of rows.
    """
    ratios = [measure for code in codes if isinstance(measure := measure_of(code), Ratio)]
    counts = {code: measure_of(code) for ratio_ in ratios for code in (ratio_.part, ratio_.whole)}
    by_source: dict[Source, list[Count]] = defaultdict(list)
    for each in counts.values():
        if isinstance(each, Count):
            by_source[each.source].append(each)
    numbers: dict[tuple[str, int, date], int] = defaultdict(int)
    children = children_of(unit)
    for counted, rows in monthly(by_source, unit, children, first, last):
        for child, month, values in rows:
            for each, value in zip(counted, values, strict=True):
                numbers[each.code, child, month] += value
    places = {(child, month) for _code, child, month in numbers}
    return Observations(
        {
            (each.code, child, month): RatioValue(numbers[each.part, child, month], numbers[each.whole, child, month])
            for each in ratios
            for child, month in places
        }
    )


def children_of(unit: Unit) -> dict[int, int]:
    """Return the key of every unit under ``unit`` -> the child of ``unit`` it stands under, or ``unit`` itself."""
    below = Unit.objects.filter(path__startswith=unit.path).values_list("pk", "path")
    return {pk: int(rest.split("/")[0]) if (rest := path[len(unit.path) :]) else pk for pk, path in below}


def monthly(
    by_source: Mapping[Source, list[Count]], unit: Unit, children: Mapping[int, int], first: date, last: date
) -> Iterator[tuple[list[Count], Iterator[Monthly]]]:
    """Yield counts with their numbers by child and month: whole months from kept cells, the rest from the rows."""
    by_model: dict[str, list[Count]] = defaultdict(list)
    for source, wanted in by_source.items():
        kept = kept_of(wanted[0])
        if kept is None:
            yield wanted, _grouped(source, wanted, unit, children, first, last)
        else:
            by_model[kept.rows] += wanted
    for label, wanted in by_model.items():
        whole = kept_models()[label]
        window = split(first, last) if is_kept(whole) else Split(None, ((first, last),))
        if window.months:
            yield wanted, by_unit_and_month(whole, wanted, children, window.months)
        for edge in window.edges:
            for source in dict.fromkeys(each.source for each in wanted):
                yield by_source[source], _grouped(source, by_source[source], unit, children, *edge)


def _month_of(source: Source) -> TruncMonth:
    """Return the month that dates a row; an instant has one in Vietnam, a day has it anyway."""
    field: Any = source.model
    for name in source.at.split("__"):
        field = getattr(field, "related_model", None) or field
        field = field._meta.get_field(name)
    return TruncMonth(source.at, tzinfo=VIETNAM if isinstance(field, DateTimeField) else None)


def _grouped(
    source: Source, wanted: list[Count], unit: Unit, children: Mapping[int, int], first: date, last: date
) -> Iterator[Monthly]:
    keys = [f"value_{position}" for position in range(len(wanted))]
    rows = (
        _rows(source, unit, first, last)
        .annotate(month=_month_of(source))
        .values_list(f"{source.unit}_id", "month")
        .annotate(**{key: _aggregate(each) for key, each in zip(keys, wanted, strict=True)})
        .order_by()
    )
    for unit_id, month, *values in rows:
        if unit_id not in children:  # a row of a unit that is counted for nobody here
            continue
        day = month.astimezone(VIETNAM).date() if isinstance(month, datetime) else month
        yield children[unit_id], day, [_whole(value) for value in values]


def indicators_in_force(day: date | None = None) -> QuerySet[Indicator]:
    """Return the indicators valid on ``day`` (default: today) in their order."""
    return Indicator.objects.filter(in_force(day or today())).order_by("position", "code")


def indicator_at(code: str, day: date) -> Indicator | None:
    """Return the version of an indicator in force on ``day`` (before its first version: that one), or None."""
    versions = Indicator.objects.filter(code=code).order_by("-valid_from")
    return versions.filter(valid_from__lte=day).first() or versions.last()


def rows_behind(measure: str, unit_code: str, first: date, last: date, *, unit_kind: str = "") -> dict[str, str]:
    """Return where the rows counted for a ratio are listed: {"part_url", "whole_url"}, "" where there is no such page.

    With ``unit_kind`` narrowed to the units of that kind, where the count can be.
    """
    ratio_ = measure_of(measure) if measure else None
    if not isinstance(ratio_, Ratio):
        return {"part_url": "", "whole_url": ""}
    return {
        "part_url": _listed(ratio_.part, unit_code, first, last, unit_kind),
        "whole_url": _listed(ratio_.whole, unit_code, first, last, unit_kind),
    }


def _listed(code: str, unit_code: str, first: date, last: date, unit_kind: str) -> str:
    counted = measure_of(code)
    link = getattr(counted, "link", None)
    address = link(code, unit_code, first, last) if link else ""
    is_narrowed = address and unit_kind and "unit_kind" in getattr(counted, "narrowings", {})
    return f"{address}&unit_kind={unit_kind}" if is_narrowed else address


@dataclass(frozen=True)
class Judged:
    """A target beside what was reached: ``outcome`` is met, missed or no_data."""

    target: Target
    value: RatioValue
    outcome: str
    needed: int


def judge(target: Target, first: date | None = None, last: date | None = None) -> Judged:
    """Measure ``target`` over its own period, or over another one that is asked for."""
    first, last = first or target.first_day, last or target.last_day
    value = _value_for(target, first, last)
    needed = still_needed(value, target.value) if target.comparator in (">=", ">", "=") else 0
    return Judged(target, value, outcome(value, target.comparator, target.value), needed)


def typed_value(indicator: Indicator, unit: Unit, first: date, last: date) -> RatioValue:
    """Return the sum of the newest verified values of a unit whose periods lie within ``first`` to ``last``.

    A period that lies in another one that is told is left out: a year's value holds its quarters'.
    """
    rows = TypedFigure.objects.filter(
        what=indicator.code, unit=unit, first_day__gte=first, last_day__lte=last, verified_at__isnull=False
    )
    newest = {(each.first_day, each.last_day): each for each in reversed(rows)}
    found = RatioValue(0, 0)
    for (start, end), each in newest.items():
        is_within = any(a <= start and end <= b for a, b in newest if (a, b) != (start, end))
        if not is_within and each.whole is not None:
            found += RatioValue(int(each.part), int(each.whole))
    return found


def _value_for(target: Target, first: date, last: date) -> RatioValue:
    if not target.indicator.measure:
        return typed_value(target.indicator, target.scope_unit, first, last)
    measure = measure_of(target.indicator.measure)
    if not isinstance(measure, Ratio) or not target.unit_kind:
        return ratio(target.indicator.measure, target.scope_unit, first, last)
    parts = [measure_of(code) for code in (measure.part, measure.whole)]
    if not all(isinstance(part, Count) and UNIT_KIND in part.narrowings for part in parts):
        return ratio(target.indicator.measure, target.scope_unit, first, last)
    numbers = [count(part.code, target.scope_unit, first, last, unit_kind=target.unit_kind) for part in parts]
    return RatioValue(numbers[0] or 0, numbers[1] or 0)


def targets_set_by(prefix: str) -> QuerySet[Target]:
    """Return the standing targets whose setter's code begins with ``prefix``."""
    return (
        Target.objects.filter(set_by__startswith=prefix, withdrawn_at__isnull=True)
        .select_related("indicator", "scope_unit")
        .order_by("set_by", "id")
    )
