"""Shapes of the API of assessments."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema


class SetOut(Schema):
    id: int
    code: str
    title: str
    number: int
    unit_kinds: list[str]
    valid_from: date
    source: str
    most: Decimal
    published_at: datetime | None
    criteria: list[dict[str, Any]]


class SetIn(Schema):
    """``lines``: one criterion a line, ten columns parted by "|" (docs/assessments.md)."""

    title: str
    unit: str
    lines: str
    unit_kinds: list[str]
    valid_from: date
    source: str
    basis: str = ""
    bands: str = ""
    tie_breakers: str = ""
    decimals: int = 2


class DaysIn(Schema):
    self_score_by: date
    verify_by: date
    explain_by: date
    publish_by: date


class RoundIn(DaysIn):
    """``units``: codes; none means every unit right under the set's unit that it assesses."""

    version: int
    title: str
    period: str
    units: list[str] = []


class UnitStandingOut(Schema):
    unit: str
    name: str
    state: str
    answered: int
    to_answer: int
    judged: int
    to_judge: int
    points: Decimal
    recognised: Decimal
    is_late: bool


class RoundOut(DaysIn):
    code: str
    title: str
    period: str
    set: str
    set_version: int
    unit: str
    units: list[UnitStandingOut]


class ScoreOut(Schema):
    criterion: str
    title: str
    most: Decimal
    way: str
    choice: str
    value: Decimal | None
    measured: Decimal | None
    lineage: dict[str, Any]
    points: Decimal | None
    is_not_applicable: bool
    note: str
    evidence: list[str]
    recognised: Decimal | None
    recognised_not_applicable: bool
    reason: str
    explanation: str


class AssessmentOut(Schema):
    code: str
    unit: str
    state: str
    points: Decimal
    recognised: Decimal
    most: Decimal
    scores: list[ScoreOut]


class EntryIn(Schema):
    criterion: str
    choice: str = ""
    value: Decimal | None = None
    is_not_applicable: bool = False
    note: str = ""


class JudgementIn(Schema):
    criterion: str
    points: Decimal | None = None
    is_not_applicable: bool = False
    reason: str = ""


class ExplanationIn(Schema):
    criterion: str
    words: str


class EvidenceIn(Schema):
    """A link, or the code of a subject of this system."""

    criterion: str
    link: str = ""
    subject: str = ""
    words: str = ""


class ReasonIn(Schema):
    reason: str = ""


class PublicationOut(Schema):
    round: str
    edition: int
    published_at: datetime
    digest: str
    reason: str
    content: dict[str, Any]


class SchemeIn(Schema):
    """``definition``: grades, bars, limits, rewards (docs/assessments.md)."""

    title: str
    basis: str
    definition: dict[str, Any]
    source: str
    valid_from: date


class SchemeOut(SchemeIn):
    code: str
    valid_to: date | None


class GradeOut(Schema):
    id: int
    unit: str
    is_head: bool
    share: Decimal | None
    proposed: str
    grade: str
    reasons: list[str]
    override_reason: str
    reward: str


class GradeListOut(Schema):
    code: str
    scheme: str
    period: str
    made_from: str
    state: str
    grades: list[GradeOut]
    obstacles: list[str]


class ProposeIn(Schema):
    """``source``: a published round with its edition ("DG-2026-1-1") or an edition of the index ("766-2026-1")."""

    scheme: str
    source: str


class GradeIn(Schema):
    grade: str
    reason: str = ""
    reward: str | None = None
