"""Dossiers that go together: linked by code, opened for a linked procedure from what was handed in once."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.dossiers.actions.filing import Applicant, Paper, file_at_counter
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import LINKED, UNLINKED
from motcua.dossiers.models import Dossier, DossierLink, DossierPaper
from motcua.dossiers.rules import wording
from motcua.dossiers.states import IN_PERSON, LINK_KINDS, ONLINE, SIDE_BY_SIDE
from motcua.organizations.models import Account

_SAME_OPENING = UUID("5b0f2f0a-7a27-4f0c-9d0c-0c9d5c3a41f7")


@transaction.atomic
def link(code: str, *, other: str, kind: str, actor: Account, at: datetime | None = None) -> DossierLink:
    """Say that the dossier goes with ``other``: beside it, or after its result (then it is not decided before it).

    ``other`` may be the code of an agency outside the system; only one that lies here is waited for.

    Raises:
        Http404: no such dossier for the actor.
        Refused: unknown kind, no code, itself, linked already, each would wait for the other, or not the actor's.
    """
    other = wording.line(other, field="other", label=gettext("mã hồ sơ liên quan"), longest=60, required=True).upper()
    if kind not in LINK_KINDS:
        raise Refused(gettext("Cách liên quan không có: “%(kind)s”.") % {"kind": kind[:20]}, field="kind")
    dossier, run, linked_at = lock_for("link", code, actor=actor, at=at)
    if other == dossier.code:
        raise Refused(gettext("Không thể gắn hồ sơ với chính nó."), field="other")
    if DossierLink.objects.filter(code=other, other=code).exclude(kind=SIDE_BY_SIDE).exists() and kind != SIDE_BY_SIDE:
        raise Refused(gettext("Hai hồ sơ không thể cùng chờ nhau."), field="other")

    made = _write(code, other, kind, actor=actor, at=linked_at)
    record(LINKED, subject=code, actor=actor.code, unit=run.unit.code, at=linked_at, other=other, kind=kind)
    return made


@transaction.atomic
def unlink(code: str, *, other: str, actor: Account, at: datetime | None = None) -> None:
    """Take a link of the dossier away.

    Raises:
        Http404: no such dossier for the actor.
        Refused: there is no such link, or it is not the actor's to take away.
    """
    _dossier, run, unlinked_at = lock_for("link", code, actor=actor, at=at)
    gone, _rows = DossierLink.objects.filter(code=code, other=squash(other).upper()).delete()
    if not gone:
        raise Refused(gettext("Hồ sơ không gắn với hồ sơ này."), field="other")

    record(UNLINKED, subject=code, actor=actor.code, unit=run.unit.code, at=unlinked_at, other=squash(other).upper())


@transaction.atomic
def open_linked(
    code: str,
    *,
    procedure_code: str,
    unit_code: str,
    kind: str = SIDE_BY_SIDE,
    actor: Account,
    at: datetime | None = None,
) -> Dossier:
    """Open a dossier of another procedure from this one: same applicant, same papers, received at once and linked.

    Effects, in order: the dossier is filed and received at the actor's counter, the files that came with the first one
    are shown in it too, the link is made. Opening the same procedure twice returns the dossier that was opened.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor is not its counter or does not receive for that unit, the unit does not offer the procedure,
            or the procedure's form asks for more than the first dossier tells.
    """
    if kind not in LINK_KINDS:
        raise Refused(gettext("Cách liên quan không có: “%(kind)s”.") % {"kind": kind[:20]}, field="kind")
    dossier, run, opened_at = lock_for("open_linked", code, actor=actor, at=at)
    if procedure_code == dossier.version.procedure.code:
        raise Refused(gettext("Hồ sơ này đã thuộc chính thủ tục đó."), field="procedure")
    papers = list(dossier.papers.order_by("id"))

    opened = file_at_counter(
        procedure_code,
        unit_code=unit_code,
        applicant=Applicant(
            name=dossier.applicant_name,
            identity_number=dossier.identity_number,
            phone=dossier.phone,
            email=dossier.email,
            address=dossier.address,
        ),
        submission_key=uuid5(_SAME_OPENING, f"{dossier.code} {procedure_code} {unit_code}"),
        actor=actor,
        papers=[Paper(paper.component_name, quantity=paper.quantity) for paper in papers if not paper.file_id],
        channel=IN_PERSON if dossier.channel == ONLINE else dossier.channel,
        at=at,
    )
    if DossierLink.objects.filter(code=opened.code, other=code).exists():
        return opened
    _share(dossier, opened, papers, at=opened_at)
    _write(opened.code, code, kind, actor=actor, at=opened_at)

    record(LINKED, subject=opened.code, actor=actor.code, unit=run.unit.code, at=opened_at, other=code, kind=kind)
    return opened


def _share(first: Dossier, opened: Dossier, papers: list[DossierPaper], *, at: datetime) -> None:
    """Let files handed in once serve in both dossiers, and the applicant's account see the second."""
    DossierPaper.objects.bulk_create(
        DossierPaper(
            dossier=opened, component_name=paper.component_name, file=paper.file, quantity=paper.quantity, added_at=at
        )
        for paper in papers
        if paper.file_id
    )
    opened.applicant = first.applicant
    opened.is_digitised = bool(papers) and all(paper.file_id for paper in papers)
    opened.save(update_fields=["applicant", "is_digitised"])


def _write(code: str, other: str, kind: str, *, actor: Account, at: datetime) -> DossierLink:
    try:
        with transaction.atomic():
            return DossierLink.objects.create(code=code, other=other, kind=kind, made_at=at, made_by=actor.code)
    except IntegrityError as error:
        raise Refused(gettext("Hai hồ sơ đã được gắn với nhau."), field="other") from error
