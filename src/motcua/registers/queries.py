"""Reading registers: versions in force, the entry before another, what an entry fails."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.refusal import Refused
from motcua.organizations.models import Unit, in_force
from motcua.registers.access import entries_for, sees_register
from motcua.registers.models import Entry, Register, RegisterVersion
from motcua.registers.rules.definitions import Definition
from motcua.registers.rules.entry_checks import Finding, findings, missing
from motcua.registers.rules.shapes import VOID
from motcua.registers.rules.values import dated_on
from motcua.registers.states import PUBLISHED


def version_on(register: Register, day: date | None = None) -> RegisterVersion | None:
    """Return the published version in force on ``day`` (default: today); of several the one that began last."""
    rows = register.versions.filter(in_force(day or today()), state=PUBLISHED)
    return rows.order_by("-valid_from", "-number").first()


def version_in_use(register: Register) -> RegisterVersion:
    """Return the version under which entries are written today.

    Raises:
        Refused: none is in force.
    """
    found = version_on(register)
    if found is None:
        raise Refused(gettext("“%(title)s” hôm nay không có phiên bản nào có hiệu lực.") % {"title": register.title})
    found.register = register
    return found


def last_version(register: Register) -> RegisterVersion | None:
    """Return the version in force today, or the last one that was."""
    return version_on(register) or register.versions.filter(state=PUBLISHED).order_by("-valid_from").first()


def register_for(account: Any, code: str) -> Register:
    """Return a register that the account sees.

    Raises:
        Http404: there is none for this account.
    """
    found = Register.objects.select_related("owner").filter(code=code).first()
    if found is None or not sees_register(account, found):
        raise Http404
    return found


def entry_for(account: Any, register_code: str, code: str) -> Entry:
    """Return an entry that the account sees.

    Raises:
        Http404: there is none for this account.
    """
    register = register_for(account, register_code)
    found = entries_for(account, register).filter(code=code).first()
    if found is None:
        raise Http404
    found.register = register
    return found


def entries_before(
    register: Register, unit: Unit, definition: Definition, values: Mapping[str, Any], code: str = ""
) -> dict[str, Mapping[str, Any]]:
    """Return the values of the unit's entry just before one, by id of each check that looks back.

    ``values``: of the entry at hand, complete enough to be dated; ``code``: its own where it is kept already.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for check in definition.checks:
        if not check.is_previous:
            continue
        rows: QuerySet[Entry] = Entry.objects.filter(
            register=register, unit=unit, on__lt=dated_on(definition, values)
        ).exclude(Q(state_kind=VOID) | Q(code=code))
        for name in check.same:
            known = Q(**{f"values__{name}": values[name]}) if name in values else ~Q(values__has_key=name)
            rows = rows.filter(known)
        last = rows.order_by("-on", "-pk").first()
        if last is not None:
            found[check.id] = last.values
    return found


def findings_of(entry: Entry) -> list[Finding]:
    """Return what an entry fails as it stands, and what it lacks in its state; nothing of a void one."""
    if entry.state_kind == VOID:
        return []
    definition = entry.definition
    before = entries_before(entry.register, entry.unit, definition, entry.values, entry.code)
    lacks = [Finding("", "error", each.message) for each in missing(definition, entry.values, entry.state)]
    return [*lacks, *findings(definition, entry.values, before)]


def versions_today(day: date | None = None) -> list[RegisterVersion]:
    """Return the version in force of every register that has one."""
    rows = RegisterVersion.objects.filter(in_force(day or today()), state=PUBLISHED).select_related("register__owner")
    newest = {each.register_id: each for each in rows.order_by("valid_from", "number")}
    return list(newest.values())
