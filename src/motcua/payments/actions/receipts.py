"""Receipts: numbered per unit and year without a gap, reprinted, cancelled with a reason; no number is used twice."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.models import Account, Unit
from motcua.payments.events import RECEIPT_CANCELLED, RECEIPT_ISSUED
from motcua.payments.models import Fee, Receipt, ReceiptSeries


def name_of(receipt: Receipt, unit: Unit) -> str:
    """Return the subject of a receipt's facts."""
    return f"receipt:{unit.code}/{receipt.number}"


@transaction.atomic(savepoint=False)
def issue(fee: Fee, *, at: datetime, issued_by: str, unit: Unit | None = None) -> Receipt | None:
    """Give the paid ``fee`` a receipt of its unit (of ``unit`` where the fee names none); None without any unit.

    The series is locked until the transaction ends, so that a payment that is rolled back leaves no gap.

    Raises:
        Refused: the fee is not paid, or has a receipt.
    """
    giver = fee.unit or unit
    if giver is None:
        return None
    if fee.paid_at is None:
        raise Refused(gettext("Khoản này chưa được nộp nên chưa có biên lai."))
    if Receipt.objects.filter(fee=fee, cancelled_at=None).exists():
        raise Refused(gettext("Khoản này đã có biên lai."))
    year = at.astimezone(VIETNAM).year
    receipt = Receipt.objects.create(
        fee=fee,
        unit=giver,
        year=year,
        sequence=_next(giver, year),
        amount=fee.amount,
        method=fee.method,
        reference=fee.reference,
        issued_at=at,
        issued_by=issued_by,
    )
    record(
        RECEIPT_ISSUED, subject=name_of(receipt, giver), actor=issued_by, unit=giver.code, at=at, fee=fee.subject,
        amount=fee.amount,
    )  # fmt: skip
    return receipt


def _next(unit: Unit, year: int) -> int:
    series, _ = ReceiptSeries.objects.get_or_create(unit=unit, year=year)
    series = ReceiptSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


@transaction.atomic
def issue_again(subject: str, *, actor: Account, unit: Unit, at: datetime | None = None) -> Receipt:
    """Give a paid fee the receipt that it lacks: its receipt was cancelled, or it was paid before receipts were kept.

    Raises:
        Refused: there is no such fee, it is not paid, or it has a receipt.
    """
    fee = Fee.objects.select_for_update(of=("self",)).select_related("unit").filter(subject=subject).first()
    if fee is None:
        raise Refused(gettext("Hồ sơ này không phải nộp phí, lệ phí."))
    receipt = issue(fee, at=at or now(), issued_by=actor.code, unit=unit)
    assert receipt is not None  # a unit is given
    return receipt


@transaction.atomic(savepoint=False)
def print_receipt(receipt: Receipt) -> Receipt:
    """Count that the receipt is printed; return it with the count."""
    Receipt.objects.filter(pk=receipt.pk).update(printed=F("printed") + 1)
    receipt.refresh_from_db(fields=["printed"])
    return receipt


@transaction.atomic
def cancel(number: int, *, reason: str, actor_code: str, at: datetime | None = None) -> Receipt:
    """Cancel a receipt (its primary key); it keeps its number, and the fee may get another.

    Raises:
        Refused: no reason is given, there is no such receipt, or it is cancelled already.
    """
    reason = squash(reason)
    if not reason or len(reason) > 300 or "\0" in reason:
        raise Refused(gettext("Cần ghi lý do hủy biên lai, tối đa 300 ký tự."), field="reason")
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("unit", "fee").filter(pk=number).first()
    if receipt is None:
        raise Refused(gettext("Không có biên lai này."))
    if receipt.cancelled_at:
        raise Refused(gettext("Biên lai %(number)s đã hủy trước đó.") % {"number": receipt.number})
    receipt.cancelled_at, receipt.cancelled_by, receipt.cancel_reason = at or now(), actor_code, reason
    receipt.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    record(
        RECEIPT_CANCELLED, subject=name_of(receipt, receipt.unit), actor=actor_code, unit=receipt.unit.code,
        at=receipt.cancelled_at, fee=receipt.fee.subject, amount=receipt.amount,
    )  # fmt: skip
    return receipt
