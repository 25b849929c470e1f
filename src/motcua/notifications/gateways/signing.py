"""How a request to a partner is signed: HMAC-SHA256 over the time and the body, so that neither can be changed."""

import hashlib
import hmac

SIGNATURE, TIME, KEY = "X-Motcua-Signature", "X-Motcua-Time", "Idempotency-Key"
STALE_AFTER = 300  # seconds; an older request is somebody's copy


def signature_of(body: bytes, *, at: str, secret: str) -> str:
    """Return the signature of ``body`` sent at ``at`` (seconds since 1970, as text)."""
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, *, at: str, signature: str, secret: str, now: float) -> bool:
    """Whether ``signature`` is ours over ``body`` and the request is fresh."""
    if not at.isdigit() or abs(now - int(at)) > STALE_AFTER:
        return False
    return hmac.compare_digest(signature_of(body, at=at, secret=secret), signature)
