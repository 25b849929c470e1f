"""Turned away at the counter, in one go: told what to add (slip 02) or refused with a reason (slip 03)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts.recording import NewFact, record_many
from motcua.dossiers.actions.filing import (
    ORDINARY,
    check_counter_channel,
    checked_request,
    drafted,
    filed_fact,
    sent_before,
    start,
    write,
)
from motcua.dossiers.actions.handed_in import Applicant, Circumstances, put_down
from motcua.dossiers.events import GUIDED as GUIDED_EVENT
from motcua.dossiers.events import REFUSED as REFUSED_EVENT
from motcua.dossiers.models import Dossier, Guidance
from motcua.dossiers.queries.places import filing_place, place_at
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.limits import reply_due
from motcua.dossiers.states import IN_PERSON, REFUSED, SUPPLEMENT_BEFORE
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.workflow.actions import runs
from motcua.workflow.models import Run


def refuse_at_counter(
    procedure_code: str,
    *,
    unit_code: str,
    applicant: Applicant,
    reason: str,
    submission_key: UUID,
    actor: Account,
    request_text: str = "",
    channel: str = IN_PERSON,
    circumstances: Circumstances = ORDINARY,
    counter_code: str = "",
    at: datetime | None = None,
) -> Dossier:
    """Refuse at the counter what was handed in there (slip 03, R4.14); the papers go back, the code stays.

    Effects, in order: the dossier is numbered and written, it ends with its reason, its run starts and ends, filing and
    refusal are recorded. The same ``submission_key`` sent twice is one dossier.

    Raises:
        Refused: no reason, the actor does not receive here, or an input at fault (``field`` names it).
    """
    reason = checked_reason(reason)
    check_counter_channel(channel)
    try:
        with transaction.atomic():
            dossier, run = _entered(
                procedure_code,
                unit_code=unit_code,
                applicant=applicant,
                submission_key=submission_key,
                actor=actor,
                answers={},
                request_text=request_text,
                channel=channel,
                circumstances=circumstances,
                counter_code=counter_code,
                at=at,
            )
            dossier.end(REFUSED, at=dossier.filed_at, reason=reason)
            dossier.save(update_fields=["state", "ended_at", "end_reason"])
            runs.close(run, at=dossier.filed_at, actor=actor)
            refused = NewFact(REFUSED_EVENT, dossier.code, actor.code, run.unit.code, {}, dossier.filed_at)
            record_many([filed_fact(dossier, procedure_code, actor), refused])
            return dossier
    except IntegrityError:
        return sent_before(submission_key, Q(receiving_unit__posts__account=actor))


def guide_at_counter(
    procedure_code: str,
    *,
    unit_code: str,
    applicant: Applicant,
    items: str,
    reason: str,
    submission_key: UUID,
    actor: Account,
    answers: Mapping[str, Any] | None = None,
    request_text: str = "",
    channel: str = IN_PERSON,
    circumstances: Circumstances = ORDINARY,
    counter_code: str = "",
    at: datetime | None = None,
) -> Dossier:
    """Tell at the counter, in one go, what must be added (slip 02); not received, so no clock begins (DOMAIN 4.3).

    ``items`` is one thing a line. ``answers`` are kept as they are, to go on with when the applicant is back.

    Effects, in order: the dossier is numbered and written, the guidance is kept, its run waits, filing and guidance
    are recorded. The same ``submission_key`` sent twice is one dossier.

    Raises:
        Refused: nothing to add is named, the actor does not receive here, or an input at fault.
    """
    items, reason = checked_guidance(items, reason)
    check_counter_channel(channel)
    try:
        with transaction.atomic():
            dossier, run = _entered(
                procedure_code,
                unit_code=unit_code,
                applicant=applicant,
                submission_key=submission_key,
                actor=actor,
                answers=answers or {},
                request_text=request_text,
                channel=channel,
                circumstances=circumstances,
                counter_code=counter_code,
                at=at,
            )
            guided = keep_guidance(dossier, run, items=items, reason=reason, actor=actor, at=dossier.filed_at)
            record_many([filed_fact(dossier, procedure_code, actor), guided])
            return dossier
    except IntegrityError:
        return sent_before(submission_key, Q(receiving_unit__posts__account=actor))


def keep_guidance(dossier: Dossier, run: Run, *, items: str, reason: str, actor: Account, at: datetime) -> NewFact:
    """Let a dossier that was filed wait for what it lacks; return the fact to be recorded."""
    Guidance.objects.create(dossier=dossier, items=items, reason=reason, asked_at=at, asked_by=actor.code)
    dossier.enter(SUPPLEMENT_BEFORE)
    dossier.save(update_fields=["state"])
    runs.pause(run, at=at, reason=runs.WAITING_FOR_SUPPLEMENT)
    return NewFact(GUIDED_EVENT, dossier.code, actor.code, run.unit.code, {}, at)


def checked_guidance(items: str, reason: str) -> tuple[str, str]:
    """Return what must be added and why, clean.

    Raises:
        Refused: nothing is named, or a text is too long.
    """
    label = gettext("giấy tờ cần bổ sung")
    return (
        wording.lines(items, field="items", label=label, longest=4000, required=True),
        wording.lines(reason, field="reason", label=gettext("lý do"), longest=4000),
    )


def checked_reason(reason: str) -> str:
    """Return the reason of a refusal, clean.

    Raises:
        Refused: there is none, or it is too long.
    """
    return wording.lines(reason, field="reason", label=gettext("lý do"), longest=1000, required=True)


def _entered(
    procedure_code: str,
    *,
    unit_code: str,
    applicant: Applicant,
    submission_key: UUID,
    actor: Account,
    answers: Mapping[str, Any],
    request_text: str,
    channel: str,
    circumstances: Circumstances,
    counter_code: str,
    at: datetime | None,
) -> tuple[Dossier, Run]:
    """Number and write what was handed in, not received; its answers are not judged. Return it with its run."""
    filed_at = (at or now()).astimezone(VIETNAM)
    place = filing_place(procedure_code, unit_code, filed_at.date())
    place = place_at(place, actor=actor, counter_code=counter_code)
    dossier = drafted(place, submission_key=submission_key, channel=channel, at=filed_at)
    put_down(dossier, applicant, circumstances)
    dossier.answers, dossier.request_text = dict(answers), checked_request(request_text)
    write(dossier, (), place, actor)
    return dossier, start(dossier, place, due_at=reply_due(calendar_for(place.competent_unit.code), filed_at))
