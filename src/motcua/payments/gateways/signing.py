"""Signatures of messages to and from a gateway: HMAC-SHA256 over time, method, path and body."""

import hashlib
import hmac

TIME, SIGNATURE, MERCHANT = "X-Time", "X-Signature", "X-Merchant"
MOST_SECONDS = 15 * 60  # between two clocks, and on the way
NOTICE, REPLY = "NOTICE", "REPLY"  # in the place of the method


def signature(secret: str, time: str, method: str, path: str, body: bytes) -> str:
    """Return the signature in hexadecimal digits. ``time``: seconds since 1970, as text; ``path`` with its query."""
    told = "\n".join((time, method, path, "")).encode() + body
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()


def is_signed(secret: str, time: str, method: str, path: str, body: bytes, given: str, *, now: float) -> bool:
    """Whether ``given`` is the signature, of a time no further off than clocks differ; takes equal time either way."""
    if not time.isascii() or not time.isdigit() or len(time) > 12 or abs(now - int(time)) > MOST_SECONDS:
        return False
    return hmac.compare_digest(
        signature(secret, time, method, path, body), given.lower().encode("ascii", "ignore").decode()
    )
