"""Asking a fee, taking its payment, cancelling it, as a part of the transaction of the life that owns the subject.

That life records the fact.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account, Unit
from motcua.payments.models import CASH, Fee
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
def pay(subject: str, *, method: str, reference: str, at: datetime, actor: Account) -> Fee:
    """Note that the fee of ``subject`` was paid.

    ``reference`` is the number of the receipt or of the transaction; only cash may do without one.

    Raises:
        Refused: no fee was asked, it is paid or cancelled already, unknown method, or the reference is missing.
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
    fee.paid_at, fee.method, fee.reference, fee.taken_by = at, method, reference, actor.code
    fee.save(update_fields=["paid_at", "method", "reference", "taken_by"])
    return fee


@transaction.atomic(savepoint=False)
def cancel(subject: str, *, at: datetime) -> bool:
    """Cancel the fee of ``subject`` if it is not paid; return whether there was one to cancel."""
    open_fees = Fee.objects.filter(subject=subject, paid_at__isnull=True, cancelled_at__isnull=True)
    return bool(open_fees.update(cancelled_at=at))


def _locked(subject: str) -> Fee | None:
    return Fee.objects.select_for_update(of=("self",)).filter(subject=subject).first()
