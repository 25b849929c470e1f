"""The values of a set of indicators: of a unit with all under it by period, and of each unit right below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.base.measures import Ratio
from motcua.base.refusal import Refused
from motcua.indicators.grouped import Numbers, numbers_of
from motcua.indicators.models import Indicator
from motcua.indicators.queries import children_of, indicator_at, typed_value
from motcua.indicators.registry import measure_of
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.ratios import RatioValue
from motcua.indicators.set_models import IndicatorSet
from motcua.organizations.models import Unit

PERIODS = 4  # that a page shows side by side


@dataclass(frozen=True)
class Value:
    """What an item says: ``number`` is per cent for a share; None: not known, or nothing happened."""

    number: Decimal | None
    part: int | None = None
    whole: int | None = None

    @property
    def is_share(self) -> bool:
        return self.whole is not None


@dataclass(frozen=True)
class Item:
    """One line of a set; ``measure`` is "" for a group, and what answers it otherwise: see ``_answers``."""

    code: str
    name: str
    measure: str
    unit: str

    @property
    def is_group(self) -> bool:
        return not self.measure


def items_in(found: IndicatorSet) -> list[Item]:
    """Return the lines of a set."""
    return [Item(**each) for each in found.items]


def set_at(code: str, day: date) -> IndicatorSet | None:
    """Return the version of a set in force on ``day`` (before its first version: that one), or None."""
    versions = IndicatorSet.objects.filter(code=code).order_by("-valid_from")
    return versions.filter(valid_from__lte=day).first() or versions.last()


def sets_in_force() -> list[IndicatorSet]:
    """Return the newest version of every set, by name."""
    newest: dict[str, IndicatorSet] = {}
    for each in IndicatorSet.objects.order_by("-valid_from"):
        newest.setdefault(each.code, each)
    return sorted(newest.values(), key=lambda each: each.name)


def check_measures(items: Iterable[Item]) -> None:
    """Raise Refused, naming the item, where nothing answers it."""
    for each in items:
        if each.is_group or Indicator.objects.filter(code=each.measure).exists():
            continue
        try:
            measure_of(each.measure)
        except Refused as refusal:
            raise Refused(f"{each.code}: {refusal.message}", field="lines") from refusal


def _answers(items: Sequence[Item], day: date) -> dict[str, tuple[Indicator | None, str]]:
    """Return what answers each item on ``day``: the indicator that it names, and the measure ("": typed values)."""
    found: dict[str, tuple[Indicator | None, str]] = {}
    for each in items:
        if not each.is_group:
            indicator = indicator_at(each.measure, day)
            found[each.code] = (indicator, indicator.measure if indicator else each.measure)
    return found


def values_of(items: Sequence[Item], unit: Unit, period: IndexPeriod) -> dict[str, Value]:
    """Return the value of every item for a unit with all under it."""
    return _values(items, unit, dict.fromkeys(children_of(unit), unit.pk), period, [unit])[unit.pk]


def values_below(items: Sequence[Item], unit: Unit, period: IndexPeriod) -> list[tuple[Unit, dict[str, Value]]]:
    """Return the values of each unit right under ``unit`` that existed in the period, by name."""
    asked = Unit.objects.filter(parent=unit, valid_from__lte=period.last)
    units = [each for each in asked if each.valid_to is None or each.valid_to >= period.first]
    found = _values(items, unit, children_of(unit), period, units) if units else {}
    return [(each, found[each.pk]) for each in sorted(units, key=lambda one: one.sort_key)]


def _values(
    items: Sequence[Item], top: Unit, groups: Mapping[int, int], period: IndexPeriod, units: Sequence[Unit]
) -> dict[int, dict[str, Value]]:
    answers = _answers(items, period.last)
    numbers = numbers_of(_counts(measure for _i, measure in answers.values()), top, period.first, period.last, groups)
    return {
        unit.pk: {
            code: _value(indicator, measure, unit, period, numbers) for code, (indicator, measure) in answers.items()
        }
        for unit in units
    }


def _counts(measures: Iterable[str]) -> list[str]:
    found: list[str] = []
    for code in filter(None, measures):
        measure = measure_of(code)
        found += [measure.part, measure.whole] if isinstance(measure, Ratio) else [measure.code]
    return list(dict.fromkeys(found))


def _value(indicator: Indicator | None, code: str, unit: Unit, period: IndexPeriod, numbers: Numbers) -> Value:
    if not code:
        assert indicator is not None
        return _share(typed_value(indicator, unit, period.first, period.last))
    measure = measure_of(code)
    if isinstance(measure, Ratio):
        part, whole = numbers[measure.part].get(unit.pk), numbers[measure.whole].get(unit.pk)
        return _share(RatioValue(part or 0, whole or 0))
    number = numbers[measure.code].get(unit.pk)
    return Value(None if number is None else Decimal(number), number)


def _share(value: RatioValue) -> Value:
    exact = value.exact
    return Value(None if exact is None else exact.quantize(Decimal("0.01")), value.part, value.whole)


def periods_before(period: IndexPeriod, count: int = PERIODS) -> list[IndexPeriod]:
    """Return a period and those of its length before it, oldest first."""
    found = [period]
    while len(found) < count:
        found.append(found[-1].before())
    return found[::-1]


COLUMNS = (
    "set", "valid_from", "period", "first", "last", "unit", "unit_name", "code", "name", "measure", "part", "whole",
    "value", "unit_of_measure",
)  # fmt: skip


def exchange_rows(found: IndicatorSet, unit: Unit, period: IndexPeriod) -> list[dict[str, Any]]:
    """Return a row for each item of the unit and of each unit right below, in the words of COLUMNS.

    What a centre above us takes in; values are numbers, None where nothing is known.
    """
    items = items_in(found)
    head = {
        "set": found.code,
        "valid_from": found.valid_from.isoformat(),
        "period": period.code,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
    whole = [(unit, values_of(items, unit, period)), *values_below(items, unit, period)]
    return [
        {
            **head,
            "unit": each.code,
            "unit_name": each.name,
            "code": item.code,
            "name": item.name,
            "measure": item.measure,
            "part": values[item.code].part,
            "whole": values[item.code].whole,
            "value": values[item.code].number,
            "unit_of_measure": item.unit or ("%" if values[item.code].is_share else ""),
        }
        for each, values in whole
        for item in items
        if not item.is_group
    ]
