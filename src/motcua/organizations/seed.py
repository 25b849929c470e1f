"""The demonstration province's units and people: Hà Tĩnh, its departments, its communes, and invented officials."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from motcua.organizations.actions.calendar import load_calendar
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish, load_administrative_units
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import (
    ADMINISTRATOR,
    COMMUNE,
    CONTROL_OFFICER,
    LEADER,
    ONE_STOP,
    QCVN_102,
    RECEPTION,
    SPECIALIST,
    UNIT_HEAD,
)

PROVINCE_CODE = "42"
AGENCIES = Path(__file__).parent / "data" / "ha_tinh_agencies.csv"
DEMONSTRATION_PASSWORD = "mot-cua-thu-nghiem"  # noqa: S105
SINCE = date(2018, 1, 1)
SOURCE = "demonstration"

# The cast of the walk: user name, name, unit code, role. All invented.
CAST = [
    ("congdan", "Nguyễn Văn Thử", "", ""),
    ("tiepnhan", "Trần Thị Mẫu", "H27.TTHCC", RECEPTION),
    ("chuyenvien", "Lê Văn Ví Dụ", "H27.04", SPECIALIST),
    ("truongphong", "Phạm Thị Giả Định", "H27.04", UNIT_HEAD),
    ("lanhdao", "Hoàng Văn Minh Họa", "H27.04", LEADER),
    ("kiemsoat", "Đặng Thị Kiểm Thử", "H27.01", CONTROL_OFFICER),
    ("quantri", "Vũ Văn Quản Trị", "H27.01", ADMINISTRATOR),
    ("nguoingoai", "Bùi Thị Người Ngoài", "H27.12", SPECIALIST),
]


@transaction.atomic
def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Load units, calendar, agencies and people; does nothing when they are there."""
    progress("Đơn vị, lịch làm việc, con người", 0, 1)
    load_administrative_units(actor="")
    load_calendar()
    if Unit.objects.filter(code="H27.01").exists():
        return
    province = Unit.objects.in_force().get(code=PROVINCE_CODE)
    centre = _establish_agencies(province)
    _establish_commune_counters(province)
    province.one_stop = centre
    province.save(update_fields=["one_stop"])
    _open_cast()
    _staff_agencies()
    progress("Đơn vị, lịch làm việc, con người", 1, 1)


def _establish_agencies(province: Unit) -> Unit:
    with AGENCIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    units: dict[str, Unit] = {}
    for row in rows:
        units[row["code"]] = establish(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=units.get(row["parent"], province),
            one_stop=units.get(row["one_stop"]),
            valid_from=SINCE,
            actor="",
            source=SOURCE,
            codes={QCVN_102: row["qcvn102"]} if row["qcvn102"] else None,
        )
    return units["H27.TTHCC"]


def _establish_commune_counters(province: Unit) -> None:
    """Give each commune of the province its one-stop unit and its official code."""
    communes = Unit.objects.in_force().filter(parent=province, kind=COMMUNE).order_by("code")
    for position, commune in enumerate(communes, start=1):
        commune.codes.create(
            scheme=QCVN_102, code=f"{position:03d}.00.30.H27", valid_from=commune.valid_from, source=SOURCE
        )
        commune.one_stop = establish(
            code=f"{commune.code}.MC",
            name=f"Trung tâm Phục vụ hành chính công {commune.name}",
            kind=ONE_STOP,
            parent=commune,
            valid_from=commune.valid_from,
            actor="",
            source=SOURCE,
        )
        commune.save(update_fields=["one_stop"])


def _open_cast() -> None:
    for username, full_name, unit_code, role in CAST:
        account = open_account(
            username=username,
            full_name=full_name,
            password=DEMONSTRATION_PASSWORD,
            actor="",
            identity_number="000000000001" if not role else "",
            phone="0900000000",
            address="Số 1 đường Thử Nghiệm, tỉnh Hà Tĩnh",
        )
        if role:
            give_post(account, unit=Unit.objects.in_force().get(code=unit_code), role=role, valid_from=SINCE, actor="")


def _staff_agencies() -> None:
    """Give every competent unit and counter somebody for each role, so that dossiers find their people."""
    places = Unit.objects.in_force().filter(path__startswith=Unit.objects.in_force().get(code=PROVINCE_CODE).path)
    for unit in places.exclude(code=PROVINCE_CODE).order_by("code"):
        roles = [RECEPTION] if unit.kind == ONE_STOP else [SPECIALIST, UNIT_HEAD, LEADER]
        for role in roles:
            if not unit.posts.filter(role=role).exists():
                account = Account(username=f"{role}.{unit.code}".lower(), full_name=f"Người thử {role} {unit.code}")
                account.set_unusable_password()
                account.save()
                give_post(account, unit=unit, role=role, valid_from=unit.valid_from, actor="")


def sign_ins() -> list[tuple[str, str, str]]:
    """Return who can sign in to the demonstration: role in words, user name, password."""
    names = dict.fromkeys(username for username, *_rest in CAST)
    accounts = Account.objects.filter(username__in=names)
    by_name = {account.username: account for account in accounts}
    return [
        (
            "; ".join(by_name[name].role_names) or "Công dân",
            name,
            DEMONSTRATION_PASSWORD,
        )
        for name in names
        if name in by_name
    ]
