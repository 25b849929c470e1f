"""What is measured of a dossier's turns: how it was handed over, one visit, vertical agencies, supplements."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Count, Measure, Ratio, Source
from motcua.dossiers.models import Dossier, PaperHandOver, SupplementRequest
from motcua.dossiers.states import FILED, RECEIVED, REFUSED, RESOLVED_STATES, SUPPLEMENT_BEFORE
from motcua.procedures.models import Trait
from motcua.procedures.publishing_states import VERTICAL

# Counted when they are looked at: what they read does not stand in the dossier's own row.
_RECEIVED = Source(Dossier, unit="competent_unit", at="received_at")
_RESOLVED = Source(Dossier, unit="competent_unit", at="decided_at")
_ASKED = Source(SupplementRequest, unit="dossier__competent_unit", at="requested_at")
_IS_RESOLVED = Q(state__in=RESOLVED_STATES)
_HANDED_OVER = ~Q(state__in=[FILED, SUPPLEMENT_BEFORE, RECEIVED, REFUSED])
_FIVE = "five_on_the_spot"


def _marked(trait: str) -> Q:
    """Of a procedure that bore ``trait`` on the day of reception."""
    day = OuterRef("received_at__date")
    marks = Trait.objects.filter(procedure=OuterRef("version__procedure"), trait=trait, valid_from__lte=day)
    return Q(Exists(marks.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))))


def _on_paper() -> Q:
    return Q(Exists(PaperHandOver.objects.filter(dossier=OuterRef("pk"))))


LIFE_MEASURES: list[Measure] = [
    # C047, seed 002 PLII-1: dossiers that went from hand to hand with no paper beside, of those that went at all.
    Count("dossiers.handed_over", _("Hồ sơ đã luân chuyển"), _RECEIVED, _HANDED_OVER),
    Count(
        "dossiers.handed_over_electronically",
        _("Hồ sơ luân chuyển điện tử"),
        _RECEIVED,
        _HANDED_OVER & ~_on_paper(),
    ),
    Ratio(
        "dossiers.electronic_routing_rate",
        _("Tỷ lệ luân chuyển hồ sơ điện tử"),
        "dossiers.handed_over_electronically",
        "dossiers.handed_over",
    ),
    # R4.28, R4.26
    Count("dossiers.in_one_visit", _("Hồ sơ giải quyết tại chỗ"), _RESOLVED, Q(one_visit__isnull=False)),
    Count("dossiers.five_on_the_spot", _("Hồ sơ thực hiện 5 tại chỗ"), _RESOLVED, Q(one_visit__kind=_FIVE)),
    Count("dossiers.of_five_on_the_spot", _("Hồ sơ của thủ tục 5 tại chỗ"), _RESOLVED, _IS_RESOLVED & _marked(_FIVE)),
    Ratio(
        "dossiers.five_on_the_spot_rate",
        _("Tỷ lệ thực hiện 5 tại chỗ"),
        "dossiers.five_on_the_spot",
        "dossiers.of_five_on_the_spot",
    ),
    # R4.25, C042
    Count("dossiers.of_vertical_agencies", _("Hồ sơ của cơ quan ngành dọc"), _RECEIVED, _marked(VERTICAL)),
    # C054
    Count("dossiers.supplements_asked", _("Lần yêu cầu bổ sung hồ sơ"), _ASKED),
]
