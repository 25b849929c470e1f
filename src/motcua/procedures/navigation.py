"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.guard import everyone
from motcua.base.navigation import Item

NAVIGATION = [Item(_("Thủ tục"), "procedures:catalogue", 10, everyone)]
