"""What this module puts on desks: dossiers as a kind of work, and the trays of heads and leaders."""

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from motcua.base.desk import Kind, Together, Tray
from motcua.dossiers import trays
from motcua.dossiers.access.late import may_assign, may_lead_or_control, may_sign
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.forecast import KIND
from motcua.organizations.access import has_role, official
from motcua.organizations.states import UNIT_HEAD


def applicant_words() -> Subquery:
    """Return who asks, folded: the applicant and the organisation that he stands for."""
    return _of_dossier(F("who_folded"))


def applicant() -> Subquery:
    """Return the applicant's name."""
    return _of_dossier(F("applicant_name"))


def _of_dossier(value: Any) -> Subquery:
    return Subquery(Dossier.objects.filter(code=OuterRef("subject")).values(value_asked=value)[:1])


FORWARD = Together(_("Chuyển bước"), "dossiers:bulk_preview", "m")
SIGN = Together(_("Xem trước và ký"), "dossiers:sign_preview", "s", may_sign)

# Whoever holds work on a dossier sees the dossier, its applicant with it (``access.sees``).
KINDS = [Kind(KIND, _("Hồ sơ"), words=applicant_words, who=applicant, may_search=official, together=(FORWARD, SIGN))]

TRAYS = [
    Tray("sign", _("Chờ ký"), 10, may_sign, trays.to_sign, (SIGN,)),
    Tray("review", _("Chờ xem xét"), 15, has_role(UNIT_HEAD), trays.to_review),
    Tray("late", _("Hồ sơ quá hạn"), 20, may_assign, trays.late),
    Tray("explain", _("Cần giải trình"), 25, may_assign, trays.explanations),
    Tray("apology", _("Xin lỗi chờ ký"), 30, may_sign, trays.apologies),
    Tray("letters", _("Xin lỗi chờ gửi"), 35, may_assign, trays.letters_to_send),
    Tray("stuck", _("Đứng yên"), 40, may_lead_or_control, trays.stuck),
]
