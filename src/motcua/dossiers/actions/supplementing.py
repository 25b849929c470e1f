"""The one supplement: asked for while the clock stands still, supplied by the applicant or at the counter."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.actions.filing import Paper, write_papers
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import SUPPLEMENT_REQUESTED, SUPPLEMENTED, as_text
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.rules import wording
from motcua.dossiers.states import AWAITING_SUPPLEMENT, IN_PROGRESS
from motcua.organizations.models import Account
from motcua.workflow.actions import runs


@transaction.atomic
def request_supplement(
    code: str, *, items: str, reason: str, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Ask the applicant, once and completely (slip 02, R4.12), for what is missing; the clock stands still (R4.13).

    ``items`` is one thing a line.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it was asked for before, items or reason are missing, or the actor does not handle the dossier.
    """
    items = wording.lines(items, field="items", label=gettext("giấy tờ cần bổ sung"), longest=4000, required=True)
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=4000, required=True)
    dossier, run, asked_at = lock_for("request_supplement", code, actor=actor, at_step=at_step, at=at)
    if SupplementRequest.objects.filter(dossier=dossier).exists():
        raise Refused(
            gettext("Hồ sơ %(code)s đã được yêu cầu bổ sung một lần; chỉ được yêu cầu một lần (R4.12).")
            % {"code": code}
        )

    SupplementRequest.objects.create(
        dossier=dossier, items=items, reason=reason, requested_at=asked_at, requested_by=actor.code
    )
    dossier.enter(AWAITING_SUPPLEMENT)
    dossier.save(update_fields=["state"])
    runs.pause(run, at=asked_at, reason=runs.WAITING_FOR_SUPPLEMENT)

    assert dossier.due_at is not None
    record(
        SUPPLEMENT_REQUESTED,
        subject=code,
        actor=actor.code,
        unit=run.unit.code,
        at=asked_at,
        due_at=as_text(dossier.due_at),
    )
    return dossier


@transaction.atomic
def supply(
    code: str, *, actor: Account, papers: Sequence[Paper] = (), note: str = "", at: datetime | None = None
) -> Dossier:
    """Supply what was asked for; the clock runs again and the due instant moves by the time it stood still (R4.10).

    Raises:
        Http404: no such dossier for the actor.
        Refused: nothing is being waited for, nothing is supplied, or the actor is neither applicant nor counter.
    """
    note = wording.lines(note, field="note", label=gettext("ghi chú"), longest=2000)
    dossier, run, supplied_at = lock_for("supply", code, actor=actor, at=at)
    if not papers and not note:
        raise Refused(gettext("Cần nộp ít nhất một giấy tờ hoặc ghi nội dung bổ sung."), field="papers")

    write_papers(dossier, papers, at=supplied_at, actor=actor)
    SupplementRequest.objects.filter(dossier=dossier).update(supplied_at=supplied_at, note=note)
    runs.resume(run, at=supplied_at)
    dossier.enter(IN_PROGRESS)
    dossier.due_at = run.due_at
    dossier.save(update_fields=["state", "due_at"])

    record(SUPPLEMENTED, subject=code, actor=actor.code, unit=run.unit.code, at=supplied_at, due_at=as_text(run.due_at))
    return dossier
