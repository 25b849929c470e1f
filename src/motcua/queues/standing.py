"""In which line a waiting ticket stands, as conditions of a query: actions call by them, pages show by them."""

from datetime import datetime

from django.db.models import Q

from motcua.queues.models import Window


def favoured(at: datetime) -> Q:
    """Return the condition that a waiting ticket is favoured at ``at``: see ``Ticket``."""
    return ~Q(priority="") | Q(appointed_at__isnull=False, appointed_at__lte=at) | Q(is_passed_on=True)


def meant_for(window: Window) -> Q:
    """Return the condition that a waiting ticket may be called to ``window``."""
    groups = window.groups.filter(is_in_use=True).values("pk")
    return Q(wanted_window=window) | Q(wanted_window__isnull=True, group__in=groups)
