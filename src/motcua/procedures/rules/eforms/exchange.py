"""A form as JSON: a JSON Schema (2020-12) of the answers, and a layout that says how and when each is asked.

    {"schema": {"type": "object", "properties": {…}, "required": […], "allOf": [{"if": …, "then": …}]},
     "layout": {"title", "addressee", "pledge", "applicant": […], "dropped": [{"title", "known_to", "why"}],
                "parts": [{"name", "title", "hint"?, "when"?, "fields": [{"name", "kind", "when"?, "source"?, …}]}]}}

Names, titles and limits stand in the schema; kinds, order, conditions and sources in the layout. What the two say
together is read; what the schema says beyond that is refused by ``read``, since no page would ask it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.form import Condition, Dropped, Eform, Field, Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WHOLE = {forms.INTEGER, forms.MONEY}
_ADDRESS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "tree": {"enum": [forms.NEW_TREE, forms.OLD_TREE]},
        "province": {"type": "string", "pattern": r"^\d{2}$"},
        "district": {"type": "string", "pattern": r"^\d{3}$"},
        "commune": {"type": "string", "pattern": r"^\d{5}$"},
        "detail": {"type": "string", "maxLength": forms.LONGEST_DETAIL},
    },
    "required": ["tree", "province", "commune"],
    "additionalProperties": False,
}


class Unreadable(ValueError):
    """What was given is no form; the message names the place in English, for machines."""


def to_schema(form: Eform) -> dict[str, Any]:
    """Return the JSON Schema of the form's answers."""
    conditions = [(part.when, field) for part in form.parts for field in part.fields]
    schema: dict[str, Any] = {"$schema": DIALECT, "title": form.title, **_object(conditions, form)}
    if any(field.kind == forms.ADDRESS for field in form.every_field()):
        schema["$defs"] = {"address": _ADDRESS}
    return schema


def _object(asked: Sequence[tuple[tuple[Condition, ...], Field]], form: Eform) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object",
        "properties": {field.name: _property(field, form) for _when, field in asked},
        "additionalProperties": False,
    }
    if required := [field.name for when, field in asked if field.required and not when and not field.when]:
        found["required"] = required
    names = {field.name: field for _when, field in asked}
    rules = [
        {"if": _test((*when, *field.when), names), "then": {"required": [field.name]}}
        for when, field in asked
        # A condition on a field outside of this object cannot be said here; ``checking`` holds it.
        if field.required and (when or field.when) and all(one.field in names for one in (*when, *field.when))
    ]
    return found | ({"allOf": rules} if rules else {})


def _test(conditions: Sequence[Condition], fields: Mapping[str, Field]) -> dict[str, Any]:
    tests = []
    for one in conditions:
        values: dict[str, Any] = {"enum": list(one.values)}
        if fields[one.field].kind == forms.CHOICES:
            values = {"contains": values}
        test = {"properties": {one.field: values}, "required": [one.field]}
        tests.append({"not": test} if one.negated else test)
    return tests[0] if len(tests) == 1 else {"allOf": tests}


def _property(field: Field, form: Eform) -> dict[str, Any]:
    words: dict[str, Any] = {"title": field.title}
    if field.hint:
        words["description"] = field.hint
    if field.kind == forms.GROUP:
        items = _object([((), child) for child in field.fields], form)
        limits = {"minItems": field.fewest, "maxItems": field.most or forms.MOST_ITEMS}
        return words | {"type": "array", "items": items} | _given(limits)
    if field.kind == forms.ADDRESS:
        return words | {"$ref": "#/$defs/address"}
    if field.kind == forms.CHOICES:
        items = {"type": "string", "enum": list(field.choices)}
        least = {"minItems": 1} if field.required else {}
        return words | {"type": "array", "items": items, "uniqueItems": True, **least}
    if field.kind == forms.CONFIRM:
        return words | {"type": "boolean"} | ({"const": True} if field.required else {})
    if field.kind in forms.NUMBERS:
        kind = "integer" if field.kind in _WHOLE else "number"
        return words | {"type": kind} | _given({"minimum": field.lowest, "maximum": field.highest})
    return words | {"type": "string"} | _text(field)


def _text(field: Field) -> dict[str, Any]:
    if field.kind == forms.DATE:
        return {"format": "date"}
    if field.kind == forms.CHOICE:
        return {"enum": list(field.choices)}
    longest = field.longest or (forms.LONGEST_LONG_TEXT if field.kind == forms.LONG_TEXT else forms.LONGEST_TEXT)
    pattern = {"pattern": forms.PATTERNS[field.pattern]} if field.pattern else {}
    return {"maxLength": longest, **pattern}


