"""Registers over the API: the same actions and queries as the pages."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Body, Router, Status

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.registers.access import may_define, may_see_registers, sees_personal, sees_register
from motcua.registers.actions import defining, importing, keeping
from motcua.registers.completeness import duties, owing_units
from motcua.registers.listing import Asked, entries_asked, entries_paged
from motcua.registers.models import Entry, Register, RegisterVersion
from motcua.registers.queries import entry_for, register_for, version_in_use, versions_today
from motcua.registers.rules.expecting import owed_for, owed_on
from motcua.registers.rules.periods import period_of
from motcua.registers.schemas import (
    AmendIn,
    BoardOut,
    EntriesOut,
    EntryIn,
    EntryOut,
    MoveIn,
    RegisterOut,
    RowsIn,
    WrittenOut,
)

router = Router(tags=["registers"])


@router.get("/registers", response=list[RegisterOut], operation_id="list_registers")
@opens_to(may_see_registers)
def list_registers(request: SignedInRequest) -> list[dict[str, Any]]:
    """The registers that the caller sees, each with its definition in force."""
    found = [each for each in versions_today() if sees_register(request.user, each.register)]
    return [_register(version) for version in sorted(found, key=lambda each: each.register.code)]


@router.post("/registers", response={201: RegisterOut}, operation_id="draft_register")
@opens_to(may_define)
def draft_register(request: SignedInRequest, definition: Body[dict[str, Any]]) -> Status:
    """Keep a definition as a draft; every fault is answered with its place."""
    return Status(201, _register(defining.draft(definition, actor=request.user)))


@router.post("/registers/{code}/publish", response=RegisterOut, operation_id="publish_register")
@opens_to(may_define)
def publish_register(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Publish a register's draft."""
    get_object_or_404(Register, code=code)
    return _register(defining.publish(code, actor=request.user))


@router.get("/registers/{code}", response=RegisterOut, operation_id="get_register")
@opens_to(may_see_registers)
def get_register(request: SignedInRequest, code: str) -> dict[str, Any]:
    """A register with its definition in force."""
    return _register(version_in_use(register_for(request.user, code)))


@router.get("/registers/{code}/entries", response=EntriesOut, operation_id="list_register_entries")
@opens_to(may_see_registers)
def list_entries(
    request: SignedInRequest, code: str, q: str = "", unit: str = "", first: date | None = None,
    last: date | None = None, state: str = "", measure: str = "", after: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Entries that the caller sees, newest first; ``measure`` lists those that a measure counts."""
    register = register_for(request.user, code)
    definition = version_in_use(register).definition
    rows = entries_asked(request.user, register, definition, Asked(q, unit, first, last, state, measure))
    entries, following = entries_paged(rows, after)
    for entry in entries:
        entry.register = register
    return {"entries": [_entry(request, entry) for entry in entries], "after": following}


@router.post("/registers/{code}/entries", response={201: WrittenOut}, operation_id="keep_register_entry")
@opens_to(may_see_registers)
def keep_entry(request: SignedInRequest, code: str, entry: EntryIn) -> Status:
    """Write an entry."""
    register = register_for(request.user, code)
    written = keeping.keep(register, unit=unit_at(entry.unit), values=entry.values, actor=request.user)
    return Status(201, _written(request, written))


@router.post("/registers/{code}/rows", response={201: list[str]}, operation_id="import_register_entries")
@opens_to(may_see_registers)
def import_entries(request: SignedInRequest, code: str, rows: RowsIn) -> Status:
    """Write many entries of a unit, all or none; answers their codes."""
    register = register_for(request.user, code)
    entries = importing.import_values(register, unit=unit_at(rows.unit), rows=rows.rows, actor=request.user)
    return Status(201, [entry.code for entry in entries])


@router.get("/registers/{code}/board", response=BoardOut, operation_id="get_register_board")
@opens_to(may_see_registers)
def get_board(request: SignedInRequest, code: str, period: str = "") -> dict[str, Any]:
    """Who has written what was expected for a period; without one the period that was over last."""
    version = version_in_use(register_for(request.user, code))
    expected = version.definition.expected
    if expected is None:
        raise Http404
    owed = owed_for(expected, period_of(period)) if period else owed_on(expected, today())
    found = duties(version, owed, owing_units(request.user, version, owed.period))
    told = [
        {
            "unit": duty.unit.code,
            "unit_name": duty.unit.name,
            "count": duty.count,
            "first_on": duty.first_on,
            "state": duty.state,
            "days_late": duty.days_late,
        }
        for duty in found
    ]
    return {"period": owed.period.code, "due_on": owed.due_on, "duties": told}


@router.get("/registers/{code}/entries/{entry}", response=EntryOut, operation_id="get_register_entry")
@opens_to(may_see_registers)
def get_entry(request: SignedInRequest, code: str, entry: str) -> dict[str, Any]:
    """One entry."""
    return _entry(request, entry_for(request.user, code, entry))


@router.patch("/registers/{code}/entries/{entry}", response=WrittenOut, operation_id="amend_register_entry")
@opens_to(may_see_registers)
def amend_entry(request: SignedInRequest, code: str, entry: str, change: AmendIn) -> dict[str, Any]:
    """Change some values of an entry."""
    entry_for(request.user, code, entry)
    written = keeping.amend(
        entry, values=change.values, actor=request.user, reason=change.reason, seen_number=change.number
    )
    return _written(request, written)


@router.post("/registers/{code}/entries/{entry}/moves/{move}", response=WrittenOut, operation_id="move_register_entry")
@opens_to(may_see_registers)
def move_entry(request: SignedInRequest, code: str, entry: str, move: str, asked: MoveIn) -> dict[str, Any]:
    """Take an entry to another state."""
    entry_for(request.user, code, entry)
    written = keeping.move(entry, move, values=asked.values, actor=request.user, reason=asked.reason)
    return _written(request, written)


def _register(version: RegisterVersion) -> dict[str, Any]:
    register = version.register
    return {
        "code": register.code,
        "prefix": register.prefix,
        "title": register.title,
        "is_public": register.is_public,
        "is_confidential": register.is_confidential,
        "version": version.number,
        "definition": version.data,
    }


def _entry(request: SignedInRequest, entry: Entry) -> dict[str, Any]:
    is_inside = sees_personal(request.user, entry.register, entry.unit)
    known = entry.definition.by_code
    return {
        "code": entry.code,
        "register_code": entry.register.code,
        "version": entry.version.number,
        "unit": entry.unit.code,
        "on": entry.on,
        "state": entry.state,
        "state_kind": entry.state_kind,
        "due_on": entry.due_on,
        "number": entry.number,
        "changed_at": entry.changed_at,
        "values": {
            code: value for code, value in entry.values.items()
            if is_inside or (code in known and not known[code].personal)
        },
    }  # fmt: skip


def _written(request: SignedInRequest, written: keeping.Written) -> dict[str, Any]:
    return {"entry": _entry(request, written.entry), "warnings": [each.words for each in written.warnings]}
