"""The stage of a simulated year: the units that handle dossiers, what they offer, and who works and asks there."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from random import Random
from uuid import UUID

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.dossiers.actions.filing import Applicant, Paper
from motcua.dossiers.actions.past import Moment, PastDossier
from motcua.dossiers.queries.places import FilingPlace, filing_place
from motcua.dossiers.rules.limits import promised_due
from motcua.dossiers.simulation.calibration import DIGITISED_SHARE, SHOWCASE_SHARE, Habit, calibration
from motcua.dossiers.simulation.lives import Life, Step, plan
from motcua.dossiers.states import ONLINE
from motcua.organizations.actions.people import open_account
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.queries import calendar_for
from motcua.organizations.states import COMMUNE
from motcua.procedures.models import Component, Offering, ProcedureVersion
from motcua.workflow.models import RouteStep
from motcua.workflow.queries import place_of, route_plan

CITIZENS = 40  # invented accounts that the online dossiers belong to
SHOWCASE_UNITS = ("H27.04", "18583")  # the department and the commune of the walk
DEMONSTRATION_CITIZEN = "congdan"
DEMONSTRATION_SHARE = 0.001  # of all online dossiers belong to the citizen who signs in
MOST_PAPERS = 3


@dataclass
class Desk:
    """A unit that handles dossiers: its habit, its share of the load, what it offers with and without a fee."""

    unit: Unit
    habit: Habit
    weight: float
    with_fee: list[FilingPlace] = field(default_factory=list)
    without_fee: list[FilingPlace] = field(default_factory=list)

    def offered(self, draw: Random) -> FilingPlace:
        """Return one of its offerings, with a fee as often as published."""
        wants_fee = draw.random() < self.habit.fee_share
        places = (self.with_fee if wants_fee else self.without_fee) or self.with_fee or self.without_fee
        return places[draw.randrange(len(places))]


@dataclass
class World:
    """Everything that a life needs, read once."""

    desks: list[Desk]
    officials: dict[tuple[int, str], list[str]]  # (unit, role) -> account codes
    papers: dict[int, tuple[Paper, ...]]  # by version
    citizens: list[Account]
    since: date  # the first day on which anything is offered
    _load: list[float] = field(default_factory=list)
    _filed: int = 0

    def desk(self, draw: Random) -> Desk:
        """Return where the next dossier is filed, by load."""
        self._load = self._load or list(accumulate(desk.weight for desk in self.desks))
        return self.desks[min(bisect_right(self._load, draw.random() * self._load[-1]), len(self.desks) - 1)]

    def life(self, filed_at: datetime, channel: str, desk: Desk, until: datetime, draw: Random) -> PastDossier:
        """Return one dossier with what happened to it until ``until``."""
        place, is_online = desk.offered(draw), channel == ONLINE
        account = self._citizen(draw) if is_online else None
        calendar = calendar_for(place.competent_unit.code)
        due_at = promised_due(calendar, filed_at, place.offering.limit_value, place.offering.limit_unit)
        steps = self._steps(place, draw)
        planned = plan(
            Life(
                filed_at=filed_at,
                is_online=is_online,
                has_fee=place.offering.fee > 0,
                applicant=account.code if account else "",
                steps=steps,
                legal_minutes=calendar.working_minutes_between(filed_at, due_at),
                habit=desk.habit,
            ),
            calendar,
            draw,
        )
        self._filed += 1
        return PastDossier(
            submission_key=UUID(int=draw.getrandbits(128), version=4),
            place=place,
            channel=channel,
            applicant=_applicant(account, self._filed),
            filed_at=filed_at,
            actor=account.code if account else steps[0].actor,
            account=account,
            papers=self.papers.get(place.version.pk, ()),
            is_digitised=is_online or draw.random() < DIGITISED_SHARE,
            moments=tuple(
                Moment(one.action, one.at, one.actor, one.words, one.method) for one in planned if one.at < until
            ),
        )

    def _steps(self, place: FilingPlace, draw: Random) -> list[Step]:
        steps = []
        for step in route_plan(place.offering.route_id).own_way:
            names = self.officials[_place(step, place.competent_unit), step.role]
            steps.append(Step(step.phase, names[draw.randrange(len(names))] if len(names) > 1 else names[0]))
        return steps

    def _citizen(self, draw: Random) -> Account:
        if draw.random() < DEMONSTRATION_SHARE:
            return self.citizens[0]
        return self.citizens[draw.randrange(1, len(self.citizens))]


@lru_cache(maxsize=4096)
def _place(step: RouteStep, competent_unit: Unit) -> int:
    return place_of(step, competent_unit).pk


def gather(day: date, draw: Random) -> World:
    """Read the stage as it is on ``day``.

    Raises:
        Refused: no unit offers a procedure.
    """
    offerings = list(Offering.objects.filter(in_force(day)).select_related("procedure", "unit").order_by("pk"))
    officials = _officials(day)
    desks = [desk for desk in _desks(offerings, day, draw) if _is_staffed(desk, officials)]
    if not desks:
        raise Refused(gettext("Chưa có đơn vị nào nhận giải quyết thủ tục."))
    total = sum(desk.weight for desk in desks)
    for desk in desks:
        if desk.unit.code in SHOWCASE_UNITS:
            desk.weight = max(desk.weight, total * SHOWCASE_SHARE)
    return World(
        desks=desks,
        officials=officials,
        papers=_papers(desks),
        citizens=_citizens(),
        since=min(offering.valid_from for offering in offerings),
    )


def _desks(offerings: list[Offering], day: date, draw: Random) -> list[Desk]:
    """Return the desks in the order of their codes, so that a seed gives the same year."""
    habits, by_unit, of_communes = calibration(), defaultdict(list), []
    units: dict[int, Unit] = {}
    for offering in offerings:
        if offering.unit is None:
            of_communes.append(offering)
        else:
            by_unit[offering.unit.pk].append(offering)
            units[offering.unit.pk] = offering.unit
    versions = _versions(offerings, day)
    desks = [
        Desk(unit, habits.department(unit.name), habits.department(unit.name).weight)
        for unit in sorted(units.values(), key=lambda unit: unit.code)
    ]
    communes = list(Unit.objects.in_force(day).filter(kind=COMMUNE, one_stop__isnull=False).order_by("code"))
    for unit in communes if of_communes else []:
        load = habits.commune_load / len(communes) * draw.uniform(0.2, 1.8)
        desks.append(Desk(unit, habits.communes[draw.randrange(len(habits.communes))], load))
    for desk in desks:
        offered = by_unit[desk.unit.pk] or of_communes
        base = filing_place(offered[0].procedure.code, desk.unit.code, day)
        for offering in offered:
            place = replace(
                base, offering=offering, version=versions[offering.procedure_id], route_id=offering.route_id
            )
            (desk.with_fee if offering.fee else desk.without_fee).append(place)
    return desks


def _versions(offerings: list[Offering], day: date) -> dict[int, ProcedureVersion]:
    procedures = {offering.procedure_id for offering in offerings}
    versions = ProcedureVersion.objects.filter(in_force(day), procedure__in=procedures).select_related("procedure")
    return {version.procedure_id: version for version in versions.only("name", "procedure__code")}


def _officials(day: date) -> dict[tuple[int, str], list[str]]:
    officials = defaultdict(list)
    for post in Post.objects.filter(in_force(day)).select_related("account").order_by("account__username"):
        officials[post.unit_id, post.role].append(post.account.code)
    return officials


def _is_staffed(desk: Desk, officials: dict[tuple[int, str], list[str]]) -> bool:
    """Whether somebody holds each role of each route that the unit's procedures travel."""
    return all(
        officials.get((_place(step, desk.unit), step.role))
        for route in {place.offering.route_id for place in desk.with_fee + desk.without_fee}
        for step in route_plan(route).steps
    )


