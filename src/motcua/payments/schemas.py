"""Shapes of the API of payments."""

from datetime import date, datetime

from ninja import Field, Schema

from motcua.payments.models import Difference, Fee, Refund, Transaction
from motcua.payments.states import DIFFERENCES


class OrderOut(Schema):
    """An attempt to pay online."""

    number: str
    state: str = Field(examples=["open"], description="open, paid, failed, expired")
    amount: int
    pay_url: str = Field(description="Where the payer goes; empty until the gateway has answered")
    created_at: datetime
    expires_at: datetime
    failure: str


class ReceiptOut(Schema):
    """A receipt; a cancelled one keeps its number."""

    id: int = Field(alias="pk")
    number: str
    unit: str = Field(alias="unit.code")
    amount: int
    method: str
    issued_at: datetime
    cancelled_at: datetime | None
    cancel_reason: str


class RefundOut(Schema):
    """Money that goes back."""

    number: str
    state: str = Field(description="asked, approved, turned_down, sent, done, failed")
    amount: int
    method: str
    cause: str
    subject: str = Field("", description="Code of the dossier; empty for money of nobody's order")
    transaction: str = Field("", description="The gateway's number of what is given back")
    asked_at: datetime
    decided_at: datetime | None
    done_at: datetime | None
    reference: str

    @staticmethod
    def resolve_subject(refund: Refund) -> str:
        return refund.fee.subject if refund.fee else ""

    @staticmethod
    def resolve_transaction(refund: Refund) -> str:
        return refund.transaction.number if refund.transaction else ""


class PayingOut(Schema):
    """A fee with all that was done to pay it."""

    amount: int
    basis: str
    paid_at: datetime | None
    cancelled_at: datetime | None
    method: str
    orders: list[OrderOut]
    receipts: list[ReceiptOut]
    refunds: list[RefundOut]


class FeeListed(Schema):
    """A fee in the books."""

    subject: str
    amount: int
    basis: str
    unit: str = ""
    counter: str = ""
    asked_at: datetime
    paid_at: datetime | None
    method: str
    reference: str
    cancelled_at: datetime | None

    @staticmethod
    def resolve_unit(fee: Fee) -> str:
        return fee.unit.code if fee.unit else ""

    @staticmethod
    def resolve_counter(fee: Fee) -> str:
        return fee.counter.code if fee.counter else ""


class StrayOut(Schema):
    """Money that came but was not owed."""

    id: int = Field(alias="pk")
    number: str
    order_number: str
    amount: int
    at: datetime
    verdict: str = Field(description="wrong_amount, paid_twice, after_cancel, unknown_order")
    subject: str = ""

    @staticmethod
    def resolve_subject(money: Transaction) -> str:
        return money.order.fee.subject if money.order else ""


class RefundIn(Schema):
    """Why money goes back, and how."""

    cause: str = Field(min_length=1, max_length=500)
    method: str = Field("online", pattern="^(cash|transfer|online)$")


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=1, max_length=300)


class ReferenceIn(Schema):
    """The number of the slip by which money went back."""

    reference: str = Field(min_length=1, max_length=80)


class StatementIn(Schema):
    """The statement of a day; without a file it is fetched from the gateway."""

    day: date
    csv: str = Field("", max_length=30_000_000)


class StatementOut(Schema):
    """A statement in use."""

    gateway: str
    day: date
    payments: int
    refunds: int
    amount: int = Field(description="Payments less refunds, đồng")
    loaded_at: datetime


class DifferenceOut(Schema):
    """What does not agree between a statement and our books."""

    id: int = Field(alias="pk")
    kind: str = Field(examples=["missing_here"])
    what: str = ""
    to_do: str = ""
    number: str
    order_number: str
    theirs: int | None
    ours: int | None
    found_at: datetime
    gone_at: datetime | None
    closed_at: datetime | None
    note: str

    @staticmethod
    def resolve_what(found: Difference) -> str:
        return str(DIFFERENCES[found.kind][0])

    @staticmethod
    def resolve_to_do(found: Difference) -> str:
        return str(DIFFERENCES[found.kind][1])


class NoteIn(Schema):
    """What was done about it."""

    note: str = Field(min_length=1, max_length=500)


class VerdictOut(Schema):
    """What became of money."""

    verdict: str = Field(examples=["settled"])
