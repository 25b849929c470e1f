"""What any payment gateway must be able to do for us, and how it says no.

A gateway learns the order's number and amount, and where to send payer and notices; nothing of dossier or person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

PAID, FAILED, WAITING, UNKNOWN = "paid", "failed", "waiting", "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """What a gateway says of an order; ``transaction``, ``amount`` (đồng) and ``at`` are of the payment."""

    order_number: str
    status: str  # paid | failed | waiting | unknown
    transaction: str = ""
    amount: int = 0
    at: datetime | None = None

    @property
    def is_paid(self) -> bool:
        return self.status == PAID and bool(self.transaction) and self.at is not None


@dataclass(frozen=True, slots=True)
class RefundTold:
    """What a gateway says of a refund: done, or on its way, under its own number."""

    reference: str
    is_done: bool


class GatewayError(Exception):
    """The gateway did not do it; the message is for our log, never for a payer."""


class GatewayDown(GatewayError):
    """It did not answer in time, or not in words we read. What it did is unknown: ask again."""


class GatewayRefusal(GatewayError):
    """It answered no."""


class BadSignature(GatewayError):
    """The message is not the gateway's."""


class Unreadable(GatewayError):
    """The gateway signed what we cannot read."""


class Gateway(Protocol):
    """One gateway. Every method may raise GatewayDown; the ones that ask for something GatewayRefusal too."""

    code: str  # kept with orders and transactions
    name: str  # as told to people
    origin: str  # scheme and host of its pages, for the content policy of ours

    def create(self, number: str, amount: int, *, expires_at: datetime, return_url: str, notice_url: str) -> str:
        """Open an order; return where the payer goes. The same number again is the same order."""

    def ask(self, number: str) -> Told:
        """Return how an order stands."""

    def refund(self, number: str, *, transaction: str, amount: int) -> RefundTold:
        """Give money back. The same number again is the same refund."""

    def statement(self, day: date) -> str:
        """Return the statement of a day as CSV, see ``rules.statement_file``."""

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Told:
        """Return what a notice says; BadSignature if it is not the gateway's, Unreadable if it makes no sense."""
