"""Units and people that work may be given to."""

from collections import defaultdict
from collections.abc import Iterable

from motcua.base.clock import today
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.states import PROVINCE


def units_beside(unit: Unit) -> list[Unit]:
    """Return the units of the province of ``unit`` that exist today."""
    top = unit
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    return list(Unit.objects.in_force().below(top))


def people_of(units: Iterable[Unit]) -> dict[int, list[Account]]:
    """Return who works in each unit today, by name: {unit id: accounts}. One statement."""
    posts = Post.objects.filter(in_force(today()), unit__in=[unit.pk for unit in units]).select_related("account")
    found: dict[int, list[Account]] = defaultdict(list)
    for post in posts.order_by("account__full_name", "account_id"):
        if post.account not in found[post.unit_id]:
            found[post.unit_id].append(post.account)
    return found
