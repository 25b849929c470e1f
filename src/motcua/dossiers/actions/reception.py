"""Reception at the counter of what was filed online: received with a promise, or refused with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.facts import record
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.addresses import page_of
from motcua.dossiers.events import RECEIVED as RECEIVED_EVENT
from motcua.dossiers.events import REFUSED as REFUSED_EVENT
from motcua.dossiers.events import as_text
from motcua.dossiers.models import Dossier
from motcua.dossiers.published import offering_of
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.limits import promised_due
from motcua.dossiers.states import REFUSED
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.payments.actions import fees
from motcua.procedures.fee_rates import fee_for
from motcua.workflow.actions import runs


@transaction.atomic
def receive(code: str, *, actor: Account, at_step: int | None = None, at: datetime | None = None) -> Dossier:
    """Receive a dossier filed online: slip 01 with the due instant that is promised from now on.

    Effects, in order: the dossier is received, the run's clock is set (steps share its working minutes), the fee of
    its channel is asked, the fact is recorded.

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
    return dossier


@transaction.atomic
def refuse(
    code: str, *, reason: str, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Refuse reception with a reason (slip 03, R4.14); the dossier and its run end.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not waiting for reception, the actor does not receive here, or no reason is given.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    dossier, run, refused_at = lock_for("refuse", code, actor=actor, at_step=at_step, at=at)

    dossier.end(REFUSED, at=refused_at, reason=reason)
    dossier.save(update_fields=["state", "ended_at", "end_reason"])
    runs.close(run, at=refused_at, actor=actor)

    record(REFUSED_EVENT, subject=code, actor=actor.code, unit=run.unit.code, at=refused_at)
    return dossier
