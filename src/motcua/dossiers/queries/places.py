"""Where a dossier is filed: who is competent, who receives, which agency code numbers it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.dossiers.queries.published import offering_of, version_of
from motcua.dossiers.rules.reception_rules import scheme_on
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account, Unit, UnitCode, in_force
from motcua.organizations.states import RECEPTION
from motcua.procedures.eforms import form_asked
from motcua.procedures.models import FormVersion, Offering, ProcedureVersion, Trait
from motcua.procedures.models.eforms import PUBLISHED
from motcua.procedures.publishing_states import NON_TERRITORIAL
from motcua.procedures.rules.eforms.form import Eform
from motcua.workflow.models import Route

PLACES_KEPT_FOR = 30  # seconds: how late another process may learn of a changed offering; a refusal is not kept


@dataclass(frozen=True)
class FilingPlace:
    """Everything that filing needs to know of a procedure at a unit on a day."""

    version: ProcedureVersion
    offering: Offering
    competent_unit: Unit
    receiving_unit: Unit
    agency_code: str  # of the competent unit, or of its one-stop unit where it has none of its own; in the day's scheme
    route_id: int  # the version in force on that day of the route under which it is offered
    numbering_unit_id: int  # the unit that bears ``agency_code``: its numbers restart daily
    form: Eform  # what is asked
    form_version_id: int | None  # None: the questions of the offering are asked
    is_any_location: bool  # any counter may take it in (R4.24)
    is_elsewhere: bool = False  # it is taken in at a counter that does not serve the competent unit

    @property
    def counter(self) -> Unit | None:
        """The one-stop unit of this dossier where it is not the competent unit's own."""
        return self.receiving_unit if self.is_elsewhere else None


def filing_place(procedure_code: str, unit_code: str, day: date) -> FilingPlace:
    """Return where a dossier of ``procedure_code`` is filed with ``unit_code`` on ``day``; kept for some seconds.

    A unit's own offering goes before that of all units of its kind.

    Raises:
        Refused: no such unit or procedure on that day, the unit does not offer it, or it has no agency code.
    """
    return _filing_place(procedure_code, unit_code, day, int(monotonic() // PLACES_KEPT_FOR))


@lru_cache(maxsize=4096)
def _filing_place(procedure_code: str, unit_code: str, day: date, _period: int) -> FilingPlace:
    unit: Any = _unit_with_offer(procedure_code, unit_code, day).first()  # with the annotated columns
    if unit is None:
        raise Refused(gettext("Không có đơn vị nào mang mã “%(code)s”.") % {"code": unit_code[:40]}, field="unit")
    if unit.version_id is None:
        raise Refused(
            gettext("Không có thủ tục nào mang mã “%(code)s” còn hiệu lực.") % {"code": procedure_code[:20]},
            field="procedure",
        )
    if unit.offering_id is None:
        raise Refused(
            gettext("%(unit)s không giải quyết thủ tục “%(code)s”.") % {"unit": unit, "code": procedure_code},
            field="unit",
        )
    agency_code = unit.own_code or unit.counter_code
    if agency_code is None:
        raise Refused(gettext("%(unit)s chưa có mã cơ quan để cấp mã hồ sơ.") % {"unit": unit}, field="unit")
    receiving = unit.one_stop or unit
    offering = offering_of(unit.offering_id)
    return FilingPlace(
        version=version_of(unit.version_id),
        offering=offering,
        competent_unit=unit,
        receiving_unit=receiving,
        agency_code=agency_code,
        route_id=unit.route_id,
        numbering_unit_id=unit.pk if unit.own_code else receiving.pk,
        form=form_asked(unit.form_version_id, offering),
        form_version_id=unit.form_version_id,
        is_any_location=unit.is_any_location,
    )


def place_at(place: FilingPlace, *, actor: Account, counter_code: str = "") -> FilingPlace:
    """Return ``place`` as it is at the counter where ``actor`` takes the dossier in.

    What does not depend on the territory may be taken in at any counter (R4.24): it is then this counter that
    receives. The code stays that of the competent unit, whose numbers and register it stands in.

    Raises:
        Refused: the actor does not receive for this unit, nor anywhere for what any counter takes.
    """
    if has_role_in(actor, place.receiving_unit, RECEPTION) and counter_code in ("", place.receiving_unit.code):
        return place
    mine = [unit for unit in actor.units_as(RECEPTION) if counter_code in ("", unit.code)]
    if not place.is_any_location or not mine:
        raise Refused(gettext("Bạn không tiếp nhận hồ sơ tại %(unit)s.") % {"unit": place.receiving_unit}, field="unit")
    return replace(place, receiving_unit=mine[0], is_elsewhere=True)


def forget_places() -> None:
    """Make the next filing look again; for what changes offerings and for tests."""
    _filing_place.cache_clear()


def _unit_with_offer(procedure_code: str, unit_code: str, day: date) -> QuerySet[Unit]:
    codes = UnitCode.objects.filter(in_force(day), scheme=scheme_on(day)).order_by("-valid_from").values("code")
    offers = (
        Offering.objects.filter(in_force(day), procedure__code=procedure_code)
        .filter(Q(unit=OuterRef("pk")) | Q(unit__isnull=True, unit_kind=OuterRef("kind")))
        .order_by(F("unit").asc(nulls_last=True), "-valid_from")
    )
    versions = ProcedureVersion.objects.filter(in_force(day), procedure__code=procedure_code).order_by("-valid_from")
    routes = Route.objects.filter(in_force(day), code=OuterRef("route__code")).order_by("-version").values("pk")[:1]
    asked = FormVersion.objects.filter(in_force(day), procedure__code=procedure_code, state=PUBLISHED)
    marks = Trait.objects.filter(in_force(day), procedure__code=procedure_code, trait=NON_TERRITORIAL)
    return (
        Unit.objects.in_force(day)
        .filter(code=unit_code)
        .select_related("one_stop")
        .annotate(
            offering_id=Subquery(offers.values("pk")[:1]),
            route_id=Subquery(offers.annotate(in_force=Coalesce(Subquery(routes), F("route"))).values("in_force")[:1]),
            version_id=Subquery(versions.values("pk")[:1]),
            form_version_id=Subquery(asked.order_by("-valid_from").values("pk")[:1]),
            own_code=Subquery(codes.filter(unit=OuterRef("pk"))[:1]),
            counter_code=Subquery(codes.filter(unit=OuterRef("one_stop"))[:1]),
            is_any_location=Exists(marks),
        )
    )
