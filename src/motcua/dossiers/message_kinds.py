"""Kinds of message about dossiers, for the preferences of citizens and officials."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.guard import signed_in
from motcua.notifications.kinds import Kind
from motcua.notifications.states import EMAIL, SMS, ZALO
from motcua.organizations.access import official


def _citizen(account: Any) -> bool:
    return signed_in(account) and not account.is_official


NEEDS = Kind(
    "dossier.needs",
    _("Việc tôi phải làm"),
    _("Bổ sung giấy tờ, nộp phí, nhận kết quả, nhắc nhận kết quả."),
    _citizen,
    frozenset({EMAIL, SMS, ZALO}),
)
STEPS = Kind("dossier.steps", _("Hồ sơ của tôi đi đến đâu"), _("Tiếp nhận, chuyển bước, có kết quả."), _citizen)
SURVEY = Kind("dossier.survey", _("Mời đánh giá"), _("Sau khi trả kết quả."), _citizen, frozenset())
WORK = Kind("dossier.work", _("Việc xử lý hồ sơ"), _("Trễ hạn, giải trình, được nhắc đến trong ý kiến."), official)

KINDS = [NEEDS, STEPS, SURVEY, WORK]
