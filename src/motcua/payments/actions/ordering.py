"""Paying through the gateway: an order is written before the gateway is asked, so nothing it does is unknown to us."""

import logging
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.payments.actions.settling import end, settle
from motcua.payments.addresses import notice_address, return_address
from motcua.payments.events import ORDER_OPENED
from motcua.payments.gateways import connected
from motcua.payments.gateways.port import Gateway, GatewayDown, GatewayError, GatewayRefusal
from motcua.payments.models import EXPIRED, FAILED, OPEN, Fee, Order
from motcua.payments.states import QUESTION

logger = logging.getLogger("motcua.payments")

NEARLY_OVER = timedelta(minutes=2)  # an order that ends so soon is not offered again
ASK_EVERY = timedelta(seconds=3)  # of one order, however often its page is loaded
HANGS_AFTER = timedelta(minutes=1)
MOST_ASKED = 200  # orders of one round of the worker


def begin(subject: str, *, asked_by: str, at: datetime | None = None) -> Order:
    """Open an order for the fee of ``subject`` at the gateway; return it with the address where the payer goes.

    Two transactions with the gateway between them: killed in between, the order stands open without an address, and
    the next press (or the worker) goes on with it. An order that is open already is used again: two browsers, one
    payment.

    Raises:
        Refused: no gateway is connected, nothing is to be paid, or the gateway does not answer.
    """
    gateway, begun_at = connected(), at or now()
    if gateway is None:
        raise Refused(gettext("Chưa nối cổng thanh toán. Hãy nộp tại quầy hoặc chuyển khoản."))
    order = _open(subject, gateway.code, asked_by, begun_at)
    if order.pay_url:
        return order
    try:
        pay_url = gateway.create(
            order.number,
            order.amount,
            expires_at=order.expires_at,
            return_url=return_address(order.number),
            notice_url=notice_address(),
        )
    except GatewayRefusal as error:
        logger.warning("gateway refused order", extra={"order": order.number, "why": str(error)})
        _end_later(order.number, FAILED, gettext("Cổng thanh toán không nhận."), begun_at)
        raise Refused(gettext("Cổng thanh toán không nhận yêu cầu này. Hãy nộp tại quầy hoặc thử lại sau.")) from error
    except GatewayDown as error:
        logger.warning("gateway down", extra={"order": order.number, "why": str(error)})
        raise Refused(
            gettext("Cổng thanh toán hiện không trả lời. Chưa có khoản tiền nào bị trừ; hãy thử lại sau ít phút.")
        ) from error
    Order.objects.filter(pk=order.pk).update(pay_url=pay_url)
    order.pay_url = pay_url
    return order


@transaction.atomic
def _open(subject: str, gateway: str, asked_by: str, at: datetime) -> Order:
    fee = Fee.objects.select_for_update(of=("self",)).select_related("unit").filter(subject=subject).first()
    if fee is None or fee.cancelled_at:
        raise Refused(gettext("Hồ sơ này không phải nộp phí, lệ phí."))
    if fee.paid_at:
        raise Refused(gettext("Phí, lệ phí đã được nộp trước đó."))
    earlier = Order.objects.select_for_update(of=("self",)).filter(fee=fee, state=OPEN).first()
    if earlier is not None:
        if earlier.gateway == gateway and earlier.expires_at - NEARLY_OVER > at:
            return earlier
        end(earlier, fee, state=EXPIRED, at=at)
    number = f"TT{at.astimezone(VIETNAM):%y%m%d}{secrets.randbelow(10**12):012d}"
    order = Order.objects.create(
        number=number, fee=fee, gateway=gateway, amount=fee.amount, asked_by=asked_by, created_at=at,
        expires_at=at + timedelta(minutes=settings.PAYMENT_ORDER_MINUTES),
    )  # fmt: skip
    record(
        ORDER_OPENED, subject=number, actor=asked_by, unit=fee.unit.code if fee.unit else "", at=at, fee=subject,
        amount=fee.amount,
    )  # fmt: skip
    return order


def check(number: str, *, at: datetime | None = None) -> Order | None:
    """Ask the gateway how an order stands, note what it says, and return the order; None if there is none.

    One that was asked a moment ago, is paid, or whose gateway is silent, is returned as it stands.
    """
    _check(number, at or now())
    return Order.objects.filter(number=number).select_related("fee").first()


def _check(number: str, at: datetime) -> bool:
    """Ask about one order; return False only where the gateway was asked and is silent."""
    order = Order.objects.filter(number=number).first()
    gateway = connected()
    if order is None or gateway is None or order.state != OPEN or order.gateway != gateway.code:
        return True
    if order.checked_at is not None and at - order.checked_at < ASK_EVERY:
        return True
    Order.objects.filter(pk=order.pk).update(checked_at=at)
    return _ask(order, gateway, at)


def _ask(order: Order, gateway: Gateway, at: datetime) -> bool:
    try:
        told = gateway.ask(order.number)
    except GatewayRefusal:
        told = None  # it knows no such order: the request that would have opened it was lost
    except GatewayError as error:
        logger.warning("gateway down", extra={"order": order.number, "why": str(error)})
        return False
    if told is not None and (told.is_paid or told.status == "failed"):
        body = f"{told.status} {told.transaction} {told.amount} {told.at}"
        settle(told, gateway=gateway.code, origin=QUESTION, body=body, at=at)
    elif order.expires_at <= at:
        _end_later(order.number, EXPIRED, "", at)
    return True


@transaction.atomic
def _end_later(number: str, state: str, failure: str, at: datetime) -> None:
    fee = Fee.objects.select_for_update(of=("self",)).get(orders__number=number)
    order = Order.objects.select_for_update(of=("self",)).get(number=number)
    end(order, fee, state=state, failure=failure, at=at)


def ask_hanging(*, at: datetime | None = None) -> int:
    """Ask about orders that stand open for a while, those never asked about first; return how many answers came.

    A gateway that is silent once is left alone until the next round: each silence costs the worker its whole timeout.
    """
    checked_at, answered = at or now(), 0
    hanging = Order.objects.filter(state=OPEN, created_at__lte=checked_at - HANGS_AFTER)
    oldest = hanging.order_by(F("checked_at").asc(nulls_first=True), "created_at")
    for number in list(oldest.values_list("number", flat=True)[:MOST_ASKED]):
        if not _check(number, checked_at):
            break
        answered += 1
    return answered
