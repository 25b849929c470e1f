"""Decisions on their way in: kept, read behind the page, corrected beside their text, confirmed as proposals."""

import logging
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import IO, Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext
from procrastinate import exceptions
from procrastinate.contrib.django import app

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.documents.actions.storing import keep
from motcua.documents.inspection.archives import DOCX, ODT
from motcua.documents.inspection.images import JPEG, PNG, TIFF
from motcua.documents.storage import open_stored
from motcua.documents.uploads import HTML, OLE, PDF, RTF, TEXT, UploadPolicy
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import PROVINCE
from motcua.procedures import publication_events as events
from motcua.procedures.access import may_publish
from motcua.procedures.actions.catalogue import words_for
from motcua.procedures.models import Decision, DecisionRow, Proposal
from motcua.procedures.publication_queries import deadlines_of, problems_of, rows_of
from motcua.procedures.publishing_states import (
    BY_DECISION,
    CHANGE_LABELS,
    CONFIRMED,
    EDITABLE,
    FAILED,
    IN_READING,
    LEFT_OUT,
    OPEN,
    READ,
    REVIEW,
    TAKEN,
    WAITING,
)
from motcua.procedures.rules.cells import BadCell, parts_of
from motcua.procedures.rules.decisions.reader import read_decision
from motcua.procedures.rules.decisions.values import LISTED, DecisionReading
from motcua.reading.blocks import Document
from motcua.reading.limited import understand_limited

MB = 1024 * 1024
POLICY = UploadPolicy(
    kinds=frozenset({TEXT, HTML, DOCX, ODT, PDF, RTF, OLE, JPEG, PNG, TIFF}), most_bytes=40 * MB, most_unpacked=200 * MB
)
MOST_LINES, MOST_ROWS = 60_000, 2_000
STALE = timedelta(minutes=11)  # longer than any reading may take (ten minutes): whoever read it is dead
JOB = "motcua.procedures.tasks.read_decision"
Reader = Callable[..., Document]
logger = logging.getLogger("motcua.procedures")


def new_code(prefix: str) -> str:
    """Return a code that nobody can guess: "QDTT-20260309-1A2B3C4D"."""
    return f"{prefix}-{today():%Y%m%d}-{secrets.token_hex(4).upper()}"


def check_may(actor: Account) -> None:
    """Refuse whoever does not keep the catalogue."""
    if not may_publish(actor):
        raise Refused(gettext("Chỉ cán bộ kiểm soát thủ tục hành chính thay đổi danh mục thủ tục."))


@transaction.atomic
def upload_decision(file: IO[bytes], *, name: str, actor: Account) -> Decision:
    """Keep a decision and let it be read; the same file again is the same decision while it stands.

    Raises:
        Refused: the file is of no kind that is taken, too large or dangerous; the actor does not keep the catalogue.
    """
    check_may(actor)
    code = new_code("QDTT")
    stored = keep(file, name=name, subject=code, actor=actor, policy=POLICY)
    Account.objects.select_for_update(of=("self",)).get(pk=actor.pk)  # a double click waits here for the first
    same = Decision.objects.filter(file__sha256=stored.sha256).exclude(state__in=(LEFT_OUT, FAILED)).first()
    if same is not None:
        stored.delete()  # the row; the bytes are kept once for both
        return same
    at = now()
    decision = Decision.objects.create(
        code=code, origin=READ, state=WAITING, file=stored, name=stored.name, by=actor, at=at, changed_at=at
    )
    record(events.DECISION_KEPT, subject=code, actor=actor.code, sha256=stored.sha256)
    _enqueue(code)
    return decision


def _enqueue(code: str) -> None:
    try:
        with transaction.atomic():
            app.configure_task(JOB, queueing_lock=f"decision {code}").defer(code=code)
    except exceptions.AlreadyEnqueued:
        return


def read_kept_decision(code: str, *, read: Reader | None = None) -> Decision:
    """Read a kept decision into rows for review, once; what cannot be read is said on it, nothing is raised.

    ``read`` reads in this process a document of our own; without it, it is read and understood in the limited one.
    """
    with transaction.atomic():
        decision = Decision.objects.select_for_update(of=("self",)).select_related("file", "by").get(code=code)
        if decision.state not in (WAITING, IN_READING):
            return decision
        _to(decision, IN_READING)
    try:
        document, reading = _understood(decision, read)
        return _write(decision, document, reading)
    except Refused as refusal:
        return _fail(decision, refusal.message)
    except OperationalError:  # no database: not the document's fault, the next worker tries again
        raise
    except Exception:  # a shape nobody foresaw must not leave the person waiting, nor be tried for ever
        logger.exception("a decision could not be understood or written")
        return _fail(decision, gettext("Tệp này có cấu trúc không đọc được."))


