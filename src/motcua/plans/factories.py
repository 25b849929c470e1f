"""A small province with an invented plan, for tests."""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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
    SPECIALIST,
    UNIT_HEAD,
)
from motcua.plans.actions.intake import read_intake, upload
from motcua.plans.models import Intake, Plan, Task
from motcua.reading.reader import read

SINCE = date(2018, 1, 1)
ROWS = [
    ("1", "Ban hành kế hoạch rà soát thủ tục hành chính của tỉnh", "Văn phòng UBND tỉnh", "Sở Thử Nghiệm",
     "Kế hoạch được ban hành", "Trước ngày 01/4/2026"),
    ("2", "Số hóa tối thiểu 50% hồ sơ tiếp nhận tại các cơ quan", "Các sở, ban, ngành cấp tỉnh", "Văn phòng UBND tỉnh",
     "Hồ sơ được số hóa", "Tháng 12/2026"),
    ("3", "Tuyên truyền cải cách hành chính trên báo và đài của tỉnh", "Báo Thử Nghiệm", "Sở Phối Hợp",
     "Tin, bài được đăng", "Thường xuyên trong năm 2026"),
    ("4", "Thực hiện nhiệm vụ theo tiến độ của đề án được phê duyệt", "Sở Phối Hợp", "Sở Thử Nghiệm",
     "Báo cáo kết quả", "Theo tiến độ của Đề án 06"),
]  # fmt: skip


def plan_text(rows: list[tuple[str, ...]] | None = None, *, number: str = "12/KH-UBND") -> bytes:
    """Return an invented plan as text with a table of tabs."""
    lines = [
        "ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM",
        f"Số: {number}",
        "Thử Nghiệm, ngày 05 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Kiểm soát thủ tục hành chính năm 2026",
        "",
        "TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tSản phẩm\tThời gian hoàn thành",
        *("\t".join(row) for row in (rows or ROWS)),
    ]
    return "\n".join(lines).encode()


@dataclass
class World:
    """The units by code and the people by what they are."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Account:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def read(self, content: bytes = b"", *, name: str = "ke-hoach.txt") -> Plan:
        """Upload and read a plan as the control officer, in this process; its doubtful leads stay open."""
        plan = self.take(content, name=name).plan
        assert plan is not None
        return plan

    def take(self, content: bytes = b"", *, name: str = "ke-hoach.txt", **options: Any) -> Intake:
        """Upload a document and read it at once; what could not be read says so."""
        kept = upload(io.BytesIO(content or plan_text()), name=name, **{"actor": self.control, **options})
        return read_intake(kept.code, read=read)

    def row(self, plan: Plan, number: str) -> Task:
        """Return the row of ``plan`` with ``number``."""
        return plan.tasks.get(number=number, is_dropped=False)


def make_world() -> World:
    """Write the small province and return it."""
    world = World()
    load_calendar()

    def add(code: str, name: str, kind: str, parent: str = "") -> Unit:
        made = establish(
            code=code, name=name, kind=kind, parent=world.units.get(parent), valid_from=SINCE, actor="", one_stop=None
        )
        world.units[code] = made
        return made

    add("T", "Tỉnh Thử Nghiệm", PROVINCE)
    add("T.MC", "Trung tâm Phục vụ hành chính công tỉnh", ONE_STOP, "T")
    add("T.00", "Văn phòng Ủy ban nhân dân tỉnh", OFFICE, "T")
    add("T.01", "Sở Thử Nghiệm", DEPARTMENT, "T")
    add("T.02", "Sở Phối Hợp", DEPARTMENT, "T")
    add("T.10", "Xã Thử Nghiệm", COMMUNE, "T")
    add("T.11", "Xã Thứ Hai", COMMUNE, "T")
    cast = {
        "citizen": [],
        "control": [("T.00", CONTROL_OFFICER)],
        "office": [("T.00", SPECIALIST)],
        "head": [("T.01", UNIT_HEAD)],
        "leader": [("T.01", LEADER)],
        "specialist": [("T.01", SPECIALIST)],
        "partner": [("T.02", SPECIALIST)],
        "commune": [("T.10", SPECIALIST)],
        "outsider": [("T.11", SPECIALIST)],
    }
    for name, posts in cast.items():
        account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        for unit, role in posts:
            give_post(account, unit=world.units[unit], role=role, valid_from=SINCE, actor="")
        world.people[name] = Account.objects.get(pk=account.pk)
    return world
