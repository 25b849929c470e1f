"""Fee rates over the API: what is asked of a filing, the rates themselves, setting and ending them."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema, Status

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit
from motcua.procedures.access import may_publish
from motcua.procedures.actions import fee_rates as acts
from motcua.procedures.fee_rates import FeeAsked, fee_for, rates
from motcua.procedures.models import FeeRate
from motcua.procedures.queries import offering_for
from motcua.procedures.rules.fee_rate_file import MOST_DONG
from motcua.procedures.states import FEE_CHANNELS

router = Router(tags=["fee rates"])


class FeeRateIn(Schema):
    """A rate: for one unit, a kind of unit, or all; by one channel, or every one."""

    procedure: str = Field(max_length=20)
    unit: str = Field("", max_length=40)
    unit_kind: str = Field("", max_length=20)
    channel: str = Field("", max_length=12, description="in_person, online, post; empty: every channel")
    amount: int = Field(ge=0, le=MOST_DONG, description="đồng; 0: free of charge")
    basis: str = Field(min_length=1, max_length=300, description="The legal instrument that sets it")
    valid_from: date
    valid_to: date | None = None


class FeeRateOut(FeeRateIn):
    """A rate that is set."""

    number: int = Field(alias="pk")
    procedure: str = Field(alias="procedure.code")
    unit: str = ""

    @staticmethod
    def resolve_unit(rate: FeeRate) -> str:
        return rate.unit.code if rate.unit else ""


class EndIn(Schema):
    """The last day."""

    on: date


class RateFileIn(Schema):
    """A file of rates."""

    csv: str = Field(max_length=5_000_000, description="With the columns of the page's own CSV file")


class LoadedOut(Schema):
    """What became of a file."""

    written: int
    known: int


class FeeAskedOut(Schema):
    """What a filing costs."""

    amount: int = Field(description="đồng; 0: nothing is asked")
    basis: str


@router.get("/fee-rates", response=list[FeeRateOut], auth=None, operation_id="list_fee_rates", summary="Fee rates")
@opens_to(everyone)
def list_fee_rates(
    request: HttpRequest,
    procedure: str = "",
    day: date | None = None,
    limit: int = Query(100, ge=1, le=500),  # noqa: B008
    offset: int = Query(0, ge=0, le=10**6),  # noqa: B008
) -> list[FeeRate]:
    """Rates of a procedure, in force on a day; without a day also those that ended or have yet to begin."""
    return list(rates(words=procedure, day=day)[offset : offset + limit])


@router.get("/fee", response=FeeAskedOut, auth=None, operation_id="get_fee", summary="What a filing costs")
@opens_to(everyone)
def get_fee(
    request: HttpRequest, procedure: str, unit: str, channel: str = "in_person", day: date | None = None
) -> FeeAsked:
    """What is asked for a procedure at a unit, by a channel, on a day (default: today)."""
    on = day or today()
    found = Unit.objects.in_force(on).filter(code=unit).first()
    offering = offering_for(procedure, found, on) if found else None
    if found is None or offering is None:
        raise Http404
    if channel not in FEE_CHANNELS:
        raise Refused(gettext("Không có cách nộp “%(channel)s”.") % {"channel": channel[:20]}, field="channel")
    return fee_for(offering, channel, on, unit=found)


@router.post("/fee-rates", response={201: FeeRateOut}, operation_id="set_fee_rate", summary="Set a fee rate")
@opens_to(may_publish)
def set_fee_rate(request: SignedInRequest, form: FeeRateIn) -> Status:
    """Set a rate from a day on; the one in force until then ends the day before."""
    return Status(201, acts.set_rate(acts.NewRate(**form.dict()), actor=request.user))


@router.post("/fee-rates/file", response=LoadedOut, operation_id="load_fee_rates", summary="Load fee rates")
@opens_to(may_publish)
def load_fee_rates(request: SignedInRequest, form: RateFileIn) -> dict[str, int]:
    """Set every rate of a CSV file, or none."""
    written, known = acts.import_rates(form.csv, actor=request.user)
    return {"written": written, "known": known}


@router.post("/fee-rates/{number}/end", response=FeeRateOut, operation_id="end_fee_rate", summary="End a fee rate")
@opens_to(may_publish)
def end_fee_rate(request: SignedInRequest, number: int, form: EndIn) -> FeeRate:
    """Let a rate count for the last time on a day."""
    return acts.end_rate(min(max(number, 0), 2**63 - 1), on=form.on, actor=request.user)


@router.delete("/fee-rates/{number}", response={204: None}, operation_id="withdraw_fee_rate", summary="Withdraw")
@opens_to(may_publish)
def withdraw_fee_rate(request: SignedInRequest, number: int) -> Status:
    """Take back a rate that has not begun."""
    acts.withdraw_rate(min(max(number, 0), 2**63 - 1), actor=request.user)
    return Status(204, None)
