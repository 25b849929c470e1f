"""What the API takes and says of the work on tasks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.plans.models import Assignment, Extension, FactBinding, Task, Urging
from motcua.plans.queries import TurnRow
from motcua.plans.queries.statistics import StatisticRow
from motcua.plans.queries.work_list import WorkRow
from motcua.plans.task_status import COUNTED

_TURN = Field("", description="Key of the turn (2026-Q3); empty: the unit's part as a whole")


class ProgressIn(Schema):
    unit: str = Field(description="Code of the unit that reports")
    percent: int = Field(ge=0, le=100)
    note: str = ""
    link: str = ""
    number: Decimal | None = None
    turn: str = _TURN


class CompletionIn(Schema):
    unit: str = Field(description="Code of the leading unit that reports")
    on_day: date
    note: str = ""
    link: str = ""
    number: Decimal | None = None
    turn: str = _TURN


class AcceptIn(Schema):
    unit: str = Field(description="Code of the unit whose completion is accepted")
    grade: str = Field("", description="excellent, good, met, poor; empty: not judged")
    note: str = ""
    turn: str = _TURN


class ReturnIn(Schema):
    unit: str = Field(description="Code of the unit whose completion is given back")
    note: str
    turn: str = _TURN


class ExtendIn(Schema):
    due_on: date
    note: str


class AssignIn(Schema):
    unit: str
    is_lead: bool = True
    share: int | None = Field(None, ge=0, le=100, description="Part of the work in percent")


class UnitIn(Schema):
    unit: str


class PersonIn(Schema):
    unit: str
    person: str = Field("", description="Code of an account that works in the unit; empty: nobody in particular")


class SourceIn(Schema):
    assigner: str = Field("", description="government, prime_minister, province, unit; empty: as the plan")
    assigned_in: str = Field("", description="Document and clause")


class AskExtensionIn(Schema):
    unit: str
    new_due_on: date
    reason: str
    turn: str = _TURN


class AnswerIn(Schema):
    unit: str
    is_granted: bool
    due_on: date | None = Field(None, description="Another day than was asked for")
    answer: str = ""


class TurnIn(Schema):
    unit: str
    starts_on: date = Field(description="Day of the event")
    note: str = ""
    due_on: date | None = Field(None, description="Where the text does not say within what time")


class CycleIn(Schema):
    every: str = Field("", description="week, month, quarter, half, year; empty: no turns")
    day: int | None = Field(None, ge=1, le=31)


class BindingIn(Schema):
    unit: str
    verb: str = Field(description="Verb of the fact, as listed by GET /closing-facts")
    subject: str = Field("", description="Code of what the fact is about; empty: any of the unit's")


class UrgeIn(Schema):
    units: list[str] = Field(default_factory=list, description="Codes; empty: every unit with something late")
    plan: str = ""
    soon: int = Field(7, ge=0, le=60, description="Days ahead")


class SentIn(Schema):
    number: str
    sent_on: date


class TurnOut(Schema):
    unit: str
    key: str
    starts_on: date
    due_on: date
    reported_on: date | None
    done_on: date | None
    status: str
    days_late: int
    grade: str
    note: str


class PartOut(Schema):
    unit: str
    name: str
    is_lead: bool
    share: int | None
    person: str = Field(description="Code of the account that looks after it, empty: nobody")
    reported_on: date | None
    done_on: date | None
    grade: str


class ExtensionOut(Schema):
    unit: str
    turn: str
    new_due_on: date
    state: str
    reason: str
    answer: str


class BindingOut(Schema):
    unit: str
    verb: str
    subject: str


class WorkOut(Schema):
    """Who has a task, its turns, requests and bindings."""

    code: str
    assigner: str
    assigned_in: str
    parts: list[PartOut]
    turns: list[TurnOut]
    extensions: list[ExtensionOut]
    bindings: list[BindingOut]


class WorkRowOut(Schema):
    task: str
    plan: str
    text: str
    unit: str
    is_lead: bool
    turn: str
    due_on: date | None
    done_on: date | None
    status: str
    days_late: int


class StatisticOut(Schema):
    key: str
    label: str
    total: int = Field(description="Sum of the four")
    done_on_time: int
    done_late: int
    open_in_time: int
    open_late: int


class UrgingOut(Schema):
    code: str
    unit: str
    holder: str
    plan: str
    at: datetime
    number: str
    sent_at: datetime | None
    tasks: list[dict[str, Any]]


class ClosingFactOut(Schema):
    verb: str
    words: str


def work_out(task: Task, parts: list[Assignment], strips: dict[int, list[TurnRow]]) -> dict[str, Any]:
    """Return the work on a task as the API says it."""
    extensions = task.extensions.select_related("unit", "occurrence").order_by("pk")
    return {
        "code": task.code,
        "assigner": task.set_by,
        "assigned_in": task.assigned_in,
        "parts": [_part(part) for part in parts],
        "turns": [_turn(part, row) for part in parts for row in strips.get(part.pk, [])],
        "extensions": [_extension(each) for each in extensions],
        "bindings": [_binding(each) for each in task.fact_bindings.select_related("unit").order_by("pk")],
    }


def row_out(row: WorkRow) -> dict[str, Any]:
    """Return a row of the list of work as the API says it."""
    return {
        "task": row.part.task.code,
        "plan": row.part.task.plan.code,
        "text": row.part.task.text,
        "unit": row.part.unit.code,
        "is_lead": row.part.is_lead,
        "turn": row.turn.key if row.turn else "",
        "due_on": row.due_on,
        "done_on": (row.turn or row.part).done_on,
        "status": row.status.code,
        "days_late": row.status.days_late,
    }


def statistic_out(row: StatisticRow) -> dict[str, Any]:
    """Return a line of the statistics as the API says it."""
    return {"key": row.key, "label": row.label, "total": row.total, **{code: row.counts[code] for code in COUNTED}}


def urging_out(urging: Urging) -> dict[str, Any]:
    """Return an urging letter as the API says it."""
    return {
        "code": urging.code,
        "unit": urging.unit.code,
        "holder": urging.holder.code,
        "plan": urging.plan.code if urging.plan else "",
        "at": urging.at,
        "number": urging.number,
        "sent_at": urging.sent_at,
        "tasks": urging.tasks,
    }


def _part(part: Assignment) -> dict[str, Any]:
    plain = ("is_lead", "share", "reported_on", "done_on", "grade")
    person = part.person.code if part.person else ""
    return {
        "unit": part.unit.code,
        "name": part.unit.name,
        "person": person,
        **{name: getattr(part, name) for name in plain},
    }


def _turn(part: Assignment, row: TurnRow) -> dict[str, Any]:
    plain = ("key", "starts_on", "due_on", "reported_on", "done_on", "grade", "note")
    return {
        "unit": part.unit.code,
        "status": row.status.code,
        "days_late": row.status.days_late,
        **{name: getattr(row.turn, name) for name in plain},
    }


def _extension(each: Extension) -> dict[str, Any]:
    plain = ("new_due_on", "state", "reason", "answer")
    turn = each.occurrence.key if each.occurrence else ""
    return {"unit": each.unit.code, "turn": turn, **{name: getattr(each, name) for name in plain}}


def _binding(each: FactBinding) -> dict[str, Any]:
    return {"unit": each.unit.code, "verb": each.verb, "subject": each.subject}
