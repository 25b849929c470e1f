"""Shapes of the API of dossiers: what comes in, what goes out."""

from datetime import date, datetime

from ninja import Field, Schema


class ApplicantIn(Schema):
    """Who asks."""

    name: str = Field(max_length=200, examples=["Nguyễn Văn Thử"])
    identity_number: str = Field("", max_length=20, description="Identity card or tax code", examples=["000000000001"])
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254)
    address: str = Field("", max_length=250)
    organisation_name: str = Field("", max_length=250, description="On whose behalf, where it is an organisation")
    organisation_tax_code: str = Field("", max_length=20)


class PaperIn(Schema):
    """A paper handed in; ``file_id`` is the number that POST /files answered."""

    component_name: str = Field(max_length=2000, examples=["Đơn đề nghị"])
    file_id: int | None = Field(None, ge=1, le=2**63 - 1)
    is_original: bool = False
    quantity: int = Field(1, ge=1, le=100)


class DossierOut(Schema):
    """A dossier; instants are ISO 8601 with offset."""

    code: str = Field(examples=["000.00.04.H27-261110-0001"])
    state: str
    state_label: str
    channel: str
    procedure: str
    procedure_name: str
    unit: str
    unit_name: str
    receiving_unit: str
    applicant_name: str
    filed_at: datetime
    received_at: datetime | None
    first_due_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    returned_at: datetime | None
    is_on_time: bool | None
    has_fee: bool
    is_satisfied: bool | None
    result_text: str
    end_reason: str

    @staticmethod
    def resolve_result_text(dossier) -> str:
        return dossier.result_text if dossier.decided_at else ""  # until then it is a draft, not for the applicant

    @staticmethod
    def resolve_procedure(dossier) -> str:
        return dossier.version.procedure.code

    @staticmethod
    def resolve_procedure_name(dossier) -> str:
        return dossier.version.name

    @staticmethod
    def resolve_unit(dossier) -> str:
        return dossier.competent_unit.code

    @staticmethod
    def resolve_unit_name(dossier) -> str:
        return dossier.competent_unit.name

    @staticmethod
    def resolve_receiving_unit(dossier) -> str:
        return dossier.receiving_unit.code


class StepOut(Schema):
    """Where a dossier stands on its route; send ``position`` back as ``at_step``."""

    position: int
    step_name: str
    phase: str
    role: str
    unit: str
    step_due_at: datetime
    state: str = Field(description="open, paused or closed")

    @staticmethod
    def resolve_unit(run) -> str:
        return run.unit.code


class PaperOut(Schema):
    """A paper of the dossier."""

    component_name: str
    file_id: int | None
    is_original: bool
    quantity: int
    added_at: datetime


class HoldingOut(Schema):
    """A line of the process control sheet (DOMAIN 4.7, form 05/06)."""

    step_name: str
    unit: str
    role: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    is_late: bool

    @staticmethod
    def resolve_unit(holding) -> str:
        return holding.unit.code


class FeeOut(Schema):
    """What is to be paid, in đồng."""

    amount: int
    paid_at: datetime | None
    method: str
    cancelled_at: datetime | None


class FullDossierOut(Schema):
    """A dossier with where it stands, what it holds, and what the caller may do to it now."""

    dossier: DossierOut
    run: StepOut
    papers: list[PaperOut]
    holdings: list[HoldingOut]
    fee: FeeOut | None
    draft: str = Field(description="Draft of the result, for officials until it is decided")
    review_note: str = Field(description="Why the draft was last given back, for officials")
    actions: list[str] = Field(examples=[["receive", "refuse"]])


class DossierPageOut(Schema):
    """One page of dossiers, newest first; ``after`` asks for the next page, null on the last."""

    dossiers: list[DossierOut]
    after: str | None


class EntryOut(Schema):
    """One thing that happened."""

    at: datetime
    verb: str = Field(examples=["dossier.received"])
    label: str
    who: str = Field(description="A name for officials, an office for the public")
    unit_name: str
    to_unit_name: str
    step: str
    due_at: datetime | None


class TrackingOut(Schema):
    """What anybody who knows the code may see: nothing of the applicant."""

    code: str
    procedure_name: str
    unit_name: str
    receiving_unit_name: str
    state: str
    state_label: str
    step_name: str
    filed_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    returned_at: datetime | None
    is_overdue: bool
    is_waiting_for_applicant: bool
    timeline: list[EntryOut]


class StepIn(Schema):
    """``at_step`` is the position that the caller saw; a dossier that moved since is refused, not moved twice."""

    at_step: int | None = Field(None, ge=0, le=32767)


class ReasonIn(StepIn):
    """Why."""

    reason: str = Field(max_length=4000, examples=["Hồ sơ không thuộc thẩm quyền"])


class SupplementRequestIn(ReasonIn):
    """What is missing, one thing a line, and why."""

    items: str = Field(max_length=4000)


class SupplyIn(Schema):
    """What was asked for."""

    papers: list[PaperIn] = Field(default_factory=list, max_length=100)
    note: str = Field("", max_length=2000)


class ResultIn(StepIn):
    """The draft of the result, or the result."""

    result_text: str = Field("", max_length=1000)


class ReturnIn(StepIn):
    """How the result is handed over."""

    method: str = Field(pattern="^(in_person|post|online)$")
    collector: str = Field("applicant", pattern="^(applicant|authorised)$", description="Who collects at the counter")
    collector_name: str = Field("", max_length=200, description="Of an authorised person")
    collector_paper: str = Field("", max_length=200, description="The paper of authority that was shown")
    address: str = Field("", max_length=250, description="By post; empty: as the applicant wished")
    item_number: str = Field("", max_length=40, description="Of the post's item")


class RatingIn(Schema):
    """Whether the applicant is satisfied."""

    is_satisfied: bool


class PaymentIn(Schema):
    """How the fee was paid; transfer and online need the number of the transaction."""

    method: str = Field(pattern="^(cash|transfer|online)$")
    reference: str = Field("", max_length=80)


class FileOut(Schema):
    """A file that was kept; name it in a paper to file it."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str


class RegisterQuery(Schema):
    """What the register is narrowed to."""

    q: str = Field("", max_length=200, description="A dossier code, or part of the applicant's name")
    state: str = Field("", max_length=24)
    channel: str = Field("", max_length=12)
    procedure: str = Field("", max_length=20)
    unit: str = Field("", max_length=40)
    overdue: bool = False
    mine: bool = False
    filed_from: date | None = None
    filed_to: date | None = None
    after: str = Field("", max_length=80, description="As answered by the page before")
    limit: int = Field(100, ge=1, le=100)
