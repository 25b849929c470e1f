"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.guard import everyone
from motcua.base.navigation import Item
from motcua.indicators.access import may_direct

NAVIGATION = [
    Item(_("Điều hành"), "indicators:directing", 5, may_direct, "d"),
    Item(_("Chỉ số"), "indicators:overview", 50, everyone, "s"),
]
