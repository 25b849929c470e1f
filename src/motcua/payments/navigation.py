"""The entry of this module in the navigation."""

from django.utils.translation import gettext_lazy as _

from motcua.base.navigation import Item
from motcua.payments.access import may_see_fees

NAVIGATION = [Item(_("Thu phí"), "payments:fees", 9, may_see_fees, "f")]
