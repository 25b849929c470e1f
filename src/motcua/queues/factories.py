"""A small hall for tests: two groups, three windows, two officers, on an ordinary working morning."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from motcua.base.clock import VIETNAM
from motcua.organizations.actions.calendar import load_calendar
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import (
    ADMINISTRATOR,
    CONTROL_OFFICER,
    DEPARTMENT,
    LEADER,
    OFFICE,
    ONE_STOP,
    PROVINCE,
    RECEPTION,
    SPECIALIST,
)
from motcua.queues.actions import calling, taking, windows
from motcua.queues.actions.halls import set_up_group, set_up_hall, set_up_window
from motcua.queues.models import Hall, Ticket
from motcua.queues.states import KIOSK

SINCE = date(2018, 1, 1)
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)  # a Monday, half an hour after opening
CAST = {
    "officer": ("T.MC", RECEPTION),
    "colleague": ("T.MC", RECEPTION),
    "chief": ("T.MC", LEADER),
    "control": ("T.00", CONTROL_OFFICER),
    "administrator": ("T.00", ADMINISTRATOR),
    "elsewhere": ("T.11", RECEPTION),  # the counter of another unit
    "outsider": ("T.01", SPECIALIST),
}


@dataclass
class HallWorld:
    """The hall "SANH" with groups A (10 minutes, 2 appointments a slot) and B, windows 1 (A), 2 (A, B), 3 (B)."""

    hall: Hall
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Account:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def take(self, group: str = "A", *, minute: int = 0, priority: str = "") -> Ticket:
        """Take a number so many minutes after the morning began."""
        at = MORNING + timedelta(minutes=minute)
        return taking.take_number("SANH", group=group, channel=KIOSK, priority=priority, at=at)

    def open(self, number: int = 1, name: str = "officer", *, minute: int = 0) -> None:
        """Open a window."""
        windows.open_window("SANH", number, actor=self.people[name], at=MORNING + timedelta(minutes=minute))

    def call(self, number: int = 1, name: str = "officer", *, minute: int = 0) -> Ticket | None:
        """Call the next number to a window."""
        return calling.call_next(
            "SANH", number, actor=self.people[name], at=MORNING + timedelta(minutes=minute)
        )  # fmt: skip


def make_hall_world() -> HallWorld:
    """Write the small hall and return it."""
    load_calendar()
    units: dict[str, Unit] = {}
    for code, name, kind, parent in [
        ("T", "Tỉnh Thử Nghiệm", PROVINCE, ""),
        ("T.MC", "Trung tâm Phục vụ hành chính công tỉnh", ONE_STOP, "T"),
        ("T.00", "Văn phòng Ủy ban nhân dân tỉnh", OFFICE, "T"),
        ("T.01", "Sở Thử Nghiệm", DEPARTMENT, "T"),
        ("T.11", "Bộ phận Một cửa khác", ONE_STOP, "T"),
    ]:
        units[code] = establish(
            code=code, name=name, kind=kind, parent=units.get(parent), valid_from=SINCE, actor="", one_stop=None
        )
    people = {}
    for name, (unit, role) in CAST.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        give_post(account, unit=units[unit], role=role, valid_from=SINCE, actor="")
        people[name] = Account.objects.get(pk=account.pk)
    hall = set_up_hall("SANH", name="Sảnh tầng 1", unit=units["T.MC"], actor=None)
    set_up_group(hall, "A", name="Đất đai", name_en="Land", appointments=2, actor=None)
    set_up_group(hall, "B", name="Hộ tịch", usual_minutes=5, actor=None)
    for number, letters in {1: ["A"], 2: ["A", "B"], 3: ["B"]}.items():
        set_up_window(hall, number, letters=letters, actor=None)
    return HallWorld(hall, units, people)
