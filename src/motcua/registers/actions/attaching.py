"""Files of entries: checked at the door, kept by content, listed in a field of the entry."""

from typing import IO

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.documents.actions.storing import keep as keep_file
from motcua.organizations.models import Account
from motcua.registers.access import may_keep
from motcua.registers.actions.keeping import clear_reason, locked, write_change
from motcua.registers.events import FILE_ATTACHED, FILE_TAKEN_OFF
from motcua.registers.models import Entry
from motcua.registers.rules.shapes import FILES, OPEN, VOID
from motcua.registers.states import ATTACHED

MOST_FILES = 30


@transaction.atomic
def attach(code: str, field: str, *, file: IO[bytes], name: str, actor: Account) -> Entry:
    """Add a file to a field of an entry.

    Raises:
        Refused: the actor does not keep it, it is void, there is no such field, too many files, or the file is of no
            kind that is taken.
    """
    entry = _open_for(code, field, actor)
    kept: list[int] = entry.values.get(field, [])
    if len(kept) >= MOST_FILES:
        raise Refused(gettext("Mỗi mục có nhiều nhất %(most)s tệp.") % {"most": MOST_FILES}, field=field)
    stored = keep_file(file, name=name, subject=code, actor=actor)

    write_change(entry, {**entry.values, field: [*kept, stored.pk]}, entry.state, ATTACHED, actor)

    record(FILE_ATTACHED, subject=code, actor=actor.code, unit=entry.unit.code, register=entry.register.code,
           field=field)  # fmt: skip
    return entry


@transaction.atomic
def take_off(code: str, field: str, *, file: int, actor: Account, reason: str = "") -> Entry:
    """Take a file off an entry; the entry's earlier changes still name it.

    Raises:
        Refused: as ``attach``; the entry has no such file, or it is done and no reason is given.
    """
    entry = _open_for(code, field, actor)
    reason = clear_reason(reason)
    left = [each for each in entry.values.get(field, []) if each != file]
    if len(left) == len(entry.values.get(field, [])):
        raise Refused(gettext("Mục này không có tệp đó."))
    if entry.state_kind != OPEN and not reason:
        raise Refused(gettext("Mục đã xong: ghi rõ lý do sửa."), field="reason")
    values = {**entry.values, field: left}
    if not left:
        del values[field]

    write_change(entry, values, entry.state, ATTACHED, actor, reason=reason)

    record(FILE_TAKEN_OFF, subject=code, actor=actor.code, unit=entry.unit.code, register=entry.register.code,
           field=field)  # fmt: skip
    return entry


def _open_for(code: str, field: str, actor: Account) -> Entry:
    entry = locked(code)
    if not may_keep(actor, entry.register, entry.unit) or entry.state_kind == VOID:
        raise Refused(gettext("Bạn không sửa được mục này."))
    named = entry.definition.by_code.get(field)
    if named is None or named.type != FILES:
        raise Refused(gettext("Sổ không có chỗ cho tệp này."), field=field)
    return entry
