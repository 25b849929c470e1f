"""A task's work: progress with evidence, completion reported, accepted or given back, a new last day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.documents.actions.storing import keep
from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_accept, may_report
from motcua.plans.models import Assignment, Progress, Task
from motcua.plans.states import ACCEPTED, APPROVED, COMPLETED, EXTENDED, PROGRESS, RETURNED

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Evidence:
    """What shows that something was done: a file (with its name), a link, a number; any of them may be absent."""

    file: IO[bytes] | None = None
    name: str = ""
    link: str = ""
    number: Decimal | None = None

    @property
    def kind(self) -> str:
        return "file" if self.file else "link" if self.link else "number" if self.number is not None else ""


NO_EVIDENCE = Evidence()


def _locked(code: str) -> Task:
    """Return the task, locked: whatever is reported of it happens one after the other.

    Raises:
        Refused: there is no such task, or its plan is not being followed.
    """
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("plan__holder__parent")
        .filter(code=code, is_dropped=False)
        .first()
    )
    if task is None:
        raise Refused(gettext("Không có nhiệm vụ “%(code)s”.") % {"code": code})
    if task.plan.state != APPROVED:
        raise Refused(
            gettext("Kế hoạch đang ở trạng thái “%(state)s”, nhiệm vụ không được theo dõi.")
            % {"state": task.plan.state_label}
        )
    return task


def _part(task: Task, unit: Unit) -> Assignment:
    found = task.assignments.select_related("unit").filter(unit=unit).first()
    if found is None:
        raise Refused(gettext("Nhiệm vụ này không giao cho %(unit)s.") % {"unit": unit}, field="unit")
    return found


def _note(text: str) -> str:
    clear = nfc(text).strip()
    if len(clear) > LONGEST_NOTE or "\0" in clear:
        raise Refused(
            gettext("Nội dung quá dài (tối đa %(most)s ký tự) hoặc có ký tự không dùng được.") % {"most": LONGEST_NOTE},
            field="note",
        )
    return clear


def _link(address: str) -> str:
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    # Anything but the web could run in the reader's browser.
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > 500:
        raise Refused(gettext("Đường dẫn phải bắt đầu bằng http:// hoặc https://, tối đa 500 ký tự."), field="link")
    return address


def _kept(evidence: Evidence, task: Task, actor: Account) -> StoredFile | None:
    if evidence.file is None:
        return None
    return keep(evidence.file, name=evidence.name, subject=task.code, actor=actor)


@transaction.atomic
def report_progress(
    code: str, *, unit: Unit, percent: int, note: str, actor: Account, evidence: Evidence = NO_EVIDENCE
) -> Progress:
    """Say how far a unit's part is.

    Raises:
        Refused: the task is not the unit's, the actor is not of it, it is done already, or a value is out of range.
    """
    task = _locked(code)
    part = _part(task, unit)
    if not may_report(actor, unit):
        raise Refused(gettext("Bạn không báo cáo thay cho %(unit)s.") % {"unit": unit})
    if part.done_on is not None:
        raise Refused(gettext("%(unit)s đã hoàn thành nhiệm vụ này.") % {"unit": unit})
    if not 0 <= percent <= 100:
        raise Refused(gettext("Tiến độ từ 0 đến 100 phần trăm."), field="percent")
    note = _note(note)
    if not note and not evidence.kind:
        raise Refused(gettext("Cần ghi nội dung đã làm hoặc kèm minh chứng."), field="note")
    link = _link(evidence.link)
    line = Progress.objects.create(
        task=task, unit=unit, by=actor, at=now(), kind=PROGRESS, percent=percent, note=note, link=link,
        number=evidence.number, evidence=_kept(evidence, task, actor),
    )  # fmt: skip
    record(
        events.PROGRESSED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code, percent=percent,
        evidence=evidence.kind,
    )  # fmt: skip
    return line


@transaction.atomic
def report_completion(
    code: str, *, unit: Unit, on_day: date, note: str, actor: Account, evidence: Evidence
) -> Progress:
    """Report a leading unit's part as done on a day, with evidence; it counts once it is accepted.

    Raises:
        Refused: no evidence; a day to come, or before the plan; the unit only coordinates; it is reported already.
    """
    task = _locked(code)
    part = _part(task, unit)
    if not may_report(actor, unit):
        raise Refused(gettext("Bạn không báo cáo thay cho %(unit)s.") % {"unit": unit})
    if not part.is_lead:
        raise Refused(gettext("%(unit)s chỉ phối hợp; cơ quan chủ trì báo cáo hoàn thành.") % {"unit": unit})
    if part.done_on is not None or part.reported_on is not None:
        raise Refused(gettext("%(unit)s đã báo cáo hoàn thành nhiệm vụ này.") % {"unit": unit})
    if not evidence.kind:
        raise Refused(gettext("Báo cáo hoàn thành phải kèm minh chứng: tệp, đường dẫn hoặc số liệu."), field="evidence")
    if on_day > today() or on_day < (task.plan.issued_on or task.plan.first_day):
        raise Refused(gettext("Ngày hoàn thành phải từ ngày ban hành kế hoạch đến hôm nay."), field="on_day")
    note, link = _note(note), _link(evidence.link)
    part.reported_on = on_day
    part.save(update_fields=["reported_on"])
    line = Progress.objects.create(
        task=task, unit=unit, by=actor, at=now(), kind=COMPLETED, percent=100, note=note, on_day=on_day, link=link,
        number=evidence.number, evidence=_kept(evidence, task, actor),
    )  # fmt: skip
    record(
        events.COMPLETED, subject=code, actor=actor.code, unit=unit.code, plan=task.plan.code,
        on_day=on_day.isoformat(), evidence=evidence.kind,
    )  # fmt: skip
    return line


def _reported(task: Task, unit: Unit, actor: Account) -> Assignment:
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới xác nhận được kết quả."))
    part = _part(task, unit)
    if part.done_on is not None or part.reported_on is None:
        raise Refused(gettext("%(unit)s không có báo cáo hoàn thành nào đang chờ.") % {"unit": unit})
    return part


@transaction.atomic
def accept(code: str, *, unit: Unit, actor: Account, note: str = "") -> Task:
    """Accept a unit's completion; the task is done on the day on which its last leading unit was.

    Raises:
        Refused: the actor may not, or nothing waits.
    """
    task = _locked(code)
    part = _reported(task, unit, actor)
    part.done_on, part.reported_on = part.reported_on, None
    part.save(update_fields=["done_on", "reported_on"])
    leads = task.assignments.filter(is_lead=True)
    if not leads.filter(done_on__isnull=True).exists():
        task.done_on = leads.aggregate(last=Max("done_on"))["last"]
        task.save(update_fields=["done_on"])
    _line(task, unit, actor, ACCEPTED, note, part.done_on)
    record(
        events.ACCEPTED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=unit.code, on_day=str(part.done_on),
    )  # fmt: skip
    return task


@transaction.atomic
def send_back(code: str, *, unit: Unit, note: str, actor: Account) -> Task:
    """Give a reported completion back, with words.

    Raises:
        Refused: the actor may not, nothing waits, or no reason is given.
    """
    task = _locked(code)
    part = _reported(task, unit, actor)
    if not _note(note):
        raise Refused(gettext("Cần ghi lý do trả lại."), field="note")
    part.reported_on = None
    part.save(update_fields=["reported_on"])
    _line(task, unit, actor, RETURNED, note, None)
    record(
        events.RETURNED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        of_unit=unit.code,
    )  # fmt: skip
    return task


@transaction.atomic
def extend(code: str, *, due_on: date, note: str, actor: Account) -> Task:
    """Set a new last day: an extension, or the day that a deadline by reference leads to (R10.6).

    Raises:
        Refused: the actor may not, the task is done, no reason is given, or the day is before the plan.
    """
    task = _locked(code)
    if not may_accept(actor, task.plan):
        raise Refused(gettext("Chỉ người duyệt kế hoạch mới đặt lại được thời hạn."))
    if task.done_on is not None:
        raise Refused(gettext("Nhiệm vụ đã hoàn thành, không đặt lại thời hạn."))
    if not _note(note):
        raise Refused(gettext("Cần ghi lý do hoặc văn bản làm căn cứ."), field="note")
    if due_on < task.plan.first_day or due_on.year > task.plan.year + 20:
        raise Refused(gettext("Thời hạn mới không nằm trong thời gian của kế hoạch."), field="due_on")
    if due_on == task.due_on:
        return task
    before = task.due_on
    task.due_on, task.target_on, task.deadline_kind = due_on, None, "date"
    task.save(update_fields=["due_on", "target_on", "deadline_kind"])
    _line(task, task.plan.holder, actor, EXTENDED, note, due_on)
    record(
        events.EXTENDED, subject=code, actor=actor.code, unit=task.plan.holder.code, plan=task.plan.code,
        due_on=due_on.isoformat(), before=before.isoformat() if before else "",
    )  # fmt: skip
    return task


def _line(task: Task, unit: Unit, actor: Account, kind: str, note: str, on_day: date | None) -> None:
    Progress.objects.create(task=task, unit=unit, by=actor, at=now(), kind=kind, note=_note(note), on_day=on_day)
