"""The life of an entry: written, amended, moved; every change is appended with who, when and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.facts.recording import NewFact, record_many
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account, Unit
from motcua.registers.access import may_check, may_keep
from motcua.registers.actions.checking import complete_values, derived
from motcua.registers.actions.numbering import next_codes
from motcua.registers.events import ENTRY_AMENDED, ENTRY_KEPT, ENTRY_MOVED
from motcua.registers.models import Entry, EntryVersion, Register, RegisterVersion
from motcua.registers.queries import version_in_use
from motcua.registers.rules.definitions import Move
from motcua.registers.rules.entry_checks import Finding
from motcua.registers.rules.shapes import OPEN, VOID
from motcua.registers.states import AMENDED, KEPT, MOVED

LONGEST_REASON = 1000


@dataclass(frozen=True)
class Written:
    """An entry as it was written, and what should be looked at though it was taken."""

    entry: Entry
    warnings: list[Finding] = field(default_factory=list)


@transaction.atomic
def keep(
    register: Register, *, unit: Unit, values: Mapping[str, Any], actor: Account | None, state: str = ""
) -> Written:
    """Write an entry for ``unit``; ``values``: {field: text or JSON value}. It begins in the first state.

    ``state``: another one, for what is written afterwards (seed and import); without ``actor`` the seed does it.

    Raises:
        Faulty: values that cannot be read, name nothing, are missing or fail a check.
        Refused: no version in force, the unit keeps no such register, or the actor does not keep it for the unit.
    """
    version = version_in_use(register)
    check_keeps(version, unit, actor)
    written = prepared(version, unit=unit, values=values, actor=actor, state=state)

    write_new([written.entry], KEPT, actor)

    return written


def prepared(
    version: RegisterVersion, *, unit: Unit, values: Mapping[str, Any], actor: Account | None, state: str = ""
) -> Written:
    """Return an entry that is not written yet and has no code; raises as ``keep``."""
    definition = version.definition
    state = state or definition.first_state.code
    if state not in definition.by_state:
        raise Refused(gettext("Sổ không có trạng thái “%(code)s”.") % {"code": state[:40]}, field="state")
    kept, warnings = complete_values(definition, values, register=version.register, unit=unit, state=state)
    at = now()
    entry = Entry(
        register=version.register, version=version, unit=unit, values=kept, kept_by=_code(actor), kept_at=at,
        changed_at=at, **derived(definition, kept, state),
    )  # fmt: skip
    return Written(entry, warnings)


def write_new(entries: Sequence[Entry], deed: str, actor: Account | None) -> None:
    """Give new entries of one register their codes, in their order; write them, their first change and their facts."""
    for year in sorted({entry.on.year for entry in entries}):
        of_year = [entry for entry in entries if entry.on.year == year]
        codes = next_codes(of_year[0].register, year, len(of_year))
        for entry, code in zip(of_year, codes, strict=True):
            entry.code = code
    Entry.objects.bulk_create(entries, batch_size=500)
    EntryVersion.objects.bulk_create(
        [EntryVersion(**version_of(entry, deed, actor)) for entry in entries], batch_size=500
    )
    record_many(
        NewFact(
            ENTRY_KEPT, entry.code, _code(actor), entry.unit.code,
            {"register": entry.register.code, "state": entry.state}, entry.kept_at,
        )
        for entry in entries
    )  # fmt: skip


def check_keeps(version: RegisterVersion, unit: Unit, actor: Account | None) -> None:
    """Refuse who may not write an entry of the unit, and units that keep no such register."""
    if actor is not None and not may_keep(actor, version.register, unit):
        raise Refused(gettext("Bạn không ghi sổ này cho %(unit)s.") % {"unit": unit}, field="unit")
    kinds = version.definition.units
    if kinds and unit.kind not in kinds:
        raise Refused(gettext("%(unit)s không thuộc loại đơn vị ghi sổ này.") % {"unit": unit}, field="unit")


def version_of(entry: Entry, deed: str, actor: Account | None, *, move: str = "", reason: str = "") -> dict[str, Any]:
    """Return the columns of the change that made an entry what it is now."""
    return {
        "entry": entry, "number": entry.number, "at": entry.changed_at, "by": _code(actor), "deed": deed,
        "move": move, "state": entry.state, "values": entry.values, "reason": reason,
    }  # fmt: skip


@transaction.atomic
def amend(
    code: str, *, values: Mapping[str, Any], actor: Account, reason: str = "", seen_number: int | None = None
) -> Written:
    """Correct an entry: the fields that are given take new values, blank ones are emptied; the rest stays.

    ``seen_number``: of the change that the page was made from. Once the entry is done a reason is asked.

    Raises:
        Faulty: as ``keep``.
        Refused: the actor does not keep it, it is void, changed meanwhile, nothing changes, or the reason is missing.
    """
    entry = locked(code)
    reason = clear_reason(reason)
    if not may_keep(actor, entry.register, entry.unit):
        raise Refused(gettext("Bạn không sửa được mục này."))
    if entry.state_kind == VOID:
        raise Refused(gettext("Mục đã hủy không sửa được."))
    if seen_number is not None and seen_number != entry.number:
        raise Refused(gettext("Mục này vừa được người khác sửa. Hãy mở lại rồi sửa tiếp."))
    if entry.state_kind != OPEN and not reason:
        raise Refused(gettext("Mục đã xong: ghi rõ lý do sửa."), field="reason")
    kept, warnings = complete_values(
        entry.definition, {**_typed(entry), **values}, register=entry.register, unit=entry.unit, state=entry.state,
        code=entry.code,
    )  # fmt: skip
    if kept == entry.values:
        raise Refused(gettext("Không có gì thay đổi."))

    write_change(entry, kept, entry.state, AMENDED, actor, reason=reason)

    record(ENTRY_AMENDED, subject=code, actor=actor.code, unit=entry.unit.code, register=entry.register.code,
           number=entry.number)  # fmt: skip
    return Written(entry, warnings)


@transaction.atomic
def move(
    code: str, move_code: str, *, values: Mapping[str, Any] | None = None, actor: Account | None, reason: str = ""
) -> Written:
    """Take an entry to another state, filling what the move asks.

    Raises:
        Faulty: what it asks is missing or cannot be read, or a check fails.
        Refused: the table of the life does not allow it, the actor may not, or a reason is missing where it destroys.
    """
    entry = locked(code)
    reason = clear_reason(reason)
    way = _way(entry, move_code)
    if actor is not None and not may_go(actor, entry, way):
        raise Refused(gettext("Bạn không làm được việc này với mục %(code)s.") % {"code": code})
    if way.destroys and not reason:
        raise Refused(gettext("Ghi rõ lý do."), field="reason")
    if extra := (values or {}).keys() - set(way.asks):
        raise Refused(gettext("Việc này không hỏi trường “%(code)s”.") % {"code": min(extra)}, field=min(extra))
    definition = entry.definition
    if definition.by_state[way.to].kind == VOID and not way.asks:
        kept, warnings = dict(entry.values), list[Finding]()
    else:
        given = {**_typed(entry), **(values or {})}
        kept, warnings = complete_values(
            definition, given, register=entry.register, unit=entry.unit, state=way.to, code=entry.code
        )
        blank = [definition.by_code[each] for each in way.asks if each not in kept]
        if blank:
            raise Refused(gettext("Chưa ghi “%(name)s”.") % {"name": blank[0].name}, field=blank[0].code)

    write_change(entry, kept, way.to, MOVED, actor, move=way.code, reason=reason)

    record(ENTRY_MOVED, subject=code, actor=_code(actor), unit=entry.unit.code, register=entry.register.code,
           move=way.code, state=way.to)  # fmt: skip
    return Written(entry, warnings)


def may_go(account: Account, entry: Entry, way: Move) -> bool:
    """Whether the account goes this way: checkers those of checkers, keepers the others."""
    if way.is_of_checker:
        return may_check(account, entry.register, entry.unit)
    return may_keep(account, entry.register, entry.unit)


def _way(entry: Entry, code: str) -> Move:
    for way in entry.definition.moves_from(entry.state):
        if way.code == code:
            return way
    raise Refused(
        gettext("Mục %(code)s đang ở trạng thái “%(state)s”, không làm được việc này.")
        % {"code": entry.code, "state": entry.state_label}
    )


def locked(code: str) -> Entry:
    """Return an entry, locked until the end of the transaction."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("register", "unit", "version")
    return rows.get(code=code)


def write_change(
    entry: Entry, values: dict[str, Any], state: str, deed: str, actor: Account | None, *, move: str = "",
    reason: str = "",
) -> None:  # fmt: skip
    """Give an entry its new values and state, and append the change."""
    for name, value in derived(entry.definition, values, state).items():
        setattr(entry, name, value)
    entry.values, entry.changed_at = values, now()
    entry.number += 1
    entry.save()
    EntryVersion.objects.create(**version_of(entry, deed, actor, move=move, reason=reason))


def clear_reason(text: str) -> str:
    """Return a reason in NFC, trimmed. Raises Refused where it is too long."""
    clear = nfc(text.replace("\r\n", "\n")).strip()
    if len(clear) > LONGEST_REASON or "\0" in clear:
        raise Refused(gettext("Lý do quá dài (tối đa %(most)s ký tự).") % {"most": LONGEST_REASON}, field="reason")
    return clear


def _typed(entry: Entry) -> dict[str, Any]:
    """Return the values that nothing computes, files included."""
    known = entry.definition.by_code
    return {code: value for code, value in entry.values.items() if code in known and not known[code].formula}


def _code(actor: Account | None) -> str:
    return actor.code if actor else ""
