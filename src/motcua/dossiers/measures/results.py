"""What is measured of results and surveys; offered with the others by ``measures``."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count as SqlCount
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import start_of
from motcua.base.measures import Count, Measure, Ratio, Source, Standing
from motcua.dossiers.models import Dossier, SurveyAnswer
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.states import IN_PERSON, ONLINE, POST, RESOLVED_STATES
from motcua.organizations.models import Unit

# Not kept: they read rows beside the dossier's own.
_RETURNED = Source(Dossier, unit="competent_unit", at="returned_at")
_SHEETS = Source(SurveyAnswer, unit="unit", at="at")


def result_measures(narrowings: dict[str, Callable[[str], Q]], link: Callable[..., str]) -> list[Measure]:
    """Return the measures; ``narrowings`` and ``link`` are those of the other counts of dossiers."""

    def count(code: str, label: Any, condition: Q) -> Count:
        return Count(f"dossiers.{code}", label, _RETURNED, condition, narrowings, link)

    return [
        count("returned", _("Hồ sơ đã trả kết quả"), Q()),
        count("returned_at_counter", _("Trả kết quả tại quầy"), Q(result_return__method=IN_PERSON)),
        count("returned_by_post", _("Trả kết quả qua bưu chính"), Q(result_return__method=POST)),
        count("returned_electronically", _("Trả kết quả bản điện tử"), Q(result_return__method=ONLINE)),
        count(
            "electronic_opened",
            _("Kết quả điện tử người nộp đã mở"),
            Q(result_return__method=ONLINE, result_return__arrived_at__isnull=False),
        ),
        count("surveyed", _("Hồ sơ có phiếu khảo sát"), Q(survey_answer__isnull=False)),
        # Row 10.1 of appendix 1 of the reform report: sheets, by the day they were filled in.
        Count(
            "satisfaction.sheets",
            _("Phiếu khảo sát sự hài lòng đã nhận"),
            _SHEETS,
            is_known=SurveyAnswer.objects.exists,
        ),
        Standing(
            "dossiers.uncollected",
            _("Kết quả chưa nhận quá số ngày quy định"),
            lambda unit, day: _uncollected(unit, day).count(),
            by_unit=lambda unit, day: dict(
                _uncollected(unit, day).values_list("competent_unit").annotate(n=SqlCount("pk")).order_by()
            ),
        ),
        Ratio(
            "dossiers.electronic_return_rate",
            _("Tỷ lệ trả kết quả bản điện tử"),
            "dossiers.returned_electronically",
            "dossiers.returned",
        ),
        Ratio("dossiers.survey_rate", _("Tỷ lệ trả lời khảo sát"), "dossiers.surveyed", "dossiers.returned"),
    ]


def _uncollected(unit: models.Model, day: date) -> QuerySet[Dossier]:
    """Results of a unit and all under it that lay longer than the rule of ``day`` when it was over."""
    assert isinstance(unit, Unit)
    end = start_of(day + timedelta(days=1))
    before = end - timedelta(days=result_rules_on(day).remind_collection_after_days)
    lying = Q(returned_at__isnull=True) | Q(returned_at__gte=end)
    return Dossier.objects.filter(
        lying, competent_unit__path__startswith=unit.path, state__in=RESOLVED_STATES, decided_at__lt=before
    )
