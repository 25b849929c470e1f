"""The typed result of reading a plan. ``as_json`` gives the contract of ``motcua plan read --json``."""

from dataclasses import dataclass, field
from typing import Any

from motcua.plans.rules.times.deadlines import UNSPECIFIED, Deadline

SEVERITIES = ("info", "warning", "error")  # error: something of the document is lost or cannot be right


@dataclass(frozen=True)
class Finding:
    """A doubt about the document: a code for programs, a Vietnamese message for people, the line it is about."""

    code: str
    message: str
    severity: str = "warning"
    line: int | None = None
    task_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "line": self.line,
            "task_id": self.task_id,
        }


@dataclass
class Task:
    """One task row. ``inherited``: fields taken from the row above (merged cell); ``uncertain``: fields guessed."""

    id: str
    section_path: list[str]
    number: str
    text: str
    lead: list[str] = field(default_factory=list)
    lead_raw: str = ""
    coordinating: list[str] = field(default_factory=list)
    coordinating_raw: str = ""
    product: str = ""
    deadline_text: str = ""
    deadline: Deadline = UNSPECIFIED
    line_start: int = 0
    line_end: int = 0
    damaged: bool = False
    inherited: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)
    subrow_of: str | None = None
    continued_on_lines: list[int] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)  # other columns: budget, basis, person, note
    footnote: str = ""
    owner: tuple[str, ...] = ()  # bodies that the sentence above the table gives it to
    parts: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)  # lines of each field
    doubts: list[str] = field(default_factory=list)  # what lowers the confidence (rules/confidence.py)
    warnings: list[Finding] = field(default_factory=list)
    confidence: float = 1.0
    field_confidence: dict[str, float] = field(default_factory=dict)

    def warn(self, code: str, message: str, severity: str = "warning") -> None:
        self.warnings.append(Finding(code, message, severity, self.line_start, self.id))

    def as_json(self) -> dict[str, Any]:
        due_on = self.deadline.due_on
        return {
            "id": self.id,
            "section_path": self.section_path,
            "number": self.number,
            "text": self.text,
            "lead": self.lead,
            "lead_raw": self.lead_raw,
            "coordinating": self.coordinating,
            "coordinating_raw": self.coordinating_raw,
            "product": self.product,
            "deadline_text": self.deadline_text,
            # No deadline that could be read is null, as in the gold standard: never a guess.
            "deadline": None if self.deadline.kind == "unspecified" else self.deadline.as_json(),
            "due_on": due_on.isoformat() if due_on else None,
            "deadline_reading": self.deadline.explanation,
            "source": {"line_start": self.line_start, "line_end": self.line_end},
            "continued_on_lines": self.continued_on_lines,
            "damaged": self.damaged,
            "inherited": self.inherited,
            "uncertain": self.uncertain,
            "subrow_of": self.subrow_of,
            "extra": self.extra,
            "footnote": self.footnote,
            "confidence": round(self.confidence, 3),
            "field_confidence": self.field_confidence,
            "warnings": [one.as_json() for one in self.warnings],
        }


@dataclass(frozen=True)
class Target:
    """A number to reach. ``comparator``: ">=", ">", "<=", "<", "=" or "none" (a bare number).

    ``task_id`` is "" where the document sets the number as a whole.
    """

    task_id: str
    text: str
    value: float
    unit: str
    comparator: str
    scope: str
    line: int
    tier: str | None = None  # tỉnh, huyện, xã
    direction: str | None = None  # "reduce" where less is better
    is_exception: bool = False
    duplicate_of: str | None = None
    formula: str | None = None  # footnote that defines the ratio
    upper: float | None = None  # end of a range: "80-85%"
    year: int | None = None  # a target table may set one value a year

    def as_json(self) -> dict[str, Any]:
        value = int(self.value) if self.value == int(self.value) else self.value
        return {
            "task_id": self.task_id or None,  # None: set by the document, not by one of its tasks
            "text": self.text,
            "value": value,
            "unit": self.unit,
            "comparator": self.comparator,
            "scope": self.scope,
            "line": self.line,
            "tier": self.tier,
            "direction": self.direction,
            "is_exception": self.is_exception,
            "duplicate_of": self.duplicate_of,
            "formula": self.formula,
            "upper": self.upper,
            "year": self.year,
        }


