"""Endings before a result: withdrawn by the applicant before reception, or stopped by the agency.

After reception a withdrawal is asked and answered: ``withdrawing``.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import Event, record
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import STOPPED as STOPPED_EVENT
from motcua.dossiers.events import WITHDRAWN as WITHDRAWN_EVENT
from motcua.dossiers.models import Dossier, Obligation
from motcua.dossiers.rules import wording
from motcua.dossiers.states import STOPPED, WITHDRAWN
from motcua.organizations.models import Account
from motcua.payments.actions import fees
from motcua.workflow.actions import runs
from motcua.workflow.models import Run


@transaction.atomic
def withdraw(code: str, *, reason: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Take the dossier back before reception, at the applicant's wish; it keeps its code (R4.23).

    Raises:
        Http404: no such dossier for the actor.
        Refused: it was received, no reason is given, or the actor is neither applicant nor counter.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    dossier, run, ended_at = lock_for("withdraw", code, actor=actor, at=at)
    return end(dossier, run, state=WITHDRAWN, event=WITHDRAWN_EVENT, reason=reason, actor=actor, at=ended_at)


@transaction.atomic
def stop(code: str, *, reason: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Stop handling with a reason (notice of stop, form 05 of Circular 03/2025); an unpaid fee is cancelled.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not in progress or waiting, no reason is given, or the actor does not lead the competent unit.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    dossier, run, ended_at = lock_for("stop", code, actor=actor, at=at)
    return end(dossier, run, state=STOPPED, event=STOPPED_EVENT, reason=reason, actor=actor, at=ended_at)


def end(dossier: Dossier, run: Run, *, state: str, event: Event, reason: str, actor: Account, at: datetime) -> Dossier:
    """End a locked dossier without a result, inside the caller's transaction.

    Effects, in order: dossier and run end, what was not paid is owed no longer, the fact.
    """
    dossier.end(state, at=at, reason=reason)
    dossier.save(update_fields=["state", "ended_at", "end_reason"])
    runs.close(run, at=at, actor=actor)
    if dossier.has_fee:
        fees.cancel(dossier.code, at=at)
    Obligation.objects.filter(dossier=dossier, settled_at__isnull=True, cancelled_at__isnull=True).update(
        cancelled_at=at
    )

    record(event, subject=dossier.code, actor=actor.code, unit=run.unit.code, at=at)
    return dossier
