"""Redesigns over the API: what each changed and saved; writing one, correcting one."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from motcua.base.guard import everyone, opens_to
from motcua.organizations.access import SignedInRequest
from motcua.procedures.access import may_publish
from motcua.procedures.actions.reengineering import MOST, NUMBERS, record_reengineering
from motcua.procedures.models import Reengineering
from motcua.procedures.models.reengineering import counting
from motcua.procedures.reengineering_forms import ROWS
from motcua.procedures.rules.compliance_cost import Activity

router = Router(tags=["redesigns"])
MONEY = 10**13  # đồng; more is a slip of the keyboard


class ActivityData(Schema):
    """One activity of those who apply; money in đồng."""

    name: str = Field(min_length=1, max_length=200)
    hours: Decimal = Field(Decimal(0), ge=0, le=999_999)
    income_per_hour: int = Field(0, ge=0, le=MONEY)
    service_cost: int = Field(0, ge=0, le=MONEY)
    fee: int = Field(0, ge=0, le=MONEY)
    times: Decimal = Field(Decimal(1), ge=0, le=999_999, description="A year")
    subjects: int = Field(1, ge=0, le=100_000_000, description="A year")
    source: str = Field("", max_length=200)


class Counts(Schema):
    """Steps, papers and legal time before and after."""

    steps_before: int = Field(ge=0, le=MOST)
    steps_after: int = Field(ge=0, le=MOST)
    papers_before: int = Field(ge=0, le=MOST)
    papers_after: int = Field(ge=0, le=MOST)
    limit_before: int = Field(ge=0, le=MOST)
    limit_after: int = Field(ge=0, le=MOST)
    limit_unit: str = Field(description="working_day, day, working_hour, month")


class RedesignIn(Counts):
    """A redesign as its decision has it."""

    procedure: str = Field(max_length=20)
    decision_number: str = Field(max_length=100)
    decided_on: date
    iso_reference: str = Field("", max_length=120)
    summary: str = Field(max_length=1000)
    before: list[ActivityData] = Field([], max_length=ROWS)
    after: list[ActivityData] = Field([], max_length=ROWS)


class RedesignOut(Counts):
    """A redesign that is recorded."""

    number: int = Field(alias="pk")
    procedure: str = Field(alias="procedure.code")
    decision_number: str
    decided_on: date
    iso_reference: str
    summary: str
    before: list[ActivityData]
    after: list[ActivityData]
    saved_yearly: int = Field(alias="saving.yearly", description="đồng")
    replaced_by: int | None = Field(alias="replaced_by_id", description="The record that corrects this one")


@router.get("/redesigns", response=list[RedesignOut], auth=None, operation_id="list_redesigns", summary="Redesigns")
@opens_to(everyone)
def list_redesigns(
    request: HttpRequest,
    procedure: str = "",
    limit: int = Query(100, ge=1, le=500),  # noqa: B008
    offset: int = Query(0, ge=0),  # noqa: B008
) -> list[Reengineering]:
    """Those that count, the newest decision first."""
    found = counting().order_by("-decided_on", "-pk")
    return list((found.filter(procedure__code=procedure) if procedure else found)[offset : offset + limit])


@router.get("/redesigns/{number}", response=RedesignOut, auth=None, operation_id="get_redesign", summary="One redesign")
@opens_to(everyone)
def get_redesign(request: HttpRequest, number: int) -> Reengineering:
    """Corrected ones too."""
    found = Reengineering.objects.filter(pk=number).select_related("procedure").first()
    if found is None:
        raise Http404
    return found


@router.post("/redesigns", response={201: RedesignOut}, operation_id="record_redesign", summary="Record a redesign")
@opens_to(may_publish)
def record_redesign(request: SignedInRequest, told: RedesignIn) -> Status[Reengineering]:
    """Once for a procedure and decision; 409 says what is wrong."""
    return Status(201, _written(request, told))


@router.post(
    "/redesigns/{number}/correct", response={201: RedesignOut}, operation_id="correct_redesign", summary="Correct it"
)
@opens_to(may_publish)
def correct_redesign(request: SignedInRequest, number: int, told: RedesignIn) -> Status[Reengineering]:
    """A newer record takes its place; the old one stays and names it."""
    return Status(201, _written(request, told, corrects=number))


def _written(request: SignedInRequest, told: RedesignIn, corrects: int | None = None) -> Reengineering:
    asked: dict[str, Any] = told.dict(exclude={"procedure", "before", "after", *NUMBERS})
    return record_reengineering(
        told.procedure, numbers={name: getattr(told, name) for name in NUMBERS},
        before=[Activity(**one.dict()) for one in told.before], after=[Activity(**one.dict()) for one in told.after],
        actor=request.user, corrects=corrects, **asked,
    )  # fmt: skip
