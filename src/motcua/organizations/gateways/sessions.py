"""Sessions, and who is signed in by them: one statement, built once, for what every request of an account asks."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.db import SessionStore as TableStore
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from motcua.base.clock import now
from motcua.base.statements import Question
from motcua.organizations.models import Account
from motcua.organizations.session_models import Session

_CURRENT = Question(
    lambda key, instant: Session.objects.select_related("account").filter(session_key=key, expire_date__gt=instant)
)
_OURS = "motcua.organizations.gateways.sign_in.PasswordSignIn"


class SessionStore(TableStore):
    """Django's sessions in our table; the name is the one that ``SESSION_ENGINE`` looks for."""

    account: Account | None = None  # whom the row names, once it was loaded

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        return row

    def _get_session_from_db(self) -> Any:
        found = _CURRENT.first(key=self.session_key, instant=now())
        if found is None:
            self._session_key = None  # a key that nobody was given is never taken on
            return None
        self.account = found.account
        return found


class SignedIn(AuthenticationMiddleware):
    """Set ``request.user``, found together with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _account_of(request))  # type: ignore[assignment]


def _account_of(request: HttpRequest) -> Any:
    """Return the active account that the session names while its password is the same; all else is Django's to say."""
    session: Any = request.session
    stated = session.get(HASH_SESSION_KEY, "")  # loads the session, and the account with it
    account = session.account
    if (
        account is not None
        and account.is_active
        and str(account.pk) == session.get(SESSION_KEY)
        and session.get(BACKEND_SESSION_KEY) == _OURS
        and constant_time_compare(stated, account.get_session_auth_hash())
    ):
        return account
    return get_user(request)
