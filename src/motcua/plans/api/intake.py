"""Documents on their way in."""

from typing import Any

from django.http import Http404
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.actions import intake as intakes
from motcua.plans.api.finding import plan_for, router
from motcua.plans.models import Intake
from motcua.plans.queries.beginning import intakes_of


class UploadIn(Schema):
    unit: str = Field("", description="Code of the unit whose plan it is; empty: the issuer named in the document")
    is_reform: bool = Field(False, description="Whether it is the reform plan of its year")
    parent: str = Field("", description="Code of the plan that it carries out")


def _intake(request: SignedInRequest, code: str) -> Intake:
    found = intakes_of(request.user).select_related("plan").filter(code=code).first() if "\0" not in code else None
    if found is None:
        raise Http404
    return found


@router.post(
    "/plans", response={202: schemas.IntakeOut}, operation_id="upload_plan", summary="Upload a document to be read"
)
@opens_to(may_see_plans)
def upload_plan(
    request: SignedInRequest,
    told: Form[UploadIn],
    file: UploadedFile = File(...),  # noqa: B008
) -> Status[dict[str, Any]]:
    """The file is kept and read behind; ask for the intake until it is read. The same file again is the same intake."""
    made = intakes.upload(
        file,
        name=file.name or "",
        unit=unit_at(told.unit) if told.unit else None,
        is_reform=told.is_reform,
        parent=plan_for(request, told.parent) if told.parent else None,
        actor=request.user,
    )
    return Status(202, schemas.intake_out(made))


@router.get("/intakes", response=list[schemas.IntakeOut], operation_id="list_intakes", summary="What you uploaded")
@opens_to(may_see_plans)
def list_intakes(request: SignedInRequest) -> list[dict[str, Any]]:
    """Newest first, at most 100; without what was dropped."""
    return [schemas.intake_out(each) for each in intakes_of(request.user).select_related("plan")[:100]]


@router.get("/intakes/{code}", response=schemas.IntakeOut, operation_id="get_intake", summary="How far a reading is")
@opens_to(may_see_plans)
def get_intake(request: SignedInRequest, code: str) -> dict[str, Any]:
    """With the plan once it is read, or why it could not be read."""
    return schemas.intake_out(_intake(request, code))


@router.post(
    "/intakes/{code}/read-again", response=schemas.IntakeOut, operation_id="read_intake_again", summary="Read once more"
)
@opens_to(may_see_plans)
def read_intake_again(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Refused with 409 unless it failed."""
    _intake(request, code)
    return schemas.intake_out(intakes.read_again(code, actor=request.user))


@router.post(
    "/intakes/{code}/drop", response=schemas.IntakeOut, operation_id="drop_intake", summary="Take it off the list"
)
@opens_to(may_see_plans)
def drop_intake(request: SignedInRequest, code: str) -> dict[str, Any]:
    """Refused with 409 unless it failed; the file stays kept."""
    _intake(request, code)
    return schemas.intake_out(intakes.drop(code, actor=request.user))
