"""Taking in the definitions that are shipped in ``registers/data``: each code and first day once."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.base.refusal import Refused
from motcua.registers.actions.defining import draft, publish
from motcua.registers.models import RegisterVersion
from motcua.registers.rules.definitions import Definition, definition_from
from motcua.registers.states import DRAFT, PUBLISHED

DATA = Path(__file__).parents[1] / "data"


@cache
def shipped_definitions() -> tuple[Definition, ...]:
    """Return every shipped definition, checked, by code and first day; a file holds one or a list of versions.

    Raises:
        Refused: a file is faulty; it is named.
    """
    found = []
    for path in sorted(DATA.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for data in content if isinstance(content, list) else [content]:
            found.append(_definition(data, path.name))
    return tuple(sorted(found, key=lambda each: (each.code, each.valid_from)))


def _definition(data: Mapping[str, Any], name: str) -> Definition:
    try:
        return definition_from(data)
    except Refused as refusal:
        raise Refused(f"{name}: {refusal.message}") from refusal


@transaction.atomic
def take_in_shipped() -> int:
    """Publish the shipped versions that are not there yet and return how many; what an officer made stays.

    A shipped version that would begin before one that is published, or while a draft is being written, is left.
    """
    taken = 0
    for definition in shipped_definitions():
        versions = RegisterVersion.objects.filter(register__code=definition.code)
        newer = versions.filter(state=PUBLISHED, valid_from__gte=definition.valid_from)
        if newer.exists() or versions.filter(state=DRAFT).exists():
            continue
        draft(definition.data, actor=None)
        publish(definition.code, actor=None)
        taken += 1
    return taken
