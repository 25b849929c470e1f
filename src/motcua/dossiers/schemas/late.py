"""Shapes of the API of lateness, remarks, papers and many dossiers at once."""

from datetime import date, datetime

from ninja import Field, Schema


class FormOut(Schema):
    """A form of the set that the dossier can print now."""

    form: str = Field(examples=["giay-tiep-nhan"])
    label: str


class WhyLineOut(Schema):
    """One line of the timeline; minutes are working minutes."""

    at: datetime
    kind: str = Field(description="held, stood_still, day_off, law or letter")
    words: str
    note: str
    minutes: int
    over: int


class WhyOut(Schema):
    """Why a dossier is late; officials read names, others offices."""

    is_late: bool
    minutes_late: int
    summary: str
    lines: list[WhyLineOut]


class TextIn(Schema):
    """Something said."""

    text: str = Field(max_length=2000)


class NoteIn(Schema):
    """A note beside what is done."""

    note: str = Field("", max_length=300)


class ApologyIn(Schema):
    """The letter of apology; the new day is given once."""

    reason: str = Field(max_length=1000)
    new_due_at: datetime


class SignIn(Schema):
    """The signed letter: the number that POST /files answered, or nothing where it was signed on paper."""

    file_id: int | None = Field(None, ge=1, le=2**63 - 1)


class ApologyOut(Schema):
    """The letter of apology of a dossier."""

    reason: str
    new_due_at: datetime
    send_by: datetime
    drafted_at: datetime
    is_proposed: bool
    approved_at: datetime | None
    sent_at: datetime | None
    is_in_time: bool

    @staticmethod
    def resolve_is_proposed(letter) -> bool:
        return not letter.drafted_by


class ExplanationOut(Schema):
    """The explanation owed or given for a late dossier."""

    unit: str
    step_name: str
    demanded_at: datetime
    answer_by: datetime
    text: str
    answered_at: datetime | None

    @staticmethod
    def resolve_unit(asked) -> str:
        return asked.unit.code


class LatenessOut(Schema):
    """Lateness of one dossier and what the caller may do about it."""

    explanation: ExplanationOut | None
    apology: ApologyOut | None
    actions: list[str] = Field(examples=[["explain", "draft_apology"]])


class RemarkOut(Schema):
    """What an official said about a dossier; ``mentioned`` are account codes."""

    by: str
    at: datetime
    text: str
    mentioned: list[str]

    @staticmethod
    def resolve_by(remark) -> str:
        return remark.by.full_name


class HandOverOut(Schema):
    """The papers on their way from unit to unit."""

    from_unit: str
    to_unit: str
    given_at: datetime
    received_at: datetime | None
    note: str

    @staticmethod
    def resolve_from_unit(given) -> str:
        return given.from_unit.code

    @staticmethod
    def resolve_to_unit(given) -> str:
        return given.to_unit.code


class AssignIn(Schema):
    """To whom the step is given: an account code."""

    to: str = Field(max_length=40)


class MoveIn(Schema):
    """One dossier of many; ``at_step`` is the position that was seen."""

    code: str = Field(max_length=60)
    at_step: int = Field(ge=0, le=32767)


class BatchIn(Schema):
    """Dossiers to be forwarded together."""

    dossiers: list[MoveIn] = Field(max_length=200)


class CodesIn(Schema):
    """Dossiers to be taken back together."""

    codes: list[str] = Field(max_length=200)


class BatchOut(Schema):
    """What went, and why the others did not."""

    done: list[str]
    refused: dict[str, str]


class PartOut(Schema):
    """The forecast of one step, in working minutes."""

    name: str
    minutes: int
    load: float
    is_known: bool


class ForecastOut(Schema):
    """An open dossier with its probable end."""

    code: str
    step_name: str
    due_at: datetime
    expected_at: datetime
    minutes_late: int
    held: int
    is_late: bool
    is_stuck: bool
    parts: list[PartOut]


class LateRowOut(Schema):
    """A late dossier of the public list; nobody's name."""

    code: str
    procedure: str
    unit: str
    unit_name: str
    due_at: str
    decided_at: str
    days: int
    has_apology: bool


class LateListOut(Schema):
    """The list of a month as published."""

    month: date
    published_at: datetime
    rows: list[LateRowOut]


class UnitCountOut(Schema):
    """Lateness of a unit in a period."""

    unit: str
    unit_name: str
    decided: int
    decided_late: int
    open_late: int
    explained: int
    apologised: int
    apologised_in_time: int


class FlagOut(Schema):
    """Something that the control office looks at."""

    kind: str = Field(description="supplement, no_result, stopped_late or mass_closing")
    words: str
    code: str
    unit_name: str
    at: datetime
