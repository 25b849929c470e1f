"""Documents on their way in: kept first, read behind the page in a limited process, written as a draft."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext
from procrastinate import exceptions
from procrastinate.contrib.django import app

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.documents.actions.storing import keep, keep_untrusted
from motcua.documents.inspection.archives import DOCM, DOCX, ODT, XLSM, XLSX
from motcua.documents.inspection.images import JPEG, PNG, TIFF
from motcua.documents.storage import open_stored
from motcua.documents.uploads import HTML, OLE, PDF, RTF, TEXT, Untrusted, UploadPolicy
from motcua.organizations.models import Account, Unit
from motcua.plans import events
from motcua.plans.access import may_draft, may_upload
from motcua.plans.actions.opening import MOST_ROWS, draft_from
from motcua.plans.models import Intake, Plan
from motcua.plans.plan_files import read_plan_file
from motcua.plans.queries import holder_today
from motcua.plans.rules import values
from motcua.plans.rules.reader import understand
from motcua.plans.states import DRAFT, FAILED, IN_READING, LEFT_OUT, READ, WAITING
from motcua.reading.blocks import Document

MB = 1024 * 1024
# What can be read, and pictures and old office files too: the reader says what it cannot read on this machine.
# Macros are never run: only the words are read, and the plan says that the file holds some.
POLICY = UploadPolicy(
    kinds=frozenset({TEXT, HTML, DOCX, DOCM, XLSX, XLSM, ODT, PDF, RTF, OLE, JPEG, PNG, TIFF}),
    most_bytes=40 * MB,
    most_unpacked=200 * MB,
)
# Longer than a reader may be silent (two minutes between pages): whoever read it is dead.
STALE = timedelta(minutes=3)
JOB = "motcua.plans.tasks.read_intake"
Reader = Callable[..., Document]
logger = logging.getLogger("motcua.plans")


@transaction.atomic
def upload(
    file: IO[bytes],
    *,
    name: str,
    actor: Account,
    unit: Unit | None = None,
    is_reform: bool = False,
    parent: Plan | None = None,
) -> Intake:
    """Keep the file and let it be read; the same file again, while it waits or is a draft, is the same intake.

    ``unit``: whose plan it is; without it, the issuer that the document names. ``parent``: the plan it carries out.

    A locked, broken or dangerous file is kept as failed, with the reason.

    Raises:
        Refused: the file is of no kind that is taken, or too large; the actor may not draft for the unit.
    """
    if not may_upload(actor):
        raise Refused(gettext("Bạn không lập kế hoạch cho đơn vị nào."))
    if unit is not None and not may_draft(actor, holder_today(unit)):
        raise Refused(gettext("Bạn không lập kế hoạch cho %(unit)s.") % {"unit": unit}, field="unit")
    code = f"TL-{today():%Y%m%d}-{secrets.token_hex(4).upper()}"
    message = ""
    try:
        stored = keep(file, name=name, subject=code, actor=actor, policy=POLICY)
    except Untrusted as refusal:  # locked, broken, a bomb: kept for a person to look at, and never read
        if not file.seekable():
            raise
        stored, message = keep_untrusted(file, name=name, subject=code, actor=actor), refusal.message
    Account.objects.select_for_update(of=("self",)).get(pk=actor.pk)  # a double click waits here for the first
    if found := _same(stored.sha256, actor):
        stored.delete()  # the row; the bytes are kept once for both
        return found
    at = now()
    intake = Intake.objects.create(
        code=code, file=stored, name=stored.name, by=actor, unit=unit, is_reform=is_reform, parent=parent, at=at,
        changed_at=at, state=FAILED if message else WAITING, message=message[:500],
    )  # fmt: skip
    record(
        events.KEPT, subject=code, actor=actor.code, unit=unit.code if unit else "", sha256=stored.sha256,
        is_reform=is_reform,
    )  # fmt: skip
    if message:
        record(events.UNREAD, subject=code, actor=actor.code)
    else:
        _enqueue(code)
    return intake


def _same(sha256: str, actor: Account) -> Intake | None:
    """Return the intake of the same bytes by the same person that still waits, or whose draft still stands."""
    mine = Intake.objects.filter(file__sha256=sha256, by=actor).select_related("plan").order_by("-pk")
    return next(
        (each for each in mine if each.state in (WAITING, IN_READING) or (each.plan and each.plan.state == DRAFT)), None
    )


def _enqueue(code: str) -> None:
    """Ask the worker to read an intake, in this transaction; asked twice it reads once."""
    try:
        with transaction.atomic():
            app.configure_task(JOB, queueing_lock=f"read {code}").defer(code=code)
    except exceptions.AlreadyEnqueued:
        return


def read_intake(code: str, *, read: Reader | None = None) -> Intake:
    """Read a kept document and write it as a draft. Killed at it, it leaves nothing half-written; twice is once.

    What cannot be read is said on the intake; nothing is raised for it. ``read`` reads in this process a document of
    our own; without it, the document is read and understood in the limited one.
    """
    intake = _begin(code)
    if intake is None:
        return Intake.objects.get(code=code)
    try:
        document, reading = _understood(intake, read)
        return _write(intake, document, reading)
    except Refused as refusal:
        return _fail(intake, refusal.message)
    except OperationalError:  # no database: not the document's fault, the next worker tries again
        raise
    except Exception:  # a shape nobody foresaw must not leave the person waiting, nor be tried for ever
        logger.exception("a plan document could not be understood or written")
        return _fail(intake, gettext("Tệp này có cấu trúc không đọc được."))


@transaction.atomic
def _begin(code: str) -> Intake | None:
    """Take an intake for reading; None where it was read, failed or dropped meanwhile."""
    intake = Intake.objects.select_for_update(of=("self",)).filter(code=code).first()
    if intake is None or intake.state not in (WAITING, IN_READING):
        return None
    intake.state, intake.done, intake.of, intake.changed_at = IN_READING, 0, 0, now()
    intake.save(update_fields=["state", "done", "of", "changed_at"])
    return intake


def _understood(intake: Intake, read: Reader | None) -> tuple[Document, values.PlanReading]:
    def heard(page: int, pages: int) -> None:
        Intake.objects.filter(pk=intake.pk).update(done=page, of=pages, changed_at=now())

    with open_stored(intake.file.sha256) as file:
        content = file.read()
    if read is None:
        document, reading = read_plan_file(content, intake.name, on_progress=heard)
    else:
        document = read(content, intake.name, on_progress=heard)
        reading = understand(document)
    if len(reading.tasks) > MOST_ROWS:
        raise Refused(
            gettext("Tệp có %(count)s dòng, tối đa %(most)s.") % {"count": len(reading.tasks), "most": MOST_ROWS}
        )
    if not reading.tasks and not reading.body_tasks:
        raise Refused(" ".join([gettext("Không thấy nhiệm vụ nào trong văn bản này."), *document.losses]))
    return document, reading


@transaction.atomic
def _write(intake: Intake, document: Document, reading: values.PlanReading) -> Intake:
    now_there = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if now_there.state != IN_READING:  # two readers: the first one wrote it
        return now_there
    plan = draft_from(
        document, reading, source=intake.file, actor=intake.by, unit=intake.unit, is_reform=intake.is_reform,
        parent=intake.parent, intake=intake.code,
    )  # fmt: skip
    now_there.plan, now_there.state, now_there.changed_at = plan, READ, now()
    now_there.save(update_fields=["plan", "state", "changed_at"])
    return now_there


@transaction.atomic
def _fail(intake: Intake, message: str) -> Intake:
    now_there = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if now_there.state != IN_READING:
        return now_there
    now_there.state, now_there.message, now_there.changed_at = FAILED, message[:500], now()
    now_there.save(update_fields=["state", "message", "changed_at"])
    record(events.UNREAD, subject=intake.code, actor=intake.by.code)
    return now_there


def _mine(code: str, actor: Account) -> Intake:
    intake = Intake.objects.select_for_update(of=("self",)).filter(code=code, by=actor).first()
    if intake is None:
        raise Refused(gettext("Không có tệp tải lên nào mang mã “%(code)s”.") % {"code": code[:40]})
    if intake.state != FAILED:
        raise Refused(gettext("Tệp đang ở trạng thái “%(state)s”.") % {"state": intake.label})
    return intake


@transaction.atomic
def read_again(code: str, *, actor: Account) -> Intake:
    """Let a document that could not be read be read once more.

    Raises:
        Refused: it is not the actor's, or it did not fail.
    """
    intake = _mine(code, actor)
    if not intake.is_trusted:
        raise Refused(intake.message)
    _to(intake, WAITING)
    record(events.READ_AGAIN, subject=code, actor=actor.code)
    _enqueue(code)
    return intake


@transaction.atomic
def drop(code: str, *, actor: Account) -> Intake:
    """Take a document that could not be read off the list; its file stays kept.

    Raises:
        Refused: it is not the actor's, or it did not fail.
    """
    intake = _mine(code, actor)
    _to(intake, LEFT_OUT)
    record(events.LEFT_OUT, subject=code, actor=actor.code)
    return intake


def _to(intake: Intake, state: str) -> None:
    intake.state, intake.done, intake.of, intake.changed_at = state, 0, 0, now()
    fields: list[Any] = ["state", "done", "of", "changed_at"]
    intake.save(update_fields=fields)


def resume(at: datetime | None = None) -> list[str]:
    """Ask for every document again whose reader is dead or was never asked; return their codes."""
    since = (at or now()) - STALE
    waiting = Intake.objects.filter(state__in=(WAITING, IN_READING), changed_at__lt=since).order_by("pk")
    codes = list(waiting.values_list("code", flat=True)[:100])
    for code in codes:
        _enqueue(code)
    return codes
