"""Which units travel which route: those that offer a procedure along it."""

from datetime import date

from motcua.organizations.models import Unit
from motcua.procedures.queries import offerings_in_force


def units_of_route(code: str, day: date) -> list[Unit]:
    """Return the units that handle procedures along any version of the route ``code`` on ``day``."""
    offers = offerings_in_force(day).filter(route__code=code).values_list("unit_id", "unit_kind").distinct()
    own = {unit for unit, _kind in offers if unit is not None}
    kinds = {kind for unit, kind in offers if unit is None}
    units = Unit.objects.in_force(day).select_related("one_stop")
    return [*units.filter(pk__in=own), *units.filter(kind__in=kinds).exclude(pk__in=own)]
