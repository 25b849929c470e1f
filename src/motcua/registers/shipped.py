"""The definitions that are shipped with Motcua in ``data/*.json``, checked when they are first asked for."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from motcua.base.refusal import Refused
from motcua.registers.rules.definitions import Definition, definition_from

DATA = Path(__file__).parent / "data"


@cache
def shipped_definitions() -> tuple[Definition, ...]:
    """Return every shipped definition by code and first day; a file holds one or a list of versions.

    Raises:
        Refused: a file is faulty; it is named.
    """
    found = []
    for path in sorted(DATA.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for data in content if isinstance(content, list) else [content]:
            found.append(_definition(data, path.name))
    return tuple(sorted(found, key=lambda each: (each.code, each.valid_from)))


def newest_shipped() -> list[Definition]:
    """Return the last version of every shipped register."""
    return list({each.code: each for each in shipped_definitions()}.values())


def _definition(data: Mapping[str, Any], name: str) -> Definition:
    try:
        return definition_from(data)
    except Refused as refusal:
        raise Refused(f"{name}: {refusal.message}") from refusal
