"""Filing: online by the applicant, or at a counter by an officer who receives it in the same breath."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.facts.recording import NewFact, record_many
from motcua.base.refusal import Refused
from motcua.base.statements import insert
from motcua.documents.actions import storing
from motcua.dossiers.actions.numbering import take_number
from motcua.dossiers.addresses import page_of
from motcua.dossiers.events import FILED as FILED_EVENT
from motcua.dossiers.events import RECEIVED as RECEIVED_EVENT
from motcua.dossiers.events import as_text
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.places import FilingPlace, filing_place
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.code import dossier_code
from motcua.dossiers.rules.limits import promised_due, reply_due
from motcua.dossiers.states import FILED, IN_PERSON, ONLINE, POST
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.organizations.states import RECEPTION
from motcua.payments.actions import fees
from motcua.procedures.eforms import answers_or_refusal
from motcua.procedures.fee_rates import fee_for
from motcua.workflow.actions import runs
from motcua.workflow.queries import route_plan

KIND = "dossier"  # of the runs
MOST_PAPERS = 100


@dataclass(frozen=True)
class Applicant:
    """Who asks, as written in the form. Lengths and forms are checked when filing."""

    name: str
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper handed in: which component it answers, and its file where it came electronically.

    ``file_id`` is a file that the actor sent: kept for ``storing.inbox_of(actor)``, or for the dossier's code.
    """

    component_name: str
    file_id: int | None = None
    is_original: bool = False
    quantity: int = 1


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
    at: datetime | None = None,
) -> Dossier:
    """File a dossier of ``procedure_code`` with the unit ``unit_code`` for the signed-in applicant.

    Effects, in order: the code is numbered, dossier and papers are written, its run starts at the counter (a reply is
    due within 8 working hours, R4.07), the fact is recorded. The same ``submission_key`` sent twice is one dossier.

    Raises:
        Refused: unknown unit, the unit does not offer the procedure online, or an input at fault (``field`` names it).
    """
    try:
        with transaction.atomic():
            filed_at = (at or now()).astimezone(VIETNAM)
            place = filing_place(procedure_code, unit_code, filed_at.date())
            if not place.offering.is_online:
                raise Refused(gettext("Thủ tục này chưa nhận hồ sơ trực tuyến."), field="unit")
            dossier = _draft(place, applicant, answers or {}, request_text, submission_key, ONLINE, filed_at)
            dossier.applicant = actor
            _write(dossier, papers, place, actor)
            _start(dossier, place, due_at=reply_due(calendar_for(place.competent_unit.code), filed_at))
            record(
                FILED_EVENT,
                subject=dossier.code,
                actor=actor.code,
                unit=place.receiving_unit.code,
                at=filed_at,
                channel=ONLINE,
                procedure=procedure_code,
            )
            return dossier
    except IntegrityError:
        return _sent_before(submission_key, applicant=actor)


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
    at: datetime | None = None,
) -> Dossier:
    """File and receive a dossier that was handed in at the counter or came by post.

    Effects, in order: the code is numbered, dossier and papers are written, its run starts with the promised due
    instant, the fee is asked, filing and reception are recorded. The same ``submission_key`` sent twice is one dossier.

    Raises:
        Refused: the actor does not receive for this unit, unknown channel, or as for filing online.
    """
    if channel not in (IN_PERSON, POST):
        raise Refused(gettext("Kênh nộp tại quầy là trực tiếp hoặc bưu chính."), field="channel")
    try:
        with transaction.atomic():
            filed_at = (at or now()).astimezone(VIETNAM)
            place = filing_place(procedure_code, unit_code, filed_at.date())
            if not has_role_in(actor, place.receiving_unit, RECEPTION):
                raise Refused(
                    gettext("Bạn không tiếp nhận hồ sơ tại %(unit)s.") % {"unit": place.receiving_unit}, field="unit"
                )
            dossier = _draft(place, applicant, answers or {}, request_text, submission_key, channel, filed_at)
            calendar = calendar_for(place.competent_unit.code)
            due_at = promised_due(calendar, filed_at, place.offering.limit_value, place.offering.limit_unit)
            asked = fee_for(place.offering, channel, filed_at.date(), unit=place.competent_unit)
            dossier.has_fee = bool(asked)
            dossier.receive(at=filed_at, due_at=due_at)
            _write(dossier, papers, place, actor)
            _start(dossier, place, due_at=due_at, legal_minutes=calendar.working_minutes_between(filed_at, due_at))
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
            _record_both(dossier, place, procedure_code, actor)
            return dossier
    except IntegrityError:
        return _sent_before(submission_key, receiving_unit__posts__account=actor)


