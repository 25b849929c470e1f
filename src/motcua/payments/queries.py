"""Reading fees, orders, money to give back, statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from motcua.base.clock import day_bounds
from motcua.organizations.models import Unit, in_force
from motcua.payments.access import seen_by, sees_all
from motcua.payments.models import (
    OPEN,
    SETTLED,
    TURNED_DOWN,
    CollectingAccount,
    Difference,
    Fee,
    Order,
    Receipt,
    Refund,
    Statement,
    Transaction,
)
from motcua.payments.states import METHODS


def fee_of(subject: str) -> Fee | None:
    """Return the fee asked for ``subject``, paid, cancelled or not; None if none was."""
    return Fee.objects.filter(subject=subject).first()


def is_unpaid(subject: str) -> bool:
    """Whether a fee was asked for ``subject`` and is neither paid nor cancelled."""
    return Fee.objects.filter(subject=subject, paid_at__isnull=True, cancelled_at__isnull=True).exists()


@dataclass(frozen=True)
class Paying:
    """A fee with all that was done to pay it."""

    fee: Fee
    orders: list[Order]  # newest first
    receipts: list[Receipt]  # newest first
    refunds: list[Refund]
    stray: list[Transaction]  # money that came for it and was not owed
    account: CollectingAccount | None  # to which it may be transferred

    @property
    def open_order(self) -> Order | None:
        return next((order for order in self.orders if order.state == OPEN), None)

    @property
    def receipt(self) -> Receipt | None:
        return next((receipt for receipt in self.receipts if receipt.cancelled_at is None), None)


def paying_of(subject: str, *, day: date) -> Paying | None:
    """Return the fee of ``subject`` with orders, receipts, refunds and account; None if none was asked."""
    fee = Fee.objects.select_related("unit", "counter").filter(subject=subject).first()
    if fee is None:
        return None
    return Paying(
        fee=fee,
        orders=list(fee.orders.order_by("-created_at")),
        receipts=list(fee.receipts.select_related("unit").order_by("-issued_at", "-pk")),
        refunds=list(fee.refunds.order_by("-asked_at")),
        stray=list(Transaction.objects.filter(order__fee=fee).exclude(verdict=SETTLED).order_by("at")),
        account=collecting_account(fee.unit, day),
    )


def collecting_account(unit: Unit | None, day: date) -> CollectingAccount | None:
    """Return the account to which fees of ``unit`` are transferred on ``day``: its own before that of all units."""
    accounts = list(CollectingAccount.objects.filter(in_force(day)).filter(Q(unit=unit) | Q(unit=None)))
    return max(accounts, key=lambda one: (one.unit_id is not None, one.valid_from), default=None)


@dataclass(frozen=True)
class FeeFilter:
    """What the list of fees is narrowed to; ``state``: unpaid, paid, cancelled or "" for all."""

    first: date
    last: date
    state: str = ""
    method: str = ""
    counter: str = ""


def fees_seen(account: Any, wanted: FeeFilter) -> QuerySet[Fee]:
    """Return the fees that ``account`` sees: paid ones by the day of payment, all others by the day of asking."""
    first, after = day_bounds(wanted.first, wanted.last)
    paid = Q(paid_at__gte=first, paid_at__lt=after)
    asked = Q(asked_at__gte=first, asked_at__lt=after)
    states = {
        "paid": paid,
        "unpaid": asked & Q(paid_at=None, cancelled_at=None),
        "cancelled": asked & Q(cancelled_at__isnull=False),
    }
    found = Fee.objects.filter(seen_by(account), states.get(wanted.state, paid | (asked & Q(paid_at=None))))
    if wanted.method:
        found = found.filter(method=wanted.method)
    if wanted.counter:
        found = found.filter(counter__code=wanted.counter)
    return found.select_related("unit", "counter").order_by("-asked_at", "-pk")


def taken_by_method(fees: QuerySet[Fee]) -> list[tuple[str, int, int]]:
    """Return (words, number, đồng) of paid fees by how they were paid."""
    sums = fees.filter(paid_at__isnull=False).order_by().values("method").annotate(n=Count("pk"), sum=Sum("amount"))
    told = {row["method"]: (row["n"], row["sum"]) for row in sums}
    return [(str(label), *told[method]) for method, label in METHODS.items() if method in told]


def stray_money(account: Any) -> QuerySet[Transaction]:
    """Return money that paid no fee and whose refund nobody has asked for, oldest first."""
    asked = Refund.objects.filter(transaction=OuterRef("pk")).exclude(state=TURNED_DOWN)
    found = Transaction.objects.exclude(verdict=SETTLED).filter(~Exists(asked))
    if not sees_all(account):
        found = found.filter(seen_by(account, "order__fee__"))
    return found.select_related("order__fee").order_by("at")


def refunds_seen(account: Any, state: str = "") -> QuerySet[Refund]:
    """Return the refunds that ``account`` sees, newest first."""
    found = Refund.objects.select_related("fee", "transaction", "unit").order_by("-asked_at", "-pk")
    if not sees_all(account):
        found = found.filter(seen_by(account, "fee__"))
    return found.filter(state=state) if state else found


def statements_loaded(limit: int) -> Sequence[Statement]:
    """Return the newest statements in use, each with ``open`` and ``found``: how many differences."""
    statements = list(Statement.objects.filter(is_current=True).order_by("-day", "gateway")[:limit])
    rows = Difference.objects.filter(day__in=[one.day for one in statements], gone_at=None)
    counts = {
        (row["gateway"], row["day"]): (row["found"], row["closed"])
        for row in rows.values("gateway", "day").annotate(
            found=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False))
        )
    }
    for statement in statements:
        found, closed = counts.get((statement.gateway, statement.day), (0, 0))
        statement.found, statement.open = found, found - closed  # type: ignore[attr-defined]
    return statements


def differences_of(gateway: str, day: date) -> QuerySet[Difference]:
    """Return the differences of a day: open ones first, then closed, then those that are gone."""
    return Difference.objects.filter(gateway=gateway, day=day).order_by("gone_at", "closed_at", "kind", "number")
