"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.registers.access import may_see_registers

NAVIGATION = [Item(_("Sổ theo dõi"), "registers:registers", 64, may_see_registers)]
