"""What publication says and takes over the API."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from motcua.procedures.models import Decision
from motcua.procedures.publication_queries import problems_of
from motcua.procedures.publishing_states import EDITABLE


class PieceOut(Schema):
    """A stretch of text."""

    kind: Literal["same", "added", "removed"]
    text: str


class PartDifferenceOut(Schema):
    """A part that differs, both sides in pieces."""

    part: str
    before: list[PieceOut]
    after: list[PieceOut]


class VersionDay(Schema):
    """When a version was in force."""

    valid_from: date
    valid_to: date | None
    decision_number: str


class ComparisonOut(Schema):
    """What differs between two versions."""

    before: date
    after: date
    differences: list[PartDifferenceOut]


class DecisionRowOut(Schema):
    """A procedure that a decision lists."""

    position: int
    code: str = Field(alias="procedure_code")
    name: str
    change: str = Field(description="new, amended, replaced, abolished, listed")
    line_start: int
    line_end: int
    is_dropped: bool


class OpinionOut(Schema):
    """What a unit said of a draft."""

    unit: str
    due_on: date
    verdict: str = Field(description='agree, amend, disagree; "": not answered yet')
    text: str

    @staticmethod
    def resolve_unit(opinion: Any) -> str:
        return str(opinion.unit.code)


class DecisionLine(Schema):
    """A decision in a list."""

    code: str
    origin: str = Field(description="read: uploaded; drafted: written here")
    state: str = Field(description="waiting, reading, failed, review, draft, opinions, confirmed, active")
    number: str
    signed_on: date | None
    issuer: str
    title: str
    kinds: list[str]
    valid_from: date | None
    public_on: date | None
    message: str


class DecisionOut(DecisionLine):
    """A decision with its rows, opinions and what stands against confirming it."""

    warnings: list[dict[str, Any]]
    rows: list[DecisionRowOut]
    opinions: list[OpinionOut]
    problems: list[str]

    @staticmethod
    def resolve_problems(decision: Decision) -> list[str]:
        return [one.message for one in problems_of(decision)] if decision.state in EDITABLE else []

    @staticmethod
    def resolve_rows(decision: Decision) -> list[Any]:
        return list(decision.rows.all())

    @staticmethod
    def resolve_opinions(decision: Decision) -> list[Any]:
        return list(decision.opinions.select_related("unit"))


class ProposalOut(Schema):
    """A change that is proposed."""

    code: str
    procedure_code: str
    name: str
    change: str
    reason: str = Field(description="decision, unpublished, outdated, differs")
    parts: list[str]
    state: str
    valid_from: date | None
    note: str


class HeadIn(Schema):
    """What a decision says of itself; what is left out stays."""

    number: str | None = Field(None, max_length=60)
    signed_on: date | None = None
    issuer: str | None = Field(None, max_length=300)
    title: str | None = Field(None, max_length=3000)
    valid_from: date | None = None
    basis_valid_on: date | None = None


class RowIn(Schema):
    """A row as it should be."""

    code: str = Field("", max_length=20)
    name: str = Field("", max_length=3000)
    change: Literal["new", "amended", "replaced", "abolished", "listed"]
    is_dropped: bool = False


class DraftIn(Schema):
    """Open proposals to carry out, by their codes."""

    proposals: list[str] = Field(min_length=1, max_length=500)
    unit: str = Field(description="Code of the unit that issues it")
    title: str = Field("", max_length=1000)
    valid_from: date | None = None


class OpinionsIn(Schema):
    """Who is asked, by when."""

    units: list[str] = Field(min_length=1, max_length=200)
    due_on: date


class OpinionIn(Schema):
    """The opinion of a unit."""

    unit: str
    verdict: Literal["agree", "amend", "disagree"]
    text: str = Field("", max_length=4000)


class SignIn(Schema):
    """Number and day of a signed decision."""

    number: str = Field(max_length=60)
    signed_on: date


class LateIn(Schema):
    """From which day a proposal that did not fit is published after all."""

    valid_from: date


class RefusalIn(Schema):
    """Why not."""

    note: str = Field(max_length=1000)


class MarkIn(Schema):
    """A mark given or ended."""

    trait: str
    on: bool = True
    valid_from: date
    source: str = Field(max_length=200)


class MarkOut(Schema):
    """A mark over time."""

    trait: str
    valid_from: date
    valid_to: date | None
    source: str


class AuthorityIn(Schema):
    """Who has which part in a procedure: a unit, or every unit of a kind."""

    role: Literal["receives", "decides", "coordinates"]
    unit: str = ""
    unit_kind: str = ""
    valid_from: date
    source: str = Field(max_length=200)


class AuthorityOut(Schema):
    """Who had which part, from when to when."""

    role: str
    unit: str
    unit_kind: str
    valid_from: date
    valid_to: date | None
    source: str

    @staticmethod
    def resolve_unit(authority: Any) -> str:
        return authority.unit.code if authority.unit else ""


class StandingOut(Schema):
    """Marks and authority of a procedure over time, newest first."""

    marks: list[MarkOut]
    authorities: list[AuthorityOut]


class ComparedOut(Schema):
    """What a comparison with the national set found."""

    new: int
    settled: int
    open: int
