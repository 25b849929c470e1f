"""Who calls numbers, who sets a hall up, who sees its figures. Taking a number needs no account."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from motcua.organizations.access import has_role, has_role_in, oversees, scope_of
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, RECEPTION, UNIT_HEAD
from motcua.queues.models import Hall

_SEEING = (RECEPTION, UNIT_HEAD, LEADER, CONTROL_OFFICER, ADMINISTRATOR)

may_use_windows = has_role(RECEPTION)
may_manage_halls = has_role(UNIT_HEAD, LEADER, ADMINISTRATOR)
may_see_some_figures = has_role(*_SEEING)


def may_call_in(account: Any, hall: Hall) -> bool:
    """Reception officers of the hall's unit."""
    return has_role_in(account, hall.unit, RECEPTION)


def may_set_up(account: Any, hall: Hall) -> bool:
    """Heads of the hall's unit, and administrators who oversee it."""
    return has_role_in(account, hall.unit, UNIT_HEAD, LEADER) or oversees(account, hall.unit, ADMINISTRATOR)


def halls_with_figures_for(account: Any) -> QuerySet[Hall]:
    """Return the halls whose figures the account sees: of its units and of those it oversees."""
    seen = Q(pk__in=[])
    for post in account.posts_now:
        if post.role in _SEEING:
            seen |= Q(unit__path__startswith=scope_of(post).path)
    return Hall.objects.filter(seen).select_related("unit").order_by("name", "code")


def halls_of(account: Any) -> QuerySet[Hall]:
    """Return the halls in use in which the account may open a window."""
    units = [post.unit_id for post in account.posts_now if post.role == RECEPTION]
    return Hall.objects.filter(unit__in=units, is_in_use=True).select_related("unit").order_by("name", "code")


def halls_managed_by(account: Any) -> list[Hall]:
    """Return the halls that the account may set up."""
    return [hall for hall in Hall.objects.select_related("unit").order_by("name") if may_set_up(account, hall)]


def hall_for_figures(account: Any, code: str) -> Hall:
    """Return a hall whose figures the account sees.

    Raises:
        Http404: there is none for this account.
    """
    hall = halls_with_figures_for(account).filter(code=code).first()
    if hall is None:
        raise Http404
    return hall
