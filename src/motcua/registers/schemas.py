"""Shapes of the API of registers."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class RegisterOut(Schema):
    """A register with its definition in force, in the shape of ``rules.definitions``."""

    code: str = Field(examples=["dialogues"])
    prefix: str
    title: str
    is_public: bool
    is_confidential: bool
    version: int
    definition: dict[str, Any]


class EntryOut(Schema):
    """An entry; ``values`` without what the caller may not see."""

    code: str = Field(examples=["DT-2026-0007"])
    register_code: str
    version: int = Field(description="of the definition that it was written under")
    unit: str
    on: date
    state: str
    state_kind: str
    due_on: date | None
    number: int = Field(description="of its newest change")
    changed_at: datetime
    values: dict[str, Any]


class EntriesOut(Schema):
    """A page of entries, newest first; ``after`` asks for the next page, empty on the last."""

    entries: list[EntryOut]
    after: str


class EntryIn(Schema):
    """An entry to write: values by field, as text or as they are kept."""

    unit: str
    values: dict[str, Any]


class AmendIn(Schema):
    """Values to change; null empties a field."""

    values: dict[str, Any]
    reason: str = ""
    number: int | None = Field(None, description="of the change that the caller saw")


class MoveIn(Schema):
    """What a move asks."""

    values: dict[str, Any] = {}
    reason: str = ""


class WrittenOut(Schema):
    """An entry as it was written, and what should be looked at."""

    entry: EntryOut
    warnings: list[str]


class DutyOut(Schema):
    """How a unit stands for a period."""

    unit: str
    unit_name: str
    count: int
    first_on: date | None
    state: str = Field(description="kept, kept_late, awaited or missing")
    days_late: int


class BoardOut(Schema):
    """Who has written what was expected for a period."""

    period: str
    due_on: date
    duties: list[DutyOut]


class RowsIn(Schema):
    """Many entries of one unit, taken in all or not at all."""

    unit: str
    rows: list[dict[str, Any]] = Field(description="values by field, each an entry; at most 1,000")
