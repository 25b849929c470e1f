"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.guard import everyone
from motcua.base.navigation import Item

NAVIGATION = [Item(_("Chỉ số"), "indicators:overview", 50, everyone)]
