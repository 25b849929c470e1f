"""The officials' first entry, and the routes that work travels."""

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.workflow.access import may_draw_routes, may_see_inbox, may_see_work

NAVIGATION = [
    Item(_("Việc của tôi"), "workflow:my_work", 5, may_see_work, "w"),
    Item(_("Hộp việc"), "workflow:inbox", 6, may_see_inbox, "i"),
    Item(_("Quy trình"), "workflow:routes", 45, may_draw_routes),
]
