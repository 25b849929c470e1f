"""What is measured of dossiers. Each number opens the dossiers behind it."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Count, Ratio, Source
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import ONLINE, RESOLVED_STATES

RECEIVED = Source(Dossier, unit="competent_unit", at="received_at", detail="version")
RESOLVED = Source(Dossier, unit="competent_unit", at="decided_at", detail="version")
_IS_RESOLVED = Q(state__in=RESOLVED_STATES)
_ON_TIME, _LATE = _IS_RESOLVED & Q(is_on_time=True), _IS_RESOLVED & Q(is_on_time=False)
BY_UNIT_KIND = {"unit_kind": lambda kind: Q(competent_unit__kind=kind)}


def _link(code: str, unit: str, first: date, last: date) -> str:
    return f"{reverse('dossiers:behind')}?{urlencode({'so': code, 'don-vi': unit, 'tu': first, 'den': last})}"


MEASURES = [
    Count("dossiers.received", _("Hồ sơ tiếp nhận"), RECEIVED, Q(), BY_UNIT_KIND, _link),
    Count(
        "dossiers.received_online", _("Hồ sơ tiếp nhận trực tuyến"), RECEIVED, Q(channel=ONLINE), BY_UNIT_KIND, _link
    ),
    Count("dossiers.digitised", _("Hồ sơ được số hóa"), RECEIVED, Q(is_digitised=True), BY_UNIT_KIND, _link),
    Count("dossiers.resolved", _("Hồ sơ đã giải quyết"), RESOLVED, _IS_RESOLVED, BY_UNIT_KIND, _link),
    Count("dossiers.on_time", _("Hồ sơ giải quyết đúng hạn"), RESOLVED, _ON_TIME, BY_UNIT_KIND, _link),
    Count("dossiers.late", _("Hồ sơ giải quyết quá hạn"), RESOLVED, _LATE, BY_UNIT_KIND, _link),
    Count(
        "dossiers.with_fee",
        _("Hồ sơ có nghĩa vụ tài chính"),
        RESOLVED,
        _IS_RESOLVED & Q(has_fee=True),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.paid_online",
        _("Hồ sơ thanh toán trực tuyến"),
        RESOLVED,
        _IS_RESOLVED & Q(has_fee=True, is_paid_online=True),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.rated",
        _("Hồ sơ có đánh giá"),
        RESOLVED,
        _IS_RESOLVED & Q(is_satisfied__isnull=False),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.satisfied",
        _("Hồ sơ được đánh giá hài lòng"),
        RESOLVED,
        _IS_RESOLVED & Q(is_satisfied=True),
        BY_UNIT_KIND,
        _link,
    ),
    # Footnote 4 of seed 000 (F05): on time of resolved; row 5 of the index counts running ones too, another number.
    Ratio("dossiers.on_time_rate", _("Tỷ lệ giải quyết đúng hạn"), "dossiers.on_time", "dossiers.resolved"),
    Ratio("dossiers.online_rate", _("Tỷ lệ nộp trực tuyến"), "dossiers.received_online", "dossiers.received"),
    Ratio("dossiers.digitised_rate", _("Tỷ lệ số hóa hồ sơ"), "dossiers.digitised", "dossiers.received"),
    Ratio("dossiers.paid_online_rate", _("Tỷ lệ thanh toán trực tuyến"), "dossiers.paid_online", "dossiers.with_fee"),
    Ratio("dossiers.satisfaction_rate", _("Tỷ lệ hài lòng"), "dossiers.satisfied", "dossiers.rated"),
]
