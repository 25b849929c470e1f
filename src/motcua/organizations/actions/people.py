"""Accounts, posts and API tokens."""

import secrets
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.events import (
    ACCOUNT_OPENED,
    POST_ENDED,
    POST_GIVEN,
    TOKEN_ISSUED,
    TOKEN_REVOKED,
)
from motcua.organizations.gateways.tokens import digest_of
from motcua.organizations.models import Account, ApiToken, Post, Unit
from motcua.organizations.states import ROLES


@transaction.atomic
def open_account(
    *,
    username: str,
    full_name: str,
    password: str | None,
    actor: str,
    email: str = "",
    phone: str = "",
    identity_number: str = "",
    address: str = "",
    is_password_checked: bool = True,
) -> Account:
    """Open an account; without password it cannot sign in (a person kept in the directory only).

    Raises:
        Refused: the user name is taken or empty, or the password is too weak.
    """
    username = squash(username)
    if not username or not squash(full_name):
        raise Refused(gettext("Cần có tên đăng nhập và họ tên."), field="username")
    account = Account(
        username=username,
        full_name=squash(full_name),
        email=email,
        phone=phone,
        identity_number=identity_number,
        address=address,
    )
    if password is not None and is_password_checked:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), field="password") from error
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Refused(gettext("Tên đăng nhập đã có người dùng."), field="username") from error
    record(ACCOUNT_OPENED, subject=account.code, actor=actor or account.code)
    return account


@transaction.atomic
def give_post(
    account: Account,
    *,
    unit: Unit,
    role: str,
    valid_from: date,
    actor: str,
    valid_to: date | None = None,
    title: str = "",
) -> Post:
    """Give ``account`` a role in ``unit`` from a day on.

    Raises:
        Refused: unknown role, dates out of order, or the same post given twice.
    """
    if role not in ROLES:
        raise Refused(gettext("Vai trò không có: “%(role)s”.") % {"role": role}, field="role")
    if valid_to and valid_to < valid_from:
        raise Refused(gettext("Ngày kết thúc đứng trước ngày bắt đầu."), field="valid_to")
    post, is_new = Post.objects.get_or_create(
        account=account, unit=unit, role=role, valid_from=valid_from, defaults={"valid_to": valid_to, "title": title}
    )
    if not is_new:
        raise Refused(gettext("Người này đã giữ vị trí đó."), field="role")
    record(
        POST_GIVEN,
        subject=unit.code,
        actor=actor,
        unit=unit.code,
        account=account.code,
        role=role,
        valid_from=str(valid_from),
        valid_to=str(valid_to or ""),
    )
    return post


@transaction.atomic
def end_post(post: Post, *, on_day: date, actor: str) -> None:
    """Let a post end with ``on_day``, its last day.

    Raises:
        Refused: it ended before, or the day is before its first.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("unit", "account").get(pk=post.pk)
    if on_day < post.valid_from or (post.valid_to and post.valid_to < on_day):
        raise Refused(gettext("Ngày kết thúc nằm ngoài thời gian giữ vị trí."), field="on_day")
    post.valid_to = on_day
    post.save(update_fields=["valid_to"])
    record(
        POST_ENDED,
        subject=post.unit.code,
        actor=actor,
        unit=post.unit.code,
        account=post.account.code,
        role=post.role,
        valid_to=str(on_day),
    )


@transaction.atomic
def issue_token(account: Account, *, name: str, expires_on: date, actor: str) -> str:
    """Issue an API key and return it: this is the only time it can be seen.

    Raises:
        Refused: the day of expiry is past, or the key has no name.
    """
    if expires_on < now().date():
        raise Refused(gettext("Ngày hết hạn đã qua."), field="expires_on")
    if not squash(name):
        raise Refused(gettext("Cần đặt tên cho khóa."), field="name")
    key = secrets.token_urlsafe(32)
    ApiToken.objects.create(account=account, name=squash(name), digest=digest_of(key), expires_on=expires_on)
    record(TOKEN_ISSUED, subject=account.code, actor=actor, expires_on=str(expires_on))
    return key


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: str) -> None:
    """Revoke an API key at once; revoking twice changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now()):
        record(TOKEN_REVOKED, subject=token.account.code, actor=actor)
