"""The demonstration's plans: Hà Tĩnh's of 2022, approved and followed; Thạch Châu commune's of 2023, left in review.

Nothing is corrected silently: what the reader could not place is acknowledged by the control officer, with an action.
The days of completion are invented; the plan's own text is the published one.
"""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from motcua.indicators.models import Indicator
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import COMMUNE, UNIT_HEAD
from motcua.plans.actions.approving import approve
from motcua.plans.actions.binding import bind_target, leave_unbound
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.following import Evidence, accept, report_completion, report_progress
from motcua.plans.actions.intake import read_intake, upload
from motcua.plans.models import Assignment, Plan, PlanTarget
from motcua.reading.reader import read

DATA = Path(__file__).parent / "data"
PROVINCE_PLAN = DATA / "ha_tinh_2022.txt"
COMMUNE_PLAN = DATA / "thach_chau_2023.txt"
# The numbers of the province's plan that the five indicators can measure: (row, value, indicator, how).
BOUND = [
    ("PL2.2", 50, "digitised", "Đo trên hồ sơ tiếp nhận của các sở, ban, ngành."),
    ("PL2.2", 35, "digitised", "Đo trên hồ sơ tiếp nhận của các xã, phường."),
    ("PL2.4", 50, "online", "Đo trên mọi hồ sơ tiếp nhận; văn bản chỉ tính thủ tục mức độ 3, 4."),
    ("PL2.6", 90, "satisfaction", "Đo trên hồ sơ có đánh giá."),
    ("PL2.9", 30, "paid_online", "Đo trên hồ sơ có nghĩa vụ tài chính đã giải quyết."),
]
NOT_MEASURED = "Chưa có số đo nào trong hệ thống đo đúng chỉ tiêu này."
GONE = "Cấp huyện chấm dứt hoạt động từ 01/7/2025 nên không còn hồ sơ để đo."
OTHER_FIELDS = "Hệ thống chưa đo mức độ hài lòng theo lĩnh vực."
# Row, days on which the leading units' parts were done: some early, some late.
DONE = [("PL1.II.3", date(2022, 12, 20)), ("PL2.7", date(2022, 7, 15)), ("PL1.I.3", date(2022, 12, 28))]
PARTLY = "PL1.II.1"


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Read, approve and follow the two plans; does nothing when there is a plan, or no demonstration."""
    officer = Account.objects.filter(username="kiemsoat").first()
    if officer is None or Plan.objects.exists():
        return
    progress("Kế hoạch", 0, 2)
    plan = _read(PROVINCE_PLAN, officer)
    for task in plan.tasks.all():
        if task.needs_a_look:
            check_task(task.code, actor=officer)
    approve(plan.code, actor=officer)
    _bind(plan, officer)
    _follow(plan, officer)
    progress("Kế hoạch", 1, 2)
    _read(COMMUNE_PLAN, officer)
    progress("Kế hoạch", 2, 2)


def _read(path: Path, officer: Account) -> Plan:
    with path.open("rb") as file:
        kept = upload(io.BytesIO(file.read()), name=path.name, actor=officer)
    # At once and in this process: the worker may not run yet, and the two files are ours. It finds nothing left to do.
    plan = read_intake(kept.code, read=read).plan
    assert plan is not None
    return plan


def _bind(plan: Plan, officer: Account) -> None:
    targets = list(PlanTarget.objects.filter(task__plan=plan, duplicate_of="").order_by("task__position", "position"))
    bound = set()
    for row, value, code, how in BOUND:
        # Row PL2.4 sets 50 % twice: for procedures offered, then for dossiers filed; the last is ours.
        target = [each for each in targets if each.code.startswith(f"{plan.code}.{row}.") and each.value == value][-1]
        indicator = Indicator.objects.filter(code=code).order_by("-valid_from").first()
        if indicator is not None:
            bind_target(target.code, indicator=indicator, actor=officer, remark=how)
            bound.add(target.pk)
    for target in targets:
        if target.pk not in bound:
            why = GONE if target.tier == "huyện" else OTHER_FIELDS if target.is_exception else NOT_MEASURED
            leave_unbound(target.code, remark=why, actor=officer)


def _head_of(unit: Unit) -> Account | None:
    post = unit.posts.filter(role=UNIT_HEAD, valid_to__isnull=True).select_related("account").order_by("pk").first()
    return post.account if post else None


def _follow(plan: Plan, officer: Account) -> None:
    """Report some tasks as done, in time and late, one partly, and leave the rest as it is."""
    for row, day in DONE:
        for part in _parts(plan, row):
            _complete(part, day, officer)
    parts = _parts(plan, PARTLY)
    for number, part in enumerate(parts):
        if number % 3 == 0:
            _complete(part, date(2022, 7, 20 + number % 10), officer)
        elif number % 3 == 1 and (head := _head_of(part.unit)):
            report_progress(
                part.task.code,
                unit=part.unit,
                percent=60,
                note="Đã rà soát xong phần lớn thủ tục được giao.",
                actor=head,
            )


def _parts(plan: Plan, row: str) -> list[Assignment]:
    found = Assignment.objects.filter(task__code=f"{plan.code}.{row}", is_lead=True).exclude(unit__kind=COMMUNE)
    return list(found.select_related("unit", "task").order_by("unit__code"))


def _complete(part: Assignment, day: date, officer: Account) -> None:
    head = _head_of(part.unit)
    if head is None:
        return
    report_completion(
        part.task.code,
        unit=part.unit,
        on_day=day,
        note="Đã hoàn thành (số liệu thử nghiệm).",
        evidence=Evidence(link="https://example.org/bao-cao-thu-nghiem"),
        actor=head,
    )
    accept(part.task.code, unit=part.unit, actor=officer)
