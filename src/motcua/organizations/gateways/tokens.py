"""Keys with which machines use the API."""

import hashlib
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.base.clock import today
from motcua.base.statements import Question
from motcua.organizations.models import ApiToken

_VALID = Question(
    lambda digest, day: ApiToken.objects.filter(
        digest=digest, revoked_at__isnull=True, expires_on__gte=day, account__is_active=True
    ).select_related("account")
)


def digest_of(key: str) -> str:
    """Return what is kept of a key: it has 256 random bits, so a plain SHA-256 suffices."""
    return hashlib.sha256(key.encode()).hexdigest()


class BearerToken(HttpBearer):
    """``Authorization: Bearer <key>``; the request then acts as the key's account."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = _VALID.first(digest=digest_of(token), day=today())
        if found is None:
            return None
        request.user = found.account
        return found.account
