"""What is measured of dossiers. Each number opens the dossiers behind it."""

from datetime import date
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count as SqlCount
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDay
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM, now, start_of
from motcua.base.measures import ByDetail, Count, Ratio, Source, Standing
from motcua.dossiers.measures.late import late_measures
from motcua.dossiers.measures.life import LIFE_MEASURES
from motcua.dossiers.measures.results import result_measures
from motcua.dossiers.models import Dossier, Obligation
from motcua.dossiers.states import CHANNELS, FILED, ONLINE, REFUSED, RESOLVED_STATES
from motcua.organizations.models import Unit

RECEIVED = Source(Dossier, unit="competent_unit", at="received_at", detail="version")
RESOLVED = Source(Dossier, unit="competent_unit", at="decided_at", detail="version")
_IS_RESOLVED = Q(state__in=RESOLVED_STATES)
_ON_TIME, _LATE = _IS_RESOLVED & Q(is_on_time=True), _IS_RESOLVED & Q(is_on_time=False)
# Form II.06a parts what was in time (column 8 and 9): before the day promised, and on it; a day as people here count.
_DUE_DAY = TruncDay("due_at", tzinfo=VIETNAM)
_EARLY, _ON_DUE_DAY = _ON_TIME & Q(decided_at__lt=_DUE_DAY), _ON_TIME & ~Q(decided_at__lt=_DUE_DAY)
BY_UNIT_KIND = {
    "unit_kind": lambda kind: Q(competent_unit__kind=kind),
    "channel": lambda channel: Q(channel=channel if channel in CHANNELS else ""),
    "procedure": lambda code: Q(version__procedure__code=code),
    "field": lambda name: Q(version__field=name),
}
# The same rows without being kept: what a lost point of the index opens; counted only when it is looked at.
_LOST_RECEIVED = Source(Dossier, unit="competent_unit", at="received_at")
_LOST_RESOLVED = Source(Dossier, unit="competent_unit", at="decided_at")


def _running(unit: models.Model, day: date) -> QuerySet[Dossier]:
    """Dossiers of a unit and all under it that were received and had neither result nor end when ``day`` was over."""
    assert isinstance(unit, Unit)
    end = start_of(date.fromordinal(day.toordinal() + 1))
    still = Q(decided_at__isnull=True, ended_at__isnull=True)
    if end <= now():  # a day that is over: what was decided later was running then
        still = (Q(decided_at__isnull=True) | Q(decided_at__gte=end)) & (
            Q(ended_at__isnull=True) | Q(ended_at__gte=end)
        )
    return Dossier.objects.filter(
        still, competent_unit__path__startswith=unit.path, received_at__lt=end
    ).exclude(state__in=[FILED, REFUSED])  # fmt: skip


def _late(day: date) -> Q:
    """Over the limit when ``day`` was over; one that waits for the applicant stands where it stood when asked."""
    end = min(start_of(date.fromordinal(day.toordinal() + 1)), now())
    supplements = Q(supplement__requested_at__lt=end) & (
        Q(supplement__supplied_at__isnull=True) | Q(supplement__supplied_at__gte=end)
    )
    owing = Obligation.objects.filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=end), dossier=OuterRef("pk"), asked_at__lt=end
    )
    waits = supplements | Q(Exists(owing))
    was_late = (supplements & Q(due_at__lt=F("supplement__requested_at"))) | Q(
        Exists(owing.filter(asked_at__gt=OuterRef("due_at")))
    )
    return (Q(due_at__lt=end) & ~waits) | was_late


def _open_late(unit: models.Model, day: date, field: str = "") -> int:
    return _of_field(_running(unit, day), field).filter(_late(day)).count()


def _open_in_time(unit: models.Model, day: date, field: str = "") -> int:
    return _of_field(_running(unit, day), field).exclude(_late(day)).count()


def _of_field(rows: QuerySet[Dossier], field: str) -> QuerySet[Dossier]:
    return rows.filter(version__field=field) if field else rows


def _by_unit(rows: QuerySet[Dossier]) -> dict[int, int]:
    return dict(rows.values_list("competent_unit").annotate(n=SqlCount("pk")).order_by())


