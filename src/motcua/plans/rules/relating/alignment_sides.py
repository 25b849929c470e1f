"""Two documents that were read, as sides to be compared: for the command, which has no database. Pure."""

import re

from motcua.base.text import fold, squash
from motcua.plans.rules.relating.alignment import AlignedRow, Goal, PlanSide
from motcua.plans.rules.values import Finding, PlanReading, Target, Task

_COMMUNE = re.compile(r"\b(xa|phuong|thi tran|dac khu)\b")
_DISTRICT = re.compile(r"\b(huyen|quan|thi xa)\b")
_GIVEN_TO = {
    "commune": re.compile(r"\bcap xa\b|\bxa, phuong\b|\bcac xa\b|\bxa, thi tran\b|\bcac dia phuong\b"),
    "district": re.compile(r"\bcap huyen\b|\bcac huyen\b"),
    "department": re.compile(r"\bso,? (ban|nganh)\b|\bcac so\b|\bso, ban\b"),
}
# Doubts about single rows that a document below may have copied; the others are about reading, not about writing.
COPIED_FAULTS = frozenset({"deadline-mended", "date-impossible", "date-after", "number-repeated"})


def level_of(issuer: str | None) -> str:
    """Return the level of who issued a document: province, district, commune, or department for all else."""
    name = fold(squash(issuer or ""))
    if re.search(r"uy ban nhan dan|ubnd", name):
        rest = re.sub(r"uy ban nhan dan|ubnd", "", name).strip()
        if _COMMUNE.match(rest):
            return "commune"
        return "district" if _DISTRICT.match(rest) else "province"
    return "department"


def side_of(reading: PlanReading, *, below: str = "") -> PlanSide:
    """Return a document as one side; ``below`` is the level of the other one, to which rows may be given."""
    told = reading.document
    goals: dict[str, list[Goal]] = {}
    for target in reading.targets:
        if not target.duplicate_of:
            goals.setdefault(target.task_id, []).append(goal_of(target))
    year = told.year or (int(told.date[:4]) if told.date else 0)
    return PlanSide(
        name=" ".join(part for part in (told.kind, told.number) if part) or (told.title or "")[:120],
        title=told.title or "",
        year=year,
        level=level_of(told.issuer),
        rows=tuple(_row(task, tuple(goals.get(task.id, ())), below) for task in reading.tasks),
        faults=tuple(fault_of(one) for one in reading.warnings if one.severity != "info" and one.task_id is None),
    )


def goal_of(target: Target) -> Goal:
    """Return a number that was read as a goal to compare."""
    return Goal(float(target.value), target.unit, target.comparator, target.scope, target.tier or "")


def _row(task: Task, goals: tuple[Goal, ...], below: str) -> AlignedRow:
    given = _GIVEN_TO.get(below)
    bodies = fold(f"{task.lead_raw} ; {task.coordinating_raw}")
    return AlignedRow(
        key=task.id, text=task.text, number=task.number,
        section=task.section_path[-1] if task.section_path else "", product=task.product, lead_text=task.lead_raw,
        deadline_text=task.deadline_text, deadline_kind=task.deadline.kind, due_on=task.deadline.due_on, goals=goals,
        is_given=bool(given and given.search(bodies)),
        faults=tuple(fault_of(one) for one in task.warnings if one.code in COPIED_FAULTS),
    )  # fmt: skip


def fault_of(finding: Finding) -> str:
    """Return a doubt so that the same one of another document is equal: its words without places."""
    return squash(re.sub(r"\b[Dd]òng \d+:?|\(dòng \d+\)", "", finding.message))
