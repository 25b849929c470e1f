"""Fees, the attempts to pay them through a gateway, what the gateway told, receipts and refunds.

The gateway's daily statements stand in ``statement_models``.
"""

from django.db import models
from django.db.models import Q

from motcua.organizations.models import Unit
from motcua.payments.statement_models import Difference, Statement, StatementLine

__all__ = ["CASH", "ONLINE", "TRANSFER", "CollectingAccount", "Difference", "Fee", "Notice", "Order", "Receipt",
           "ReceiptSeries", "Refund", "Statement", "StatementLine", "Transaction"]  # fmt: skip

CASH, TRANSFER, ONLINE = "cash", "transfer", "online"
OPEN, PAID, FAILED, EXPIRED = "open", "paid", "failed", "expired"  # of an order
# What became of money that the gateway took.
SETTLED, WRONG_AMOUNT, PAID_TWICE, AFTER_CANCEL, UNKNOWN_ORDER = (
    "settled", "wrong_amount", "paid_twice", "after_cancel", "unknown_order"
)  # fmt: skip
ASKED, APPROVED, TURNED_DOWN, SENT, DONE, REFUND_FAILED = (
    "asked", "approved", "turned_down", "sent", "done", "failed"
)  # fmt: skip


class Fee(models.Model):
    """An amount asked for a subject, with its legal basis, and its payment."""

    subject = models.CharField(max_length=80, unique=True)
    amount = models.BigIntegerField()  # đồng
    basis = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")  # whose receipt it gets
    # where it may be paid
    counter = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    link = models.CharField(max_length=200, blank=True)  # path of the subject's page
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=80, blank=True)  # receipt number or transaction number
    taken_by = models.CharField(max_length=40, blank=True)  # account code; "": the gateway took it
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fee_is_an_amount"),
            models.CheckConstraint(condition=Q(paid_at__isnull=True) | ~Q(method=""), name="fee_paid_by_a_method"),
        ]
        indexes = [
            models.Index(fields=["counter", "-paid_at"], name="fee_paid_at_counter"),
            models.Index(fields=["counter", "-asked_at"], name="fee_unpaid_at_counter", condition=Q(paid_at=None)),
            models.Index(fields=["reference"], name="fee_by_reference", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.amount}"

    @property
    def is_open(self) -> bool:
        return self.paid_at is None and self.cancelled_at is None


class Order(models.Model):
    """One attempt to pay a fee through a gateway. All that the gateway knows of it is number and amount."""

    number = models.CharField(max_length=30, unique=True)  # random: it tells nothing of the subject
    fee = models.ForeignKey(Fee, models.PROTECT, related_name="orders")
    gateway = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, default=OPEN)
    pay_url = models.CharField(max_length=500, blank=True)  # "": the gateway has not answered yet
    asked_by = models.CharField(max_length=40)  # account code
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)  # when the gateway was last asked
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fee"], condition=Q(state="open"), name="one_open_order_per_fee"),
        ]
        indexes = [models.Index(fields=["created_at"], name="order_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.number


class Notice(models.Model):
    """One message of a gateway as it came, right or wrong: nothing that was told is lost."""

    gateway = models.CharField(max_length=20)
    origin = models.CharField(max_length=12)  # of states.ORIGINS: notice, asked, statement
    order_number = models.CharField(max_length=60, blank=True, db_index=True)
    body = models.TextField()
    is_signed = models.BooleanField()  # whether the signature is the gateway's
    verdict = models.CharField(max_length=20)  # of states.VERDICTS
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.order_number} {self.verdict}"


class Transaction(models.Model):
    """Money that the gateway took, once per number that the gateway gave it, whether or not we wanted it."""

    gateway = models.CharField(max_length=20)
    number = models.CharField(max_length=80)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="transactions")
    order_number = models.CharField(max_length=60)  # as told, also where no such order is ours
    amount = models.BigIntegerField()
    at = models.DateTimeField()  # by the gateway's clock
    verdict = models.CharField(max_length=16)
    origin = models.CharField(max_length=12)  # how we learnt of it first
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "number"], name="transaction_once")]
        indexes = [models.Index(fields=["gateway", "at"], name="transaction_of_day")]

    def __str__(self) -> str:
        return self.number


class ReceiptSeries(models.Model):
    """The last receipt number that a unit gave in a year. Locked while one is given: no number is left out."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="receipt_series_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.last}"


class Receipt(models.Model):
    """A receipt for a paid fee. A cancelled one keeps its number; the fee may then get another."""

    fee = models.ForeignKey(Fee, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    method = models.CharField(max_length=20)
    reference = models.CharField(max_length=80, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=40, blank=True)  # account code; "": by itself when the gateway paid
    printed = models.PositiveIntegerField(default=0)  # how often; from the second on it says so
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=40, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "sequence"], name="receipt_number_once"),
            models.UniqueConstraint(fields=["fee"], condition=Q(cancelled_at=None), name="one_receipt_in_force"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.sequence:07d}/{self.year}"


class Refund(models.Model):
    """Money to be given back: asked for a cause, approved by somebody else, sent, done."""

    number = models.CharField(max_length=30, unique=True)
    fee = models.ForeignKey(Fee, models.PROTECT, null=True, blank=True, related_name="refunds")
    transaction = models.ForeignKey(Transaction, models.PROTECT, null=True, blank=True, related_name="refunds")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=20)  # how it goes back: online through the gateway, transfer, cash
    amount = models.BigIntegerField()
    cause = models.CharField(max_length=500)
    state = models.CharField(max_length=12, default=ASKED)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)  # of the gateway, the bank or the payment slip
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_an_amount"),
            # Not twice for the same money: one refund of a fee or of a transaction that was not turned down.
            models.UniqueConstraint(
                fields=["fee"], condition=~Q(state="turned_down") & Q(transaction=None), name="fee_refunded_once"
            ),
            models.UniqueConstraint(
                fields=["transaction"], condition=~Q(state="turned_down"), name="transaction_refunded_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="refund_by_state")]

    def __str__(self) -> str:
        return self.number


class CollectingAccount(models.Model):
    """The bank account to which fees of a unit, or of all units, are transferred from a day on."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    bank_bin = models.CharField(max_length=6)  # number of the bank in transfer codes
    bank_name = models.CharField(max_length=100)
    account_number = models.CharField(max_length=19)
    account_name = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    added_by = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.bank_name} {self.account_number}"
