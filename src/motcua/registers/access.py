"""Who keeps, checks and sees registers.

Keepers are officials of the unit whose entry it is; checkers look over it from above, or belong to the unit that owns
the register. Confidential registers open to heads of agencies and to those who were trusted with them, nobody else.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from motcua.organizations.access import has_role, official, oversees, scope_of
from motcua.organizations.models import Succession, Unit
from motcua.organizations.queries import successors_of
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, PROVINCE, SPECIALIST, UNIT_HEAD
from motcua.registers.models import Entry, Register, Trust
from motcua.registers.rules.definitions import Definition, Field
from motcua.registers.rules.shapes import OFFICIAL

KEEPING = (SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER)
CHECKING = (UNIT_HEAD, LEADER, CONTROL_OFFICER)

may_see_registers = official
may_trust_somewhere = has_role(LEADER, ADMINISTRATOR)


def may_define(account: Any) -> bool:
    """Control officers and administrators of the province make and amend registers."""
    return bool(account.is_authenticated) and any(
        post.role in (CONTROL_OFFICER, ADMINISTRATOR) and scope_of(post).kind == PROVINCE for post in account.posts_now
    )


def may_trust(account: Any, unit: Unit) -> bool:
    """Heads of agencies say who keeps confidential registers of their unit; administrators of the units above too."""
    return oversees(account, unit, LEADER, ADMINISTRATOR)


def trusted_units(account: Any, register: Register) -> list[Unit]:
    """Return the tops of the trees for which the account may open a confidential register."""
    own = [post.unit for post in account.posts_now if post.role == LEADER]
    trusts = Trust.objects.filter(register=register, account=account, ended_at__isnull=True).select_related("unit")
    return [*own, *(trust.unit for trust in trusts)] if account.is_official else []


def may_keep(account: Any, register: Register, unit: Unit) -> bool:
    """Officials of the unit itself, or of what it went into; of a confidential register those trusted with it."""
    return any(_keeps(account, register, heir) for heir in _heirs(unit))


def _heirs(unit: Unit) -> list[Unit]:
    """Return the units that answer for a unit's entries: itself, or what it went into; itself where nobody holds it."""
    return successors_of(unit) or [unit]


def _keeps(account: Any, register: Register, unit: Unit) -> bool:
    if register.is_confidential:
        return any(unit.path.startswith(top.path) for top in trusted_units(account, register))
    return any(post.unit_id == unit.pk and post.role in KEEPING for post in account.posts_now) or oversees(
        account, unit, CONTROL_OFFICER
    )


def may_check(account: Any, register: Register, unit: Unit) -> bool:
    """Heads and control officers above the unit (of the top unit: its own), and those of the register's own unit."""
    return any(_checks(account, register, heir) for heir in _heirs(unit))


def _checks(account: Any, register: Register, unit: Unit) -> bool:
    if register.is_confidential and not _keeps(account, register, unit):
        return False
    for post in account.posts_now:
        if post.role not in CHECKING:
            continue
        top = scope_of(post)
        is_above = unit.path.startswith(top.path) and (top.pk != unit.pk or unit.parent_id is None)
        if is_above or post.unit_id == register.owner_id:
            return True
    return False


def seen_units(account: Any, register: Register) -> Q:
    """Return the condition on entries of a register that the account sees."""
    if register.is_confidential:
        return _under(trusted_units(account, register))
    if any(post.unit_id == register.owner_id for post in account.posts_now):
        return Q(pk__isnull=False)
    return _under(scope_of(post) for post in account.posts_now)


def _under(units: Iterable[Unit]) -> Q:
    """Return the condition that an entry is of a unit under these, or of one that went into such a unit."""
    seen = Q(pk__in=[])
    for unit in units:
        gone = Succession.objects.filter(new__path__startswith=unit.path).values("old")
        seen |= Q(unit__path__startswith=unit.path) | Q(unit__in=gone)
    return seen


def entries_for(account: Any, register: Register) -> QuerySet[Entry]:
    """Return the entries of a register that the account sees."""
    return (
        Entry.objects.filter(seen_units(account, register), register=register)
        .select_related("unit")
        .prefetch_related("version")
    )


def sees_register(account: Any, register: Register) -> bool:
    """Whether the account sees a register at all: a confidential one only where it is trusted."""
    return not register.is_confidential or bool(trusted_units(account, register))


def kept_units(account: Any, register: Register, definition: Definition) -> list[Unit]:
    """Return the units for which the account writes entries, by name."""
    kinds = definition.units
    if register.is_confidential:
        tops = trusted_units(account, register)
        found = Unit.objects.in_force().below(*tops)
    else:
        own = {post.unit_id for post in account.posts_now if post.role in KEEPING}
        tops = [scope_of(post) for post in account.posts_now if post.role == CONTROL_OFFICER]
        found = Unit.objects.in_force().filter(Q(pk__in=own) | Q(pk__in=Unit.objects.below(*tops).values("pk")))
    if kinds:
        found = found.filter(kind__in=kinds)
    return sorted(found, key=lambda unit: unit.sort_key)


def sees_personal(account: Any, register: Register, unit: Unit) -> bool:
    """Whether the account sees what is personal in the unit's entries: those who keep and those who check."""
    return may_keep(account, register, unit) or may_check(account, register, unit)


def is_public(field: Field) -> bool:
    """Whether a field of a public register goes to the public: nothing personal, no official, no file."""
    return field.public and not field.personal and field.type not in (OFFICIAL, "files")
