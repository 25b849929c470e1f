"""Changes of a draft, each a new form: put, move, remove parts and fields; one in a group is named ``group.child``."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from motcua.procedures.rules.eforms.form import Condition, Eform, Field, Part


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


def find(form: Eform, name: str) -> Field | None:
    """Return the field of that name, ``group.child`` for one in a group, or None."""
    top, _dot, child = name.partition(".")
    field = form.find(top)
    if not child or field is None:
        return field
    return next((one for one in field.fields if one.name == child), None)


def part_of(form: Eform, name: str) -> Part | None:
    """Return the part in which a field stands."""
    top = name.partition(".")[0]
    return next((part for part in form.parts if any(field.name == top for field in part.fields)), None)


def put_part(form: Eform, part: Part, *, instead_of: str = "") -> Eform:
    """Return the form with ``part`` at its end, or in place of the part ``instead_of``."""
    if not instead_of:
        return replace(form, parts=(*form.parts, part))
    return replace(form, parts=tuple(part if one.name == instead_of else one for one in form.parts))


def put_field(form: Eform, field: Field, *, into: str, instead_of: str = "") -> Eform:
    """Return the form with ``field`` at the end of the part or group ``into``, or in place of ``instead_of``.

    Conditions that named the old one name the new one. ``instead_of`` is the bare name of a field in ``into``.
    """

    def changed(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        if not instead_of:
            return (*fields, field)
        return tuple(field if one.name == instead_of else one for one in fields)

    found = _fields_of(form, into, changed)
    return _renamed(found, instead_of, field.name) if instead_of not in ("", field.name) else found


def removed(form: Eform, name: str) -> Eform:
    """Return the form without a part or field."""
    if any(part.name == name for part in form.parts):
        return replace(form, parts=tuple(part for part in form.parts if part.name != name))
    return _around(form, name, lambda fields, last: tuple(one for one in fields if one.name != last))


def moved(form: Eform, name: str, by: int) -> Eform:
    """Return the form with a part or field ``by`` places further (-1: up); beyond the end it stays.

    A field at the edge of its part goes over to the next part.
    """
    if any(part.name == name for part in form.parts):
        return replace(form, parts=_shifted(form.parts, name, by))
    field, part = find(form, name), part_of(form, name)
    if field is None or part is None:
        return form
    at_edge = "." not in name and part.fields[0 if by < 0 else -1].name == name
    beside = form.parts.index(part) + by
    if at_edge and 0 <= beside < len(form.parts):
        without, target = removed(form, name), form.parts[beside]
        fields = (*target.fields, field) if by < 0 else (field, *target.fields)
        return put_part(without, replace(target, fields=fields), instead_of=target.name)
    return _around(form, name, lambda fields, last: _shifted(fields, last, by))


def _shifted(things: Sequence[Thing], name: str, by: int) -> tuple[Thing, ...]:
    found = list(things)
    place = next(position for position, one in enumerate(found) if one.name == name)
    other = place + by
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return tuple(found)


def _around(form: Eform, name: str, change: Callable[[tuple[Field, ...], str], tuple[Field, ...]]) -> Eform:
    """Return the form with the row of fields changed in which ``name`` stands."""
    top, _dot, child = name.partition(".")
    part = part_of(form, name)
    if part is None or find(form, name) is None:
        return form
    return _fields_of(form, top if child else part.name, lambda fields: change(fields, child or top))


def _fields_of(form: Eform, into: str, change: Callable[[tuple[Field, ...]], tuple[Field, ...]]) -> Eform:
    """Return the form with the fields of the part or group ``into`` changed."""
    parts = []
    for part in form.parts:
        if part.name == into:
            part = replace(part, fields=change(part.fields))
        else:
            groups = (replace(one, fields=change(one.fields)) if one.name == into else one for one in part.fields)
            part = replace(part, fields=tuple(groups))
        parts.append(part)
    return replace(form, parts=tuple(parts))


def _renamed(form: Eform, old: str, new: str) -> Eform:
    def conditions(when: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(replace(one, field=new) if one.field == old else one for one in when)

    def fields(found: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(replace(one, when=conditions(one.when), fields=fields(one.fields)) for one in found)

    parts = (replace(part, when=conditions(part.when), fields=fields(part.fields)) for part in form.parts)
    return replace(form, parts=tuple(parts))