@dataclass(frozen=True)
class BodyTask:
    """An assignment in the articles or sections of the body, outside the tables."""

    id: str
    section_path: list[str]
    number: str | None
    text: str
    lead: list[str]
    deadline_text: str
    deadline: Deadline
    line_start: int
    line_end: int

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "section_path": self.section_path,
            "number": self.number,
            "text": self.text,
            "lead": self.lead,
            "deadline_text": self.deadline_text or None,
            # No deadline that could be read is null, as in the gold standard: never a guess.
            "deadline": None if self.deadline.kind == "unspecified" else self.deadline.as_json(),
            "source": {"line_start": self.line_start, "line_end": self.line_end},
        }


@dataclass(frozen=True)
class LegalBasis:
    """A cited instrument at the head of the document."""

    line: int
    role: str  # căn cứ, thực hiện, theo đề nghị
    type: str | None
    number: str | None
    date: str | None  # ISO; None when absent or impossible
    issuer: str | None
    text: str
    amended_by: tuple[dict[str, str | None], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "role": self.role,
            "type": self.type,
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "amended_by": list(self.amended_by),
            "text": self.text,
        }


@dataclass(frozen=True)
class MissingRow:
    """A row that the document's own numbering or claim proves to have existed."""

    section_path: list[str]
    number: str
    evidence: str
    line: int

    def as_json(self) -> dict[str, Any]:
        return {"section_path": self.section_path, "number": self.number, "evidence": self.evidence, "line": self.line}


@dataclass(frozen=True)
class Claim:
    """What the document says of itself, and what was found. ``section`` None: the whole document."""

    section: str | None
    text: str
    line: int
    stated: dict[str, int]
    found: dict[str, int]

    @property
    def agrees(self) -> bool:
        return all(self.found.get(kind) == number for kind, number in self.stated.items())

    def as_json(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "text": self.text,
            "line": self.line,
            "stated": self.stated,
            "found": self.found,
            "agrees": self.agrees,
        }


@dataclass(frozen=True)
class Metadata:
    """Number, date, issuer, title and kind of the document; None where the text does not tell."""

    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    kind: str | None = None
    year: int | None = None  # the year the plan is for, else the document's
    lines: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "title": self.title,
            "kind": self.kind,
            "year": self.year,
            "lines": self.lines,
        }


@dataclass
class PlanReading:
    """Everything that was read, and every doubt."""

    document: Metadata
    tasks: list[Task]
    targets: list[Target]
    body_tasks: list[BodyTask]
    legal_bases: list[LegalBasis]
    claims: list[Claim]
    missing_rows: list[MissingRow]
    warnings: list[Finding]
    citations: list[LegalBasis] = field(default_factory=list)  # cited anywhere but at the head

    @property
    def findings(self) -> list[Finding]:
        return self.warnings + [one for task in self.tasks for one in task.warnings]

    @property
    def has_losses(self) -> bool:
        """True if something of the document is lost, damaged or contradicts itself."""
        return bool(self.missing_rows) or any(one.severity == "error" for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "document": self.document.as_json(),
            "claims": [one.as_json() for one in self.claims],
            "tasks": [one.as_json() for one in self.tasks],
            "targets": [one.as_json() for one in self.targets],
            "body_tasks": [one.as_json() for one in self.body_tasks],
            "legal_bases": [one.as_json() for one in self.legal_bases],
            "citations": [one.as_json() for one in self.citations],
            "missing_rows": [one.as_json() for one in self.missing_rows],
            "damaged": [one.id for one in self.tasks if one.damaged],
            "warnings": [one.as_json() for one in self.warnings],
        }
