"""What a register is: drafted by an officer or shipped with Motcua, published as a version, unchanged afterwards."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.organizations.models import Account, Unit
from motcua.registers.access import may_define
from motcua.registers.events import DRAFTED, OWNER_SET
from motcua.registers.events import PUBLISHED as PUBLISHED_EVENT
from motcua.registers.models import Entry, Register, RegisterVersion
from motcua.registers.rules.definitions import Definition, definition_from
from motcua.registers.states import DRAFT, PUBLISHED


@transaction.atomic
def draft(data: Mapping[str, Any], *, actor: Account | None) -> RegisterVersion:
    """Keep a definition as the draft of its register's next version; the draft that is there is written anew.

    Without ``actor`` the shipped definitions are taken in.

    Raises:
        Refused: the actor makes no registers, or the definition is faulty; every fault is named with its place.
    """
    _check_may(actor)
    definition = definition_from(data)
    register = _register(definition)
    version = register.versions.filter(state=DRAFT).first() or RegisterVersion(
        register=register, number=(register.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    )
    version.data, version.source = dict(data), definition.source
    version.valid_from, version.valid_to = definition.valid_from, definition.valid_to
    version.made_at, version.made_by = now(), actor.code if actor else ""
    version.__dict__.pop("definition", None)
    version.save()

    record(DRAFTED, subject=register.code, actor=version.made_by, number=version.number)
    return version


def _register(definition: Definition) -> Register:
    """Return the register of a definition, locked; a new one gets its marks here."""
    found = Register.objects.select_for_update(of=("self",)).filter(code=definition.code).first()
    if found is not None:
        return found
    return Register.objects.create(
        code=definition.code,
        prefix=_free_prefix(definition),
        title=definition.title,
        basis=definition.basis,
        capability=definition.capability,
        is_public=definition.public,
        is_confidential=definition.confidential,
    )


def _free_prefix(definition: Definition) -> str:
    """Return the prefix that a definition asks for, or the initials of its title; a number behind it if it is taken."""
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", fold(definition.title))[:4]).upper()
    wanted = definition.prefix or initials or "S"
    taken = set(Register.objects.filter(prefix__startswith=wanted).values_list("prefix", flat=True))
    return next(each for each in [wanted, *(f"{wanted}{n}" for n in range(2, 1000))] if each not in taken)


@transaction.atomic
def publish(register_code: str, *, actor: Account | None) -> RegisterVersion:
    """Publish a register's draft: entries written from its first day on are under it, older ones keep theirs.

    The version that was in force ends the day before.

    Raises:
        Refused: there is no draft, the actor may not, a version begins on that day or later, or a confidential
            register with entries would be opened.
    """
    _check_may(actor)
    register = Register.objects.select_for_update(of=("self",)).get(code=register_code)
    version = register.versions.filter(state=DRAFT).first()
    if version is None:
        raise Refused(gettext("“%(title)s” không có bản đang soạn.") % {"title": register.title})
    definition = version.definition
    earlier = register.versions.filter(state=PUBLISHED)
    if earlier.filter(valid_from__gte=version.valid_from).exists():
        raise Refused(gettext("Sổ đã có phiên bản từ ngày này hoặc sau đó."), field="valid_from")
    if register.is_confidential and not definition.confidential and Entry.objects.filter(register=register).exists():
        raise Refused(gettext("Sổ mật đã có mục thì không chuyển thành sổ thường."), field="confidential")

    day_before = version.valid_from - timedelta(days=1)
    # Only versions that would run on: one with an earlier end of its own keeps it.
    earlier.exclude(valid_to__lte=day_before).update(valid_to=day_before)
    version.state, version.published_at = PUBLISHED, now()
    version.save(update_fields=["state", "published_at"])
    register.title, register.basis, register.capability = definition.title, definition.basis, definition.capability
    register.is_public = definition.public and not definition.confidential
    register.is_confidential = definition.confidential
    register.save()

    record(PUBLISHED_EVENT, subject=register.code, actor=actor.code if actor else "", number=version.number,
           valid_from=version.valid_from.isoformat())  # fmt: skip
    return version


@transaction.atomic
def drop_draft(register_code: str, *, actor: Account) -> None:
    """Give a draft up; a register that never had anything else goes with it."""
    _check_may(actor)
    register = Register.objects.select_for_update(of=("self",)).get(code=register_code)
    register.versions.filter(state=DRAFT).delete()
    if not register.versions.exists():
        register.delete()


@transaction.atomic
def set_owner(register_code: str, *, unit: Unit | None, actor: Account | None) -> Register:
    """Say which unit looks after a register of the whole province. Raises Refused where the actor may not."""
    _check_may(actor)
    register = Register.objects.select_for_update(of=("self",)).get(code=register_code)
    register.owner = unit
    register.save(update_fields=["owner"])
    record(OWNER_SET, subject=register.code, actor=actor.code if actor else "", unit=unit.code if unit else "")
    return register


def _check_may(actor: Account | None) -> None:
    if actor is not None and not may_define(actor):
        raise Refused(gettext("Chỉ cán bộ kiểm soát, quản trị cấp tỉnh lập được sổ."))