def _link_late(_code: str, unit: str, _first: date, _last: date) -> str:
    return f"{reverse('dossiers:register')}?{urlencode({'don_vi': unit, 'qua_han': 'on'})}"


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
    Count("dossiers.early", _("Hồ sơ giải quyết trước hạn"), _LOST_RESOLVED, _EARLY, BY_UNIT_KIND, _link),
    Count("dossiers.on_due_day", _("Hồ sơ xong đúng ngày hẹn"), _LOST_RESOLVED, _ON_DUE_DAY, BY_UNIT_KIND, _link),
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
    # Rows 11 and 23 of the index of Decision 766.
    Count(
        "dossiers.with_e_result",
        _("Hồ sơ có kết quả điện tử"),
        RESOLVED,
        _IS_RESOLVED & Q(result_file__isnull=False),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.well_served",
        _("Hồ sơ đúng hạn và không bị đánh giá không hài lòng"),
        RESOLVED,
        _ON_TIME & (Q(is_satisfied=True) | Q(is_satisfied__isnull=True)),
        BY_UNIT_KIND,
        _link,
    ),
    Standing(
        "dossiers.open_in_time",
        _("Hồ sơ đang giải quyết, còn trong hạn"),
        _open_in_time,
        by_unit=lambda unit, day: _by_unit(_running(unit, day).exclude(_late(day))),
    ),
    Standing(
        "dossiers.open_late",
        _("Hồ sơ đang giải quyết, đã quá hạn"),
        _open_late,
        _link_late,
        by_unit=lambda unit, day: _by_unit(_running(unit, day).filter(_late(day))),
    ),
    ByDetail("dossiers.of_full_online", _("Hồ sơ của thủ tục toàn trình"), "dossiers.received", Q(online_kind="full")),
    ByDetail(
        "dossiers.filed_full_online",
        _("Hồ sơ nộp trực tuyến của thủ tục toàn trình"),
        "dossiers.received_online",
        Q(online_kind="full"),
    ),
    ByDetail(
        "dossiers.procedures_with_fee",
        _("Thủ tục có phí đã phát sinh hồ sơ"),
        "dossiers.with_fee",
        distinct="procedure",
    ),
    ByDetail(
        "dossiers.procedures_paid_online",
        _("Thủ tục có hồ sơ thanh toán trực tuyến"),
        "dossiers.paid_online",
        distinct="procedure",
    ),
    Count(
        "dossiers.received_elsewhere",
        _("Hồ sơ tiếp nhận không phụ thuộc địa giới, tại quầy khác"),
        _LOST_RECEIVED,
        Q(is_received_elsewhere=True),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.assisted",
        _("Hồ sơ trực tuyến được nộp giúp"),
        _LOST_RECEIVED,
        Q(assisted_by__isnull=False),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.not_digitised",
        _("Hồ sơ chưa được số hóa"),
        _LOST_RECEIVED,
        Q(is_digitised=False),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.not_online_though_full",
        _("Hồ sơ không nộp trực tuyến của thủ tục toàn trình"),
        _LOST_RECEIVED,
        Q(version__online_kind="full") & ~Q(channel=ONLINE),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.without_e_result",
        _("Hồ sơ chưa có kết quả điện tử"),
        _LOST_RESOLVED,
        _IS_RESOLVED & Q(result_file__isnull=True),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.ill_served",
        _("Hồ sơ quá hạn hoặc bị đánh giá không hài lòng"),
        _LOST_RESOLVED,
        _IS_RESOLVED & (Q(is_on_time=False) | Q(is_satisfied=False)),
        BY_UNIT_KIND,
        _link,
    ),
    Count(
        "dossiers.fee_not_paid_online",
        _("Hồ sơ có phí chưa thanh toán trực tuyến"),
        _LOST_RESOLVED,
        _IS_RESOLVED & Q(has_fee=True, is_paid_online=False),
        BY_UNIT_KIND,
        _link,
    ),
    # Footnote 4 of seed 000 (F05): on time of resolved; row 5 of the index counts running ones too, another number.
    Ratio("dossiers.on_time_rate", _("Tỷ lệ giải quyết đúng hạn"), "dossiers.on_time", "dossiers.resolved"),
    Ratio("dossiers.online_rate", _("Tỷ lệ nộp trực tuyến"), "dossiers.received_online", "dossiers.received"),
    Ratio("dossiers.digitised_rate", _("Tỷ lệ số hóa hồ sơ"), "dossiers.digitised", "dossiers.received"),
    Ratio("dossiers.paid_online_rate", _("Tỷ lệ thanh toán trực tuyến"), "dossiers.paid_online", "dossiers.with_fee"),
    Ratio("dossiers.satisfaction_rate", _("Tỷ lệ hài lòng"), "dossiers.satisfied", "dossiers.rated"),
    *result_measures(BY_UNIT_KIND, _link),
    *late_measures(BY_UNIT_KIND, _link),
    *LIFE_MEASURES,
]
