"""A day's statement against our books: every difference gets a name, none is hidden by another.

Money is compared in whole đồng, days as Vietnam counts them. Kinds:

missing_here       in the statement, not in our books
missing_there      in our books of that day, in no statement of that day or the days beside it
wrong_amount       statement, books and order do not name the same amount
double             the same transaction twice, or a second payment of an order that is paid
unknown_order      the order is not ours
paid_after_cancel  paid when nothing was asked any more
refund_missing     a refund we sent that the statement does not have
refund_unknown     a refund in the statement that we never asked for
wrong_day          the statement counts it on another day than the clock of the payment, or than our books
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from motcua.payments.rules.statement_file import REFUND, Line

KINDS = (
    "missing_here", "missing_there", "wrong_amount", "double", "unknown_order", "paid_after_cancel",
    "refund_missing", "refund_unknown", "wrong_day",
)  # fmt: skip
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Booked:
    """A payment that we noted, or a refund that we sent through the gateway; ``at`` as we noted it."""

    number: str
    order_number: str
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """An order of ours: what was asked, when it was cancelled, which transaction paid it ("": none yet)."""

    amount: int
    cancelled_at: datetime | None = None
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One difference; amounts in đồng, None on the side that has nothing."""

    kind: str
    number: str
    order_number: str
    theirs: int | None
    ours: int | None


def differences(
    day: date,
    lines: Sequence[Line],
    *,
    payments: Iterable[Booked],
    refunds: Iterable[Booked],
    orders: Mapping[str, OrderAsked],
    elsewhere: Collection[str] = (),
) -> list[Found]:
    """Return every difference of ``day``, those of the statement's lines first, in their order.

    Args:
        payments, refunds: ours of that day, and those of any day whose number stands in ``lines``.
        orders: ours by number, all that ``lines`` name.
        elsewhere: numbers that stand in the statements of the days beside this one.
    """
    ours = {one.number: one for one in payments}
    given_back = {one.number: one for one in refunds}
    found: list[Found] = []
    seen: set[str] = set()
    first_of_order = {name: order.settled_by for name, order in orders.items() if order.settled_by}
    for line in sorted(lines, key=lambda one: (one.at, one.position)):
        if line.kind != REFUND and line.order_number in orders:
            first_of_order.setdefault(line.order_number, line.number)
    for line in lines:
        if line.number in seen:
            found.append(Found("double", line.number, line.order_number, line.amount, None))
            continue
        seen.add(line.number)
        if line.kind == REFUND:
            found += _of_refund(line, given_back.get(line.number), day)
        else:
            found += _of_payment(line, ours.get(line.number), orders.get(line.order_number), first_of_order, day)
    there = seen | set(elsewhere)
    found += _missing("missing_there", ours.values(), there, day)
    found += _missing("refund_missing", given_back.values(), there, day)
    return found


def _of_payment(
    line: Line, booked: Booked | None, order: OrderAsked | None, first_of_order: Mapping[str, str], day: date
) -> Iterable[Found]:
    def told(kind: str, ours: int | None) -> Found:
        return Found(kind, line.number, line.order_number, line.amount, ours)

    if order is None:
        yield told("unknown_order", booked.amount if booked else None)
    elif first_of_order[line.order_number] != line.number:
        yield told("double", order.amount)
    elif order.cancelled_at is not None and line.at >= order.cancelled_at:
        yield told("paid_after_cancel", None)
    if booked is None and order is not None:
        yield told("missing_here", None)
    asked = [each.amount for each in (booked, order) if each is not None]
    if wrong := [amount for amount in asked if amount != line.amount]:
        yield told("wrong_amount", wrong[0])
    if _is_another_day(line, booked, day):
        yield told("wrong_day", booked.amount if booked else None)


def _of_refund(line: Line, booked: Booked | None, day: date) -> Iterable[Found]:
    if booked is None:
        yield Found("refund_unknown", line.number, line.order_number, line.amount, None)
        return
    if booked.amount != line.amount:
        yield Found("wrong_amount", line.number, line.order_number, line.amount, booked.amount)
    if _is_another_day(line, booked, day):
        yield Found("wrong_day", line.number, line.order_number, line.amount, booked.amount)


def _is_another_day(line: Line, booked: Booked | None, day: date) -> bool:
    return _day(line.at) != day or (booked is not None and _day(booked.at) != day)


def _missing(kind: str, booked: Iterable[Booked], there: Collection[str], day: date) -> Iterable[Found]:
    for one in booked:
        if one.number not in there and _day(one.at) == day:
            yield Found(kind, one.number, one.order_number, None, one.amount)


def _day(instant: datetime) -> date:
    return instant.astimezone(_VIETNAM).date()
