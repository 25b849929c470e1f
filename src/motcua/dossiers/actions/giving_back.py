"""Giving the applicant's own papers back once the dossier ended."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import PAPERS_GIVEN_BACK
from motcua.dossiers.models import Dossier, PapersGivenBack
from motcua.dossiers.rules import wording
from motcua.dossiers.states import IN_PERSON, POST
from motcua.organizations.models import Account


@transaction.atomic
def give_back_papers(code: str, *, method: str, note: str = "", actor: Account, at: datetime | None = None) -> Dossier:
    """Note, once, that the papers were given back at the counter or by post; ``note`` says which, names nobody.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the dossier has not ended, they were given back before, unknown way, or the actor is not the counter.
    """
    if method not in (IN_PERSON, POST):
        raise Refused(gettext("Giấy tờ được trả tại quầy hoặc qua bưu chính."), field="method")
    note = wording.line(note, field="note", label=gettext("ghi chú"), longest=300)
    dossier, run, given_at = lock_for("give_back_papers", code, actor=actor, at=at)

    try:
        with transaction.atomic():
            PapersGivenBack.objects.create(dossier=dossier, method=method, note=note, at=given_at, by=actor.code)
    except IntegrityError as error:
        raise Refused(gettext("Giấy tờ của hồ sơ %(code)s đã được trả.") % {"code": code}) from error

    record(PAPERS_GIVEN_BACK, subject=code, actor=actor.code, unit=run.unit.code, at=given_at, method=method)
    return dossier
