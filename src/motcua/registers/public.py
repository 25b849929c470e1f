"""What everybody may read of public registers: fields that are not personal, of entries that are not void."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from motcua.registers.access import is_public
from motcua.registers.models import Entry, Register, RegisterVersion
from motcua.registers.queries import versions_today
from motcua.registers.rules.definitions import Field
from motcua.registers.rules.shapes import VOID
from motcua.registers.values_shown import names_of, shown


@dataclass(frozen=True)
class PublicRow:
    """An entry with its public values, as kept and in words."""

    entry: Entry
    values: list[tuple[Field, Any, str]]


def public_versions() -> list[RegisterVersion]:
    """Return the versions in force of public registers, by title."""
    found = [each for each in versions_today() if each.register.is_public and not each.register.is_confidential]
    return sorted(found, key=lambda each: each.register.title)


def public_entries(register: Register) -> QuerySet[Entry]:
    """Return the entries that the public may know of, newest first."""
    rows = Entry.objects.filter(register=register).exclude(state_kind=VOID)
    return rows.select_related("unit").prefetch_related("version").order_by("-on", "-pk")


def public_rows(entries: list[Entry], fields: list[Field]) -> list[PublicRow]:
    """Return entries with the values of fields; only what the entry's own version calls public."""
    names = names_of(fields, [each.values for each in entries])
    found = []
    for entry in entries:
        own = entry.definition.by_code
        values = []
        for field in fields:
            is_open = field.code in own and is_public(own[field.code])
            value = entry.values.get(field.code) if is_open else None
            values.append((field, value, shown(field, value, names)))
        found.append(PublicRow(entry, values))
    return found


def public_fields(version: RegisterVersion) -> list[Field]:
    """Return the fields of a version that the public may read."""
    return [field for field in version.definition.fields if is_public(field)]
