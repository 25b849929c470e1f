"""What every writer asks before it writes: values read and completed, names that exist, checks that hold."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.registers.models import Entry, Register
from motcua.registers.queries import entries_before
from motcua.registers.rules.definitions import Definition, Field
from motcua.registers.rules.entry_checks import Finding, findings, missing
from motcua.registers.rules.shapes import DONE, ENTRY, FILES, LONG_TEXT, OFFICIAL, TEXT, UNIT, VOID
from motcua.registers.rules.values import computed, dated_on, read_values
from motcua.registers.values_shown import shown


class Faulty(Refused):
    """Several things are wrong with one entry; ``faults`` holds each with its field."""

    def __init__(self, faults: Iterable[Refused]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(each.message for each in self.faults), field=self.faults[0].field)


def complete_values(
    definition: Definition, given: Mapping[str, Any], *, register: Register, unit: Unit, state: str, code: str = ""
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values to keep, computed ones included, and the warnings; ``code``: of the entry that is changed.

    Raises:
        Faulty: a value cannot be read, names nothing that exists or is missing, or a check fails.
    """
    values, faults = read_values(definition, given)
    faults += list(_unknown_names(definition, values, code))
    values = computed(definition, values)
    if not faults:
        faults = missing(definition, values, state)
    found: list[Finding] = []
    if not faults:
        found = list(findings(definition, values, entries_before(register, unit, definition, values, code)))
        faults = [Refused(each.words, field=None) for each in found if each.is_error]
        faults += _twins(definition, values, register, unit, code)
    if faults:
        raise Faulty(faults)
    return values, [each for each in found if not each.is_error]


def _twins(
    definition: Definition, values: Mapping[str, Any], register: Register, unit: Unit, code: str
) -> Iterable[Refused]:
    """Yield a refusal where the unit has another entry, not void, with values that it may have once only."""
    if definition.unique:  # two who write the same at once look one after the other
        Register.objects.select_for_update(of=("self",)).get(pk=register.pk)
    for names in definition.unique:
        rows = Entry.objects.filter(register=register, unit=unit).exclude(Q(state_kind=VOID) | Q(code=code))
        for name in names:
            is_same = Q(**{f"values__{name}": values[name]}) if name in values else ~Q(values__has_key=name)
            rows = rows.filter(is_same)
        if twin := rows.first():
            told = ", ".join(definition.by_code[name].name for name in names)
            words = gettext("%(unit)s đã có mục %(code)s cùng %(names)s; hãy sửa mục ấy.")
            yield Refused(words % {"unit": unit.name, "code": twin.code, "names": told}, field=names[0])


def _unknown_names(definition: Definition, values: Mapping[str, Any], code: str) -> Iterable[Refused]:
    """Yield a refusal for every name that names nothing: units, officials, entries, files."""
    for field in definition.fields:
        value = values.get(field.code)
        if value is not None and not _exists(field, value, code):
            words = gettext("%(name)s: không có “%(text)s”.") % {"name": field.name, "text": str(value)[:60]}
            yield Refused(words, field=field.code)


def _exists(field: Field, value: Any, code: str) -> bool:
    if field.type == UNIT:
        return Unit.objects.filter(code=value).exists()
    if field.type == OFFICIAL:
        return Account.objects.filter(code=value, posts__isnull=False).exists()
    if field.type == ENTRY:
        return Entry.objects.filter(code=value, register__code=field.register).exists()
    if field.type == FILES:
        return StoredFile.objects.filter(pk__in=value, subject=code).count() == len(value)
    return True


def derived(definition: Definition, values: Mapping[str, Any], state: str) -> dict[str, Any]:
    """Return the columns of an entry that follow from its values and state."""
    title = shown(definition.by_code[definition.titled_by], values.get(definition.titled_by))
    due = definition.due
    spoken = [
        str(shown(field, values[field.code]))
        for field in definition.fields
        if field.code in values and not field.personal and field.type in (TEXT, LONG_TEXT)
    ]
    is_told = not definition.by_code[definition.titled_by].personal
    return {
        "on": dated_on(definition, values),
        "title": title[:300],
        "words": fold("\n".join([*spoken, *([title] if is_told else [])]))[:20_000],
        "due_on": _day(values.get(due.field)) if due and state in due.states else None,
        "closed_on": _day(values.get(definition.closed_by)) if definition.by_state[state].kind == DONE else None,
        "state": state,
        "state_kind": definition.by_state[state].kind,
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
