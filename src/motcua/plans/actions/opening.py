"""A plan begins: a document is uploaded, kept, read, and its rows are written for review."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import fold
from motcua.documents.actions.storing import keep
from motcua.documents.inspection.archives import DOCX
from motcua.documents.inspection.images import JPEG, PNG
from motcua.documents.models import StoredFile
from motcua.documents.uploads import PDF, TEXT, UploadPolicy, check_upload
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_draft
from motcua.plans.actions.naming import give_units
from motcua.plans.models import Plan, PlanTarget, Task
from motcua.plans.queries import days_of, holder_today, issuing_unit
from motcua.plans.rules import values
from motcua.plans.rules.deadlines import Deadline
from motcua.plans.rules.reader import understand
from motcua.plans.states import PROVINCE, UNIT
from motcua.reading.blocks import Document
from motcua.reading.reader import read

MB = 1024 * 1024
# Pictures and PDF are taken to be kept for a person; the reader says that it cannot read them.
POLICY = UploadPolicy(kinds=frozenset({TEXT, DOCX, PDF, JPEG, PNG}), most_bytes=20 * MB, most_unpacked=100 * MB)
SECONDS = 30  # the five seeds take 0.1 s each
MOST_ROWS = 3000
_ONE_READER = ThreadPoolExecutor(max_workers=2, thread_name_prefix="plan-reader")


def unread_by(account: Account) -> str:
    """Return the subject under which files are kept that ``account`` sent and that could not be read."""
    return f"plan-unread:{account.code}"


def upload_and_read(
    file: IO[bytes], *, name: str, actor: Account, unit: Unit | None = None, is_reform: bool = False
) -> Plan:
    """Keep the file, read it, and write its rows as a draft for review.

    ``unit``: whose plan it is; without it, the issuer named in the document, else the actor's own unit. A file that
    cannot be read is kept all the same, for a person to look at (``unread_by``).

    Raises:
        Refused: the file is of no kind that is taken, or unreadable, or too long; the actor may not draft for the unit.
    """
    content = file.read(POLICY.most_bytes + 1)
    check_upload(io.BytesIO(content), name, POLICY)  # before anything unpacks it
    try:
        document, reading = _read(content, name)
    except Refused as refusal:
        keep(io.BytesIO(content), name=name, subject=unread_by(actor), actor=actor, policy=POLICY)
        raise Refused(
            gettext("%(why)s Tệp được giữ lại trong “Tệp chưa đọc được”.") % {"why": refusal.message}, field="file"
        ) from refusal
    with transaction.atomic():
        issued_on = _day(reading.document.date)
        then = unit or _unit_of(reading.document.issuer, issued_on, actor)
        today_holder = holder_today(then)
        if not may_draft(actor, today_holder):
            raise Refused(gettext("Bạn không lập kế hoạch cho %(unit)s.") % {"unit": today_holder}, field="unit")
        plan = _write(document, reading, unit=then, holder=today_holder, is_reform=is_reform, issued_on=issued_on)
        stored = keep(io.BytesIO(content), name=name, subject=plan.code, actor=actor, policy=POLICY)
        return _finish(plan, stored, reading, actor)


def _read(content: bytes, name: str) -> tuple[Document, values.PlanReading]:
    """Read in a thread of its own, no longer than ``SECONDS``; sizes are bounded before by the door and the reader."""

    def work() -> tuple[Document, values.PlanReading]:
        document = read(content, name)
        return document, understand(document)

    running = _ONE_READER.submit(work)
    try:
        document, reading = running.result(timeout=SECONDS)
    except TooSlow as slow:
        running.cancel()
        raise Refused(gettext("Đọc tệp này quá lâu nên đã dừng lại."), field="file") from slow
    except (ValueError, KeyError, IndexError, RecursionError) as broken:  # a document of a shape nobody foresaw
        raise Refused(gettext("Tệp này có cấu trúc không đọc được."), field="file") from broken
    if len(reading.tasks) > MOST_ROWS:
        raise Refused(
            gettext("Tệp có %(count)s dòng, tối đa %(most)s.") % {"count": len(reading.tasks), "most": MOST_ROWS},
            field="file",
        )
    if not reading.tasks and not reading.body_tasks:
        raise Refused(gettext("Không thấy nhiệm vụ nào trong văn bản này."), field="file")
    return document, reading


def _unit_of(issuer: str | None, day: date | None, actor: Account) -> Unit:
    homes = [post.unit for post in actor.posts_now]
    if not homes:
        raise Refused(gettext("Cần chọn đơn vị của kế hoạch."), field="unit")
    return issuing_unit(issuer or "", day, homes[0]) or homes[0]


def _write(
    document: Document,
    reading: values.PlanReading,
    *,
    unit: Unit,
    holder: Unit,
    is_reform: bool,
    issued_on: date | None,
) -> Plan:
    told, at = reading.document, now()
    year = told.year or (issued_on or today()).year
    first, last = days_of(year)
    kept = reading.as_json()
    return Plan(
        code=free_code(told.number, year),
        number=told.number or "",
        issued_on=issued_on,
        issuer=(told.issuer or "")[:200],
        title=(told.title or gettext("Kế hoạch chưa rõ tên"))[:1000],
        kind=(told.kind or "")[:60],
        year=year,
        first_day=first,
        last_day=last,
        unit=unit,
        holder=holder,
        assigner=PROVINCE if unit.kind == "province" else UNIT,
        is_reform=is_reform,
        lines=list(document.lines),
        reading={key: kept[key] for key in ("claims", "warnings", "missing_rows", "body_tasks", "legal_bases")},
        opened_at=at,
        changed_at=at,
    )


def free_code(number: str | None, year: int) -> str:
    """Return a public code for a document: "KH-461-QD-UBND-2022", with a number behind where it is taken."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(number or "")).strip("-").upper()[:24] or "KHONG-SO"
    wanted = f"KH-{bare}-{year}"
    taken = set(Plan.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    if wanted not in taken:
        return wanted
    return next(code for n in range(2, 10_000) if (code := f"{wanted}-{n}") not in taken)


def _finish(plan: Plan, stored: StoredFile, reading: values.PlanReading, actor: Account) -> Plan:
    plan.source = stored
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as race:  # the same number uploaded in the same moment
        raise Refused(gettext("Văn bản này vừa được người khác tải lên. Hãy thử lại."), field="file") from race
    tasks = [task_from(plan, each, position) for position, each in enumerate(reading.tasks, start=1)]
    Task.objects.bulk_create(tasks)
    by_id = {each.id: task for each, task in zip(reading.tasks, tasks, strict=True)}
    PlanTarget.objects.bulk_create(_targets(reading.targets, by_id))
    give_units(plan, tasks)
    record(
        events.READ,
        subject=plan.code,
        actor=actor.code,
        unit=plan.holder.code,
        tasks=len(tasks),
        targets=len(reading.targets),
        missing=len(reading.missing_rows),
        sha256=stored.sha256,
    )
    return plan


def task_from(plan: Plan, read_task: values.Task, position: int) -> Task:
    """Return the row for a task as it was read."""
    task = Task(
        plan=plan,
        code=f"{plan.code}.{read_task.id}"[:80],
        position=position,
        section_path=read_task.section_path,
        number=read_task.number[:40],
        text=read_task.text,
        product=read_task.product,
        lead_text=read_task.lead_raw or "; ".join(read_task.lead),
        coordinating_text=read_task.coordinating_raw or "; ".join(read_task.coordinating),
        lead=read_task.lead,
        coordinating=read_task.coordinating,
        deadline_text=read_task.deadline_text[:500],
        line_start=read_task.line_start,
        line_end=read_task.line_end,
        confidence=round(read_task.confidence, 3),
        field_confidence=read_task.field_confidence,
        warnings=[one.as_json() for one in read_task.warnings],
        is_damaged=read_task.damaged,
        changed_at=plan.changed_at,
    )
    set_deadline(task, read_task.deadline)
    task.original = values_of(task)
    return task


def set_deadline(task: Task, deadline: Deadline) -> None:
    """Put a typed deadline into a task's columns."""
    task.deadline_kind = deadline.kind
    task.deadline_reading = deadline.explanation[:600]
    task.deadline = deadline.as_json()
    task.starts_on = deadline.start
    task.target_on = deadline.end if deadline.latest else None
    task.due_on = deadline.due_on


def values_of(task: Task) -> dict[str, Any]:
    """Return what "put back as read" needs."""
    kept: dict[str, Any] = {
        name: getattr(task, name)
        for name in ("number", "text", "product", "lead_text", "coordinating_text", "deadline_text",
                     "lead", "coordinating", "section_path", "deadline_kind", "deadline_reading", "deadline")
    }  # fmt: skip
    for name in ("starts_on", "target_on", "due_on"):
        value = getattr(task, name)
        kept[name] = value.isoformat() if value else None
    return kept


def _targets(found: list[values.Target], by_id: dict[str, Task]) -> list[PlanTarget]:
    counts: dict[str, int] = {}
    rows = []
    for each in found:
        task = by_id[each.task_id]
        counts[each.task_id] = counts.get(each.task_id, 0) + 1
        rows.append(
            PlanTarget(
                task=task,
                code=f"{task.code}.c{counts[each.task_id]}"[:80],
                position=counts[each.task_id],
                text=each.text[:500],
                value=Decimal(str(each.value)),
                unit=each.unit[:80],
                comparator=each.comparator,
                scope=each.scope[:500],
                tier=(each.tier or "")[:20],
                line=each.line,
                is_exception=each.is_exception,
                duplicate_of=(each.duplicate_of or "")[:80],
                formula=each.formula or "",
            )
        )
    return rows


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None
