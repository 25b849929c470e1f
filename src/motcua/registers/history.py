"""What was done to an entry, newest first: who, when, why, and which values changed from what to what."""

from dataclasses import dataclass
from typing import Any

from motcua.base.clock import VIETNAM
from motcua.organizations.models import Account
from motcua.registers.models import Entry, EntryVersion
from motcua.registers.rules.definitions import Definition
from motcua.registers.values_shown import Names, names_of, shown
from motcua.ui.rules.numbers import as_instant

MOST_SHOWN = 100


@dataclass(frozen=True)
class Change:
    """One value that a change gave another value; both in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One change of an entry."""

    version: EntryVersion
    what: str
    who: str
    changes: list[Change]

    @property
    def when(self) -> str:
        return as_instant(self.version.at, VIETNAM)


def history_of(entry: Entry, *, sees_personal: bool) -> list[Line]:
    """Return the newest changes of an entry, newest first; personal values stay out for who only looks on."""
    versions = list(entry.versions.order_by("-number")[: MOST_SHOWN + 1])
    people = dict(Account.objects.filter(code__in={each.by for each in versions}).values_list("code", "full_name"))
    definition = entry.definition
    names = names_of(definition.fields, [each.values for each in versions])
    found = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        changes = _changes(definition, before.values, version.values, names, sees_personal) if before else []
        found.append(Line(version, _what(definition, version), people.get(version.by, ""), changes))
    return found[:MOST_SHOWN]


def _what(definition: Definition, version: EntryVersion) -> str:
    move = next((each.name for each in definition.moves if each.code == version.move), "")
    state = definition.by_state.get(version.state)
    return f"{move or version.deed_label}{f' → {state.name}' if version.move and state else ''}"


def _changes(
    definition: Definition, old: dict[str, Any], new: dict[str, Any], names: Names, sees_personal: bool
) -> list[Change]:
    return [
        Change(field.name, shown(field, old.get(field.code), names), shown(field, new.get(field.code), names))
        for field in definition.fields
        if old.get(field.code) != new.get(field.code) and (sees_personal or not field.personal)
    ]
