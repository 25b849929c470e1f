"""What is measured of dossiers that were decided late: whether somebody explained it and whether somebody said sorry.

Rows of the month's report on discipline (C050, C051, C123).
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Count, Measure, Source
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import RESOLVED_STATES

# Counted when they are looked at: what they read does not stand in the dossier's own row.
_DECIDED = Source(Dossier, unit="competent_unit", at="decided_at")
_LATE = Q(state__in=RESOLVED_STATES, is_on_time=False)
_EXPLAINED = Q(explanation__answered_at__isnull=False)
_WITH_APOLOGY = Q(apology__sent_at__isnull=False)


def late_measures(
    narrowings: Mapping[str, Callable[[str], Q]], link: Callable[[str, str, date, date], str]
) -> list[Measure]:
    """Return the counts, narrowed and linked like the other counts of dossiers."""
    counts = [
        ("dossiers.late_explained", _("Hồ sơ quá hạn đã giải trình"), _EXPLAINED),
        ("dossiers.late_unexplained", _("Hồ sơ quá hạn chưa giải trình"), ~_EXPLAINED),
        ("dossiers.late_with_apology", _("Hồ sơ quá hạn đã xin lỗi"), _WITH_APOLOGY),
        ("dossiers.late_without_apology", _("Hồ sơ quá hạn không xin lỗi"), ~_WITH_APOLOGY),
    ]
    return [Count(code, label, _DECIDED, _LATE & condition, narrowings, link) for code, label, condition in counts]
