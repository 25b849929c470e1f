"""Numbers over entries: what a definition's measures say, as the house's measures, and the rows behind each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, DecimalField, F, IntegerField, Q, QuerySet, When
from django.db.models import Count as SqlCount
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse

from motcua.base.clock import start_of, today
from motcua.base.measures import Count, Measure, Ratio, Source, Standing, Sum
from motcua.organizations.models import Unit
from motcua.registers.models import Entry, EntryVersion
from motcua.registers.narrowing import one, rows_where
from motcua.registers.rules.conditions import condition_of
from motcua.registers.rules.definitions import Definition, MeasureRule
from motcua.registers.rules.shapes import COUNT, RATIO, STANDING, SUM, UNITS

ENTRIES = Source(Entry, unit="unit", at="on")
CLOSED_ENTRIES = Source(Entry, unit="unit", at="closed_on")
_NUMBER: DecimalField = DecimalField(max_digits=24, decimal_places=4)


def code_of(definition: Definition, measure: str) -> str:
    """Return the house's code of a definition's measure: registers.dialogues.held."""
    return f"registers.{definition.code}.{measure}"


def measures_of(definition: Definition) -> list[Measure]:
    """Return a definition's measures as the house offers them."""
    return [_measure(definition, rule) for rule in definition.measures]


def _measure(definition: Definition, rule: MeasureRule) -> Measure:
    code = code_of(definition, rule.code)
    if rule.kind == RATIO:
        return Ratio(code, rule.name, code_of(definition, rule.part), code_of(definition, rule.whole))
    if rule.kind == UNITS:
        return Standing(code, rule.name, partial(_units, definition.units))
    link, is_in_use = partial(_link, definition.code, rule.code), partial(_is_in_use, definition.code)
    if rule.kind == STANDING:
        standing = _Standing(definition, rule)
        return Standing(code, rule.name, standing.count, link, standing.by_unit)
    condition = Q(register__code=definition.code) & rows_where(definition, rule.where)
    narrowings = _narrowings(definition)
    source = CLOSED_ENTRIES if rule.is_by_closing else ENTRIES
    if rule.kind == SUM:
        return Sum(code, rule.name, source, condition, narrowings, link, is_in_use, number_in(rule.of))
    assert rule.kind == COUNT
    return Count(code, rule.name, source, condition, narrowings, link, is_in_use)


def _units(kinds: tuple[str, ...], unit: Unit, day: date) -> int:
    """Return how many units in force on ``day`` must keep a register of these kinds: ``unit`` and all under it."""
    found = Unit.objects.in_force(day).below(unit)
    return (found.filter(kind__in=kinds) if kinds else found).count()


def number_in(field: str) -> Cast:
    """Return a field's number as an expression over entries."""
    return Cast(KeyTextTransform(field, "values"), _NUMBER)


def _narrowings(definition: Definition) -> dict[str, Callable[[str], Q]]:
    """Return every way to ask for a part: by state, by kind of state, by any field."""

    def narrow(name: str, text: str) -> Q:
        return one(definition, condition_of(name, text))

    return {name: partial(narrow, name) for name in ("state", "kind", *definition.by_code)}


def _is_in_use(register: str) -> bool:
    """Say whether anybody keeps the register; from its first entry on, no entry means that nothing happened."""
    return Entry.objects.filter(register__code=register).exists()


def _link(register: str, measure: str, _code: str, unit: str, first: date, last: date) -> str:
    """Return the page that lists the very entries that were counted."""
    query = urlencode({"so": measure, "don-vi": unit, "tu": first, "den": last})
    return f"{reverse('registers:entries', args=[register])}?{query}"


@dataclass(frozen=True)
class _Standing:
    """How many entries stand so on a day, for one measure."""

    definition: Definition
    rule: MeasureRule

    def count(self, unit: Unit, day: date, **where: str) -> int | None:
        """Return the number for a unit and all under it; None while nobody keeps the register."""
        if not _is_in_use(self.definition.code):
            return None
        rows = standing_on(self.definition, [*self.rule.where, *where.items()], day)
        return rows.filter(**{f"{_unit_of(rows)}__path__startswith": unit.path}).count()

    def by_unit(self, unit: Any, day: date) -> Mapping[int, int]:
        """Return the number for every unit that has any, under ``unit``."""
        rows = standing_on(self.definition, self.rule.where, day)
        path = _unit_of(rows)
        found = rows.filter(**{f"{path}__path__startswith": unit.path}).order_by()
        return dict(found.values_list(f"{path}_id").annotate(n=SqlCount("pk")))


def _unit_of(rows: QuerySet) -> str:
    return "unit" if rows.model is Entry else "entry__unit"


def standing_on(definition: Definition, where: Iterable[tuple[str, str]], day: date) -> QuerySet:
    """Return the entries that stand so on ``day``; for a day that is over, the changes that stood then.

    An entry that was written only afterwards counts as it was first written: the register is filled in late.
    """
    condition = rows_where(definition, where, day)
    if day >= today():
        return Entry.objects.filter(condition, register__code=definition.code, on__lte=day)
    known = Q(at__lt=start_of(day + timedelta(days=1)))
    newest = (
        EntryVersion.objects.filter(entry__register__code=definition.code, entry__on__lte=day)
        .annotate(
            is_later=Case(When(known, then=0), default=1, output_field=IntegerField()),
            turn=Case(When(known, then=-F("number")), default=F("number"), output_field=IntegerField()),
        )
        .order_by("entry", "is_later", "turn")
        .distinct("entry")
    )
    return EntryVersion.objects.filter(condition, pk__in=newest.values("pk"))


def behind(definition: Definition, rule: MeasureRule, first: date, last: date) -> Q:
    """Return the condition on the entries that a measure counted over days ``first`` to ``last``, both included."""
    if rule.kind == RATIO:
        sides = [definition.measure(rule.whole), definition.measure(rule.part)]
        counted = next((side for side in sides if side and side.kind != UNITS), None)
        return behind(definition, counted, first, last) if counted else Q(pk__in=[])
    if rule.kind == UNITS:
        return Q(pk__in=[])  # units are no entries
    if rule.kind == STANDING:
        rows = standing_on(definition, list(rule.where), min(last, today()))
        return Q(pk__in=rows.values("pk" if rows.model is Entry else "entry"))
    dated = "closed_on" if rule.is_by_closing else "on"
    return rows_where(definition, rule.where) & Q(**{f"{dated}__gte": first, f"{dated}__lte": last})
