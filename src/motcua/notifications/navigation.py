"""Entries of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.notifications.access import may_read_notices, may_see_outbox

NAVIGATION = [
    Item(_("Thông báo"), "notifications:notices", 70, may_read_notices, "n"),
    Item(_("Gửi tin"), "notifications:outbox", 85, may_see_outbox),
]