def _given(limits: Mapping[str, int | None]) -> dict[str, int]:
    return {name: value for name, value in limits.items() if value is not None}


def to_layout(form: Eform) -> dict[str, Any]:
    """Return the layout of the form."""
    return {
        "title": form.title,
        "addressee": form.addressee,
        "pledge": form.pledge,
        "applicant": list(form.applicant),
        "parts": [
            {"name": part.name, "title": part.title}
            | _filled({"hint": part.hint, "when": _conditions(part.when)})
            | {"fields": [_layout_of(field) for field in part.fields]}
            for part in form.parts
        ],
        "dropped": [{"title": one.title, "known_to": one.known_to, "why": one.why} for one in form.dropped],
    }


def _layout_of(field: Field) -> dict[str, Any]:
    more = {
        "required": field.required,
        "longest": field.longest,
        "pattern": field.pattern,
        "tree": field.tree,
        "when": _conditions(field.when),
        "source": "" if field.source == forms.DECLARED else field.source,
        "known_to": field.known_to,
        "concept": field.concept,
        "fields": [_layout_of(child) for child in field.fields],
    }
    return {"name": field.name, "kind": field.kind} | _filled(more)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _conditions(conditions: Iterable[Condition]) -> list[dict[str, Any]]:
    return [{"field": one.field, "is_not" if one.negated else "is": list(one.values)} for one in conditions]


def read(schema: Any, layout: Any) -> Eform:
    """Return the form that the two describe together.

    Raises:
        Unreadable: a part is missing or of the wrong type, or the schema says what the layout does not ask.
    """
    try:
        properties = schema["properties"]
        form = Eform(
            title=_word(layout["title"]),
            addressee=_word(layout.get("addressee", "")),
            pledge=_word(layout.get("pledge", "")),
            applicant=tuple(_word(one) for one in layout.get("applicant", forms.APPLICANT)),
            dropped=tuple(Dropped(_word(one["title"]), _word(one.get("known_to", "")), _word(one.get("why", "")))
                          for one in layout.get("dropped", [])),
            parts=tuple(_part(one, properties) for one in layout["parts"]),
        )  # fmt: skip
        again = to_schema(form)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Unreadable(f"not a form: {type(error).__name__} {error}") from error
    if again != schema:
        raise Unreadable(f"the schema says what the layout does not ask, at {_difference(again, schema)}")
    return form


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _whole(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError("whole number expected")
    return value


def _value(value: Any) -> str | bool:
    return value if value is True else _word(value)


def _part(part: Mapping[str, Any], properties: Mapping[str, Any]) -> Part:
    fields = tuple(_field(one, properties) for one in part["fields"])
    hint = _word(part.get("hint", ""))
    return Part(_word(part["name"]), _word(part["title"]), fields, hint, _read_conditions(part.get("when", ())))


def _field(placed: Mapping[str, Any], properties: Mapping[str, Any]) -> Field:
    name, kind = _word(placed["name"]), _word(placed["kind"])
    said = properties[name]
    within = said.get("items", {}).get("properties", {})
    choices = said.get("enum") or said.get("items", {}).get("enum") or ()
    if kind not in forms.KINDS or placed.get("pattern", "") not in ("", *forms.PATTERNS):
        raise TypeError(f"unknown kind or pattern of {name}")
    return Field(
        name=name,
        title=_word(said["title"]),
        kind=kind,
        required=placed.get("required", False) is True,
        hint=_word(said.get("description", "")),
        choices=tuple(_word(one) for one in choices),
        longest=_whole(placed.get("longest")) or 0,
        pattern=placed.get("pattern", ""),
        lowest=_whole(said.get("minimum")),
        highest=_whole(said.get("maximum")),
        fewest=_whole(said.get("minItems")) if kind == forms.GROUP else None,
        most=_whole(said.get("maxItems")) if kind == forms.GROUP else None,
        fields=tuple(_field(child, within) for child in placed.get("fields", ())),
        tree=_word(placed.get("tree", "")),
        when=_read_conditions(placed.get("when", ())),
        source=_word(placed.get("source", forms.DECLARED)),
        known_to=_word(placed.get("known_to", "")),
        concept=_word(placed.get("concept", "")),
    )


def _read_conditions(conditions: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            _word(one["field"]),
            tuple(_value(value) for value in one["is_not" if "is_not" in one else "is"]),
            "is_not" in one,
        )
        for one in conditions
    )


def _difference(ours: Any, theirs: Any, path: str = "schema") -> str:
    """Return the first place at which two values differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in [*ours, *theirs]:
            if ours.get(key) != theirs.get(key):
                return _difference(ours.get(key), theirs.get(key), f"{path}.{key}")
    return path
