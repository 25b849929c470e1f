"""Sign-in. Django asks the classes named in AUTHENTICATION_BACKENDS in turn: OIDC is one more class here."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from motcua.base.clock import now
from motcua.base.statements import Question
from motcua.organizations.models import Account

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_ACTIVE = Question(lambda number: Account.objects.filter(pk=number, is_active=True))


class PasswordSignIn(BaseBackend):
    """User name and password, with a pause after five failures in a row."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_kw: Any
    ) -> Account | None:
        if not username or password is None or "\0" in username:
            return None
        with transaction.atomic():
            account = Account.objects.select_for_update().filter(username=username, is_active=True).first()
            if account is None:
                make_password(password)  # as slow as a real check: the time tells no name
                return None
            if account.locked_until and account.locked_until > now():
                return None
            if account.check_password(password):
                if account.failed_sign_ins:
                    Account.objects.filter(pk=account.pk).update(failed_sign_ins=0, locked_until=None)
                return account
            account.failed_sign_ins += 1
            if account.failed_sign_ins >= MOST_FAILURES:
                account.locked_until, account.failed_sign_ins = now() + LOCKED_FOR, 0
            account.save(update_fields=["failed_sign_ins", "locked_until"])
            return None

    def get_user(self, user_id: int) -> Account | None:
        return _ACTIVE.first(number=user_id)
