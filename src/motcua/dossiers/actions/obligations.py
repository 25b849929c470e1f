"""Financial obligations: notified while the clock stands still, settled by a receipt or a proof (R4.10, status 6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import OBLIGATION_ASKED, OBLIGATION_SETTLED, as_text
from motcua.dossiers.models import Dossier, Obligation
from motcua.dossiers.rules import wording
from motcua.dossiers.states import AWAITING_PAYMENT, IN_PROGRESS
from motcua.organizations.models import Account
from motcua.workflow.actions import runs

MOST = 10**13  # đồng; beyond it the amount is a mistake


@dataclass(frozen=True)
class Notice:
    """What the applicant owes, as the notice says it. Lengths are checked when it is asked; ``amount`` in đồng."""

    kind: str
    amount: int
    basis: str
    pay_to: str
    notice_number: str = ""
    pay_by: date | None = None


@transaction.atomic
def ask_obligation(
    code: str, *, notice: Notice, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Notify a financial obligation; the clock stands still until it is settled (R4.10).

    Raises:
        Http404: no such dossier for the actor.
        Refused: kind, amount, basis or place of payment is missing, the last day to pay is past, or the actor does not
            handle the dossier.
    """
    notice = _checked(notice)
    dossier, run, asked_at = lock_for("ask_obligation", code, actor=actor, at_step=at_step, at=at)
    if notice.pay_by and notice.pay_by < asked_at.date():
        raise Refused(gettext("Hạn nộp đã qua."), field="pay_by")

    Obligation.objects.create(
        dossier=dossier,
        kind=notice.kind,
        amount=notice.amount,
        basis=notice.basis,
        pay_to=notice.pay_to,
        notice_number=notice.notice_number,
        pay_by=notice.pay_by,
        asked_at=asked_at,
        asked_by=actor.code,
    )
    dossier.enter(AWAITING_PAYMENT)
    dossier.save(update_fields=["state"])
    runs.pause(run, at=asked_at, reason=runs.WAITING_FOR_PAYMENT)

    assert dossier.due_at is not None
    record(
        OBLIGATION_ASKED,
        subject=code,
        actor=actor.code,
        unit=run.unit.code,
        at=asked_at,
        due_at=as_text(dossier.due_at),
    )
    return dossier


@transaction.atomic
def settle_obligation(
    code: str, *, actor: Account, reference: str = "", proof: StoredFile | None = None, at: datetime | None = None
) -> Dossier:
    """Note that the obligation was fulfilled; the clock runs again and the due instant moves by the pause (R4.10).

    An official names the receipt or keeps the proof; the applicant's word alone is none, so the applicant sends proof.

    Raises:
        Http404: no such dossier for the actor.
        Refused: nothing is owed, no receipt or proof, or the actor is neither applicant, counter nor handler.
    """
    reference = wording.line(reference, field="reference", label=gettext("số biên lai"), longest=80)
    dossier, run, settled_at = lock_for("settle_obligation", code, actor=actor, at=at)
    if proof is None and (not reference or dossier.applicant_id == actor.pk):
        field = "proof" if dossier.applicant_id == actor.pk else "reference"
        raise Refused(gettext("Cần có chứng từ nộp tiền."), field=field)

    storing.claim([proof.pk] if proof else [], subject=code, actor=actor)
    Obligation.objects.filter(dossier=dossier, settled_at__isnull=True, cancelled_at__isnull=True).update(
        settled_at=settled_at, settled_by=actor.code, reference=reference, proof=proof
    )
    runs.resume(run, at=settled_at)
    dossier.enter(IN_PROGRESS)
    dossier.due_at = run.due_at
    dossier.save(update_fields=["state", "due_at"])

    record(
        OBLIGATION_SETTLED,
        subject=code,
        actor=actor.code,
        unit=run.unit.code,
        at=settled_at,
        due_at=as_text(run.due_at),
    )
    return dossier


def _checked(notice: Notice) -> Notice:
    if not 0 < notice.amount <= MOST:
        raise Refused(gettext("Số tiền phải lớn hơn 0 đồng."), field="amount")
    return Notice(
        kind=wording.line(notice.kind, field="kind", label=gettext("khoản phải nộp"), longest=200, required=True),
        amount=notice.amount,
        basis=wording.line(notice.basis, field="basis", label=gettext("căn cứ"), longest=300, required=True),
        pay_to=wording.line(notice.pay_to, field="pay_to", label=gettext("nơi nộp"), longest=300, required=True),
        notice_number=wording.line(
            notice.notice_number, field="notice_number", label=gettext("số thông báo"), longest=80
        ),
        pay_by=notice.pay_by,
    )
