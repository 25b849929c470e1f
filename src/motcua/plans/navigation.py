"""Entries of this module in the navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.plans.access import may_see_plans


def _not_official(account: Any) -> bool:
    return not may_see_plans(account)


NAVIGATION = [
    Item(_("Kế hoạch"), "plans:plans", 40, may_see_plans, "k"),
    Item(_("Kế hoạch"), "plans:public", 45, _not_official),
]
