"""Operations of payments over the API: the books, money to give back, statements and their differences."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext
from ninja import Query, Router, Status

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest
from motcua.payments.access import (
    may_approve_for,
    may_approve_refunds,
    may_ask_refunds,
    may_reconcile,
    may_see_fees,
    may_see_refunds,
)
from motcua.payments.actions import refunding, statements
from motcua.payments.gateways import connected
from motcua.payments.models import Difference, Fee, Refund, Statement, Transaction
from motcua.payments.queries import FeeFilter, differences_of, fees_seen, refunds_seen, stray_money
from motcua.payments.schemas import (
    DifferenceOut,
    FeeListed,
    NoteIn,
    ReasonIn,
    ReferenceIn,
    RefundIn,
    RefundOut,
    StatementIn,
    StatementOut,
    StrayOut,
    VerdictOut,
)

router = Router(tags=["payments"])
MOST = 500
BIGGEST = 2**63 - 1


@router.get("/fees", response=list[FeeListed], operation_id="list_fees", summary="Fees asked and paid")
@opens_to(may_see_fees)
def list_fees(
    request: SignedInRequest,
    first: date | None = None,
    last: date | None = None,
    state: str = "",
    method: str = "",
    limit: int = Query(100, ge=1, le=MOST),  # noqa: B008
    offset: int = Query(0, ge=0, le=10**6),  # noqa: B008
) -> QuerySet[Fee]:
    """Fees of the caller's counters and units over some days (default: a week): unpaid, paid, cancelled or all."""
    end = last or today()
    wanted = FeeFilter(min(first or end - timedelta(days=7), end), end, state, method)
    return fees_seen(request.user, wanted)[offset : offset + limit]


@router.get("/stray-money", response=list[StrayOut], operation_id="list_stray_money", summary="Money not owed")
@opens_to(may_see_refunds)
def list_stray_money(request: SignedInRequest) -> QuerySet[Transaction]:
    """Money that came but was not owed, and that nobody has asked to give back yet."""
    return stray_money(request.user)[:MOST]


@router.post("/stray-money/{number}/refund", response={201: RefundOut}, operation_id="refund_stray_money")
@opens_to(may_ask_refunds)
def refund_stray_money(request: SignedInRequest, number: int, form: RefundIn) -> Status:
    """Ask that money which was not owed be given back."""
    money = stray_money(request.user).filter(pk=min(max(number, 0), BIGGEST)).first()
    if money is None:
        raise Http404
    found = refunding.ask_for_stray(money.pk, cause=form.cause, method=form.method, actor=request.user)
    return Status(201, found)


@router.get("/refunds", response=list[RefundOut], operation_id="list_refunds", summary="Refunds")
@opens_to(may_see_refunds)
def list_refunds(
    request: SignedInRequest,
    state: str = "",
    limit: int = Query(100, ge=1, le=MOST),  # noqa: B008
    offset: int = Query(0, ge=0, le=10**6),  # noqa: B008
) -> QuerySet[Refund]:
    """Refunds of the caller's counters and units, newest first."""
    return refunds_seen(request.user, state)[offset : offset + limit]


@router.post("/refunds/{number}/approve", response=RefundOut, operation_id="approve_refund")
@opens_to(may_approve_refunds)
def approve_refund(request: SignedInRequest, number: str) -> Refund:
    """Approve a refund that somebody else asked for."""
    return refunding.approve(_to_decide(request, number).number, actor=request.user)


@router.post("/refunds/{number}/turn-down", response=RefundOut, operation_id="turn_down_refund")
@opens_to(may_approve_refunds)
def turn_down_refund(request: SignedInRequest, number: str, form: ReasonIn) -> Refund:
    """Turn a refund down, with a reason."""
    return refunding.turn_down(_to_decide(request, number).number, note=form.reason, actor=request.user)


@router.post("/refunds/{number}/send", response=RefundOut, operation_id="send_refund")
@opens_to(may_ask_refunds, may_approve_refunds)
def send_refund(request: SignedInRequest, number: str) -> Refund:
    """Send an approved refund to the gateway now."""
    return refunding.send(_seen(request, number).number, actor_code=request.user.code)


@router.post("/refunds/{number}/finish", response=RefundOut, operation_id="finish_refund")
@opens_to(may_ask_refunds)
def finish_refund(request: SignedInRequest, number: str, form: ReferenceIn) -> Refund:
    """Note that money is back, by the number of its slip."""
    return refunding.finish(_seen(request, number).number, reference=form.reference, actor=request.user)


@router.post("/payment-statements", response={201: StatementOut}, operation_id="load_payment_statement")
@opens_to(may_reconcile)
def load_payment_statement(request: SignedInRequest, form: StatementIn) -> Status:
    """Load the statement of a day, from the gateway or as CSV, and compare it with our books."""
    if not form.csv:
        return Status(201, statements.fetch(form.day, actor=request.user))
    gateway = connected()
    found = statements.load(
        form.csv, gateway=gateway.code if gateway else statements.BY_HAND, day=form.day, origin=statements.UPLOADED,
        actor_code=request.user.code,
    )  # fmt: skip
    return Status(201, found)


@router.get("/payment-statements", response=list[StatementOut], operation_id="list_payment_statements")
@opens_to(may_reconcile)
def list_payment_statements(
    request: SignedInRequest, limit: int = Query(60, ge=1, le=MOST)  # noqa: B008
) -> QuerySet[Statement]:  # fmt: skip
    """Statements in use, the newest day first."""
    return Statement.objects.filter(is_current=True).order_by("-day", "gateway")[:limit]


@router.get(
    "/payment-statements/{gateway}/{day}/differences",
    response=list[DifferenceOut],
    operation_id="list_payment_differences",
)
@opens_to(may_reconcile)
def list_payment_differences(request: SignedInRequest, gateway: str, day: date) -> QuerySet[Difference]:
    """Differences of a day: open ones first, then closed, then those that went away by themselves."""
    return differences_of(gateway, day)


@router.post("/payment-differences/{number}/close", response=DifferenceOut, operation_id="close_payment_difference")
@opens_to(may_reconcile)
def close_payment_difference(request: SignedInRequest, number: int, form: NoteIn) -> Difference:
    """Close a difference with a note of what was done."""
    return statements.close(min(max(number, 0), BIGGEST), note=form.note, actor=request.user)


@router.post("/payment-differences/{number}/book", response=VerdictOut, operation_id="book_payment_difference")
@opens_to(may_reconcile)
def book_payment_difference(request: SignedInRequest, number: int) -> dict[str, Any]:
    """Note money that only the statement has."""
    return {"verdict": statements.book_line(min(max(number, 0), BIGGEST), actor=request.user)}


def _seen(request: SignedInRequest, number: str) -> Refund:
    found = refunds_seen(request.user).filter(number=number[:30]).first()
    if found is None:
        raise Http404
    return found


def _to_decide(request: SignedInRequest, number: str) -> Refund:
    found = _seen(request, number)
    if not may_approve_for(request.user, found.unit):
        raise Refused(gettext("Việc duyệt hoàn tiền của đơn vị này do người khác phụ trách."))
    return found
