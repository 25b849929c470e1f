"""A gateway over HTTP with JSON bodies, every message signed both ways. docs/payments.md describes the messages."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from motcua.base.places import waiting
from motcua.payments.gateways import signing
from motcua.payments.gateways.port import (
    FAILED,
    PAID,
    UNKNOWN,
    WAITING,
    BadSignature,
    GatewayDown,
    GatewayRefusal,
    RefundTold,
    Told,
    Unreadable,
)

MOST_BYTES = 20 * 1024 * 1024  # of an answer: a statement of a day with 100.000 lines has about 8 MB
LONGEST_ADDRESS = 500


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere is not asked there: the signature is for its address."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


class HttpGateway:
    """Speaks to one address, in the name of one merchant."""

    code = "http"

    def __init__(self, address: str, *, merchant: str, secret: str, timeout: float, name: str = "") -> None:
        self.address = address.rstrip("/")
        self.merchant, self.secret, self.timeout = merchant, secret, timeout
        parts = urlsplit(self.address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.name = name or parts.netloc
        # Straight to the gateway: a proxy that the environment names for other things has no business with money.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)

    def create(self, number: str, amount: int, *, expires_at: datetime, return_url: str, notice_url: str) -> str:
        """Open an order; return where the payer goes."""
        told = self._json(
            "POST",
            "/v1/orders",
            {
                "order": number,
                "amount": amount,
                "expires_at": expires_at.isoformat(),
                "return_url": return_url,
                "notice_url": notice_url,
            },
        )
        pay_url = str(told.get("pay_url", ""))
        if not pay_url.startswith(f"{self.origin}/") or len(pay_url) > LONGEST_ADDRESS:
            raise GatewayRefusal("the gateway named no payment page of its own")
        return pay_url

    def ask(self, number: str) -> Told:
        """Return how an order stands."""
        told = self._json("GET", f"/v1/orders/{quote(number, safe='')}")
        found = _told(told)
        if found.order_number != number:
            raise GatewayDown("the gateway answered about another order")
        return found

    def refund(self, number: str, *, transaction: str, amount: int) -> RefundTold:
        """Give money back."""
        told = self._json("POST", "/v1/refunds", {"refund": number, "transaction": transaction, "amount": amount})
        reference, status = str(told.get("reference", ""))[:80], told.get("status")
        if status not in ("done", "sent") or not reference:
            raise GatewayRefusal("the gateway did not take the refund")
        return RefundTold(reference, status == "done")

    def statement(self, day: date) -> str:
        """Return the statement of a day."""
        body = self._send("GET", f"/v1/statements/{day.isoformat()}")
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise GatewayDown("the statement is not UTF-8") from error

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Told:
        """Return what a notice says; signed over the path "-", since proxies may change the one it came to."""
        given = headers.get(signing.SIGNATURE, ""), headers.get(signing.TIME, "")
        if not signing.is_signed(
            self.secret, given[1], signing.NOTICE, "-", body, given[0], now=time.time()
        ):  # fmt: skip
            raise BadSignature("the notice is not signed by the gateway")
        try:
            return _told(json.loads(body))
        except (ValueError, RecursionError, GatewayDown) as error:
            raise Unreadable("the notice cannot be read") from error

    def _json(self, method: str, path: str, message: dict[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(message).encode() if message is not None else b""
        answer = self._send(method, path, body)
        try:
            told = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise GatewayDown("the answer is no JSON") from error
        if not isinstance(told, dict):
            raise GatewayDown("the answer is no JSON object")
        return told

    def _send(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Return the body of the answer, its signature checked.

        Raises:
            GatewayDown: no answer in time, an error of the gateway's own, or a signature that is not its.
            GatewayRefusal: it says that we ask for what it does not do (4xx).
        """
        at = str(int(time.time()))
        full = urlsplit(self.address).path + path
        headers = {
            signing.MERCHANT: self.merchant,
            signing.TIME: at,
            signing.SIGNATURE: signing.signature(self.secret, at, method, full, body),
            "Content-Type": "application/json",
        }
        request = urllib.request.Request(  # noqa: S310  # the address is a setting of ours
            self.address + path, data=body or None, headers=headers, method=method
        )
        try:
            with waiting(), self._opener.open(request, timeout=self.timeout) as answer:
                content, told = self._read(answer), dict(answer.headers.items())
        except urllib.error.HTTPError as error:
            with error:
                status = error.code
            wrong = GatewayRefusal if 400 <= status < 500 and status not in (408, 429) else GatewayDown
            raise wrong(f"the gateway answered {status}") from error
        except (OSError, http.client.HTTPException) as error:
            raise GatewayDown(f"the gateway did not answer: {type(error).__name__}") from error
        self._check_reply(told, full, content)
        return content

    def _read(self, answer: Any) -> bytes:
        """Return the whole body, within the time of one answer: a drop now and then is no answer."""
        until, content = time.monotonic() + self.timeout, bytearray()
        while chunk := answer.read1(65536):
            content += chunk
            if len(content) > MOST_BYTES or time.monotonic() > until:
                raise TimeoutError("the answer does not end")
        return bytes(content)

    def _check_reply(self, headers: Mapping[str, str], path: str, content: bytes) -> None:
        lower = {name.lower(): value for name, value in headers.items()}
        at, given = lower.get(signing.TIME.lower(), ""), lower.get(signing.SIGNATURE.lower(), "")
        if not signing.is_signed(self.secret, at, signing.REPLY, path, content, given, now=time.time()):
            raise GatewayDown("the answer is not signed by the gateway")


def _told(message: Any) -> Told:
    """Read a message about an order.

    Raises:
        GatewayDown: it is not one.
    """
    try:
        status = message["status"]
        if status not in (PAID, FAILED, WAITING, UNKNOWN):
            raise ValueError(status)
        if status != PAID:
            return Told(_text(message["order"], 60), status)
        at, amount = datetime.fromisoformat(message["paid_at"]), message["amount"]
        if at.tzinfo is None or type(amount) is not int or not 0 < amount < 10**13:
            raise ValueError("a payment has an amount and an instant with its zone")
        return Told(_text(message["order"], 60), status, _text(message["transaction"], 80), amount, at)
    except (KeyError, TypeError, ValueError) as error:
        raise GatewayDown("the message says nothing of an order") from error


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise ValueError("a number is a short text")
    return value
