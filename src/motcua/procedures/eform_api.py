"""Forms over the API: the one in force for who files, drafts and publication for the control office."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.organizations.access import SignedInRequest, may_control
from motcua.procedures.actions import eforms as actions
from motcua.procedures.eforms import attachments_of, checked, form_in_force, forms_measured, versions_measured
from motcua.procedures.models import FormVersion
from motcua.procedures.rules.eforms.burden import burden_of
from motcua.procedures.rules.eforms.faults import faults_of

router = Router(tags=["forms"])


class BurdenOut(Schema):
    """How much a form asks; an address is one field, fields of a group count once."""

    before: int = Field(description="Fields of the paper form")
    declared: int = Field(description="Fields that the filler still types")
    required: int
    reused: int = Field(description="Fields filled in from a store, the applicant's account among them")
    dropped: int = Field(description="Fields of the paper form that are no longer asked")
    known_but_asked: int = Field(description="Fields that the State has already and that are typed again")
    attachments: int = Field(description="Papers of all cases of the procedure")
    cut: float = Field(description="1 - declared / before")
    meets_target: bool = Field(description="At least 20 % less to declare")


class FormOut(Schema):
    """A version of a form: a JSON Schema of the answers, and how they are asked."""

    procedure: str
    number: int
    state: str = Field(description="draft or published")
    valid_from: date | None
    valid_to: date | None
    source: str
    answers_schema: dict[str, Any] = Field(description="JSON Schema 2020-12 of the answers of a dossier")
    layout: dict[str, Any] = Field(description="Parts and fields in order, kinds, conditions, sources")
    burden: BurdenOut


class FormLine(Schema):
    """A form in a list."""

    procedure: str
    number: int
    valid_from: date | None
    burden: BurdenOut


class FormIn(Schema):
    """A whole form as a draft."""

    answers_schema: dict[str, Any]
    layout: dict[str, Any]
    source: str = Field("", max_length=300)


class FaultOut(Schema):
    """Why a draft cannot be published."""

    where: str
    message: str


class DraftOut(Schema):
    """A draft that was kept, and what is wrong with it."""

    procedure: str
    number: int
    faults: list[FaultOut]


class PublishIn(Schema):
    valid_from: date


class AnswersIn(Schema):
    """Answers to be judged; nothing is kept."""

    answers: dict[str, Any]


class ProblemOut(Schema):
    """One fault of the answers."""

    place: str = Field(description="Where, as members-0-birth_date")
    title: str
    message: str


class JudgedOut(Schema):
    """Answers cleaned, and what is wrong with them."""

    answers: dict[str, Any]
    problems: list[ProblemOut]


@router.get(
    "/procedures/{code}/form", response=FormOut, auth=None, operation_id="get_procedure_form", summary="Form to fill in"
)
@opens_to(everyone)
def get_form(request: HttpRequest, code: str, day: date | None = None) -> dict[str, Any]:
    """The form in force on ``day`` (default: today); 404 when the procedure has none."""
    return _out(_in_force(code, day))


@router.post(
    "/procedures/{code}/form/check", response=JudgedOut, auth=None, operation_id="check_procedure_form",
    summary="Judge answers",
)  # fmt: skip
@opens_to(everyone)
def check_form(request: HttpRequest, code: str, sent: AnswersIn) -> dict[str, Any]:
    """What filing would say of the answers; what is not asked is left out of them."""
    found = checked(_in_force(code, None).form, sent.answers)
    problems = [{"place": one.place, "title": one.title, "message": one.message} for one in found.problems]
    return {"answers": found.answers, "problems": problems}


@router.get("/forms", response=list[FormLine], operation_id="list_forms", summary="Forms and their burdens")
@opens_to(may_control)
def list_forms(request: SignedInRequest) -> list[dict[str, Any]]:
    """The forms in force, those furthest from the 20 % target first."""
    return [_line(one.version, one.burden) for one in forms_measured()]


@router.get("/forms/{code}", response=list[FormLine], operation_id="list_form_versions", summary="Versions of a form")
@opens_to(may_control)
def list_versions(request: SignedInRequest, code: str) -> list[dict[str, Any]]:
    """All versions of a procedure's form, newest first; the draft has no day."""
    return [_line(one.version, one.burden) for one in versions_measured(code)]


@router.put("/forms/{code}/draft", response=DraftOut, operation_id="put_form_draft", summary="Write a draft")
@opens_to(may_control)
def put_draft(request: SignedInRequest, code: str, sent: FormIn) -> dict[str, Any]:
    """Write a whole form as the procedure's draft; a draft may have faults, which are told."""
    draft = actions.put_draft(
        code, schema=sent.answers_schema, layout=sent.layout, source=sent.source, actor=request.user.code
    )
    faults = [{"where": one.where, "message": one.message} for one in faults_of(draft.form)]
    return {"procedure": code, "number": draft.number, "faults": faults}


@router.delete("/forms/{code}/draft", response={204: None}, operation_id="drop_form_draft", summary="Drop the draft")
@opens_to(may_control)
def drop_draft(request: SignedInRequest, code: str) -> tuple[int, None]:
    """Drop the draft; published versions stay."""
    actions.drop_draft(code, actor=request.user.code)
    return 204, None


@router.post("/forms/{code}/publish", response=FormOut, operation_id="publish_form", summary="Publish the draft")
@opens_to(may_control)
def publish(request: SignedInRequest, code: str, sent: PublishIn) -> dict[str, Any]:
    """Publish the draft for a day on; never edited again."""
    return _out(actions.publish_draft(code, valid_from=sent.valid_from, actor=request.user.code))


def _in_force(code: str, day: date | None) -> FormVersion:
    version = form_in_force(code, day or today()) if "\0" not in code else None
    if version is None:
        raise Http404
    return version


def _line(version: FormVersion, burden: Any) -> dict[str, Any]:
    code = version.procedure.code
    return {"procedure": code, "number": version.number, "valid_from": version.valid_from, "burden": burden}


def _out(version: FormVersion) -> dict[str, Any]:
    code = version.procedure.code
    return _line(version, burden_of(version.form, attachments_of(code))) | {
        "state": version.state,
        "valid_to": version.valid_to,
        "source": version.source,
        "answers_schema": version.schema,
        "layout": version.layout,
    }
