"""A unit with a counter and the people who deal with its money, a fee, and a gateway that answers from memory."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.base.clock import VIETNAM
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import (
    CONTROL_OFFICER,
    DEPARTMENT,
    LEADER,
    OFFICE,
    ONE_STOP,
    PROVINCE,
    RECEPTION,
    SPECIALIST,
)
from motcua.payments.actions import fees, ordering
from motcua.payments.gateways.port import FAILED, PAID, UNKNOWN, WAITING, GatewayDown, GatewayRefusal, RefundTold, Told

SINCE = date(2018, 1, 1)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=VIETNAM)
MINUTE = timedelta(minutes=1)


@dataclass
class MemoryGateway:
    """A gateway without wires: ``down`` and ``refuses`` are how it fails."""

    code: str = "http"
    name: str = "Cổng thử"
    origin: str = "https://cong.example"
    down: bool = False
    refuses: bool = False
    told: dict = field(default_factory=dict)
    created: list = field(default_factory=list)
    refunded: list = field(default_factory=list)
    statements: dict = field(default_factory=dict)

    def _answer(self):
        if self.down:
            raise GatewayDown("silent")
        if self.refuses:
            raise GatewayRefusal("no")

    def create(self, number, amount, *, expires_at, return_url, notice_url):
        self._answer()
        self.created.append((number, amount, return_url, notice_url))
        self.told.setdefault(number, Told(number, WAITING))
        return f"{self.origin}/pay/{number}"

    def ask(self, number):
        self._answer()
        return self.told.get(number, Told(number, UNKNOWN))

    def refund(self, number, *, transaction, amount):
        self._answer()
        self.refunded.append((number, transaction, amount))
        return RefundTold(f"HH-{number}", True)

    def statement(self, day):
        self._answer()
        return self.statements.get(day, "transaction,order,kind,amount,at\n")

    def read_notice(self, body, headers):
        raise NotImplementedError


@dataclass
class Office:
    """Units by code and people by short name."""

    units: dict
    people: dict

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def fee(self, subject="T-1", amount=50_000, *, at=NOON):
        return fees.ask(
            subject, amount=amount, basis="Nghị quyết thử", at=at, unit=self.units["T.01"],
            counter=self.units["T.MC"], link=f"/ho-so/{subject}",
        )  # fmt: skip

    def order(self, subject="T-1", *, at=NOON):
        return ordering.begin(subject, asked_by=self.citizen.code, at=at)


def make_office():
    """Write a province with a department, its counter and the people who deal with money."""
    units = {}

    def add(code, name, kind, parent=None):
        units[code] = establish(code=code, name=name, kind=kind, parent=parent, valid_from=SINCE, actor="")

    add("T", "Tỉnh Thử", PROVINCE)
    add("T.MC", "Trung tâm Phục vụ hành chính công", ONE_STOP, units["T"])
    add("T.00", "Văn phòng", OFFICE, units["T"])
    add("T.01", "Sở Thử", DEPARTMENT, units["T"])
    add("T.02", "Sở Khác", DEPARTMENT, units["T"])
    cast = {
        "citizen": [],
        "counter": [("T.MC", RECEPTION)],
        "leader": [("T.01", LEADER)],
        "other_leader": [("T.02", LEADER)],
        "control": [("T.00", CONTROL_OFFICER)],
        "specialist": [("T.01", SPECIALIST)],
    }
    people = {}
    for name, posts in cast.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        for unit, role in posts:
            give_post(account, unit=units[unit], role=role, valid_from=SINCE, actor="")
        people[name] = Account.objects.get(pk=account.pk)
    return Office(units, people)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def gateway(monkeypatch):
    """Connect a gateway from memory."""
    found = MemoryGateway()
    for module in ("ordering", "refunding", "statements"):
        monkeypatch.setattr(f"motcua.payments.actions.{module}.connected", lambda: found)
    for module in ("books", "statements", "gateway"):
        monkeypatch.setattr(f"motcua.payments.web.{module}.connected", lambda: found)
    return found


def paid(order, *, amount=None, transaction="GD1", at=NOON + MINUTE):
    """Return what a gateway says of an order that is paid."""
    return Told(order.number, PAID, transaction, order.amount if amount is None else amount, at)


def failed(order):
    return Told(order.number, FAILED)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)
