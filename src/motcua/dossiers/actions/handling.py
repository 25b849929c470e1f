"""Handling: who does the step, on to the next one, back for rework, the proposal and the decision."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import Event, record
from motcua.base.refusal import Refused
from motcua.base.statements import change
from motcua.documents.models import StoredFile
from motcua.dossiers.actions import results
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import APPROVED, ASSIGNED, CLAIMED, FORWARDED, PROPOSED, SENT_BACK, as_text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.families import waited_for
from motcua.dossiers.rules import wording
from motcua.dossiers.states import IN_PROGRESS, RECEIVED
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account
from motcua.payments.queries import is_unpaid
from motcua.workflow.actions import runs
from motcua.workflow.models import Holding, Run
from motcua.workflow.queries import route_plan


@transaction.atomic
def claim(code: str, *, actor: Account, at: datetime | None = None) -> Dossier:
    """Take the present step upon oneself: colleagues of the same role no longer see it in their work.

    Claiming twice changes nothing.

    Raises:
        Http404: no such dossier for the actor.
        Refused: a colleague was faster, or the step is not of the actor's role.
    """
    dossier, run, claimed_at = lock_for("claim", code, actor=actor, at=at)
    if run.assignee_id == actor.pk:
        return dossier

    runs.assign(run, to=actor)

    record(CLAIMED, subject=code, actor=actor.code, unit=run.unit.code, at=claimed_at)
    return dossier


@transaction.atomic
def assign(code: str, *, to: Account, actor: Account, at: datetime | None = None) -> Dossier:
    """Give the present step to a colleague; heads of the unit may, and who holds the role there.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor may not, or ``to`` does not hold the step's role in its unit.
    """
    dossier, run, assigned_at = lock_for("assign", code, actor=actor, at=at)
    if not has_role_in(to, run.unit, run.role):
        raise Refused(
            gettext("Người được phân công không giữ vai trò của bước “%(step)s” tại %(unit)s.")
            % {"step": run.step_name, "unit": run.unit},
            field="to",
        )

    runs.assign(run, to=to)

    record(ASSIGNED, subject=code, actor=actor.code, unit=run.unit.code, at=assigned_at, to=to.code)
    return dossier


@transaction.atomic
def forward(code: str, *, actor: Account, at_step: int | None = None, at: datetime | None = None) -> Dossier:
    """Hand the dossier over to the next step of its route, where it is handled.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the step leads elsewhere (a proposal, a decision), the actor does not hold it, or it moved meanwhile.
    """
    dossier, run, moved_at = lock_for("forward", code, actor=actor, at_step=at_step, at=at)
    _check_paid(dossier, run)
    from_unit = run.unit.code

    _begin(dossier)
    holding = runs.advance(run, at=moved_at, actor=actor)

    _record_move(FORWARDED, dossier, holding, actor=actor, unit=from_unit, at=moved_at)
    return dossier


@transaction.atomic
def propose(
    code: str, *, actor: Account, result_text: str = "", at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Put a result before whoever reviews or signs it; a reviewer passes it on with the same action.

    ``result_text`` replaces the draft kept so far; leave it empty to pass the draft on unchanged.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no draft of the result, the step does not lead to a review, or the actor does not hold it.
    """
    result_text = wording.lines(result_text, field="result_text", label=gettext("dự thảo kết quả"), longest=1000)
    dossier, run, proposed_at = lock_for("propose", code, actor=actor, at_step=at_step, at=at)
    _check_paid(dossier, run)
    if not (result_text or dossier.result_text):
        raise Refused(gettext("Cần ghi dự thảo kết quả trước khi trình."), field="result_text")
    from_unit = run.unit.code

    _begin(dossier)
    if result_text:
        dossier.result_text = result_text
        dossier.save(update_fields=["result_text"])
    holding = runs.advance(run, at=proposed_at, actor=actor)

    _record_move(PROPOSED, dossier, holding, actor=actor, unit=from_unit, at=proposed_at)
    return dossier


@transaction.atomic
def send_back(
    code: str, *, reason: str, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Give a proposal back to the step before, to be done again; the reason is kept with the draft.

    Raises:
        Http404: no such dossier for the actor.
        Refused: no reason is given, the step is no review, or the actor does not hold it.
    """
    reason = wording.lines(reason, field="reason", label=gettext("lý do"), longest=500, required=True)
    dossier, run, sent_at = lock_for("send_back", code, actor=actor, at_step=at_step, at=at)
    from_unit = run.unit.code

    dossier.review_note = reason
    dossier.save(update_fields=["review_note"])
    holding = runs.send_back(run, at=sent_at, actor=actor)

    _record_move(SENT_BACK, dossier, holding, actor=actor, unit=from_unit, at=sent_at)
    return dossier


@transaction.atomic
def approve(
    code: str,
    *,
    actor: Account,
    result_text: str = "",
    result_file: StoredFile | None = None,
    at_step: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Decide: the result is signed and goes to the counter to be returned.

    Effects, in order: handling ends and the exact on-time bit is set, the run goes to the returning step, the fact.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor does not sign here, a dossier that it follows has no result, or it moved meanwhile.
    """
    result_text = wording.lines(result_text, field="result_text", label=gettext("kết quả"), longest=1000)
    dossier, run, decided_at = lock_for("approve", code, actor=actor, at_step=at_step, at=at)
    _check_paid(dossier, run)
    if others := waited_for(code):
        raise Refused(
            gettext("Hồ sơ %(code)s chờ kết quả của %(others)s.") % {"code": code, "others": ", ".join(others)}
        )
    from_unit = run.unit.code

    dossier.decide(at=decided_at)
    dossier.result_text = result_text or dossier.result_text
    dossier.result_file = result_file
    results.issue(dossier, actor=actor, at=decided_at)
    dossier.save(update_fields=["state", "decided_at", "is_on_time", "result_text", "result_file"])
    runs.advance(run, at=decided_at, actor=actor)

    record(
        APPROVED,
        subject=code,
        actor=actor.code,
        unit=from_unit,
        at=decided_at,
        is_on_time=dossier.is_on_time,
        to_unit=run.unit.code,
    )
    return dossier


def _check_paid(dossier: Dossier, run: Run) -> None:
    if dossier.has_fee and route_plan(run.route_id).step(run.position).needs_payment and is_unpaid(dossier.code):
        raise Refused(
            gettext("Hồ sơ %(code)s chưa nộp phí, lệ phí: quy trình yêu cầu thu ở bước “%(step)s”.")
            % {"code": dossier.code, "step": run.step_name}
        )


def _begin(dossier: Dossier) -> None:
    """Let handling begin with the first move after reception."""
    if dossier.state == RECEIVED:
        dossier.enter(IN_PROGRESS)
        change(dossier, "state")


def _record_move(event: Event, dossier: Dossier, holding: Holding, *, actor: Account, unit: str, at: datetime) -> None:
    record(
        event,
        subject=dossier.code,
        actor=actor.code,
        unit=unit,
        at=at,
        step=holding.step_name,
        to_unit=holding.unit.code,
        due_at=as_text(holding.due_at),
    )
