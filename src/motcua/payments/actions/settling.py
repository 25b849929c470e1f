"""Money that a gateway took: noted once per transaction, and the fee paid where it is what was asked.

Whatever comes (a notice, the answer to a question, a line of a statement) goes through ``settle``; it bears repetition.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.payments.actions import receipts
from motcua.payments.events import MONEY_STRAYED, ORDER_ENDED, ORDER_PAID
from motcua.payments.gateways.port import Told
from motcua.payments.models import (
    AFTER_CANCEL,
    FAILED,
    ONLINE,
    OPEN,
    PAID,
    PAID_TWICE,
    SETTLED,
    UNKNOWN_ORDER,
    WRONG_AMOUNT,
    Fee,
    Notice,
    Order,
    Transaction,
)
from motcua.payments.states import CONFLICTING, NOT_PAID, REPEATED

LONGEST_BODY = 16 * 1024


def keep_notice(
    body: str, *, gateway: str, origin: str, is_signed: bool, verdict: str, order_number: str = "", at: datetime
) -> Notice:
    """Keep a message as it came."""
    return Notice.objects.create(
        gateway=gateway, origin=origin, order_number=order_number[:60], body=body[:LONGEST_BODY].replace("\0", "�"),
        is_signed=is_signed, verdict=verdict, received_at=at,
    )  # fmt: skip


@transaction.atomic
def settle(told: Told, *, gateway: str, origin: str, body: str, at: datetime | None = None) -> str:
    """Note what a gateway said of an order, and pay the fee if the money is there and right; return the verdict.

    Effects, in order: fee and order are locked, the transaction is written once, the order and the fee are paid, the
    receipt is issued, the facts are recorded, the message is kept. Money that was not asked for is written too, and
    waits to be given back; an order with a wrong amount has failed, so that the payer may begin anew.

    Returns:
        A word of ``states.VERDICTS``.
    """
    noted_at = at or now()
    # The fee first, then its order, everywhere: two messages at once wait for each other and never deadlock.
    fee_id = Order.objects.filter(number=told.order_number).values_list("fee", flat=True).first()
    fee = Fee.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=fee_id or 0).first()
    order = Order.objects.select_for_update(of=("self",)).filter(number=told.order_number).first() if fee else None
    if told.is_paid:
        verdict = _book(told, fee, order, gateway=gateway, origin=origin, at=noted_at)
    else:
        verdict = NOT_PAID
        if order is not None and fee is not None and told.status == "failed":
            end(order, fee, state=FAILED, failure=gettext("Cổng báo thanh toán không thành công."), at=noted_at)
    keep_notice(
        body, gateway=gateway, origin=origin, is_signed=True, verdict=verdict, order_number=told.order_number,
        at=noted_at,
    )  # fmt: skip
    return verdict


def _book(
    told: Told, fee: Fee | None, order: Order | None, *, gateway: str, origin: str, at: datetime
) -> str:  # fmt: skip
    assert told.at is not None  # of a payment
    verdict = _verdict(told, fee, order)
    money, is_new = Transaction.objects.get_or_create(
        gateway=gateway,
        number=told.transaction,
        defaults={
            "order": order,
            "order_number": told.order_number,
            "amount": told.amount,
            "at": told.at,
            "verdict": verdict,
            "origin": origin,
            "noted_at": at,
        },
    )
    if not is_new:
        is_same = (money.order_number, money.amount) == (told.order_number, told.amount)
        return REPEATED if is_same else CONFLICTING
    if verdict != SETTLED or fee is None or order is None:
        if order is not None and fee is not None and verdict == WRONG_AMOUNT:
            end(
                order,
                fee,
                state=FAILED,
                failure=gettext("Số tiền đã nộp khác số tiền phải nộp; khoản đã nộp sẽ được hoàn."),
                at=at,
            )
        record(
            MONEY_STRAYED, subject=told.order_number, actor="", at=at, verdict=verdict, amount=told.amount,
            transaction=told.transaction,
        )  # fmt: skip
        return verdict
    _pay(fee, order, told, at)
    return SETTLED


def _verdict(told: Told, fee: Fee | None, order: Order | None) -> str:
    if fee is None or order is None:
        return UNKNOWN_ORDER
    if fee.paid_at is not None:
        return PAID_TWICE
    if fee.cancelled_at is not None:
        return AFTER_CANCEL
    return SETTLED if told.amount == order.amount == fee.amount else WRONG_AMOUNT


def _pay(fee: Fee, order: Order, told: Told, at: datetime) -> None:
    """Pay the fee by the order, whatever state the order is in: money that comes late is money."""
    assert told.at is not None
    order.state, order.ended_at, order.failure = PAID, at, ""
    order.save(update_fields=["state", "ended_at", "failure"])
    others = Order.objects.filter(fee=fee, state=OPEN)
    others.update(state=FAILED, ended_at=at, failure=gettext("Đã nộp bằng lần thanh toán khác."))
    fee.paid_at, fee.method, fee.reference = min(told.at, at), ONLINE, told.transaction
    fee.save(update_fields=["paid_at", "method", "reference"])
    receipts.issue(fee, at=at, issued_by="")
    record(
        ORDER_PAID, subject=order.number, actor="", unit=fee.unit.code if fee.unit else "", at=at, fee=fee.subject,
        amount=fee.amount, transaction=told.transaction,
    )  # fmt: skip


def end(order: Order, fee: Fee, *, state: str, failure: str = "", at: datetime) -> None:
    """End an open order without money; one that has ended is left alone. Both rows are locked by the caller."""
    if order.state != OPEN:
        return
    order.state, order.ended_at, order.failure = state, at, failure
    order.save(update_fields=["state", "ended_at", "failure"])
    record(ORDER_ENDED, subject=order.number, actor="", at=at, fee=fee.subject, state=state)
