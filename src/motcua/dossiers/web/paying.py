"""Paying the fee of a dossier: what is owed, the ways to pay it, receipts, and asking for it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import may_pay, may_see_registers, may_take_money_of
from motcua.dossiers.actions import payment
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import dossier_of, dossier_page
from motcua.dossiers.rendering.fee_receipt import fee_receipt_pdf
from motcua.dossiers.states import REFUSED, STOPPED, WITHDRAWN
from motcua.dossiers.web.acts import ACTS
from motcua.dossiers.web.qr import qr_svg
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account
from motcua.payments.actions.receipts import print_receipt
from motcua.payments.forms import ReasonForm, RefundForm
from motcua.payments.gateways import connected
from motcua.payments.models import DONE, ONLINE, TRANSFER, TURNED_DOWN, Order
from motcua.payments.queries import Paying, paying_of
from motcua.payments.rules.transfer_code import transfer_code
from motcua.payments.states import (
    METHODS,
    MONEY_VERDICTS,
    ORDER_STATES,
    ORDER_TONES,
    REFUND_STATES,
    REFUND_TONES,
)

TAKE = "thu-phi"  # of ACTS


@never_cache
@require_GET
@opens_to(signed_in)
def pay(request: SignedInRequest, code: str) -> HttpResponse:
    """What is owed for a dossier, what was paid, and how to pay."""
    dossier, paying = _paying(request, code)
    return _show(request, dossier, paying)


@never_cache
@require_POST
@opens_to(signed_in)
def begin(request: SignedInRequest, code: str) -> HttpResponse:
    """Open an order at the gateway; its address then stands on the page, as a link and as a QR code.

    A link and no redirect: a form of ours may lead nowhere but to ourselves, as our content policy says.
    """
    dossier, paying = _paying(request, code)
    try:
        payment.begin_payment(code, actor=request.user)
    except Refused as refusal:
        return _show(request, dossier, paying, problem=refusal.message, status=422)
    return redirect("dossiers:pay", code)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(signed_in)
def receipt(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """A receipt as PDF. A POST is the counter's printing and is counted: from the second on the paper says so."""
    dossier, paying = _paying(request, code)
    found = next((one for one in paying.receipts if one.pk == number), None)
    if found is None:
        raise Http404
    if request.method == "POST" and may_take_money_of(request.user, dossier):
        found = print_receipt(found)
    found.fee = paying.fee
    response = HttpResponse(fee_receipt_pdf(dossier, found), content_type="application/pdf")
    name = f"bien-lai-{found.year}-{found.sequence:07d}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_POST
@opens_to(signed_in)
def issue_receipt(request: SignedInRequest, code: str) -> HttpResponse:
    """Issue the receipt that a paid fee lacks."""
    dossier, paying = _paying(request, code)
    try:
        issued = payment.issue_receipt(code, actor=request.user)
    except Refused as refusal:
        return _show(request, dossier, paying, problem=refusal.message, status=422)
    messages.success(request, gettext("Đã lập biên lai số %(number)s.") % {"number": issued.number})
    return redirect("dossiers:pay", code)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(signed_in)
