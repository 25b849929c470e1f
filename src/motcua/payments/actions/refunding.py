"""Giving money back: asked for a cause, approved by another person, sent, done. Nothing goes that nobody approved."""

import logging
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import Event, record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account
from motcua.payments import events
from motcua.payments.actions import receipts
from motcua.payments.gateways import connected
from motcua.payments.gateways.port import GatewayDown, GatewayRefusal
from motcua.payments.models import (
    APPROVED,
    DONE,
    ONLINE,
    REFUND_FAILED,
    SENT,
    SETTLED,
    TURNED_DOWN,
    Fee,
    Receipt,
    Refund,
    Transaction,
)
from motcua.payments.states import METHODS, REFUND_NEXT, REFUND_STATES

logger = logging.getLogger("motcua.payments")
LONGEST_CAUSE, LONGEST_NOTE = 500, 300
MOST_SENT = 100  # of one round of the worker


@transaction.atomic
def ask_for_fee(subject: str, *, cause: str, method: str, actor: Account, at: datetime | None = None) -> Refund:
    """Ask that the paid fee of ``subject`` be given back whole.

    What the gateway took goes back through the gateway under the number of its transaction.

    Raises:
        Refused: no cause, nothing was paid, it was asked before, or an unknown way to give it back.
    """
    fee = Fee.objects.select_for_update(of=("self",)).select_related("unit").filter(subject=subject).first()
    if fee is None or fee.paid_at is None:
        raise Refused(gettext("Khoản này chưa được nộp nên không có gì để hoàn."))
    money = Transaction.objects.filter(order__fee=fee, verdict=SETTLED).first() if fee.method == ONLINE else None
    if method == ONLINE and money is None:
        raise Refused(gettext("Khoản này không nộp qua cổng thanh toán: hãy hoàn bằng cách khác."), field="method")
    if Refund.objects.filter(fee=fee, transaction=money).exclude(state=TURNED_DOWN).exists():
        raise Refused(gettext("Khoản này đã có đề nghị hoàn."))
    return _write(fee=fee, money=money, amount=fee.amount, cause=cause, method=method, actor=actor, at=at or now())


@transaction.atomic
def ask_for_stray(number: int, *, cause: str, method: str, actor: Account, at: datetime | None = None) -> Refund:
    """Ask that money which paid no fee be given back: paid twice, after cancelling, a wrong amount, nobody's order.

    ``number`` is the primary key of the transaction.

    Raises:
        Refused: no cause, there is no such money, it was wanted, or it was asked before.
    """
    found = Transaction.objects.select_for_update(of=("self",)).select_related("order__fee__unit")
    money = found.filter(pk=number).first()
    if money is None or money.verdict == SETTLED:
        raise Refused(gettext("Khoản tiền này không nằm trong danh sách cần hoàn."))
    if money.refunds.exclude(state=TURNED_DOWN).exists():
        raise Refused(gettext("Khoản này đã có đề nghị hoàn."))
    fee = money.order.fee if money.order else None
    return _write(fee=fee, money=money, amount=money.amount, cause=cause, method=method, actor=actor, at=at or now())


def _write(
    *, fee: Fee | None, money: Transaction | None, amount: int, cause: str, method: str, actor: Account, at: datetime
) -> Refund:
    cause = squash(cause)
    if not cause or len(cause) > LONGEST_CAUSE or "\0" in cause:
        raise Refused(
            gettext("Cần ghi lý do hoàn tiền, tối đa %(most)s ký tự.") % {"most": LONGEST_CAUSE}, field="cause"
        )
    if method not in METHODS:
        raise Refused(gettext("Hình thức thanh toán không có: “%(method)s”.") % {"method": method}, field="method")
    refund = Refund.objects.create(
        number=f"HT{at.astimezone(VIETNAM):%y%m%d}{secrets.randbelow(10**8):08d}", fee=fee, transaction=money,
        unit=fee.unit if fee else None, method=method, amount=amount, cause=cause, asked_by=actor.code, asked_at=at,
    )  # fmt: skip
    _record(
        events.REFUND_ASKED, refund, actor.code, at, fee=fee.subject if fee else "",
        transaction=money.number if money else "",
    )  # fmt: skip
    return refund


