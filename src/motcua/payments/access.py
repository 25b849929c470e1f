"""Who takes money, who gives it back, who compares the books, and what each sees."""

from typing import Any

from django.db.models import Q

from motcua.organizations.access import has_role, oversees, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, RECEPTION, UNIT_HEAD

may_take_money = has_role(RECEPTION)
may_see_fees = has_role(RECEPTION, UNIT_HEAD, LEADER, CONTROL_OFFICER)
may_ask_refunds = has_role(RECEPTION, CONTROL_OFFICER)
may_approve_refunds = has_role(UNIT_HEAD, LEADER, CONTROL_OFFICER)
may_see_refunds = may_see_fees
may_reconcile = has_role(CONTROL_OFFICER)
_OF_ALL = (CONTROL_OFFICER, ADMINISTRATOR)


def sees_all(account: Any) -> bool:
    """Whether the account looks over the money of the whole province: control work in an office above all units."""
    return any(post.role in _OF_ALL and scope_of(post).parent_id is None for post in account.posts_now)


def seen_by(account: Any, prefix: str = "") -> Q:
    """Return the condition on fees (``prefix``: the way to one) that the account sees: its units' and counters'."""
    if sees_all(account):
        return Q()
    mine = Q(pk__in=[])
    for post in account.posts_now:
        if post.role == RECEPTION:
            mine |= Q(**{f"{prefix}counter": post.unit_id})
        elif post.role in (UNIT_HEAD, LEADER, CONTROL_OFFICER):
            mine |= Q(**{f"{prefix}unit__path__startswith": scope_of(post).path})
    return mine


def may_approve_for(account: Any, unit: Unit | None) -> bool:
    """Whether the account approves refunds of ``unit``; money that no unit asked for is the province's."""
    if unit is None:
        return sees_all(account)
    return oversees(account, unit, UNIT_HEAD, LEADER, CONTROL_OFFICER)
