"""Endings before a result: withdrawn by the applicant, or stopped by the agency."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import Event, record
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import STOPPED as STOPPED_EVENT
from motcua.dossiers.events import WITHDRAWN as WITHDRAWN_EVENT
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import wording
from motcua.dossiers.states import STOPPED, WITHDRAWN
from motcua.organizations.models import Account
from motcua.payments.actions import fees
from motcua.workflow.actions import runs


@transaction.atomic
def withdraw(code: str, *, reason: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Take the dossier back, at the applicant's wish; it keeps its code (R4.23), an unpaid fee is cancelled.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is decided or ended, no reason is given, or the actor is neither applicant nor counter.
    """
    return _end("withdraw", code, state=WITHDRAWN, event=WITHDRAWN_EVENT, reason=reason, actor=actor, at=at)


@transaction.atomic
def stop(code: str, *, reason: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Stop handling with a reason (notice of stop, form 05 of Circular 03/2025); an unpaid fee is cancelled.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not in progress or waiting, no reason is given, or the actor does not lead the competent unit.
    """
    return _end("stop", code, state=STOPPED, event=STOPPED_EVENT, reason=reason, actor=actor, at=at)


def _end(
    action: str, code: str, *, state: str, event: Event, reason: str, actor: Account, at: datetime | None
) -> Dossier:
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    dossier, run, ended_at = lock_for(action, code, actor=actor, at=at)

    dossier.end(state, at=ended_at, reason=reason)
    dossier.save(update_fields=["state", "ended_at", "end_reason"])
    runs.close(run, at=ended_at, actor=actor)
    if dossier.has_fee:
        fees.cancel(code, at=ended_at)

    record(event, subject=code, actor=actor.code, unit=run.unit.code, at=ended_at)
    return dossier
