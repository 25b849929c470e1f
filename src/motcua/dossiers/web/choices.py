"""Which units take a procedure, for the reader to choose from; which procedures a counter takes."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.base.clock import today
from motcua.base.text import fold
from motcua.dossiers.rules.reception_rules import scheme_on
from motcua.organizations.models import Unit, UnitCode, in_force
from motcua.procedures.models import Offering, Trait
from motcua.procedures.publishing_states import NON_TERRITORIAL
from motcua.procedures.queries import offerings_in_force


def units_offering(procedure: str, *, online: bool = False, counters: Iterable[Unit] | None = None) -> list[Unit]:
    """Return the units that take a procedure today and can number its dossiers, in dictionary order.

    ``online``: only where it is filed online. ``counters``: only those for which one of these units receives.
    """
    offerings = offerings_in_force().filter(procedure__code=procedure)
    if online:
        offerings = offerings.filter(is_online=True)
    own = [each.unit_id for each in offerings if each.unit_id]
    kinds = [each.unit_kind for each in offerings if not each.unit_id]
    units = _numbering().filter(Q(pk__in=own) | Q(kind__in=kinds))
    if counters is not None:
        units = units.filter(_received_by(counters))
    return sorted(units, key=lambda unit: unit.sort_key)


def units_at(procedure: str, counters: Iterable[Unit]) -> list[Unit]:
    """Return the units for which these counters take a procedure; those they serve come first.

    What does not depend on the territory is taken in for every unit that offers it (R4.24).
    """
    counters = list(counters)
    served = units_offering(procedure, counters=counters)
    if not _any_location().filter(procedure__code=procedure).exists():
        return served
    mine = {unit.pk for unit in served}
    return served + [unit for unit in units_offering(procedure) if unit.pk not in mine]


def matching(units: list[Unit], text: str) -> list[Unit]:
    """Return those whose name holds ``text``, with or without diacritics."""
    wanted = fold(text.strip())
    return [unit for unit in units if wanted in fold(unit.name)]


def procedures_at(counters: Iterable[Unit]) -> set[str]:
    """Return the codes of the procedures that these counters receive today."""
    served = Unit.objects.in_force().filter(_received_by(counters))
    found = Offering.objects.filter(in_force(today())).filter(
        Q(unit__in=served) | Q(unit__isnull=True, unit_kind__in=served.values("kind"))
    )
    anywhere = offerings_in_force().filter(procedure__in=_any_location().values("procedure"))
    return set(found.values_list("procedure__code", flat=True)) | set(
        anywhere.values_list("procedure__code", flat=True)
    )


def _any_location() -> QuerySet[Trait]:
    return Trait.objects.filter(in_force(today()), trait=NON_TERRITORIAL)


def _received_by(counters: Iterable[Unit]) -> Q:
    numbers = [unit.pk for unit in counters]
    return Q(one_stop__in=numbers) | Q(one_stop__isnull=True, pk__in=numbers)


def _numbering() -> QuerySet[Unit]:
    codes = UnitCode.objects.filter(in_force(today()), scheme=scheme_on(today()))
    numbers = codes.filter(Q(unit=OuterRef("pk")) | Q(unit=OuterRef("one_stop")))
    return Unit.objects.in_force().filter(Exists(numbers))
