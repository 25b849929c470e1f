"""Conditions of measures as conditions on rows: entries as they are now, or their changes as they were on a day."""

import operator
import re
from collections.abc import Iterable
from datetime import date
from functools import reduce

from django.db.models import Q

from motcua.registers.rules.conditions import (
    ALL,
    BLANK,
    FILLED,
    NONE_OF,
    ONE_OF,
    ORDER,
    PAST,
    WITHIN,
    Condition,
    conditions_of,
)
from motcua.registers.rules.definitions import Definition, Field
from motcua.registers.rules.shapes import DATE, VOID, YES_NO

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,4})?")
_LOOKUPS = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt"}


def rows_where(definition: Definition, where: Iterable[tuple[str, str]], day: date | None = None) -> Q:
    """Return the condition on rows with ``state`` and ``values``; void entries only where a state or kind is named.

    ``day``: on which "past" and "within" are looked at.
    """
    found = Q(pk__isnull=False)
    asked = conditions_of(where)
    for each in asked:
        found &= one(definition, each, day)
    if not any(each.name in ("state", "kind") for each in asked):
        found &= ~Q(state__in=_of_kind(definition, [VOID]))
    return found


def one(definition: Definition, condition: Condition, day: date | None = None) -> Q:
    """Return one condition; a name that the definition does not know fits nothing."""
    if condition.name in ("state", "kind"):
        named = condition.values if condition.name == "state" else _of_kind(definition, condition.values)
        fits = Q(state__in=list(named))
        return ~fits if condition.kind == NONE_OF else fits
    field = definition.by_code.get(condition.name)
    return _of_field(field, condition, day) if field else Q(pk__in=[])


def _of_kind(definition: Definition, kinds: Iterable[str]) -> list[str]:
    return [state.code for state in definition.states if state.kind in set(kinds)]


def _of_field(field: Field, condition: Condition, day: date | None) -> Q:
    there = Q(values__has_key=field.code)
    if condition.kind in (FILLED, BLANK):
        return there if condition.kind == FILLED else ~there
    if condition.kind == ALL:
        return Q(**{f"values__{field.code}__contains": [option.code for option in field.options]})
    if condition.kind in (ONE_OF, NONE_OF):
        fits = reduce(operator.or_, (_is(field, value) for value in condition.values), Q(pk__in=[]))
        # A row without the field fits "none of"; NOT of an unknown would leave it out.
        return fits if condition.kind == ONE_OF else ~there | ~fits
    return _ordered(field, condition, day)


def _ordered(field: Field, condition: Condition, day: date | None) -> Q:
    if condition.kind == ORDER:
        value = condition.values[0] if field.type == DATE else _number(condition.values[0])
        if value is None:
            return Q(pk__in=[])
        return Q(**{f"values__{field.code}__{_LOOKUPS[condition.sign]}": value})
    if day is None:
        return Q(pk__in=[])
    if condition.kind == PAST:
        return Q(**{f"values__{field.code}__lt": day.isoformat()})
    assert condition.kind == WITHIN
    since = months_before(day, condition.months).isoformat()
    return Q(**{f"values__{field.code}__gte": since, f"values__{field.code}__lte": day.isoformat()})


def _is(field: Field, value: str) -> Q:
    if field.type == YES_NO:
        return Q(**{f"values__{field.code}": value == "yes"})
    if field.is_many:
        return Q(**{f"values__{field.code}__contains": [value]})
    if field.is_numeric:
        number = _number(value)
        return Q(pk__in=[]) if number is None else Q(**{f"values__{field.code}": number})
    return Q(**{f"values__{field.code}": value})


def _number(text: str) -> int | float | None:
    """Return a number as values keep it; None for what is none: conditions come from addresses, too."""
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
