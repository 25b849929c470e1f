"""Reception of what was filed: received with a promise, told what it lacks, completed, or refused with a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.facts import record
from motcua.base.facts.recording import record_many
from motcua.base.refusal import Refused
from motcua.dossiers.actions.handed_in import Applicant, Circumstances, Paper, put_down, write_papers
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.actions.passing_on import pass_on
from motcua.dossiers.actions.turning_away import checked_guidance, checked_reason, keep_guidance
from motcua.dossiers.addresses import page_of
from motcua.dossiers.events import COMPLETED as COMPLETED_EVENT
from motcua.dossiers.events import RECEIVED as RECEIVED_EVENT
from motcua.dossiers.events import REFUSED as REFUSED_EVENT
from motcua.dossiers.events import as_text
from motcua.dossiers.models import Dossier, Guidance
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.limits import promised_due
from motcua.dossiers.states import FILED, REFUSED
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.payments.actions import fees
from motcua.procedures.eforms import answers_or_refusal, form_asked
from motcua.procedures.fee_rates import fee_for
from motcua.workflow.actions import runs


@transaction.atomic
def receive(
    code: str,
    *,
    actor: Account,
    hands_over: bool = False,
    gives_papers: bool = False,
    at_step: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Receive a dossier that was filed: slip 01 with the due instant that is promised from now on.

    Effects, in order: the dossier is received, the run's clock is set (steps share its working minutes), the fee of
    its channel is asked, the fact is recorded; with ``hands_over`` it goes on to who handles it (R4.06: at once).

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not waiting for reception, or the actor does not receive here.
    """
    dossier, run, received_at = lock_for("receive", code, actor=actor, at_step=at_step, at=at)
    offering, calendar = offering_of(dossier.offering_id), calendar_for(dossier.competent_unit.code)
    due_at = promised_due(calendar, received_at, offering.limit_value, offering.limit_unit)

    dossier.receive(at=received_at, due_at=due_at)
    # By the channel and on the day of filing: what the applicant was told then.
    filed_on = dossier.filed_at.astimezone(VIETNAM).date()
    asked = fee_for(offering, dossier.channel, filed_on, unit=dossier.competent_unit)
    dossier.has_fee = bool(asked)
    dossier.save(update_fields=["state", "received_at", "first_due_at", "due_at", "has_fee"])
    runs.promise(
        run,
        due_at=due_at,
        legal_minutes=calendar.working_minutes_between(received_at, due_at),
        at=received_at,
        actor=actor,
    )
    if dossier.has_fee:
        fees.ask(
            code,
            amount=asked.amount,
            basis=asked.basis,
            at=received_at,
            unit=dossier.competent_unit,
            counter=dossier.receiving_unit,
            link=page_of(code),
        )

    record(
        RECEIVED_EVENT,
        subject=code,
        actor=actor.code,
        unit=run.unit.code,
        at=received_at,
        due_at=as_text(due_at),
        channel=dossier.channel,
        procedure=dossier.version.procedure.code,
    )
    if hands_over:
        record_many(pass_on(dossier, run, actor=actor, at=received_at, gives_papers=gives_papers))
    return dossier


@transaction.atomic
def guide(
    code: str,
    *,
    items: str,
    reason: str = "",
    actor: Account,
    at_step: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Tell the applicant, in one go, what must be added before reception (slip 02); no clock has begun.

    ``items`` is one thing a line. Until it is added nobody waits for the counter: the reply of R4.07 stands still.

    Raises:
        Http404: no such dossier for the actor.
        Refused: nothing to add is named, it is not waiting for reception, or the actor does not receive here.
    """
    items, reason = checked_guidance(items, reason)
    dossier, run, asked_at = lock_for("guide", code, actor=actor, at_step=at_step, at=at)
    record_many([keep_guidance(dossier, run, items=items, reason=reason, actor=actor, at=asked_at)])
    return dossier


@transaction.atomic
def complete(
    code: str, *, actor: Account, papers: Sequence[Paper] = (), note: str = "", at: datetime | None = None
) -> Dossier:
    """Add what the guidance asked for; the dossier waits for reception again.

    Raises:
        Http404: no such dossier for the actor.
        Refused: nothing is waited for, nothing is added, or the actor is neither applicant nor counter.
    """
    note = wording.lines(note, field="note", label=gettext("ghi chú"), longest=2000)
    dossier, run, completed_at = lock_for("complete", code, actor=actor, at=at)
    if not papers and not note:
        raise Refused(gettext("Cần nộp ít nhất một giấy tờ hoặc ghi nội dung bổ sung."), field="papers")

    write_papers(dossier, papers, at=completed_at, actor=actor)
    Guidance.objects.filter(dossier=dossier, supplied_at__isnull=True).update(supplied_at=completed_at, note=note)
    dossier.enter(FILED)
    dossier.is_digitised = not dossier.papers.filter(file__isnull=True).exists()
    dossier.save(update_fields=["state", "is_digitised"])
    runs.resume(run, at=completed_at)

    record(COMPLETED_EVENT, subject=code, actor=actor.code, unit=run.unit.code, at=completed_at)
    return dossier


@transaction.atomic
def receive_completed(
    code: str,
    *,
    applicant: Applicant,
    actor: Account,
    papers: Sequence[Paper],
    answers: Mapping[str, Any],
    request_text: str = "",
    circumstances: Circumstances | None = None,
    hands_over: bool = False,
    gives_papers: bool = False,
    at: datetime | None = None,
) -> Dossier:
    """Receive at the counter, in one go, a dossier that came back with what it lacked, as its form now stands.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it was not sent home to be completed, the actor does not receive here, or an input at fault.
    """
    dossier = complete(code, actor=actor, papers=papers, note=gettext("Nộp đủ tại quầy"), at=at)
    put_down(dossier, applicant, circumstances or Circumstances(post_item=dossier.post_item, ticket=dossier.ticket))
    form = form_asked(dossier.form_version_id, offering_of(dossier.offering_id))
    dossier.answers = answers_or_refusal(form, answers)
    dossier.request_text = wording.line(
        request_text, field="request_text", label=gettext("nội dung yêu cầu"), longest=1000
    )
    dossier.save()
    return receive(code, actor=actor, hands_over=hands_over, gives_papers=gives_papers, at=at)


@transaction.atomic
def refuse(
    code: str, *, reason: str, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Refuse reception with a reason (slip 03, R4.14); the dossier and its run end.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not waiting for reception, the actor does not receive here, or no reason is given.
    """
    reason = checked_reason(reason)
    dossier, run, refused_at = lock_for("refuse", code, actor=actor, at_step=at_step, at=at)

    dossier.end(REFUSED, at=refused_at, reason=reason)
    dossier.save(update_fields=["state", "ended_at", "end_reason"])
    runs.close(run, at=refused_at, actor=actor)

    record(REFUSED_EVENT, subject=code, actor=actor.code, unit=run.unit.code, at=refused_at)
    return dossier
