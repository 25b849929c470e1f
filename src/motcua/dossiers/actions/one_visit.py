"""Handling on the spot: what is left of the route is done in one visit, step by step, by whom the route names."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.dossiers.access.dossier import ONE_VISIT_MARKS, allowed
from motcua.dossiers.actions import handling, payment, reception, returning
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import ONE_VISIT
from motcua.dossiers.models import Dossier, OneVisit
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.dossiers.queries.published import marks_of
from motcua.dossiers.states import IN_PERSON, RETURNED
from motcua.organizations.models import Account
from motcua.payments.queries import is_unpaid

MOST_STEPS = 40  # of a route; a route that does not end is a mistake
# What moves a dossier on, the first that the actor may do; each is its own action with its own fact.
ONWARD = ("receive", "approve", "propose", "forward", "return")


@dataclass(frozen=True)
class Visit:
    """What is decided and taken in the visit; ``payment_method`` "" where nothing is to be paid."""

    result_text: str
    method: str = IN_PERSON  # how the result is handed over
    payment_method: str = ""
    payment_reference: str = ""
    result_file: StoredFile | None = None


@transaction.atomic
def handle_in_one_visit(
    code: str, *, visit: Visit, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Do every step that is the actor's, from where the dossier is, up to the return of the result.

    Receives, hands on, proposes, signs, takes the fee and returns, as far as the route names the actor; where the next
    step is somebody else's it stays there for them. All of it happens, or none. A dossier that was received and
    returned on the same day counts as handled on the spot (R4.26, R4.28).

    Raises:
        Http404: no such dossier for the actor.
        Refused: its procedure is not handled on the spot, the present step is not the actor's, there is no result,
            or the fee is not paid.
    """
    dossier, _run, done_at = lock_for("one_visit", code, actor=actor, at_step=at_step, at=at)
    if not visit.result_text.strip() and not dossier.result_text and not dossier.decided_at:
        raise Refused(gettext("Cần ghi kết quả giải quyết."), field="result_text")

    for _step in range(MOST_STEPS):
        dossier = dossier_of(code, account=actor)
        may = allowed(actor, dossier, run_of(code, account=actor))
        action = next((name for name in ONWARD if name in may), "")
        if not action:
            break
        _do(action, dossier, visit, actor=actor, at=done_at)

    dossier = dossier_of(code, account=actor)
    _count(dossier, actor=actor, at=done_at)
    return dossier


def _do(action: str, dossier: Dossier, visit: Visit, *, actor: Account, at: datetime) -> None:
    code, text = dossier.code, visit.result_text
    if action == "receive":
        reception.receive(code, actor=actor, at=at)
    elif action == "forward":
        handling.forward(code, actor=actor, at=at)
    elif action == "propose":
        handling.propose(code, actor=actor, result_text=text, at=at)
    elif action == "approve":
        handling.approve(code, actor=actor, result_text=text, result_file=visit.result_file, at=at)
    else:
        if visit.payment_method and dossier.has_fee and is_unpaid(code):
            payment.take_payment(
                code, method=visit.payment_method, reference=visit.payment_reference, actor=actor, at=at
            )
        returning.return_result(code, method=visit.method, actor=actor, at=at)


def _count(dossier: Dossier, *, actor: Account, at: datetime) -> None:
    """Note a dossier that came and went on one day."""
    if dossier.state != RETURNED or dossier.received_at is None or dossier.returned_at is None:
        return
    if dossier.received_at.astimezone(VIETNAM).date() != dossier.returned_at.astimezone(VIETNAM).date():
        return
    day = dossier.received_at.astimezone(VIETNAM).date()
    marks = marks_of(dossier.version.procedure_id, day)
    kind = ONE_VISIT_MARKS[1] if ONE_VISIT_MARKS[1] in marks else ONE_VISIT_MARKS[0]
    OneVisit.objects.create(dossier=dossier, kind=kind, at=at)
    record(ONE_VISIT, subject=dossier.code, actor=actor.code, unit=dossier.receiving_unit.code, at=at, kind=kind)
