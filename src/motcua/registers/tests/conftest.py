"""A province, two departments, a commune, those who keep and check, and two registers."""

from datetime import date, timedelta

import pytest

from motcua.base.clock import today
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import (
    COMMUNE,
    CONTROL_OFFICER,
    DEPARTMENT,
    LEADER,
    OFFICE,
    PROVINCE,
    RECEPTION,
    SPECIALIST,
)
from motcua.registers.actions.defining import draft, publish
from motcua.registers.actions.keeping import keep
from motcua.registers.models import Register
from motcua.registers.tests.definitions import CASES, DIALOGUES, PORTAL

UNITS = {
    "province": ("P", "Tỉnh Thử", PROVINCE),
    "office": ("P.0", "Văn phòng UBND tỉnh Thử", OFFICE),
    "department": ("P.1", "Sở Thử", DEPARTMENT),
    "other": ("P.2", "Sở Khác", DEPARTMENT),
    "commune": ("P.3", "Xã Thử", COMMUNE),
}
PEOPLE = {
    "keeper": ("department", SPECIALIST),
    "leader": ("department", LEADER),
    "colleague": ("other", SPECIALIST),
    "chief": ("province", LEADER),
    "control": ("office", CONTROL_OFFICER),
    "counter": ("department", RECEPTION),
}


class Cast:
    """Units and people by name."""

    units: dict = {}
    people: dict = {}

    def __getattr__(self, name):
        found = self.units.get(name) or self.people.get(name)
        if found is None:
            raise AttributeError(name)
        return found


@pytest.fixture
def cast(db):
    since, made = date(2018, 1, 1), Cast()
    made.units, made.people = {}, {}
    for name, (code, title, kind) in UNITS.items():
        made.units[name] = establish(
            code=code, name=title, kind=kind, parent=made.units.get("province"), valid_from=since, actor=""
        )
    for name, (unit, role) in PEOPLE.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        give_post(account, unit=made.units[unit], role=role, valid_from=since, actor="")
        made.people[name] = Account.objects.get(pk=account.pk)
    made.people["citizen"] = open_account(username="dan", full_name="Người Dân", password=None, actor="")
    return made


def published(data):
    draft(data, actor=None)
    return publish(data["code"], actor=None).register


@pytest.fixture
def talks(cast):
    published(DIALOGUES)
    return Register.objects.get(code="talks")


@pytest.fixture
def portal(cast):
    published(PORTAL)
    return Register.objects.get(code="portal")


@pytest.fixture
def cases(cast):
    published(CASES)
    return Register.objects.get(code="cases")


@pytest.fixture
def talk(cast, talks):
    """One dialogue of the department, held ten days ago."""
    day = today() - timedelta(days=10)
    return keep(
        talks, unit=cast.department, actor=cast.keeper,
        values={"held_on": day.isoformat(), "subject": "Đất đai", "with_whom": "firms", "people": 12,
                "speaker": "Nguyễn Văn Thử"},
    ).entry  # fmt: skip


@pytest.fixture
def as_(client):
    def sign_in(account):
        client.force_login(account)
        return client

    return sign_in
