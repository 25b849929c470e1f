"""Operations of reception, as at the counter: take in, turn away, come back complete, know the applicant."""

from dataclasses import asdict
from typing import Any

from ninja import Router, Status

from motcua.base.clock import now
from motcua.base.guard import opens_to, signed_in
from motcua.dossiers.access.dossier import may_receive_at_counter
from motcua.dossiers.actions import reception, turning_away
from motcua.dossiers.actions.handed_in import Applicant, Paper
from motcua.dossiers.actions.looking_up import look_up
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.known_applicants import duplicates_of
from motcua.dossiers.schemas.dossier import DossierOut, SupplyIn
from motcua.dossiers.schemas.reception import (
    AtCounterIn,
    GuideAtCounterIn,
    GuideIn,
    KnownApplicantOut,
    LikeIn,
    LikeOut,
    NumberIn,
    ReceiveCompletedIn,
    ReceiveIn,
    RefuseAtCounterIn,
    circumstances_of,
)
from motcua.organizations.access import SignedInRequest

router = Router(tags=["dossiers"])


@router.post("/reception/refused", response={201: DossierOut}, operation_id="refuse_at_counter")
@opens_to(may_receive_at_counter)
def refuse_at_counter(request: SignedInRequest, form: RefuseAtCounterIn) -> Status:
    """Refuse what was handed in at the caller's counter, in one go (slip 03)."""
    return Status(201, turning_away.refuse_at_counter(form.procedure, reason=form.reason, **_common(request, form)))


@router.post("/reception/guided", response={201: DossierOut}, operation_id="guide_at_counter")
@opens_to(may_receive_at_counter)
def guide_at_counter(request: SignedInRequest, form: GuideAtCounterIn) -> Status:
    """Say at the caller's counter what must be added before reception (slip 02); no clock begins."""
    guided = turning_away.guide_at_counter(
        form.procedure, items=form.items, reason=form.reason, answers=form.answers, **_common(request, form)
    )
    return Status(201, guided)


@router.post("/reception/known-applicants", response=list[KnownApplicantOut], operation_id="look_up_applicant")
@opens_to(may_receive_at_counter)
def look_up_applicant(request: SignedInRequest, form: NumberIn) -> list[dict[str, Any]]:
    """Who filed under a number before; each look-up is noted, without the number."""
    found = look_up(form.number, actor=request.user)
    return [asdict(each.applicant) | {"filed_on": each.filed_on} for each in found]


@router.post("/reception/like-dossiers", response=list[LikeOut], operation_id="find_like_dossiers")
@opens_to(signed_in)
def find_like_dossiers(request: SignedInRequest, form: LikeIn) -> list[Dossier]:
    """Like dossiers that a new one may repeat: for a citizen the account's own, for a counter those of the person."""
    account = None if may_receive_at_counter(request.user) else request.user
    return duplicates_of(Applicant(**form.applicant.dict()), form.procedure, at=now(), account=account)


@router.post("/dossiers/{code}/receive", response=DossierOut, operation_id="receive_dossier")
@opens_to(signed_in)
def receive(request: SignedInRequest, code: str, form: ReceiveIn) -> Dossier:
    """Receive what was filed; the due instant is promised."""
    return reception.receive(
        code,
        actor=request.user,
        hands_over=form.hand_over,
        gives_papers=form.give_papers,
        at_step=form.at_step,
    )


@router.post("/dossiers/{code}/guide", response=DossierOut, operation_id="guide_dossier")
@opens_to(signed_in)
def guide(request: SignedInRequest, code: str, form: GuideIn) -> Dossier:
    """Say what must be added before reception; no clock begins."""
    return reception.guide(code, items=form.items, reason=form.reason, actor=request.user, at_step=form.at_step)


@router.post("/dossiers/{code}/complete", response=DossierOut, operation_id="complete_dossier")
@opens_to(signed_in)
def complete(request: SignedInRequest, code: str, form: SupplyIn) -> Dossier:
    """Add what the guidance asked for; the dossier waits for reception again."""
    papers = [Paper(**paper.dict()) for paper in form.papers]
    return reception.complete(code, papers=papers, note=form.note, actor=request.user)


@router.post("/dossiers/{code}/receive-completed", response=DossierOut, operation_id="receive_completed_dossier")
@opens_to(may_receive_at_counter)
def receive_completed(request: SignedInRequest, code: str, form: ReceiveCompletedIn) -> Dossier:
    """Receive at the counter, in one go, what came back complete."""
    return reception.receive_completed(
        code,
        applicant=Applicant(**form.applicant.dict()),
        actor=request.user,
        papers=[Paper(**paper.dict()) for paper in form.papers],
        answers=form.answers,
        request_text=form.request_text,
        circumstances=circumstances_of(form.circumstances),
        hands_over=form.hand_over,
        gives_papers=form.give_papers,
    )


def _common(request: SignedInRequest, form: AtCounterIn) -> dict[str, Any]:
    return {
        "unit_code": form.unit,
        "applicant": Applicant(**form.applicant.dict()),
        "submission_key": form.submission_key,
        "actor": request.user,
        "request_text": form.request_text,
        "channel": form.channel,
        "circumstances": circumstances_of(form.circumstances),
        "counter_code": form.counter,
    }
