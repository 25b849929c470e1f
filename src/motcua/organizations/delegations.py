"""Reading delegations: those that concern an account, the posts it may lend, and who may stand in."""

from collections.abc import Sequence

from django.db.models import Q

from motcua.base.clock import today
from motcua.organizations.access import scope_of
from motcua.organizations.models import Account, Delegation, Post, in_force
from motcua.organizations.states import ADMINISTRATOR, LEADER, UNIT_HEAD


def delegations_around(account: Account) -> list[Delegation]:
    """Return the delegations that are or will be: of one's own posts, to oneself, and of the units one heads."""
    units = list(account.units_as(UNIT_HEAD, LEADER))
    concerned = Q(post__account=account) | Q(to_account=account) | Q(post__unit__in=units)
    for post in account.posts_now:
        if post.role == ADMINISTRATOR:
            concerned |= Q(post__unit__path__startswith=scope_of(post).path)
    found = Delegation.objects.filter(concerned, valid_to__gte=today())
    return list(found.select_related("post__unit", "post__account", "to_account").order_by("valid_from", "id")[:500])


def posts_to_lend(account: Account) -> list[Post]:
    """Return the posts in force for which ``account`` may name a substitute: its own, and its units' where it heads."""
    own = [post for post in account.posts_now if post.account_id == account.pk]
    headed = [post.unit_id for post in own if post.role in (UNIT_HEAD, LEADER)]
    concerned = Q(account=account) | Q(unit__in=headed)
    for post in own:
        if post.role == ADMINISTRATOR:
            concerned |= Q(unit__path__startswith=scope_of(post).path)
    found = Post.objects.filter(concerned, in_force(today()), account__is_active=True)
    return list(found.select_related("unit", "account").order_by("unit__code", "account__full_name", "id")[:500])


def substitutes_for(posts: Sequence[Post]) -> list[Account]:
    """Return who may stand in: whoever holds a post today in the units of ``posts`` or directly beside them."""
    units = {post.unit_id for post in posts}
    parents = {post.unit.parent_id for post in posts if post.unit.parent_id}
    near = Q(posts__unit__in=units) | Q(posts__unit__parent__in=units) | Q(posts__unit__in=parents)
    found = Account.objects.filter(near, in_force(today(), "posts__"), is_active=True)
    return list(found.distinct().order_by("full_name", "id")[:500])
