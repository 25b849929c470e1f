"""Withdrawal after reception: asked by the applicant; confirmed, turned down or taken back (DOMAIN 4.3, status 7).

While it is asked the clock of the promise runs, also where it stood still for the applicant: it is the agency that
must answer. An answer that keeps the dossier leads back to the state before, and time that stood still stands again.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import Event, record
from motcua.dossiers.actions.ending import end
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import WITHDRAWAL_ASKED as WITHDRAWAL_ASKED_EVENT
from motcua.dossiers.events import WITHDRAWAL_TAKEN_BACK, WITHDRAWAL_TURNED_DOWN, as_text
from motcua.dossiers.events import WITHDRAWN as WITHDRAWN_EVENT
from motcua.dossiers.models import Dossier, WithdrawalRequest
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.dossiers.states import (
    AWAITING_PAYMENT,
    AWAITING_SUPPLEMENT,
    CONFIRMED,
    STANDING_STATES,
    TAKEN_BACK,
    TURNED_DOWN,
    WITHDRAWAL_ASKED,
    WITHDRAWN,
)
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.workflow.actions import runs
from motcua.workflow.models import OPEN, Run

PAUSE_REASONS = {
    AWAITING_SUPPLEMENT: runs.WAITING_FOR_SUPPLEMENT,
    AWAITING_PAYMENT: runs.WAITING_FOR_PAYMENT,
}


@transaction.atomic
def ask_withdrawal(code: str, *, reason: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Ask to take the dossier back after reception; whoever handles it answers within the limit of the dated rules.

    Raises:
        Http404: no such dossier for the actor.
        Refused: it is not received or decided, no reason is given, or the actor is neither applicant nor counter.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    dossier, run, asked_at = lock_for("ask_withdrawal", code, actor=actor, at=at)
    asked = WithdrawalRequest(
        dossier=dossier,
        reason=reason,
        state_before=dossier.state,
        asked_at=asked_at,
        asked_by=actor.code,
        answer_by=answer_by(dossier, asked_at),
    )

    asked.save(force_insert=True)
    if dossier.state in STANDING_STATES:
        runs.resume(run, at=asked_at)
        dossier.due_at = run.due_at
    dossier.enter(WITHDRAWAL_ASKED)
    dossier.save(update_fields=["state", "due_at"])

    record(
        WITHDRAWAL_ASKED_EVENT,
        subject=code,
        actor=actor.code,
        unit=run.unit.code,
        at=asked_at,
        answer_by=as_text(asked.answer_by),
    )
    return dossier


@transaction.atomic
def confirm_withdrawal(code: str, *, actor: Account, at: datetime | None = None) -> Dossier:
    """Let the applicant have the dossier back: it ends, keeps its code (R4.23), an unpaid fee is cancelled.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no withdrawal is asked, or the actor does not handle the dossier.
    """
    dossier, run, answered_at = lock_for("confirm_withdrawal", code, actor=actor, at=at)
    asked = _answer(dossier, CONFIRMED, actor=actor, at=answered_at)
    return end(dossier, run, state=WITHDRAWN, event=WITHDRAWN_EVENT, reason=asked.reason, actor=actor, at=answered_at)


@transaction.atomic
def turn_down_withdrawal(code: str, *, reason: str, actor: Account, at: datetime | None = None) -> Dossier:
    """Say with a reason that the dossier cannot be withdrawn; handling goes on.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no withdrawal is asked, no reason is given, or the actor does not handle the dossier.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)
    dossier, run, answered_at = lock_for("turn_down_withdrawal", code, actor=actor, at=at)
    asked = _answer(dossier, TURNED_DOWN, actor=actor, at=answered_at, reason=reason)
    return _go_back(dossier, run, asked, event=WITHDRAWAL_TURNED_DOWN, actor=actor, at=answered_at)


@transaction.atomic
def take_back_withdrawal(code: str, *, actor: Account, at: datetime | None = None) -> Dossier:
    """Wish no longer to withdraw; handling goes on.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no withdrawal is asked, or the actor is neither applicant nor counter.
    """
    dossier, run, answered_at = lock_for("take_back_withdrawal", code, actor=actor, at=at)
    asked = _answer(dossier, TAKEN_BACK, actor=actor, at=answered_at)
    return _go_back(dossier, run, asked, event=WITHDRAWAL_TAKEN_BACK, actor=actor, at=answered_at)


def answer_by(dossier: Dossier, asked_at: datetime) -> datetime:
    """Return until when a withdrawal asked at ``asked_at`` must be answered."""
    minutes = control_rules_on(asked_at.date()).withdrawal_answer_minutes
    return calendar_for(dossier.competent_unit.code).add_working_minutes(asked_at, minutes)


def _answer(dossier: Dossier, outcome: str, *, actor: Account, at: datetime, reason: str = "") -> WithdrawalRequest:
    asked = WithdrawalRequest.objects.get(dossier=dossier, outcome="")
    asked.outcome, asked.answered_at, asked.answered_by, asked.answer_reason = outcome, at, actor.code, reason
    asked.save(update_fields=["outcome", "answered_at", "answered_by", "answer_reason"])
    return asked


def _go_back(
    dossier: Dossier, run: Run, asked: WithdrawalRequest, *, event: Event, actor: Account, at: datetime
) -> Dossier:
    dossier.enter(asked.state_before)
    dossier.save(update_fields=["state"])
    if asked.state_before in STANDING_STATES:
        # The trunk may wait at a join while a branch is what stood still: any part that is open pauses them all.
        part = next(row for row in (run, *run.branches) if row.state == OPEN)
        runs.pause(part, at=at, reason=PAUSE_REASONS[asked.state_before])

    assert dossier.due_at is not None
    record(event, subject=dossier.code, actor=actor.code, unit=run.unit.code, at=at, due_at=as_text(dossier.due_at))
    return dossier
