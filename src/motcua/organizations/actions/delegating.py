"""Delegation: the powers of a post used by somebody else for some days, as on leave; it ends by itself."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.facts import Event, record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.organizations.events import DELEGATION_ENDED, POST_DELEGATED
from motcua.organizations.models import Account, Delegation, Post

LONGEST_REASON = 200


@transaction.atomic
def delegate(
    post: Post, *, to_account: Account, valid_from: date, valid_to: date, actor: str, reason: str = ""
) -> Delegation:
    """Let ``to_account`` use the powers of ``post`` for some days, both included; its holder keeps them too.

    Raises:
        Refused: to oneself or to somebody on leave in those days, dates out of order or outside the post's own time,
            or the post is lent to somebody in those days already.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("unit", "account").get(pk=post.pk)
    reason = squash(reason)
    _check(post, to_account, valid_from, valid_to, reason)

    delegation = Delegation.objects.create(
        post=post, to_account=to_account, valid_from=valid_from, valid_to=valid_to, reason=reason
    )
    _record(POST_DELEGATED, delegation, actor, valid_from=str(valid_from), valid_to=str(valid_to))
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, actor: str) -> None:
    """End a delegation before its time, at once: yesterday was its last day; one that has not begun is gone.

    Raises:
        Refused: it is over.
    """
    found = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("post__unit", "post__account", "to_account")
        .filter(pk=delegation.pk)
        .first()
    )
    if found is None or found.valid_to < today():
        raise Refused(gettext("Ủy quyền này đã hết hiệu lực."))

    yesterday = today() - timedelta(days=1)
    _record(DELEGATION_ENDED, found, actor, last_day=str(yesterday))
    if found.valid_from > yesterday:
        found.delete()  # it never had a whole day; that it was made and ended is told by the facts
    else:
        found.valid_to = yesterday
        found.save(update_fields=["valid_to"])


def _check(post: Post, to_account: Account, valid_from: date, valid_to: date, reason: str) -> None:
    if to_account.pk == post.account_id:
        raise Refused(gettext("Không thể ủy quyền cho chính mình."), field="to_account")
    if len(reason) > LONGEST_REASON:
        raise Refused(gettext("Lý do dài tối đa %(most)s ký tự.") % {"most": LONGEST_REASON}, field="reason")
    if valid_to < valid_from or valid_from < post.valid_from or (post.valid_to and valid_to > post.valid_to):
        raise Refused(gettext("Thời gian ủy quyền phải nằm trong thời gian giữ vị trí."), field="valid_to")
    meanwhile = Delegation.objects.filter(valid_from__lte=valid_to, valid_to__gte=valid_from)
    if standing := meanwhile.filter(post=post).order_by("valid_from").first():
        raise Refused(
            gettext("Vị trí này đã được ủy quyền từ %(first)s đến %(last)s.")
            % {"first": f"{standing.valid_from:%d/%m/%Y}", "last": f"{standing.valid_to:%d/%m/%Y}"},
            field="valid_from",
        )
    if meanwhile.filter(post__account=to_account).exists():
        raise Refused(gettext("Người được chọn cũng vắng mặt trong những ngày này."), field="to_account")


def _record(event: Event, delegation: Delegation, actor: str, **data: Any) -> None:
    post = delegation.post
    record(
        event,
        subject=post.unit.code,
        actor=actor,
        unit=post.unit.code,
        account=post.account.code,
        role=post.role,
        to=delegation.to_account.code,
        **data,
    )
