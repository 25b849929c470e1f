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


may_administer = has_role(ADMINISTRATOR)
may_control = has_role(CONTROL_OFFICER)
may_lead = has_role(UNIT_HEAD, LEADER)
