"""What officials say to each other about a dossier, with whoever they call by name."""

import re
from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import visible_to
from motcua.dossiers.access.late import may_remark
from motcua.dossiers.events import REMARKED
from motcua.dossiers.models import Remark
from motcua.dossiers.queries.dossier import dossier_of, run_of
from motcua.dossiers.rules import wording
from motcua.organizations.models import Account

_CALLED = re.compile(r"(?<![\w.@])@([\w.+-]{2,80})")


@transaction.atomic
def remark(code: str, *, text: str, actor: Account, at: datetime | None = None) -> Remark:
    """Say something about the dossier; ``@username`` calls a colleague who sees it, who is told.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor is no official at work on it, says nothing, or calls somebody who does not see it.
    """
    text = wording.lines(text, field="text", label=gettext("ý kiến"), longest=2000, required=True)
    dossier, said_at = dossier_of(code, account=actor), at or now()
    run = run_of(code, account=actor)
    if not may_remark(actor, dossier, run):
        raise Http404
    mentioned = _called(text, code)

    said = Remark.objects.create(dossier=dossier, by=actor, at=said_at, text=text, mentioned=mentioned)

    record(REMARKED, subject=code, actor=actor.code, unit=run.unit.code, at=said_at, mentioned=mentioned)
    return said


def _called(text: str, code: str) -> list[str]:
    names = {name.rstrip(".") for name in _CALLED.findall(text)}
    found = {account.username: account for account in Account.objects.filter(username__in=names, is_active=True)}
    for name in sorted(names):
        account = found.get(name)
        if account is None or not account.is_official or not visible_to(account).filter(code=code).exists():
            raise Refused(
                gettext("Không có công chức “@%(name)s” nào xem được hồ sơ này.") % {"name": name}, field="text"
            )
    return sorted(account.code for account in found.values())
