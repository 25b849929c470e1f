"""Entries of this module in the navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.organizations.access import official
from motcua.queues.access import may_see_some_figures, may_use_windows


def _public(account: Any) -> bool:
    return not official(account)


def _sees_figures_only(account: Any) -> bool:
    return may_see_some_figures(account) and not may_use_windows(account)


NAVIGATION = [
    Item(_("Quầy"), "queues:windows", 6, may_use_windows),
    Item(_("Xếp hàng"), "queues:figures", 46, _sees_figures_only),
    Item(_("Lấy số, đặt hẹn"), "queues:halls", 25, _public),
]
