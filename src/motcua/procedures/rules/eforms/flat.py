"""Nested answers in the flat names of an HTML form: ``q_members-0-birth_date``, ``q_home-province``."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.form import Eform, Field

PREFIX = "q_"
COUNT = "-count"
ADDRESS_PARTS = ("tree", "province", "district", "commune", "detail")
# Buttons that change the form's shape send one of these as the value of COMMAND.
COMMAND, REFRESH, ADD, REMOVE = "eform", "refresh", "add", "remove"
Get = Callable[[str], list[str]]


def gather(form: Eform, get: Get) -> dict[str, Any]:
    """Return the answers as typed, nested as the form is, whether or not they are asked; "" is left out.

    ``get`` returns the values sent under a flat name, [] for none.
    """
    found = {field.name: _value(field, PREFIX + field.name, get) for field in form.fields}
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def _value(field: Field, name: str, get: Get) -> Any:
    if field.kind == forms.GROUP:
        return [
            {child.name: value for child in field.fields
             if (value := _value(child, f"{name}-{position}-{child.name}", get)) not in ("", [], None)}
            for position in range(count_of(field, get(name + COUNT)))
        ]  # fmt: skip
    if field.kind == forms.ADDRESS:
        parts = {part: (get(f"{name}-{part}") or [""])[-1] for part in ADDRESS_PARTS}
        parts = {part: value for part, value in parts.items() if value}
        return parts if set(parts) - {"tree"} else None
    values = get(name)
    if field.kind == forms.CHOICES:
        return [value for value in values if value]
    if field.kind == forms.CONFIRM:
        return True if any(value not in ("", "false", "False") for value in values) else None
    return values[-1] if values else ""


def count_of(group: Field, sent: list[str]) -> int:
    """Return how many items of a group are shown: as many as were sent, at least one, at most what it allows."""
    wanted = int(sent[-1]) if sent and re.fullmatch(r"\d{1,3}", sent[-1]) else max(group.fewest or 0, 1)
    return max(0 if group.fewest == 0 or group.fewest is None else 1, min(wanted, group.most or forms.MOST_ITEMS))


def flattened(form: Eform, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return answers under their flat names, as an HTML form would send them."""
    found: dict[str, list[str]] = {}
    for field in form.fields:
        if field.name in answers:
            _flatten(field, PREFIX + field.name, answers[field.name], found)
    return found


def _flatten(field: Field, name: str, value: Any, found: dict[str, list[str]]) -> None:
    if field.kind == forms.GROUP and isinstance(value, list):
        found[name + COUNT] = [str(len(value))]
        for position, item in enumerate(value):
            for child in field.fields:
                if child.name in item:
                    _flatten(child, f"{name}-{position}-{child.name}", item[child.name], found)
    elif isinstance(value, dict):
        found |= {f"{name}-{part}": [str(value[part])] for part in ADDRESS_PARTS if part in value}
    elif isinstance(value, list):
        found[name] = [str(one) for one in value]
    elif value is True:
        found[name] = ["on"]
    elif value not in (None, False):
        found[name] = [str(value)]


def reshaped(form: Eform, values: Mapping[str, list[str]], command: str) -> dict[str, list[str]]:
    """Return what was typed with an item of a group added (``add:members``) or removed (``remove:members:0``).

    A command that fits no group changes nothing.
    """
    changed = dict(values)
    verb, _colon, rest = command.partition(":")
    name, _colon, place = rest.partition(":")
    group = form.find(name)
    if verb not in (ADD, REMOVE) or group is None or group.kind != forms.GROUP:
        return changed
    start = f"{PREFIX}{name}"
    count = count_of(group, changed.get(start + COUNT, []))
    if verb == ADD:
        changed[start + COUNT] = [str(min(count + 1, group.most or forms.MOST_ITEMS))]
        return changed
    if not place.isascii() or not place.isdigit() or int(place) >= count:
        return changed
    gone = int(place)
    numbered = re.compile(rf"{re.escape(start)}-(\d+)-(.+)")
    for key in [key for key in changed if numbered.fullmatch(key)]:
        found = numbered.fullmatch(key)
        assert found is not None
        if int(found[1]) >= gone:
            value = changed.pop(key)
            if int(found[1]) > gone:
                changed[f"{start}-{int(found[1]) - 1}-{found[2]}"] = value
    changed[start + COUNT] = [str(count - 1)]
    return changed