def cancel_receipt(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Ask why, then cancel a receipt."""
    dossier, paying = _paying(request, code)
    found = next((one for one in paying.receipts if one.pk == number and one.cancelled_at is None), None)
    if found is None or not may_take_money_of(request.user, dossier):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            payment.cancel_receipt(code, number, reason=form.cleaned_data["reason"], actor=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã hủy biên lai; số biên lai được giữ lại."))
            return redirect("dossiers:pay", code)
    page = {"dossier": dossier, "receipt": found, "form": form}
    return render(request, "dossiers/pay_cancel.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(signed_in)
def ask_refund(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask why and how, then ask for the money back."""
    dossier, paying = _paying(request, code)
    if paying.fee.paid_at is None or not may_take_money_of(request.user, dossier):
        raise Http404
    is_through_gateway = any(order.state == "paid" for order in paying.orders)
    form = RefundForm(
        request.POST if request.method == "POST" else None,
        initial={"method": ONLINE if is_through_gateway else TRANSFER},
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            payment.ask_refund(code, cause=told["cause"], method=told["method"], actor=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã đề nghị hoàn tiền; cần người khác duyệt."))
            return redirect("dossiers:pay", code)
    page = {"dossier": dossier, "fee": paying.fee, "form": form}
    return render(request, "dossiers/pay_refund.html", page, status=422 if form.errors else 200)


def _paying(request: SignedInRequest, code: str) -> tuple[Dossier, Paying]:
    if "\0" in code:
        raise Http404
    dossier = dossier_of(code, account=request.user)
    paying = paying_of(code, day=today())
    if paying is None:
        raise Http404
    return dossier, paying


def _show(
    request: SignedInRequest, dossier: Dossier, paying: Paying, *, problem: str = "", status: int = 200
) -> HttpResponse:
    account, fee = request.user, paying.fee
    order, is_counter = paying.open_order, may_take_money_of(account, dossier)
    is_official = may_see_registers(account)
    page: dict[str, Any] = {
        "dossier": dossier,
        "fee": fee,
        "method": METHODS.get(fee.method, ""),
        "problem": problem,
        "order": order if order and order.pay_url else None,
        "orders": [(one, ORDER_STATES[one.state], ORDER_TONES[one.state]) for one in paying.orders],
        "stray": [(one, MONEY_VERDICTS[one.verdict]) for one in paying.stray],
        "receipts": paying.receipts,
        "has_receipt": paying.receipt is not None,
        "refunds": [(one, REFUND_STATES[one.state], REFUND_TONES[one.state]) for one in paying.refunds],
        "is_refunded": any(one.state == DONE for one in paying.refunds if one.amount == fee.amount),
        "is_counter": is_counter,
        "is_for_nothing": is_counter and _is_for_nothing(dossier, paying),
        "is_official": is_official,
        "may_pay": fee.is_open and may_pay(account, dossier),
        "gateway": connected(),
        "pay_qr": _qr(order, is_counter),
    }
    page |= _transfer(dossier, paying)
    if fee.is_open and is_counter:
        page |= _counter_form(dossier, account)
    return render(request, "dossiers/pay.html", page, status=status)


def _is_for_nothing(dossier: Dossier, paying: Paying) -> bool:
    """Whether a fee is paid for a dossier that ended without a result, and nobody has asked to give it back."""
    has_asked = any(one.state != TURNED_DOWN for one in paying.refunds)
    return paying.fee.paid_at is not None and dossier.state in (REFUSED, WITHDRAWN, STOPPED) and not has_asked


def _qr(order: Order | None, is_counter: bool) -> Any:
    """Return the address of the gateway's page as a code that the payer's own phone reads at the counter."""
    if order is None or not order.pay_url or not is_counter:
        return ""
    return qr_svg(order.pay_url, label=gettext("Mã QR trang thanh toán"))


def _transfer(dossier: Dossier, paying: Paying) -> dict[str, Any]:
    """Return the account and the code of a transfer; the counter notes it when the money is there."""
    account = paying.account
    if account is None or not paying.fee.is_open:
        return {"account": None}
    note = f"PHI {dossier.code.rpartition('.')[2].replace('-', '')}"
    told = transfer_code(
        bank_bin=account.bank_bin, account_number=account.account_number, amount=paying.fee.amount, note=note
    )  # fmt: skip
    label = gettext("Mã QR chuyển khoản")
    return {"account": account, "transfer_note": note, "transfer_text": told, "transfer_qr": qr_svg(told, label=label)}


def _counter_form(dossier: Dossier, account: Account) -> dict[str, Any]:
    """Return the counter's form for money in hand, where the dossier's state lets it take some."""
    found = dossier_page(dossier.code, account=account)
    act = ACTS[TAKE]
    if act.name not in found.actions:
        return {}
    return {"act": act, "slug": TAKE, "take_form": act.form(page=found, auto_id=f"{TAKE}-%s")}
