"""Which parts and fields are asked, given the answers so far."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.procedures.rules.eforms.form import Condition, Eform, Field, Part


def holds(conditions: Sequence[Condition], answers: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> bool:
    """Whether all conditions hold; inside a group ``answers`` are the item's and ``above`` those of the form."""
    return all(_holds(one, answers, above or {}) for one in conditions)


def _holds(condition: Condition, answers: Mapping[str, Any], above: Mapping[str, Any]) -> bool:
    answer = answers.get(condition.field, above.get(condition.field))
    given = answer if isinstance(answer, list) else [answer]
    return any(value in condition.values for value in given if value is not None) != condition.negated


def asked_parts(form: Eform, answers: Mapping[str, Any]) -> list[tuple[Part, list[Field]]]:
    """Return the parts that are asked with the fields asked in them; parts without any are left out.

    What hangs on a field that is not asked itself is not asked either: its answer counts as not given.
    """
    known: dict[str, Any] = {}
    found = []
    for part in form.parts:
        if not holds(part.when, known):
            continue
        fields = []
        for field in part.fields:
            if holds(field.when, known):
                fields.append(field)
                if field.name in answers:
                    known[field.name] = answers[field.name]
        if fields:
            found.append((part, fields))
    return found


def asked_in_item(group: Field, item: Mapping[str, Any], above: Mapping[str, Any]) -> list[Field]:
    """Return the fields that are asked in one item of a group."""
    known: dict[str, Any] = {}
    fields = []
    for field in group.fields:
        if holds(field.when, known, above):
            fields.append(field)
            if field.name in item:
                known[field.name] = item[field.name]
    return fields
