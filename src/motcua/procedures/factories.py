"""A small province that keeps a catalogue, for tests."""

from dataclasses import dataclass, field
from datetime import date

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
    PROVINCE,
    SPECIALIST,
)

SINCE = date(2018, 1, 1)
UNITS = (
    ("T", "Tỉnh Thử", PROVINCE, ""),
    ("T.00", "Văn phòng Ủy ban nhân dân tỉnh", OFFICE, "T"),
    ("T.01", "Sở Tư pháp", DEPARTMENT, "T"),
    ("T.02", "Sở Khoa học và Công nghệ", DEPARTMENT, "T"),
    ("T.10", "Xã Thử", COMMUNE, "T"),
)
CAST: dict[str, tuple[tuple[str, str], ...]] = {
    "citizen": (),
    "control": (("T.00", CONTROL_OFFICER),),
    "justice": (("T.01", LEADER),),
    "science": (("T.02", LEADER),),
    "commune": (("T.10", SPECIALIST),),
}


@dataclass
class Office:
    """The units by code and the people by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)


def make_office() -> Office:
    """Write the small province and return it."""
    office = Office()
    load_calendar()
    for code, name, kind, parent in UNITS:
        office.units[code] = establish(
            code=code, name=name, kind=kind, parent=office.units.get(parent), valid_from=SINCE, actor="", one_stop=None
        )
    for name, posts in CAST.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        for unit, role in posts:
            give_post(account, unit=office.units[unit], role=role, valid_from=SINCE, actor="")
        office.people[name] = Account.objects.get(pk=account.pk)
    return office
