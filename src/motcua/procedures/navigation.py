"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.guard import everyone
from motcua.base.navigation import Item
from motcua.organizations.access import may_control
from motcua.procedures.access import may_publish, may_see_publication

NAVIGATION = [
    Item(_("Thủ tục"), "procedures:catalogue", 10, everyone, "c"),
    Item(_("Biểu mẫu"), "procedures:eforms", 12, may_control),
    Item(_("Công bố"), "procedures:publication", 13, may_see_publication),
    Item(_("Tái cấu trúc"), "procedures:reengineerings", 14, may_publish),
]
