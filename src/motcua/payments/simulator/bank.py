"""What the simulated gateway remembers: orders, money taken, refunds, and how it misbehaves."""

import csv
import io
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

SUCCESS, FAIL, TIMEOUT, DOUBLE, WRONG_AMOUNT, LATE, LOST = (
    "success", "fail", "timeout", "double_notice", "wrong_amount", "late_notice", "lost_notice"
)  # fmt: skip
MODES = {
    SUCCESS: "Thành công",
    FAIL: "Không thành công",
    TIMEOUT: "Có tiền, nhưng cổng không trả lời khi được hỏi",
    DOUBLE: "Báo hai lần cùng lúc",
    WRONG_AMOUNT: "Sai số tiền",
    LATE: "Báo muộn",
    LOST: "Không báo",
}
# The last digit of the amount chooses the mode, so that a test or a trainer needs no switch; 0: as switched.
BY_LAST_DIGIT = {1: FAIL, 2: TIMEOUT, 3: DOUBLE, 4: WRONG_AMOUNT, 5: LATE, 6: LOST}


@dataclass
class Order:
    """An order as the merchant opened it, and the payment if there was one."""

    number: str
    amount: int
    return_url: str
    notice_url: str
    status: str = "waiting"
    transaction: str = ""
    taken: int = 0
    paid_at: datetime | None = None

    def told(self) -> dict[str, Any]:
        """Return the order as the gateway tells it."""
        told: dict[str, Any] = {"order": self.number, "status": self.status}
        if self.status == "paid" and self.paid_at is not None:
            told |= {"transaction": self.transaction, "amount": self.taken, "paid_at": self.paid_at.isoformat()}
        return told


@dataclass
class Movement:
    """A line of the statement."""

    kind: str
    number: str
    order_number: str
    amount: int
    at: datetime


@dataclass
class Bank:
    """All of it, in memory; every method may be called from any thread."""

    clock: Callable[[], datetime]
    mode: str = SUCCESS
    orders: dict[str, Order] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)
    refunds: dict[str, tuple[str, int]] = field(default_factory=dict)  # their number: (ours, amount)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def mode_of(self, order: Order) -> str:
        """Return how the gateway behaves for an order."""
        return BY_LAST_DIGIT.get(order.amount % 10, self.mode)

    def open(self, message: dict[str, Any]) -> Order:
        """Open an order; the same number again is the same order. ValueError for one that makes no sense."""
        amount, number = message["amount"], message["order"]
        if type(amount) is not int or amount <= 0 or not isinstance(number, str) or not number:
            raise ValueError("an order has a number and a whole amount")
        with self._lock:
            order = self.orders.setdefault(
                number, Order(number, amount, str(message["return_url"]), str(message["notice_url"]))
            )
        if order.amount != amount:
            raise ValueError("the order is open with another amount")
        return order

    def pay(self, number: str, mode: str) -> Order:
        """Take the money of an order, once; the wrong amount where the mode says so."""
        with self._lock:
            order = self.orders[number]
            if order.status != "waiting":
                return order
            if mode == FAIL:
                order.status = "failed"
                return order
            taken = order.amount + 1000 if mode == WRONG_AMOUNT else order.amount
            order.status, order.taken, order.paid_at = "paid", taken, self.clock()
            order.transaction = f"GD{next(self._numbers):010d}"
            self.movements.append(Movement("payment", order.transaction, number, taken, order.paid_at))
            return order

    def refund(self, message: dict[str, Any]) -> str:
        """Give money back, once per number; return our number. ValueError where there is nothing to give back."""
        number, transaction, amount = str(message["refund"]), message["transaction"], message["amount"]
        with self._lock:
            if number in self.refunds:
                return self.refunds[number][0]
            paid = next((one for one in self.movements if (one.kind, one.number) == ("payment", transaction)), None)
            if paid is None or type(amount) is not int or not 0 < amount <= paid.amount:
                raise ValueError("nothing to give back")
            reference = f"HH{next(self._numbers):010d}"
            self.refunds[number] = reference, amount
            self.movements.append(Movement("refund", reference, number, amount, self.clock()))
            return reference

    def statement(self, day: date) -> str:
        """Return the statement of a day as CSV."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(["transaction", "order", "kind", "amount", "at"])
        with self._lock:
            for one in self.movements:
                if one.at.date() == day:
                    writer.writerow([one.number, one.order_number, one.kind, one.amount, one.at.isoformat()])
        return file.getvalue()
