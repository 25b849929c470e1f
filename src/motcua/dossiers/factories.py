"""A small province for tests: a department, a commune, an agency outside, their counters, people and two procedures."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from motcua.base.clock import VIETNAM
from motcua.dossiers.actions.filing import Applicant, Paper, file_at_counter, file_online
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import APPROVE, HANDLE, PROPOSE, RECEIVE, RETURN
from motcua.organizations.actions.calendar import load_calendar
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import (
    COMMUNE,
    CONTROL_OFFICER,
    DEPARTMENT,
    LEADER,
    OFFICE,
    ONE_STOP,
    PROVINCE,
    QCVN_102,
    RECEPTION,
    SPECIALIST,
    UNIT_HEAD,
)
from motcua.procedures.models import Offering, Procedure, ProcedureVersion
from motcua.workflow.models import AT_COMPETENT, AT_ONE_STOP, Route, RouteStep

SINCE = date(2018, 1, 1)
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)  # an ordinary working morning
APPLICANT = Applicant("Nguyễn Văn Thử", "000000000001", "0900000000", "thu@example.org", "Số 1 đường Thử Nghiệm")
PAPER = Paper("Đơn đề nghị", is_original=True)

# (phase, role, place, share)
DEPARTMENT_STEPS = [
    (RECEIVE, RECEPTION, AT_ONE_STOP, 10),
    (HANDLE, SPECIALIST, AT_COMPETENT, 50),
    (PROPOSE, UNIT_HEAD, AT_COMPETENT, 20),
    (APPROVE, LEADER, AT_COMPETENT, 15),
    (RETURN, RECEPTION, AT_ONE_STOP, 5),
]
INTER_AGENCY_STEPS = [
    *DEPARTMENT_STEPS[:1],
    (HANDLE, SPECIALIST, "T.02", 20),
    (HANDLE, SPECIALIST, AT_COMPETENT, 30),
    *DEPARTMENT_STEPS[2:],
]
STEP_NAMES = {RECEIVE: "Tiếp nhận", HANDLE: "Thẩm định", PROPOSE: "Xem xét", APPROVE: "Ký duyệt", RETURN: "Trả kết quả"}


@dataclass
class World:
    """Units by code, accounts by short name, procedure codes by the kind of their route."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    procedure: str = "1.000001"  # offered by the department and by communes, 5 working days, fee 50.000
    inter_agency: str = "1.000002"  # offered by the department, 10 working days, no fee

    def __getattr__(self, name: str) -> Account:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def file(self, *, at: datetime = MONDAY, procedure: str = "", unit: str = "T.01") -> Dossier:
        """File online as the citizen."""
        return file_online(
            procedure or self.procedure,
            unit_code=unit,
            applicant=APPLICANT,
            submission_key=uuid4(),
            actor=self.citizen,
            papers=[PAPER],
            at=at,
        )

    def file_at_counter(self, *, at: datetime = MONDAY, procedure: str = "", unit: str = "T.01") -> Dossier:
        """File and receive at the counter of the department."""
        return file_at_counter(
            procedure or self.procedure,
            unit_code=unit,
            applicant=APPLICANT,
            submission_key=uuid4(),
            actor=self.counter,
            papers=[PAPER],
            at=at,
        )


def make_world() -> World:
    """Write the small province and return it."""
    world = World()
    load_calendar()
    _make_units(world)
    _make_people(world)
    _make_procedures(world)
    return world


def _make_units(world: World) -> None:
    def add(code: str, name: str, kind: str, parent: Unit | None = None, counter: str = "", qcvn: str = "") -> Unit:
        world.units[code] = establish(
            code=code,
            name=name,
            kind=kind,
            parent=parent,
            valid_from=SINCE,
            actor="",
            one_stop=world.units.get(counter),
            codes={QCVN_102: qcvn} if qcvn else None,
        )
        return world.units[code]

    province = add("T", "Tỉnh Thử Nghiệm", PROVINCE)
    add("T.MC", "Trung tâm Phục vụ hành chính công tỉnh", ONE_STOP, province)
    add("T.00", "Văn phòng Ủy ban nhân dân tỉnh", OFFICE, province, "T.MC", "000.00.00.T99")
    add("T.01", "Sở Thử Nghiệm", DEPARTMENT, province, "T.MC", "000.00.01.T99")
    add("T.02", "Sở Phối Hợp", DEPARTMENT, province, "T.MC", "000.00.02.T99")
    commune = add("T.10", "Xã Thử Nghiệm", COMMUNE, province, "", "001.00.10.T99")
    commune.one_stop = add("T.10.MC", "Trung tâm Phục vụ hành chính công xã", ONE_STOP, commune)
    commune.save(update_fields=["one_stop"])


def _make_people(world: World) -> None:
    cast = {
        "citizen": [],
        "other_citizen": [],
        "counter": [("T.MC", RECEPTION)],
        "specialist": [("T.01", SPECIALIST)],
        "colleague": [("T.01", SPECIALIST)],
        "head": [("T.01", UNIT_HEAD)],
        "leader": [("T.01", LEADER)],
        "partner": [("T.02", SPECIALIST)],
        "outsider": [("T.10", SPECIALIST)],
        "control": [("T.00", CONTROL_OFFICER)],
        "commune_all": [("T.10", SPECIALIST), ("T.10", UNIT_HEAD), ("T.10", LEADER), ("T.10.MC", RECEPTION)],
    }
    for name, posts in cast.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        for unit, role in posts:
            give_post(account, unit=world.units[unit], role=role, valid_from=SINCE, actor="")
        world.people[name] = Account.objects.get(pk=account.pk)


def make_route(code: str, steps: list[tuple[str, str, str, int]]) -> Route:
    """Write a published route of the given (phase, role, place, share)."""
    route = Route.objects.create(code=code, name=f"Quy trình {code}", valid_from=SINCE)
    RouteStep.objects.bulk_create(
        RouteStep(
            route=route, position=position, name=STEP_NAMES[phase], phase=phase, role=role, place=place, share=share
        )
        for position, (phase, role, place, share) in enumerate(steps, start=1)
    )
    return route


def _make_procedures(world: World) -> None:
    short, long = make_route("ngan", DEPARTMENT_STEPS), make_route("lien-thong", INTER_AGENCY_STEPS)
    first = _make_procedure(world.procedure, "Cấp giấy phép thử nghiệm")
    second = _make_procedure(world.inter_agency, "Cấp giấy phép thử nghiệm liên thông")
    common = {"valid_from": SINCE, "source": "Nghị quyết thử nghiệm"}
    Offering.objects.create(
        procedure=first,
        unit=world.units["T.01"],
        route=short,
        limit_value=5,
        limit_unit="working_day",
        fee=50_000,
        **common,
    )
    Offering.objects.create(
        procedure=first, unit_kind=COMMUNE, route=short, limit_value=16, limit_unit="working_hour", **common
    )
    Offering.objects.create(
        procedure=second,
        unit=world.units["T.01"],
        route=long,
        limit_value=10,
        limit_unit="working_day",
        is_online=True,
        questions=[{"name": "acreage", "label": "Diện tích", "type": "number"}],
        **common,
    )


def _make_procedure(code: str, name: str) -> Procedure:
    procedure = Procedure.objects.create(code=code)
    ProcedureVersion.objects.create(
        procedure=procedure,
        valid_from=SINCE,
        name=name,
        field="Thử nghiệm",
        issuing_agency="Bộ Thử Nghiệm",
        steps="1. Nộp. 2. Nhận.",
        online_kind="full",
        source="thử nghiệm",
    )
    return procedure
