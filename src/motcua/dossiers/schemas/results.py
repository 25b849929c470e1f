"""Shapes of the API of results, collection, surveys and a citizen's own."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from motcua.dossiers.actions.surveying import LONGEST_COMMENT
from motcua.dossiers.models import ResultDocument
from motcua.dossiers.rules.survey import SurveyForm
from motcua.dossiers.schemas.dossier import DossierOut


class AskOut(Schema):
    """One thing that a template asks."""

    name: str
    label: str
    most: int
    is_required: bool


class TemplateOut(Schema):
    """A template that fits the dossier today."""

    code: str
    name: str
    is_favourable: bool
    asks: list[AskOut]


class DraftIn(Schema):
    """A new version of the result: a template's code with what it asks, or a file that POST /files answered."""

    template: str = Field("", max_length=40)
    values: dict[str, str] = {}
    file_id: int | None = None


class SignedIn(Schema):
    """The signed file of a result that is decided."""

    file_id: int


class VersionOut(Schema):
    """One version of the result."""

    version: int
    template: str
    number: int | None
    year: int | None
    drafted_at: datetime
    issued_at: datetime | None
    has_signed_file: bool

    @staticmethod
    def resolve_has_signed_file(document: ResultDocument) -> bool:
        return document.signed_file_id is not None


class LyingOut(Schema):
    """A result that did not reach the applicant; method "" is to be collected."""

    code: str
    since: datetime
    days: int
    method: str
    item_number: str
    reminders: int

    @staticmethod
    def resolve_code(row: Any) -> str:
        return str(row.dossier.code)


class DeliveredIn(Schema):
    """The number of the post's item, where it was not noted before."""

    item_number: str = Field("", max_length=40)


class ReturnOut(Schema):
    """How the result went out."""

    method: str
    at: datetime
    collector: str
    item_number: str
    arrived_at: datetime | None


class QuestionOut(Schema):
    """One question with its answers as marks and words."""

    number: int
    question: str
    answers: list[tuple[int, str]]


class SurveyFormOut(Schema):
    """The survey's form in force."""

    code: str
    name: str
    instrument: str
    source: str
    questions: list[QuestionOut]

    @staticmethod
    def resolve_questions(form: SurveyForm) -> list[Any]:
        return list(form.asked)


class SurveyIn(Schema):
    """Marks by the number of the question; satisfaction where it was not told before."""

    marks: dict[str, int]
    is_satisfied: bool | None = None
    comment: str = Field("", max_length=LONGEST_COMMENT)


class ScoreOut(Schema):
    """One criterion's score; points null is: no figure, ``missing`` says why where it is known."""

    number: int
    points: float | None
    count: int
    missing: str


class ScoresOut(Schema):
    """The scores of a unit, or of an official for heads."""

    code: str
    name: str
    answers: int
    scores: list[ScoreOut]
    total: float
    most: int
    band: str


class SurveyResultsOut(Schema):
    """Scores by unit; by official for heads only."""

    form: str
    units: list[ScoresOut]
    officials: list[ScoresOut]
    left_out: int


class MineOut(Schema):
    """One of the caller's dossiers: what must be done, how far it is."""

    dossier: DossierOut
    asks: list[str]
    done_steps: int
    steps: int


class MinePageOut(Schema):
    """A page of a group: can-lam, dang-giai-quyet, da-xong."""

    rows: list[MineOut]
    after: str | None


class MyPaperOut(Schema):
    """A file of one of the caller's dossiers."""

    dossier: str
    name: str
    file: str
    size: int
    added_at: datetime


class MyPapersOut(Schema):
    """A page of the caller's papers."""

    papers: list[MyPaperOut]
    after: str | None
