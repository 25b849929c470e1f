"""What is missing of an entry in its state, and which of the definition's checks it fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.registers.rules.definitions import Check, Definition
from motcua.registers.rules.formulas import holds
from motcua.registers.rules.shapes import ERROR
from motcua.registers.rules.values import reader


@dataclass(frozen=True)
class Finding:
    """A check that an entry fails."""

    id: str
    severity: str
    words: str

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR


def missing(definition: Definition, values: Mapping[str, Any], state: str) -> list[Refused]:
    """Return a refusal for every field that must be filled in ``state`` and is blank."""
    return [
        Refused(gettext("Chưa ghi “%(name)s”.") % {"name": field.name}, field=field.code)
        for field in definition.fields
        if (field.required or state in field.required_in) and field.code not in values
    ]


def findings(
    definition: Definition, values: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Yield every check that fails; ``before``: values of the entry before this one, by id of the check."""
    for check in definition.checks:
        previous = before.get(check.id) if check.is_previous else None
        if holds(check.compared, reader(definition, values, previous)) is False:
            yield Finding(check.id, check.severity, check.words)


def is_before(check: Check, values: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether another entry is of the same kind as one, as ``check`` sees it."""
    return all(values.get(code) == other.get(code) for code in check.same)
