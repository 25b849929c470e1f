"""Entries of this module in the navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.organizations.access import official
from motcua.registers.access import may_see_registers


def _public(account: Any) -> bool:
    return not official(account)


NAVIGATION = [
    Item(_("Sổ theo dõi"), "registers:registers", 64, may_see_registers),
    Item(_("Sổ công khai"), "registers:public_registers", 75, _public),
]
