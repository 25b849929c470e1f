"""Entries of this module in the navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.organizations.access import official
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, ONE_STOP, UNIT_HEAD
from motcua.queues.access import may_use_windows


def _public(account: Any) -> bool:
    return not official(account)


def _looks_over_halls(account: Any) -> bool:
    """Control and administration, and heads of one-stop units; asks nothing that the frame has not asked before."""
    if may_use_windows(account) or not official(account):
        return False
    return any(
        post.role in (CONTROL_OFFICER, ADMINISTRATOR)
        or (post.role in (UNIT_HEAD, LEADER) and post.unit.kind == ONE_STOP)
        for post in account.posts_now
    )


NAVIGATION = [
    Item(_("Quầy"), "queues:windows", 6, may_use_windows, "q"),
    Item(_("Xếp hàng"), "queues:figures", 46, _looks_over_halls),
    Item(_("Lấy số, đặt hẹn"), "queues:halls", 25, _public),
]
