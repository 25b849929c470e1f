"""What the API says of plans and tasks."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from motcua.plans.models import Intake, Plan
from motcua.plans.queries import NamedGroup, TaskRow


class IntakeOut(Schema):
    code: str
    name: str
    state: str = Field(description="waiting, reading, read, failed or dropped")
    done: int = Field(description="Pages read")
    of: int = Field(description="Pages in all; 0 while not known")
    message: str = Field(description="Why it could not be read")
    plan: str | None = Field(description="Code of the draft")
    at: datetime
    changed_at: datetime


class PlanOut(Schema):
    code: str
    number: str
    issued_on: date | None
    issuer: str
    title: str
    year: int
    unit: str = Field(description="Code of the unit whose plan it was on its day")
    holder: str = Field(description="Code of the unit that has it today")
    assigner: str
    is_reform: bool
    state: str
    version: int
    amends: str | None = Field(description="Code of the version that this one amends")
    parent: str | None = Field(description="Code of the plan above that it carries out")
    follows: str | None = Field(description="Code of the plan whose open tasks it carries on")
    children_due_on: date | None = Field(description="Day by which units below send their own plans")
    sent_at: datetime | None = Field(description="When it was sent to the holder of the plan above")
    is_signed: bool = Field(description="Whether the signed document is attached")
    changed_at: datetime
    counts: dict[str, int] = Field(description="Tasks by status, total and done")
    claims: list[dict[str, Any]] = Field(description="What the document says it holds, and what was read")
    missing_rows: list[dict[str, Any]]


class GroupOut(Schema):
    name: str = Field(description="The name in the text")
    unit: str = Field(description="One unit's name, or the name with how many units it stands for")
    is_lead: bool
    units: int
    done: int


class TaskOut(Schema):
    code: str
    number: str
    section_path: list[str]
    text: str
    product: str
    lead_text: str
    coordinating_text: str
    deadline_text: str
    deadline_kind: str
    due_on: date | None
    done_on: date | None
    status: str
    days_late: int
    groups: list[GroupOut]
    unresolved: list[str]
    line_start: int
    line_end: int
    confidence: float
    warnings: list[dict[str, Any]]
    is_checked: bool
    is_edited: bool
    changed_at: datetime


def intake_out(intake: Intake) -> dict[str, Any]:
    """Return an upload as the API says it."""
    plain = ("code", "name", "state", "done", "of", "message", "at", "changed_at")
    return {**{name: getattr(intake, name) for name in plain}, "plan": intake.plan.code if intake.plan else None}


def plan_out(plan: Plan, counts: Counter[str]) -> dict[str, Any]:
    """Return a plan as the API says it."""
    plain = (
        "code", "number", "issued_on", "issuer", "title", "year", "assigner", "is_reform", "state", "version",
        "children_due_on", "sent_at", "changed_at",
    )  # fmt: skip
    others = {name: getattr(plan, name) for name in ("amends", "parent", "follows")}
    return {
        **{name: getattr(plan, name) for name in plain},
        **{name: other.code if other else None for name, other in others.items()},
        "is_signed": plan.signed_file_id is not None,
        "unit": plan.unit.code,
        "holder": plan.holder.code,
        "counts": dict(counts),
        "claims": plan.reading.get("claims", []),
        "missing_rows": plan.reading.get("missing_rows", []),
    }


def task_out(row: TaskRow) -> dict[str, Any]:
    """Return a task as the API says it."""
    task = row.task
    plain = [name for name in TaskOut.model_fields if name not in ("status", "days_late", "groups")]
    return {
        **{name: getattr(task, name) for name in plain},
        "status": row.status.code,
        "days_late": row.status.days_late,
        "groups": [_group(group) for group in row.groups],
    }


def _group(group: NamedGroup) -> dict[str, Any]:
    return {
        "name": group.named_as,
        "unit": group.label,
        "is_lead": group.is_lead,
        "units": group.count,
        "done": group.done,
    }
