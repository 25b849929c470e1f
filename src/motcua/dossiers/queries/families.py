"""Reading dossiers that go together, and what a dossier may open beside itself."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.dossiers.models import Dossier, DossierLink
from motcua.dossiers.queries.published import marks_of, version_of
from motcua.dossiers.states import ENDED_STATES, FOLLOWS, LINK_KINDS
from motcua.organizations.models import Unit, in_force
from motcua.procedures.life_events import LIFE_EVENTS, procedures_for
from motcua.procedures.models import Offering, ProcedureVersion
from motcua.procedures.publishing_states import LINKED
from motcua.procedures.queries import codes_marked

MOST_KIN = 30  # of one family: beyond it a page is no help
MOST_CHOICES = 40


@dataclass(frozen=True)
class Kin:
    """A dossier of the family: what it is to the one that is looked at, and how far it has come."""

    code: str
    relation: str  # in words; "" for kin of kin
    title: str  # "" where it lies outside the system
    unit_name: str
    state_label: str
    is_here: bool  # whether it lies in the system
    is_waited_for: bool  # the one looked at is not decided before it
    is_own_link: bool  # made on this dossier's page, so it can be taken away there


@dataclass(frozen=True)
class Choice:
    """A procedure that can be opened beside a dossier, at a unit."""

    procedure: str
    name: str
    unit: str
    unit_name: str


def family_of(code: str) -> list[Kin]:
    """Return the dossiers that go with ``code``, those linked to it first, then kin of kin; a few statements."""
    links = _links_around(code)
    codes = list(dict.fromkeys(each for link in links for each in (link.code, link.other) if each != code))[:MOST_KIN]
    if not codes:
        return []
    here = {
        dossier.code: dossier for dossier in Dossier.objects.filter(code__in=codes).select_related("competent_unit")
    }
    direct = {link.other: link for link in links if link.code == code}
    reverse = {link.code: link for link in links if link.other == code}
    kin = [_kin(each, here.get(each), direct.get(each), reverse.get(each)) for each in codes]
    return sorted(kin, key=lambda each: (not each.relation, each.code))


def waited_for(code: str) -> list[str]:
    """Return the codes of the dossiers whose result ``code`` still waits for; one statement."""
    followed = DossierLink.objects.filter(code=code, kind=FOLLOWS).values("other")
    waiting = Dossier.objects.filter(code__in=followed).exclude(state__in=ENDED_STATES)
    return list(waiting.order_by("code").values_list("code", flat=True))


def choices_beside(dossier: Dossier, *, counters: set[int]) -> list[Choice]:
    """Return what a counter (one of the units ``counters``) may open beside ``dossier``.

    Where the catalogue marks its procedure as linked, all procedures so marked; and those of the life events that call
    for it. The catalogue names no partners, so the officer chooses.
    """
    own = dossier.version.procedure.code
    wanted = codes_marked(LINKED) if LINKED in marks_of(dossier.version.procedure_id, today()) else set()
    for event in LIFE_EVENTS:
        called_for = {hit.entry.code for hit in procedures_for(event)}
        if own in called_for:
            wanted |= called_for
    wanted.discard(own)
    return _offered(wanted, dossier, counters) if wanted else []


def _offered(wanted: set[str], dossier: Dossier, counters: set[int]) -> list[Choice]:
    day = today()
    offers = Offering.objects.filter(in_force(day), procedure__code__in=wanted).filter(
        Q(unit__one_stop__in=counters) | Q(unit__in=counters) | Q(unit__isnull=True)
    )
    found: dict[tuple[str, str], Choice] = {}
    names = _names(wanted)
    for offer in offers.select_related("unit", "procedure").order_by("procedure__code", "unit__code")[:MOST_CHOICES]:
        unit: Unit = offer.unit or dossier.competent_unit
        if offer.unit is None and offer.unit_kind != unit.kind:
            continue
        code = offer.procedure.code
        found.setdefault((code, unit.code), Choice(code, names.get(code, code), unit.code, unit.name))
    return list(found.values())


def _names(codes: set[str]) -> dict[str, str]:
    rows = ProcedureVersion.objects.filter(in_force(today()), procedure__code__in=codes)
    return dict(rows.values_list("procedure__code", "name"))


def _links_around(code: str) -> list[DossierLink]:
    """Return the links of ``code`` and of those it is linked with."""
    direct = list(DossierLink.objects.filter(Q(code=code) | Q(other=code)).order_by("id")[:MOST_KIN])
    around = {each for link in direct for each in (link.code, link.other)} - {code}
    if not around:
        return []
    further = DossierLink.objects.filter(Q(code__in=around) | Q(other__in=around)).order_by("id")[:MOST_KIN]
    return list({link.pk: link for link in [*direct, *further]}.values())


def _kin(code: str, here: Dossier | None, direct: DossierLink | None, reverse: DossierLink | None) -> Kin:
    relation = ""
    if direct is not None:
        relation = str(LINK_KINDS[direct.kind])
    elif reverse is not None:
        relation = gettext("Được chờ bởi") if reverse.kind == FOLLOWS else str(LINK_KINDS[reverse.kind])
    waits = direct is not None and direct.kind == FOLLOWS and here is not None and here.state not in ENDED_STATES
    return Kin(
        code=code,
        relation=relation,
        title=version_of(here.version_id).name if here else "",
        unit_name=here.competent_unit.name if here else gettext("Ngoài hệ thống"),
        state_label=here.state_label if here else "",
        is_here=here is not None,
        is_waited_for=waits,
        is_own_link=direct is not None,
    )