def _understood(decision: Decision, read: Reader | None) -> tuple[Document, DecisionReading]:
    assert decision.file is not None
    with open_stored(decision.file.sha256) as file:
        content = file.read()
    if read is None:
        document, reading = understand_limited(read_decision, DecisionReading, content, decision.name)
    else:
        document = read(content, decision.name)
        reading = read_decision(document)
    if len(document.lines) > MOST_LINES or len(reading.procedures) > MOST_ROWS:
        raise Refused(gettext("Tệp quá dài để đọc thành một quyết định."))
    if not reading.procedures and reading.number is None and not reading.kinds:
        raise Refused(gettext("Không thấy quyết định nào về thủ tục hành chính trong tệp này."))
    return document, reading


@transaction.atomic
def _write(decision: Decision, document: Document, reading: DecisionReading) -> Decision:
    kept = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if kept.state != IN_READING:  # two readers: the first one wrote it
        return kept
    kept.number, kept.issuer = (reading.number or "")[:60], (reading.issuer or "")[:300]
    kept.signed_on, kept.valid_from = _day(reading.date), _day(reading.valid_from)
    kept.title, kept.kinds, kept.stated = reading.title or "", list(reading.kinds), reading.stated
    kept.lines, kept.warnings = list(document.lines), [one.as_json() for one in reading.warnings]
    kept.state, kept.changed_at = REVIEW, now()
    kept.save()
    DecisionRow.objects.bulk_create(
        DecisionRow(
            decision=kept, position=position, procedure_code=one.code or one.local_code[:20], name=one.name,
            change=one.change, section=one.section[:300], line_start=one.line_start, line_end=one.line_end,
        )
        for position, one in enumerate(reading.procedures, start=1)
    )  # fmt: skip
    record(events.DECISION_READ, subject=kept.code, actor="", rows=len(reading.procedures), kinds=kept.kinds)
    return kept


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@transaction.atomic
def _fail(decision: Decision, message: str) -> Decision:
    kept = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if kept.state == IN_READING:
        kept.message = message[:500]
        _to(kept, FAILED)
        record(events.DECISION_UNREAD, subject=kept.code, actor="")
    return kept


def _to(decision: Decision, state: str) -> None:
    decision.state, decision.changed_at = state, now()
    decision.save(update_fields=["state", "changed_at", "message"])


def locked(code: str, actor: Account, *states: str) -> Decision:
    """Return the decision for changing; refuse whoever may not, and a decision in none of ``states``."""
    check_may(actor)
    decision = Decision.objects.select_for_update(of=("self",)).filter(code=code).first()
    if decision is None:
        raise Refused(gettext("Không có quyết định mang mã “%(code)s”.") % {"code": code[:40]})
    if decision.state not in states:
        raise Refused(gettext("Quyết định đang ở trạng thái “%(state)s”.") % {"state": decision.label})
    return decision


@transaction.atomic
def read_decision_again(code: str, *, actor: Account) -> Decision:
    """Let a decision that could not be read be read once more."""
    decision = locked(code, actor, FAILED)
    decision.message = ""
    _to(decision, WAITING)
    record(events.DECISION_READ_AGAIN, subject=code, actor=actor.code)
    _enqueue(code)
    return decision


@transaction.atomic
def leave_out_decision(code: str, *, actor: Account) -> Decision:
    """Take a decision that is not confirmed off the list; its file stays kept, the proposals it drew on are free."""
    decision = locked(code, actor, FAILED, *EDITABLE)
    Proposal.objects.filter(decision=decision, state=TAKEN).update(state=OPEN, decision=None, valid_from=None)
    _to(decision, LEFT_OUT)
    record(events.DECISION_LEFT_OUT, subject=code, actor=actor.code)
    return decision


@transaction.atomic
def correct_head(code: str, *, actor: Account, **told: Any) -> Decision:
    """Correct what was read of the decision itself: number, signed_on, issuer, title, valid_from, basis_valid_on."""
    decision = locked(code, actor, *EDITABLE)
    changed = [name for name, value in told.items() if getattr(decision, name) != value]
    for name in changed:
        setattr(decision, name, told[name])
    if changed:
        decision.changed_at = now()
        decision.save(update_fields=[*changed, "changed_at"])
        record(events.DECISION_CORRECTED, subject=code, actor=actor.code, fields=changed)
    return decision


