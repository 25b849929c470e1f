"""What is measured of the catalogue: numbers that are true on a day."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Count, Source, Standing
from motcua.organizations.models import Unit, in_force
from motcua.organizations.states import COMMUNE, PROVINCE
from motcua.procedures.eforms import forms_measured, number_of_forms
from motcua.procedures.models import (
    Component,
    Decision,
    DecisionRow,
    FilingChannel,
    ProcedureResult,
    ProcedureVersion,
    Trait,
)
from motcua.procedures.publishing_states import ACTIVE, CONFIRMED, INTERNAL, LINKED, NON_TERRITORIAL


def _total(_unit: Unit, day: date, level: str = "") -> int | None:
    """Procedures in force that localities handle, at one level or at any: a procedure of both levels counts once.

    The catalogue is the whole province's, so the unit narrows nothing. A level that no procedure has is not known.
    """
    versions = ProcedureVersion.objects.filter(in_force(day))
    if not level:
        return versions.filter(levels__overlap=[PROVINCE, COMMUNE]).count()
    return versions.filter(levels__contains=[level]).count() or None


def _marked(trait: str) -> Callable[..., int | None]:
    def count(_unit: Unit, day: date, reach: str = "") -> int | None:
        if reach:  # same level or across levels: a mark does not say
            return None
        marked = Trait.objects.filter(in_force(day), trait=trait).values("procedure")
        return ProcedureVersion.objects.filter(in_force(day), procedure__in=marked).count()

    return count


def _forms(_unit: Unit, day: date) -> int:
    """Forms in force; the whole province's, like the catalogue."""
    return number_of_forms(day)


def _forms_meeting_target(_unit: Unit, day: date) -> int:
    """Forms in force that leave at least a fifth less to declare than the paper form (DOMAIN 5.8)."""
    return sum(one.burden.meets_target for one in forms_measured(day))


_LOCAL = Q(levels__overlap=[PROVINCE, COMMUNE])


def _complete(_unit: Unit, day: date) -> int:
    """Procedures in force with every part that must be public (DOMAIN 3.4, 1.3): none of them is empty."""
    own = {"version": OuterRef("pk")}
    versions = ProcedureVersion.objects.filter(in_force(day), _LOCAL).exclude(Q(steps="") | Q(competent_agency=""))
    parts = (Exists(model.objects.filter(**own)) for model in (FilingChannel, Component, ProcedureResult))
    return versions.filter(*parts).count()


def _with_fee(unit: Unit, day: date) -> int | None:
    """Procedures in force with a fee that the catalogue states as a number: the province's, or those of communes.

    Which of them a department handles is not told by the catalogue.
    """
    reach = {PROVINCE: _LOCAL, COMMUNE: Q(levels__contains=[COMMUNE])}.get(unit.kind)
    if reach is None:
        return None
    charged = FilingChannel.objects.filter(version=OuterRef("pk"), fee__gt=0)
    return ProcedureVersion.objects.filter(Exists(charged), in_force(day), reach).count()


_CONFIRMED = Q(state__in=[CONFIRMED, ACTIVE])
_LISTED = Q(decision__state__in=[CONFIRMED, ACTIVE], is_dropped=False)
_SIGNED = Source(DecisionRow, unit="decision__unit", at="decision__signed_on")
_MADE_PUBLIC = Source(DecisionRow, unit="decision__unit", at="decision__public_by")
_DECISIONS = Source(Decision, unit="unit", at="signed_on")

MEASURES = [
    Standing("procedures.total", _("Thủ tục thuộc thẩm quyền địa phương"), _total),
    Standing("procedures.internal", _("Thủ tục nội bộ"), _marked(INTERNAL)),
    Standing("procedures.linked", _("Thủ tục liên thông"), _marked(LINKED)),
    Standing("procedures.non_territorial", _("Thủ tục không phụ thuộc địa giới"), _marked(NON_TERRITORIAL)),
    Standing("forms.total", _("Biểu mẫu điện tử đang áp dụng"), _forms),
    Standing("forms.meeting_target", _("Biểu mẫu giảm ít nhất 20 % thông tin phải khai"), _forms_meeting_target),
    Standing("procedures.complete", _("Thủ tục công khai đủ các bộ phận"), _complete),
    Standing("procedures.with_fee", _("Thủ tục có phí, lệ phí"), _with_fee, is_of_kind=True),
    # Rows 1 and 2 of the index of Decision 766: by procedure listed, where the decision's deadline is known.
    Count(
        "publication.procedures_to_sign",
        _("Thủ tục đến hạn công bố"),
        _SIGNED,
        _LISTED & Q(decision__sign_by__isnull=False),
    ),
    Count(
        "publication.procedures_signed_in_time",
        _("Thủ tục công bố đúng hạn"),
        _SIGNED,
        _LISTED & Q(decision__signed_on__lte=F("decision__sign_by")),
    ),
    Count("publication.procedures_to_publish", _("Thủ tục đến hạn công khai"), _MADE_PUBLIC, _LISTED),
    Count(
        "publication.procedures_public_in_time",
        _("Thủ tục công khai đúng hạn"),
        _MADE_PUBLIC,
        _LISTED & Q(decision__public_on__lte=F("decision__public_by")),
    ),
    Count("publication.decisions", _("Quyết định công bố thủ tục đã ban hành"), _DECISIONS, _CONFIRMED),
    Count(
        "publication.signed_late",
        _("Quyết định công bố ký trễ hạn"),
        _DECISIONS,
        _CONFIRMED & Q(signed_on__gt=F("sign_by")),
    ),
    Count(
        "publication.public_late",
        _("Quyết định công bố công khai trễ hạn"),
        _DECISIONS,
        _CONFIRMED & Q(public_on__gt=F("public_by")),
    ),
]
