"""Entries of this module in the navigation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.assessments.access import may_see_assessments
from motcua.base.navigation import Item
from motcua.organizations.access import official


def _public(account: Any) -> bool:
    return not official(account)


NAVIGATION = [
    Item(_("Đánh giá"), "assessments:rounds", 62, may_see_assessments),
    Item(_("Kết quả đánh giá"), "assessments:published", 62, _public),
]
