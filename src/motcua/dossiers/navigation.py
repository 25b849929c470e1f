"""Entries of this module in the navigation; filing is reached from the catalogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.guard import everyone, signed_in
from motcua.base.navigation import Item
from motcua.dossiers.access.dossier import may_receive_at_counter, may_see_registers
from motcua.dossiers.access.late import may_assign, may_lead_or_control
from motcua.dossiers.access.results import may_follow_collection
from motcua.dossiers.access.words import may_set_words


def _citizen(account: Any) -> bool:
    return signed_in(account) and not account.is_official


NAVIGATION = [
    Item(_("Tiếp nhận"), "dossiers:counter", 6, may_receive_at_counter, "t"),
    Item(_("Hồ sơ"), "dossiers:register", 7, may_see_registers, "h"),
    Item(_("Phân công"), "dossiers:board", 8, may_assign, "p"),
    Item(_("Trễ hạn"), "dossiers:late_counts", 9, may_lead_or_control, "r"),
    Item(_("Kết quả chưa nhận"), "dossiers:uncollected", 10, may_follow_collection),
    Item(_("Khảo sát"), "dossiers:survey_results", 11, may_lead_or_control),
    Item(_("Mẫu, lời nhắn"), "dossiers:result_templates", 12, may_set_words),
    Item(_("Tra cứu"), "dossiers:track", 20, everyone),
    Item(_("Hồ sơ của tôi"), "dossiers:mine", 30, _citizen),
]
