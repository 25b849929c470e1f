"""Filing: online by the applicant, or at a counter by an officer who receives it in the same breath."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts.recording import NewFact, record_many
from motcua.base.refusal import Refused
from motcua.base.statements import insert
from motcua.base.text import fold
from motcua.documents.actions import storing
from motcua.dossiers.actions.handed_in import (
    Applicant,
    Circumstances,
    Paper,
    checked_papers,
    paper_rows,
    put_down,
    write_papers,
)
from motcua.dossiers.actions.numbering import take_number
from motcua.dossiers.actions.passing_on import pass_on
from motcua.dossiers.addresses import page_of
from motcua.dossiers.events import FILED as FILED_EVENT
from motcua.dossiers.events import RECEIVED as RECEIVED_EVENT
from motcua.dossiers.events import as_text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.places import FilingPlace, filing_place, place_at
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.code import dossier_code
from motcua.dossiers.rules.limits import promised_due, reply_due
from motcua.dossiers.states import CONSENTS, FILED, IN_PERSON, ONLINE, POST
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.payments.actions import fees
from motcua.procedures.eforms import answers_or_refusal
from motcua.procedures.fee_rates import fee_for
from motcua.workflow.actions import runs
from motcua.workflow.models import Run
from motcua.workflow.queries import route_plan

__all__ = ["KIND", "Applicant", "Circumstances", "Paper", "file_at_counter", "file_online", "write_papers"]

ORDINARY = Circumstances()
KIND = "dossier"  # of the runs


def file_online(
    procedure_code: str,
    *,
    unit_code: str,
    applicant: Applicant,
    submission_key: UUID,
    actor: Account,
    papers: Sequence[Paper] = (),
    answers: Mapping[str, Any] | None = None,
    request_text: str = "",
    circumstances: Circumstances = ORDINARY,
    consent: str = "",
    at: datetime | None = None,
) -> Dossier:
    """File a dossier of ``procedure_code`` with the unit ``unit_code`` for the signed-in applicant.

    With ``consent`` (of states.CONSENTS: how that person agreed) the actor is an official who files for somebody
    (C064); it then belongs to the account of that number and name, where there is one.

    Effects, in order: the code is numbered, dossier and papers are written, its run starts at the counter (a reply is
    due within 8 working hours, R4.07), the fact is recorded. The same ``submission_key`` sent twice is one dossier.

    Raises:
        Refused: unknown unit, the unit does not offer the procedure online, or an input at fault (``field`` names it).
    """
    if consent and (consent not in CONSENTS or not actor.is_official):
        raise Refused(gettext("Cần ghi người dân đã đồng ý bằng cách nào."), field="consent")
    try:
        with transaction.atomic():
            filed_at = (at or now()).astimezone(VIETNAM)
            place = filing_place(procedure_code, unit_code, filed_at.date())
            if not place.offering.is_online:
                raise Refused(gettext("Thủ tục này chưa nhận hồ sơ trực tuyến."), field="unit")
            dossier = drafted(place, submission_key=submission_key, channel=ONLINE, at=filed_at)
            put_down(dossier, applicant, circumstances)
            _declare(dossier, place, answers or {}, request_text)
            _belong(dossier, actor, consent)
            write(dossier, papers, place, actor)
            start(dossier, place, due_at=reply_due(calendar_for(place.competent_unit.code), filed_at))
            record_many([filed_fact(dossier, procedure_code, actor)])
            return dossier
    except IntegrityError:
        mine = Q(assisted_by=actor) if consent else Q(applicant=actor, assisted_by__isnull=True)
        return sent_before(submission_key, mine)


def file_at_counter(
    procedure_code: str,
    *,
    unit_code: str,
    applicant: Applicant,
    submission_key: UUID,
    actor: Account,
    papers: Sequence[Paper] = (),
    answers: Mapping[str, Any] | None = None,
    request_text: str = "",
    channel: str = IN_PERSON,
    circumstances: Circumstances = ORDINARY,
    counter_code: str = "",
    hands_over: bool = False,
    gives_papers: bool = False,
    at: datetime | None = None,
) -> Dossier:
    """File and receive a dossier that was handed in at the counter or came by post.

    ``counter_code`` names the counter where the actor receives at several; what does not depend on the territory is
    taken in at any of them. ``hands_over``: on to who handles it in the same breath, with the papers themselves where
    ``gives_papers`` says so.

    Effects, in order: the code is numbered, dossier and papers are written, its run starts with the promised due
    instant, the fee is asked, filing and reception are recorded, it is handed over. The same ``submission_key`` sent
    twice is one dossier.

    Raises:
        Refused: the actor does not receive for this unit, unknown channel, or as for filing online.
    """
    check_counter_channel(channel)
    try:
        with transaction.atomic():
            filed_at = (at or now()).astimezone(VIETNAM)
            place = filing_place(procedure_code, unit_code, filed_at.date())
            place = place_at(place, actor=actor, counter_code=counter_code)
            dossier = drafted(place, submission_key=submission_key, channel=channel, at=filed_at)
            put_down(dossier, applicant, circumstances)
            _declare(dossier, place, answers or {}, request_text)
            calendar = calendar_for(place.competent_unit.code)
            due_at = promised_due(calendar, filed_at, place.offering.limit_value, place.offering.limit_unit)
            asked = fee_for(place.offering, channel, filed_at.date(), unit=place.competent_unit)
            dossier.has_fee = bool(asked)
            dossier.receive(at=filed_at, due_at=due_at)
            write(dossier, papers, place, actor)
            minutes = calendar.working_minutes_between(filed_at, due_at)
            run = start(dossier, place, due_at=due_at, legal_minutes=minutes)
            if dossier.has_fee:
                fees.ask(
                    dossier.code,
                    amount=asked.amount,
                    basis=asked.basis,
                    at=filed_at,
                    unit=place.competent_unit,
                    counter=place.receiving_unit,
                    link=page_of(dossier.code),
                )
            facts = [filed_fact(dossier, procedure_code, actor), _received_fact(dossier, procedure_code, actor)]
            if hands_over:
                facts += pass_on(dossier, run, actor=actor, at=filed_at, gives_papers=gives_papers)
            record_many(facts)
            return dossier
    except IntegrityError:
        return sent_before(submission_key, Q(receiving_unit__posts__account=actor))


def check_counter_channel(channel: str) -> None:
    """Refuse what does not come to a counter.

    Raises:
        Refused: the channel is neither in person nor by post.
    """
    if channel not in (IN_PERSON, POST):
        raise Refused(gettext("Kênh nộp tại quầy là trực tiếp hoặc bưu chính."), field="channel")


def sent_before(submission_key: UUID, mine: Q) -> Dossier:
    """Return the dossier of a form that was sent twice; a key that is somebody else's is refused."""
    earlier = Dossier.objects.filter(mine, submission_key=submission_key).first()
    if earlier is None:
        raise Refused(gettext("Mã lần gửi đã được dùng. Hãy tải lại biểu mẫu và gửi lại."), field="submission_key")
    return earlier


