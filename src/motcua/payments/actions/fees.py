"""Asking a fee, taking its payment, cancelling it, as a part of the transaction of the life that owns the subject.

That life records the fact.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account, Unit
from motcua.payments.actions import receipts
from motcua.payments.actions.settling import end
from motcua.payments.models import CASH, FAILED, OPEN, Fee, Order
from motcua.payments.states import METHODS

LONGEST_REFERENCE = 80


@transaction.atomic(savepoint=False)
def ask(
    subject: str,
    *,
    amount: int,
    basis: str,
    at: datetime,
    unit: Unit | None = None,
    counter: Unit | None = None,
    link: str = "",
) -> Fee:
    """Ask a fee of ``amount`` đồng for ``subject``, on a legal basis; one fee per subject.

    ``unit`` gives the receipt, ``counter`` may take the money, ``link`` is the path of the subject's page.

    Raises:
        Refused: the amount is not positive.
    """
    if amount <= 0:
        raise Refused(gettext("Mức phí phải lớn hơn 0 đồng."), field="amount")
    return Fee.objects.create(
        subject=subject, amount=amount, basis=basis[:300], asked_at=at, unit=unit, counter=counter, link=link
    )


@transaction.atomic(savepoint=False)
def pay(subject: str, *, method: str, reference: str, at: datetime, actor: Account, unit: Unit | None = None) -> Fee:
    """Note that the fee of ``subject`` was paid, and issue its receipt (by ``unit`` where the fee names none).

    ``reference`` is the number of the transaction; only cash may do without one. An order at the gateway that is
    still open is ended: money that comes by it all the same goes to the refunds.

    Raises:
        Refused: no fee was asked, it is paid or cancelled already, unknown method, or the reference is missing or
            paid another fee.
    """
    reference = squash(reference)
    if method not in METHODS:
        raise Refused(gettext("Hình thức thanh toán không có: “%(method)s”.") % {"method": method}, field="method")
    if len(reference) > LONGEST_REFERENCE or "\0" in reference:
        raise Refused(
            gettext("Số biên lai dài tối đa %(most)s ký tự.") % {"most": LONGEST_REFERENCE}, field="reference"
        )
    if method != CASH and not reference:
        raise Refused(gettext("Cần ghi số giao dịch."), field="reference")
    fee = _locked(subject)
    if fee is None or fee.cancelled_at:
        raise Refused(gettext("Hồ sơ này không phải nộp phí, lệ phí."))
    if fee.paid_at:
        raise Refused(gettext("Phí, lệ phí đã được nộp trước đó."))
    if method != CASH and Fee.objects.filter(method=method, reference=reference, paid_at__isnull=False).exists():
        raise Refused(gettext("Số giao dịch này đã dùng cho một khoản thu khác."), field="reference")
    fee.paid_at, fee.method, fee.reference, fee.taken_by = at, method, reference, actor.code
    fee.save(update_fields=["paid_at", "method", "reference", "taken_by"])
    _end_orders(fee, gettext("Đã nộp bằng cách khác."), at)
    receipts.issue(fee, at=at, issued_by=actor.code, unit=unit)
    return fee


@transaction.atomic(savepoint=False)
def cancel(subject: str, *, at: datetime) -> bool:
    """Cancel the fee of ``subject`` if it is not paid; return whether there was one to cancel."""
    fee = _locked(subject)
    if fee is None or not fee.is_open:
        return False
    fee.cancelled_at = at
    fee.save(update_fields=["cancelled_at"])
    _end_orders(fee, gettext("Khoản thu đã hủy."), at)
    return True


def _end_orders(fee: Fee, why: str, at: datetime) -> None:
    for order in Order.objects.select_for_update(of=("self",)).filter(fee=fee, state=OPEN):
        end(order, fee, state=FAILED, failure=why, at=at)


def _locked(subject: str) -> Fee | None:
    return Fee.objects.select_for_update(of=("self",)).filter(subject=subject).first()