@transaction.atomic
def approve(number: str, *, actor: Account, at: datetime | None = None) -> Refund:
    """Approve a refund; whoever asked for it may not.

    Raises:
        Refused: it does not wait for approval, or the actor asked for it.
    """
    refund = _decided(number, APPROVED, actor)
    refund.decided_by, refund.decided_at = actor.code, at or now()
    refund.save(update_fields=["state", "decided_by", "decided_at"])
    _record(events.REFUND_APPROVED, refund, actor.code, refund.decided_at)
    return refund


@transaction.atomic
def turn_down(number: str, *, note: str, actor: Account, at: datetime | None = None) -> Refund:
    """Turn a refund down, with a reason; it may be asked for again.

    Raises:
        Refused: no reason, it does not wait for approval, or the actor asked for it.
    """
    note = squash(note)
    if not note or len(note) > LONGEST_NOTE or "\0" in note:
        raise Refused(gettext("Cần ghi lý do, tối đa %(most)s ký tự.") % {"most": LONGEST_NOTE}, field="note")
    refund = _decided(number, TURNED_DOWN, actor)
    refund.decided_by, refund.decided_at, refund.decision_note = actor.code, at or now(), note
    refund.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    _record(events.REFUND_TURNED_DOWN, refund, actor.code, refund.decided_at)
    return refund


def _decided(number: str, state: str, actor: Account) -> Refund:
    refund = _locked(number)
    _enter(refund, state)
    if refund.asked_by == actor.code:
        raise Refused(gettext("Người đề nghị hoàn tiền không được tự duyệt."))
    return refund


def send(number: str, *, actor_code: str = "", at: datetime | None = None) -> Refund:
    """Let the gateway give the money back; for approved refunds through it, and for those that failed before.

    The refund's number goes with it: sent twice, the gateway does it once. A silent gateway leaves the refund approved.

    Raises:
        Refused: it is not approved, does not go through the gateway, or none is connected.
    """
    sent_at = at or now()
    refund = Refund.objects.select_related("transaction").filter(number=number).first()
    gateway = connected()
    if refund is None or refund.method != ONLINE or refund.transaction is None:
        raise Refused(gettext("Khoản hoàn này không đi qua cổng thanh toán."))
    if gateway is None:
        raise Refused(gettext("Chưa nối cổng thanh toán."))
    if refund.state not in (APPROVED, REFUND_FAILED):
        raise Refused(gettext("Khoản hoàn %(number)s đang ở trạng thái “%(state)s”.") % _words(refund))
    try:
        told = gateway.refund(refund.number, transaction=refund.transaction.number, amount=refund.amount)
    except GatewayDown as error:
        logger.warning("gateway down", extra={"refund": number, "why": str(error)})
        return _note_silence(number, gettext("Cổng không trả lời; sẽ gửi lại."))
    except GatewayRefusal as error:
        logger.warning("gateway refused refund", extra={"refund": number, "why": str(error)})
        return _note_sent(number, REFUND_FAILED, "", gettext("Cổng không nhận lệnh hoàn."), actor_code, sent_at)
    return _note_sent(number, DONE if told.is_done else SENT, told.reference, "", actor_code, sent_at)


@transaction.atomic
def _note_silence(number: str, failure: str) -> Refund:
    """What a silent gateway did is unknown: the refund stays as it is, to be sent again under the same number."""
    refund = _locked(number)
    if refund.state == APPROVED:
        refund.failure = failure
        refund.save(update_fields=["failure"])
    return refund


@transaction.atomic
def _note_sent(number: str, state: str, reference: str, failure: str, actor_code: str, at: datetime) -> Refund:
    refund = _locked(number)
    if refund.state in (DONE, SENT):  # somebody was faster: the gateway did it once
        return refund
    _enter(refund, state)
    refund.failure, refund.reference = failure, reference
    if state != REFUND_FAILED:
        refund.sent_at = at
    refund.save(update_fields=["state", "failure", "reference", "sent_at"])
    if state == DONE:
        _finish(refund, actor_code, at)
    else:
        _record(events.REFUND_SENT if state == SENT else events.REFUND_FAILED, refund, actor_code, at)
    return refund


