"""Many entries out of a sheet: read, tried, looked at, then taken in all or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.registers.actions.checking import Faulty
from motcua.registers.actions.keeping import check_keeps, prepared, write_new
from motcua.registers.events import IMPORTED
from motcua.registers.models import Entry, ImportDraft, Register
from motcua.registers.queries import version_in_use
from motcua.registers.rules.definitions import Definition
from motcua.registers.rules.entry_checks import Finding
from motcua.registers.rules.sheets import STATE, heads_of, state_named, values_under
from motcua.registers.rules.values import dated_on, read_value
from motcua.registers.states import IMPORTED as IMPORTED_DEED

MOST_ROWS = 1_000
KEPT_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: line of the sheet, name of the column ("" for the row as a whole), words."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Looked:
    """What a draft would become: entries that are not kept, what is wrong, what should be looked at."""

    entries: list[Entry]
    faults: list[Fault]
    warnings: list[Fault]


class Faulted(Refused):
    """Rows that cannot be taken in; ``faults`` names each with line and column."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        first = faults[0]
        super().__init__(
            gettext("Có %(count)s lỗi; dòng %(line)s: %(words)s")
            % {"count": len(faults), "line": first.line, "words": first.words},
            field="file",
        )


class _OnlyTried(Exception):
    """Takes back what was written to see whether it can be."""


@transaction.atomic
def draft_import(
    register: Register, *, unit: Unit, rows: Sequence[Sequence[Any]], file_name: str, actor: Account
) -> ImportDraft:
    """Keep the rows of a sheet until they were looked at; ``rows``: [[line of the sheet, [cells]]].

    Raises:
        Refused: the actor does not keep the register for the unit, there are no heads or rows, or too many.
    """
    version = version_in_use(register)
    check_keeps(version, unit, actor)
    found = values_under(heads_of(rows, version.definition), rows)
    if not found or len(found) > MOST_ROWS:
        raise Refused(gettext("Tệp cần từ 1 đến %(most)s dòng dưới tiêu đề.") % {"most": MOST_ROWS}, field="file")
    return ImportDraft.objects.create(
        register=register, unit=unit, file_name=file_name[:200], rows=found, made_by=actor.code, made_at=now()
    )


def look_at(draft: ImportDraft, *, actor: Account) -> Looked:
    """Write a draft's rows, see what comes of it, and take it all back."""
    try:
        with transaction.atomic():
            looked = _write(draft, actor)
            raise _OnlyTried
    except _OnlyTried:
        return looked


@transaction.atomic
def import_rows(pk: int, *, actor: Account) -> list[Entry]:
    """Take a draft in: every row becomes an entry, in the order of their days.

    Raises:
        Faulted: a row cannot be taken; nothing is.
        Refused: the draft is another's, or gone.
    """
    draft = ImportDraft.objects.select_for_update(of=("self",)).select_related("register", "unit").filter(
        pk=pk, made_by=actor.code
    ).first()  # fmt: skip
    if draft is None:
        raise Refused(gettext("Tệp này đã được nhập hoặc đã bỏ."))
    looked = _write(draft, actor)
    if looked.faults:
        raise Faulted(looked.faults)
    draft.delete()
    record(IMPORTED, subject=draft.register.code, actor=actor.code, unit=draft.unit.code, entries=len(looked.entries))
    return looked.entries


@transaction.atomic
def drop_import(pk: int, *, actor: Account) -> None:
    """Give a draft up."""
    ImportDraft.objects.filter(pk=pk, made_by=actor.code).delete()


@transaction.atomic
def import_values(register: Register, *, unit: Unit, rows: Sequence[dict[str, Any]], actor: Account) -> list[Entry]:
    """Take many entries in at once; ``rows``: values by field, and the state by name or code where it is another.

    Raises:
        Faulted: a row cannot be taken; nothing is. Lines count from 1.
        Refused: there are no rows, or too many.
    """
    if not 1 <= len(rows) <= MOST_ROWS:
        raise Refused(gettext("Cần từ 1 đến %(most)s dòng.") % {"most": MOST_ROWS}, field="rows")
    draft = ImportDraft(register=register, unit=unit, rows=list(enumerate(rows, 1)))
    looked = _write(draft, actor)
    if looked.faults:
        raise Faulted(looked.faults)
    record(IMPORTED, subject=register.code, actor=actor.code, unit=unit.code, entries=len(looked.entries))
    return looked.entries


@transaction.atomic
def forget_drafts() -> int:
    """Drop what was sent and neither taken in nor given up for two days; return how many there were."""
    return ImportDraft.objects.filter(made_at__lt=now() - KEPT_FOR).delete()[0]


def _write(draft: ImportDraft, actor: Account) -> Looked:
    """Write the rows that can be written: oldest first and one by one where a row is held against those before it."""
    version = version_in_use(draft.register)
    check_keeps(version, draft.unit, actor)
    definition = version.definition
    looks_back = bool(definition.unique) or any(check.is_previous for check in definition.checks)
    entries: list[tuple[int, Entry]] = []
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for line, values in sorted(draft.rows, key=lambda row: (_day(definition, row[1]), row[0])):
        given = dict(values)
        try:
            state = state_named(definition, str(given.pop(STATE))) if STATE in given else ""
            written = prepared(version, unit=draft.unit, values=given, actor=actor, state=state)
        except Refused as refusal:
            faults += _faults(line, refusal, definition)
            continue
        if looks_back:
            write_new([written.entry], IMPORTED_DEED, actor)
        entries.append((line, written.entry))
        warnings += [_warning(line, each) for each in written.warnings]
    made = [entry for _line, entry in sorted(entries, key=lambda pair: pair[0])]
    if made and not looks_back:
        write_new(made, IMPORTED_DEED, actor)
    return Looked(made, sorted(faults, key=lambda each: each.line), warnings)


def _day(definition: Definition, values: dict[str, str]) -> str:
    """Return something that sorts rows by their day or period; a row without a readable one goes last."""
    dated = definition.by_code[definition.dated_by]
    try:
        value = read_value(dated, values.get(dated.code))
        return dated_on(definition, {dated.code: value}).isoformat() if value else "~"
    except Refused:
        return "~"


def _faults(line: int, refusal: Refused, definition: Definition) -> list[Fault]:
    found = []
    for each in refusal.faults if isinstance(refusal, Faulty) else [refusal]:
        field = definition.by_code.get(each.field or "")
        column = field.name if field else gettext("Trạng thái") if each.field == STATE else ""
        found.append(Fault(line, column, each.message.removeprefix(f"{column}: ")))
    return found


def _warning(line: int, finding: Finding) -> Fault:
    return Fault(line, "", finding.words)
