"""What is measured of registers: every measure of the shipped definitions, and a count that can be narrowed to any."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Count, Measure
from motcua.registers.counting import ENTRIES, measures_of
from motcua.registers.queries import versions_today
from motcua.registers.rules.definition_checks import FIELD
from motcua.registers.rules.shapes import VOID
from motcua.registers.shipped import newest_shipped


def _of_field(text: str) -> Q:
    """Return the condition ``field:value``, for a value that stands alone or among several."""
    field, _colon, value = text.partition(":")
    if not FIELD.fullmatch(field):  # anything else would be a lookup of its own
        return Q(pk__in=[])
    return Q(**{f"values__{field}": value}) | Q(**{f"values__{field}__contains": [value]})


_NARROWINGS = {
    "register": lambda value: Q(register__code=value),
    "state": lambda value: Q(state=value),
    "kind": lambda value: Q(state_kind=value),
    "field": _of_field,
}


def made_measures() -> list[Measure]:
    """Return the measures of the definitions in force today; those of shipped registers are declared below already."""
    return [measure for version in versions_today() for measure in measures_of(version.definition)]


MEASURES: list[Measure] = [
    Count("registers.entries", _("Mục ghi trong các sổ theo dõi"), ENTRIES, ~Q(state_kind=VOID), _NARROWINGS),
    *(measure for definition in newest_shipped() for measure in measures_of(definition)),
]