@transaction.atomic
def finish(number: str, *, reference: str, actor: Account, at: datetime | None = None) -> Refund:
    """Note that the money is back: by cash or transfer under the number of its slip, or as the gateway confirmed.

    Raises:
        Refused: it is not approved, is done, the number of the slip is missing, or the gateway may still do it.
    """
    reference = squash(reference)
    if not reference or len(reference) > 80 or "\0" in reference:
        raise Refused(gettext("Cần ghi số chứng từ hoàn tiền."), field="reference")
    refund = _locked(number)
    if refund.method == ONLINE and refund.state == APPROVED:
        raise Refused(gettext("Khoản này hoàn qua cổng thanh toán: hãy gửi lệnh hoàn."))
    _enter(refund, DONE)
    done_at = at or now()
    refund.reference, refund.failure = reference, ""
    refund.sent_at = refund.sent_at or done_at
    refund.save(update_fields=["state", "reference", "failure", "sent_at"])
    _finish(refund, actor.code, done_at)
    return refund


def _finish(refund: Refund, actor_code: str, at: datetime) -> None:
    """The money is back: the receipt of a fee that is no longer paid is cancelled, and keeps its number."""
    refund.done_at = at
    refund.save(update_fields=["done_at"])
    fee = refund.fee
    is_whole_fee = refund.transaction is None or refund.transaction.verdict == SETTLED
    if fee is not None and is_whole_fee:
        for receipt in Receipt.objects.filter(fee=fee, cancelled_at=None):
            reason = gettext("Đã hoàn tiền theo %(number)s.") % {"number": refund.number}
            receipts.cancel(receipt.pk, reason=reason, actor_code=actor_code, at=at)
    _record(events.REFUND_DONE, refund, actor_code, at, fee=fee.subject if fee else "")


def send_approved(*, at: datetime | None = None) -> int:
    """Send what was approved and did not go yet; return how many the gateway took. Stops at a silent gateway."""
    if connected() is None:
        return 0
    waiting = Refund.objects.filter(state=APPROVED, method=ONLINE, transaction__isnull=False)
    taken = 0
    for number in list(waiting.order_by("decided_at").values_list("number", flat=True)[:MOST_SENT]):
        if send(number, at=at).state == APPROVED:
            break
        taken += 1
    return taken


@transaction.atomic
def confirm(amounts: dict[str, int], *, at: datetime) -> int:
    """Note as done what was sent and stands in a statement: amounts by the gateway's number; return how many."""
    sent = Refund.objects.filter(state=SENT, reference__in=amounts).values_list("number", "reference", "amount")
    confirmed = [number for number, reference, amount in sent if amounts[reference] == amount]
    for number in confirmed:
        refund = _locked(number)
        if refund.state == SENT:
            refund.state = DONE
            refund.save(update_fields=["state"])
            _finish(refund, "", at)
    return len(confirmed)


def _locked(number: str) -> Refund:
    found = Refund.objects.select_for_update(of=("self",)).select_related("fee", "transaction", "unit")
    refund = found.filter(number=number).first()
    if refund is None:
        raise Refused(gettext("Không có khoản hoàn này."))
    return refund


def _enter(refund: Refund, state: str) -> None:
    if state not in REFUND_NEXT[refund.state]:
        raise Refused(gettext("Khoản hoàn %(number)s đang ở trạng thái “%(state)s”.") % _words(refund))
    refund.state = state


def _words(refund: Refund) -> dict[str, object]:
    return {"number": refund.number, "state": REFUND_STATES[refund.state]}


def _record(event: Event, refund: Refund, actor_code: str, at: datetime, **data: object) -> None:
    unit = refund.unit.code if refund.unit else ""
    record(event, subject=refund.number, actor=actor_code, unit=unit, at=at, amount=refund.amount, **data)
