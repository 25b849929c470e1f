"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.organizations.access import official

NAVIGATION = [
    Item(_("Đơn vị"), "organizations:units", 80, official, "u"),
    Item(_("Làm thay"), "organizations:delegations", 81, official),
]
