"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.reports.access import may_see_reports

NAVIGATION = [Item(_("Báo cáo"), "reports:reports", 60, may_see_reports, "b")]
