"""Documents on their way in."""

from typing import Any

from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.organizations.queries import unit_at
from motcua.plans import schemas
from motcua.plans.access import may_see_plans
from motcua.plans.actions import opening
from motcua.plans.api.finding import router
from motcua.plans.queries import progress_of


class UploadIn(Schema):
    unit: str = Field("", description="Code of the unit whose plan it is; empty: the issuer named in the document")
    is_reform: bool = Field(False, description="Whether it is the reform plan of its year")


@router.post("/plans", response=schemas.PlanOut, operation_id="upload_plan", summary="Upload a document and read it")
@opens_to(may_see_plans)
def upload_plan(request: SignedInRequest, told: Form[UploadIn], file: UploadedFile = File(...)) -> dict[str, Any]:  # noqa: B008
    """The file is kept, its rows are written as a draft; one that cannot be read is kept and refused with 409."""
    made = opening.upload_and_read(
        file,
        name=file.name or "",
        unit=unit_at(told.unit) if told.unit else None,
        is_reform=told.is_reform,
        actor=request.user,
    )
    return schemas.plan_out(made, progress_of([made])[made.pk])