def _sent_before(submission_key: UUID, **mine: Any) -> Dossier:
    """Return the dossier of a form that was sent twice; a key that is somebody else's is refused."""
    earlier = Dossier.objects.filter(submission_key=submission_key, **mine).first()
    if earlier is None:
        raise Refused(gettext("Mã lần gửi đã được dùng. Hãy tải lại biểu mẫu và gửi lại."), field="submission_key")
    return earlier


def _draft(
    place: FilingPlace,
    applicant: Applicant,
    answers: Mapping[str, Any],
    request_text: str,
    submission_key: UUID,
    channel: str,
    filed_at: datetime,
) -> Dossier:
    who = _checked(applicant)
    return Dossier(
        submission_key=submission_key,
        version=place.version,
        offering=place.offering,
        competent_unit=place.competent_unit,
        receiving_unit=place.receiving_unit,
        channel=channel,
        state=FILED,
        applicant_name=who.name,
        identity_number=who.identity_number,
        phone=who.phone,
        email=who.email,
        address=who.address,
        filed_at=filed_at,
        form_version_id=place.form_version_id,
        answers=answers_or_refusal(place.form, answers),
        request_text=wording.line(request_text, field="request_text", label=gettext("nội dung yêu cầu"), longest=1000),
    )


def _checked(applicant: Applicant) -> Applicant:
    return replace(
        applicant,
        name=wording.line(
            applicant.name, field="applicant_name", label=gettext("họ tên người nộp"), longest=200, required=True
        ),
        identity_number=wording.identity_number(applicant.identity_number),
        phone=wording.phone(applicant.phone),
        email=wording.email(applicant.email),
        address=wording.line(applicant.address, field="address", label=gettext("địa chỉ"), longest=250),
    )


def _papers(papers: Sequence[Paper]) -> list[Paper]:
    if len(papers) > MOST_PAPERS:
        raise Refused(gettext("Mỗi hồ sơ tối đa %(most)s giấy tờ.") % {"most": MOST_PAPERS}, field="papers")
    for paper in papers:
        if not 0 < paper.quantity <= 100:
            raise Refused(gettext("Số bản của mỗi giấy tờ từ 1 đến 100."), field="papers")
    label = gettext("tên giấy tờ")
    return [
        replace(
            paper,
            component_name=wording.line(paper.component_name, field="papers", label=label, longest=2000, required=True),
        )
        for paper in papers
    ]


def write_papers(dossier: Dossier, papers: Sequence[Paper], *, at: datetime, actor: Account) -> None:
    """Add ``papers`` to the dossier, checked; their files belong to it from now on.

    Raises:
        Refused: too many papers, one without a name, a number of copies out of range, or a file that is not theirs.
    """
    storing.claim([paper.file_id for paper in papers if paper.file_id], subject=dossier.code, actor=actor)
    DossierPaper.objects.bulk_create(_rows(dossier, _papers(papers), at=at))


def _rows(dossier: Dossier, papers: Sequence[Paper], *, at: datetime) -> list[DossierPaper]:
    return [
        DossierPaper(
            dossier=dossier,
            component_name=paper.component_name,
            file_id=paper.file_id,
            is_original=paper.is_original,
            quantity=paper.quantity,
            added_at=at,
        )
        for paper in papers
    ]


def _write(dossier: Dossier, papers: Sequence[Paper], place: FilingPlace, actor: Account) -> None:
    checked, day = _papers(papers), dossier.filed_at.date()
    # As late as possible: from here to the commit nobody else can file with this agency.
    dossier.code = dossier_code(place.agency_code, day, take_number(place.numbering_unit_id, day))
    dossier.is_digitised = bool(checked) and all(paper.file_id for paper in checked)
    insert(dossier, below=_rows(dossier, checked, at=dossier.filed_at), by="dossier")
    storing.claim([paper.file_id for paper in checked if paper.file_id], subject=dossier.code, actor=actor)


def _start(dossier: Dossier, place: FilingPlace, *, due_at: datetime, legal_minutes: int = 0) -> None:
    runs.start(
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
    )


def _record_both(dossier: Dossier, place: FilingPlace, procedure_code: str, actor: Account) -> None:
    about = {"channel": dossier.channel, "procedure": procedure_code}
    unit, at = place.receiving_unit.code, dossier.filed_at
    assert dossier.due_at is not None
    record_many(
        [
            NewFact(FILED_EVENT, dossier.code, actor.code, unit, about, at),
            NewFact(RECEIVED_EVENT, dossier.code, actor.code, unit, about | {"due_at": as_text(dossier.due_at)}, at),
        ]
    )