def _papers(desks: list[Desk]) -> dict[int, tuple[Paper, ...]]:
    versions = {place.version.pk for desk in desks for place in desk.with_fee + desk.without_fee}
    papers: dict[int, tuple[Paper, ...]] = {}
    components = Component.objects.filter(version__in=versions).order_by("version", "position")
    for component in components.only("version", "name", "originals").iterator():
        kept = papers.setdefault(component.version_id, ())
        if len(kept) < MOST_PAPERS:
            papers[component.version_id] += (Paper(component.name[:2000], is_original=component.originals > 0),)
    return papers


def _citizens() -> list[Account]:
    """Return the invented citizens, opened the first time; the one who can sign in comes first."""
    signed_in = list(Account.objects.filter(username=DEMONSTRATION_CITIZEN))
    names = [f"congdan.mophong.{number:03d}" for number in range(1, CITIZENS + 1)]
    there = Account.objects.in_bulk(names, field_name="username")
    for number, name in enumerate(names, start=1):
        if name not in there:
            there[name] = open_account(
                username=name,
                full_name=f"Nguyễn Văn Thử {number:03d}",
                password=None,
                actor="",
                identity_number=f"{number:012d}",
                address="Số 1 đường Thử Nghiệm",
            )
    return signed_in + [there[name] for name in names]


def _applicant(account: Account | None, number: int) -> Applicant:
    if account is not None:
        return Applicant(account.full_name, account.identity_number, account.phone, account.email, account.address)
    return Applicant(f"Người Thử {number:06d}", f"{number:012d}", "0900000000", "", "Số 1 đường Thử Nghiệm")