def drafted(place: FilingPlace, *, submission_key: UUID, channel: str, at: datetime) -> Dossier:
    """Return a new dossier at ``place``, unsaved and without a code."""
    return Dossier(
        submission_key=submission_key,
        version=place.version,
        offering=place.offering,
        competent_unit=place.competent_unit,
        receiving_unit=place.receiving_unit,
        channel=channel,
        state=FILED,
        filed_at=at,
        form_version_id=place.form_version_id,
        is_received_elsewhere=place.is_elsewhere,
    )


def _declare(dossier: Dossier, place: FilingPlace, answers: Mapping[str, Any], request_text: str) -> None:
    dossier.answers = answers_or_refusal(place.form, answers)
    dossier.request_text = checked_request(request_text)


def checked_request(text: str) -> str:
    """Return what is asked for beside the form, clean.

    Raises:
        Refused: it is too long.
    """
    return wording.line(text, field="request_text", label=gettext("nội dung yêu cầu"), longest=1000)


def _belong(dossier: Dossier, actor: Account, consent: str) -> None:
    """Let the dossier be the actor's own, or that of whom the actor helps."""
    if not consent:
        dossier.applicant = actor
        return
    dossier.assisted_by, dossier.consent = actor, consent
    if dossier.identity_number:
        found = Account.objects.filter(identity_number=dossier.identity_number, is_active=True)
        # The name must be the same too: a mistyped number shows nobody's matter to a stranger.
        named = [each for each in found[:5] if fold(each.full_name) == fold(dossier.applicant_name)]
        dossier.applicant = named[0] if len(named) == 1 else None


def write(dossier: Dossier, papers: Sequence[Paper], place: FilingPlace, actor: Account) -> None:
    """Number the dossier and write it with its papers."""
    checked, day = checked_papers(papers), dossier.filed_at.date()
    # As late as possible: from here to the commit nobody else can file with this agency.
    dossier.code = dossier_code(place.agency_code, day, take_number(place.numbering_unit_id, day))
    dossier.is_digitised = bool(checked) and all(paper.file_id for paper in checked)
    insert(dossier, below=paper_rows(dossier, checked, at=dossier.filed_at), by="dossier")
    storing.claim([paper.file_id for paper in checked if paper.file_id], subject=dossier.code, actor=actor)


def start(dossier: Dossier, place: FilingPlace, *, due_at: datetime, legal_minutes: int = 0) -> Run:
    """Start the dossier's run at the counter that took it in."""
    return runs.start(
        dossier.code,
        kind=KIND,
        title=place.version.name,
        link=page_of(dossier.code),
        route_id=place.route_id,
        competent_unit=place.competent_unit,
        at=dossier.filed_at,
        due_at=due_at,
        legal_minutes=legal_minutes,
        skips=route_plan(place.route_id).skips_for(dossier.answers),
        counter=place.counter,
    )


def filed_fact(dossier: Dossier, procedure_code: str, actor: Account) -> NewFact:
    """Return the fact that the dossier was filed; what is not so is not said."""
    about: dict[str, Any] = {"channel": dossier.channel, "procedure": procedure_code}
    if dossier.repeats:
        about["repeats"] = dossier.repeats
    if dossier.consent:
        about |= {"is_assisted": True, "consent": dossier.consent}
    if dossier.is_received_elsewhere:
        about["is_elsewhere"] = True
    return NewFact(FILED_EVENT, dossier.code, actor.code, dossier.receiving_unit.code, about, dossier.filed_at)


def _received_fact(dossier: Dossier, procedure_code: str, actor: Account) -> NewFact:
    assert dossier.due_at is not None
    about = {"channel": dossier.channel, "procedure": procedure_code, "due_at": as_text(dossier.due_at)}
    return NewFact(RECEIVED_EVENT, dossier.code, actor.code, dossier.receiving_unit.code, about, dossier.filed_at)