@transaction.atomic
def correct_row(
    code: str, position: int, *, actor: Account, procedure_code: str, name: str, change: str, is_dropped: bool
) -> DecisionRow:
    """Correct one row, drop it or take it back; a ``position`` after the last one adds a row.

    Raises:
        Refused: the decision is confirmed already, has no such row, or the change is none.
    """
    decision = locked(code, actor, *EDITABLE)
    if change not in CHANGE_LABELS:
        raise Refused(gettext("Chọn một loại thay đổi."), field="change")
    row = decision.rows.filter(position=position).first()
    if row is None:
        last = decision.rows.order_by("-position").values_list("position", flat=True).first() or 0
        if position != last + 1:
            raise Refused(gettext("Quyết định không có dòng %(position)s.") % {"position": position})
        row = DecisionRow(decision=decision, position=position)
    row.procedure_code, row.name = squash(procedure_code)[:20], squash(name)
    row.change, row.is_dropped, row.is_corrected = change, is_dropped, True
    row.save()
    record(
        events.DECISION_ROW_CORRECTED, subject=code, actor=actor.code, position=position, procedure=row.procedure_code,
        change=change, dropped=is_dropped,
    )  # fmt: skip
    return row


@transaction.atomic
def write_content(code: str, position: int, *, actor: Account, content: dict[str, Any]) -> DecisionRow:
    """Write the parts of a row's procedure, a row of the catalogue without code and name; {} takes them back.

    Raises:
        Refused: the decision is confirmed, has no such row, or a part cannot be taken (says which).
    """
    decision = locked(code, actor, *EDITABLE)
    row = decision.rows.filter(position=position).first()
    if row is None:
        raise Refused(gettext("Quyết định không có dòng %(position)s.") % {"position": position})
    if content:
        try:
            parts_of({**content, "code": row.procedure_code, "name": row.name, "source": decision.issuer or code})
        except BadCell as wrong:
            raise Refused(words_for(position, wrong), field=wrong.field) from wrong
    row.content, row.is_corrected = content, True
    row.save(update_fields=["content", "is_corrected"])
    record(
        events.DECISION_ROW_CORRECTED, subject=code, actor=actor.code, position=position, procedure=row.procedure_code,
        change=row.change, dropped=row.is_dropped,
    )  # fmt: skip
    return row


@transaction.atomic
def confirm_decision(code: str, *, actor: Account) -> Decision:
    """Confirm what a decision does: each row becomes a proposal that is published on the day of effect.

    Raises:
        Refused: something is wrong with it; the first problem is named, with its row, and how many there are.
    """
    decision = locked(code, actor, *EDITABLE)
    problems = problems_of(decision)
    if problems:
        first = problems[0]
        where = gettext("Dòng %(position)s: ") % {"position": first.row.position} if first.row else ""
        more = gettext(" Còn %(more)s lỗi khác.") % {"more": len(problems) - 1} if problems[1:] else ""
        raise Refused(f"{where}{first.message}{more}")
    for row in rows_of(decision):
        if row.change != LISTED:
            _propose(row, decision)
    limits = deadlines_of(decision)
    decision.public_on, decision.sign_by, decision.public_by = today(), limits.sign_by, limits.public_by
    decision.unit = decision.unit or Unit.objects.in_force().filter(kind=PROVINCE).order_by("code").first()
    _to(decision, CONFIRMED)
    decision.save(update_fields=["public_on", "sign_by", "public_by", "unit"])
    record(
        events.DECISION_CONFIRMED, subject=code, actor=actor.code, number=decision.number,
        valid_from=decision.valid_from.isoformat() if decision.valid_from else "",
        proposals=decision.proposals.count(),
    )  # fmt: skip
    return decision


def _propose(row: DecisionRow, decision: Decision) -> None:
    proposal = row.proposal or Proposal(
        code=new_code("DX"), procedure_code=row.procedure_code, reason=BY_DECISION, at=now()
    )
    proposal.procedure_code, proposal.name, proposal.change = row.procedure_code, row.name, row.change
    proposal.decision, proposal.valid_from, proposal.state = decision, decision.valid_from, TAKEN
    proposal.save()
    row.proposal = proposal
    row.save(update_fields=["proposal"])


def resume_decisions(at: datetime | None = None) -> list[str]:
    """Ask again for every decision whose reader is dead or was never asked; return their codes."""
    since = (at or now()) - STALE
    waiting = Decision.objects.filter(state__in=(WAITING, IN_READING), changed_at__lt=since).order_by("pk")
    codes = list(waiting.values_list("code", flat=True)[:100])
    for code in codes:
        _enqueue(code)
    return codes
