"""What stands of assessments on a day. Row 9 of appendix 1: is a set for communes built and applied?"""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.assessments.models import Assessment, Publication, Round
from motcua.assessments.states import OPEN
from motcua.base.clock import VIETNAM
from motcua.base.measures import Standing
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE

LATE, COMMUNE_SET = "assessments.late", "assessments.commune_set_applied"


def _late(unit: Unit, day: date) -> int:
    """Units that have not sent their own scores and whose last day is over."""
    rows = Assessment.objects.filter(unit__path__startswith=unit.path, state=OPEN, round__self_score_by__lt=day)
    return rows.count()


def _commune_set_applied(unit: Unit, day: date) -> int | None:
    """1 where, in the twelve months up to ``day``, a round of the unit's own set for communes was published; else 0.

    None while no round of such a set was ever opened here: the set may be applied elsewhere.
    """
    own = Round.objects.filter(unit__path__startswith=unit.path, version__unit_kinds__contains=[COMMUNE])
    if not own.exists():
        return None
    until = datetime.combine(day + timedelta(days=1), time.min, tzinfo=VIETNAM)
    published = Publication.objects.filter(
        round__unit__path__startswith=unit.path,
        round__version__unit_kinds__contains=[COMMUNE],
        published_at__lt=until,
        published_at__gte=until - timedelta(days=366),
    )
    return int(published.exists())


def _link(code: str, unit: str, first: date, last: date) -> str:
    return reverse("assessments:rounds")


MEASURES = [
    Standing(LATE, _("Đơn vị quá hạn tự chấm điểm"), _late, _link),
    Standing(COMMUNE_SET, _("Đã áp dụng bộ tiêu chí cấp xã (1: có, 0: không)"), _commune_set_applied, _link),
]
