"""Paying the fee of a dossier over the API: how it stands, online payment, receipts, asking for money back."""

from django.http import Http404, HttpResponse
from ninja import Router, Status

from motcua.base.clock import today
from motcua.base.guard import opens_to, signed_in
from motcua.dossiers.actions import payment
from motcua.dossiers.queries.dossier import dossier_of
from motcua.dossiers.rendering.fee_receipt import fee_receipt_pdf
from motcua.organizations.access import SignedInRequest
from motcua.payments.models import Order, Receipt, Refund
from motcua.payments.queries import Paying, paying_of
from motcua.payments.schemas import OrderOut, PayingOut, ReasonIn, ReceiptOut, RefundIn, RefundOut

router = Router(tags=["payments"])


def _paying(request: SignedInRequest, code: str) -> Paying:
    dossier_of(code, account=request.user)
    found = paying_of(code, day=today())
    if found is None:
        raise Http404
    return found


@router.get("/dossiers/{code}/fee", response=PayingOut, operation_id="get_dossier_payment")
@opens_to(signed_in)
def get_dossier_payment(request: SignedInRequest, code: str) -> dict:
    """The fee of a dossier with its online payments, receipts and refunds; 404 where nothing was asked."""
    found = _paying(request, code)
    fee = {name: getattr(found.fee, name) for name in ("amount", "basis", "paid_at", "cancelled_at", "method")}
    return fee | {"orders": found.orders, "receipts": found.receipts, "refunds": found.refunds}


@router.post("/dossiers/{code}/fee/orders", response={201: OrderOut}, operation_id="begin_online_payment")
@opens_to(signed_in)
def begin_online_payment(request: SignedInRequest, code: str) -> Status:
    """Open an order at the gateway, or return the one that is open; ``pay_url`` is where the payer goes."""
    order: Order = payment.begin_payment(code, actor=request.user)
    return Status(201, order)


@router.post("/dossiers/{code}/fee/receipts", response={201: ReceiptOut}, operation_id="issue_fee_receipt")
@opens_to(signed_in)
def issue_fee_receipt(request: SignedInRequest, code: str) -> Status:
    """Issue the receipt that a paid fee lacks."""
    return Status(201, payment.issue_receipt(code, actor=request.user))


@router.post("/dossiers/{code}/fee/receipts/{number}/cancel", response=ReceiptOut, operation_id="cancel_fee_receipt")
@opens_to(signed_in)
def cancel_fee_receipt(request: SignedInRequest, code: str, number: int, form: ReasonIn) -> Receipt:
    """Cancel a receipt; it keeps its number."""
    return payment.cancel_receipt(code, min(max(number, 0), 2**63 - 1), reason=form.reason, actor=request.user)


@router.get(
    "/dossiers/{code}/fee/receipts/{number}",
    operation_id="get_fee_receipt",
    openapi_extra={"responses": {200: {"description": "The receipt as PDF", "content": {"application/pdf": {}}}}},
)
@opens_to(signed_in)
def get_fee_receipt(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """A receipt as PDF."""
    dossier = dossier_of(code, account=request.user)
    found = _paying(request, code)
    receipt = next((one for one in found.receipts if one.pk == number), None)
    if receipt is None:
        raise Http404
    receipt.fee = found.fee
    return HttpResponse(fee_receipt_pdf(dossier, receipt), content_type="application/pdf")


@router.post("/dossiers/{code}/fee/refund", response={201: RefundOut}, operation_id="ask_fee_refund")
@opens_to(signed_in)
def ask_fee_refund(request: SignedInRequest, code: str, form: RefundIn) -> Status:
    """Ask that the fee be given back; somebody else approves it."""
    found: Refund = payment.ask_refund(code, cause=form.cause, method=form.method, actor=request.user)
    return Status(201, found)
