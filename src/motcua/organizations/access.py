"""Who may, who sees: predicates over the posts of an account."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from motcua.organizations.models import Account, Unit
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, UNIT_HEAD


class SignedInRequest(HttpRequest):
    """A request behind a guard that lets accounts in only."""

    user: Account


def official(account: Any) -> bool:
    """Whoever holds a post today."""
    return bool(account.is_authenticated and account.is_official)


def has_role(*roles: str) -> Callable[[Any], bool]:
    """Return a predicate: the account holds one of ``roles`` somewhere today."""

    def holds_role(account: Any) -> bool:
        return bool(account.is_authenticated and account.has_role(*roles))

    holds_role.__name__ = f"has_role({', '.join(roles)})"
    return holds_role


def has_role_in(account: Any, unit: Unit, *roles: str) -> bool:
    """Whether the account holds one of ``roles`` in ``unit`` itself."""
    return any(post.unit_id == unit.pk and post.role in roles for post in account.posts_now)


def oversees(account: Any, unit: Unit, *roles: str) -> bool:
    """Whether the account holds one of ``roles`` in ``unit`` or in a unit above it.

    A provincial office oversees the whole province: control officers of an office see what stands under its parent.
    """
    return any(
        (not roles or post.role in roles) and unit.path.startswith(scope_of(post).path) for post in account.posts_now
    )


def scope_of(post: Any) -> Unit:
    """Return the top of the tree that a post looks over: its unit, or for control work in an office the parent."""
    if post.role in (CONTROL_OFFICER, ADMINISTRATOR) and post.unit.kind == "office" and post.unit.parent_id:
        return post.unit.parent
    return post.unit


def may_lend(account: Any, post: Any) -> bool:
    """Whether the account may let somebody stand in for ``post``: its holder, heads of its unit, administrators above.

    Powers that are themselves lent do not count: a substitute lends nothing on.
    """
    own = [each for each in account.posts_now if each.account_id == account.pk]
    return any(
        each.pk == post.pk
        or (each.unit_id == post.unit_id and each.role in (UNIT_HEAD, LEADER))
        or (each.role == ADMINISTRATOR and post.unit.path.startswith(scope_of(each).path))
        for each in own
    )


may_administer = has_role(ADMINISTRATOR)
may_control = has_role(CONTROL_OFFICER)
may_lead = has_role(UNIT_HEAD, LEADER)
