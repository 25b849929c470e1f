"""Values in words: what a page, a sheet or a file shows of a field."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.registers.rules.definitions import Field
from motcua.registers.rules.periods import period_of
from motcua.registers.rules.shapes import (
    CHECKLIST,
    CHOICE,
    CHOICES,
    DATE,
    FILES,
    MONEY,
    NUMBER,
    OFFICIAL,
    PERIOD,
    UNIT,
    YES_NO,
)
from motcua.ui.rules.numbers import grouped

Names = Mapping[str, str]  # what codes of units, accounts and files are called


def shown(field: Field, value: Any, names: Names | None = None) -> str:
    """Return a value in words; "" where it is blank. ``names`` spares statements."""
    if value is None:
        return ""
    if field.type in (NUMBER, MONEY):
        return grouped(value)
    if field.type == YES_NO:
        return gettext("Có") if value else gettext("Không")
    if field.type == DATE:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if field.type == PERIOD:
        return period_of(value).label
    if field.type == CHOICE:
        return field.option_name(value)
    if field.type == CHOICES:
        return "; ".join(field.option_name(each) for each in value)
    if field.type == CHECKLIST:
        ticked = [option.name for option in field.options if option.code in value]
        return f"{len(ticked)}/{len(field.options)}: " + "; ".join(ticked)
    if field.type in (UNIT, OFFICIAL, FILES):
        known = names if names is not None else names_of([field], [{field.code: value}])
        codes = value if field.type == FILES else [value]
        return "; ".join(known.get(str(code), str(code)) for code in codes)
    return str(value)


def names_of(fields: Iterable[Field], rows: Iterable[Mapping[str, Any]]) -> Names:
    """Return what the units, officials and files in many rows are called, in one statement for each kind."""
    wanted: dict[str, set[Any]] = {UNIT: set(), OFFICIAL: set(), FILES: set()}
    named = [field for field in fields if field.type in wanted]
    for row in rows if named else ():
        for field in named:
            value = row.get(field.code)
            if value is not None:
                wanted[field.type].update(value if field.type == FILES else [value])
    found: dict[str, str] = {}
    if wanted[UNIT]:
        found |= dict(Unit.objects.filter(code__in=wanted[UNIT]).order_by("valid_from").values_list("code", "name"))
    if wanted[OFFICIAL]:
        found |= dict(Account.objects.filter(code__in=wanted[OFFICIAL]).values_list("code", "full_name"))
    if wanted[FILES]:
        found |= {
            str(pk): name for pk, name in StoredFile.objects.filter(pk__in=wanted[FILES]).values_list("pk", "name")
        }
    return found
