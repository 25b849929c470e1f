"""Giving many dossiers to somebody on the board, and taking that back: each by the rules of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.actions import handling
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import ASSIGNED
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import run_of
from motcua.organizations.access import has_role_in
from motcua.organizations.models import Account
from motcua.workflow.actions import runs
from motcua.workflow.models import Run

MOST_AT_ONCE = 200
NOBODY = ""


@dataclass
class Given:
    """What went to somebody: [code, account code of who held it before, "" for nobody]; and why the rest did not."""

    moves: list[tuple[str, str]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def give_many(codes: Sequence[str], *, to: Account, actor: Account) -> Given:
    """Give the present step of each of ``codes`` to ``to``; what is with him already stays, and is not told."""
    given = Given()
    for code in list(dict.fromkeys(codes))[:MOST_AT_ONCE]:
        try:
            before = run_of(code, account=actor).assignee
            if before is None or before.pk != to.pk:
                handling.assign(code, to=to, actor=actor)
                given.moves.append((code, before.code if before else NOBODY))
        except Refused as refusal:
            given.refused[code] = refusal.message
        except (Http404, Run.DoesNotExist):
            given.refused[code] = gettext("Không có hồ sơ này.")
    return given


@transaction.atomic
def give_back(
    code: str, *, held_by: Account, to: Account | None, actor: Account, at: datetime | None = None
) -> Dossier:
    """Give the present step, which ``held_by`` has, back to ``to``; None: to all who hold its role.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the actor may not assign it, it is no longer with ``held_by``, or ``to`` no longer holds the role.
    """
    dossier, run, given_at = lock_for("assign", code, actor=actor, at=at)
    if run.assignee_id != held_by.pk:
        raise Refused(gettext("Hồ sơ %(code)s không còn ở người vừa được giao, không thu hồi được.") % {"code": code})
    if to is not None and not has_role_in(to, run.unit, run.role):
        raise Refused(gettext("%(name)s không còn giữ vai trò của bước này.") % {"name": to.full_name})

    runs.assign(run, to=to)

    record(ASSIGNED, subject=code, actor=actor.code, unit=run.unit.code, at=given_at, to=to.code if to else NOBODY)
    return dossier


def give_back_many(moves: Sequence[tuple[str, str]], *, held_by: Account, actor: Account) -> Given:
    """Give each (code, account code or NOBODY) back from ``held_by`` to whoever had it; what moved on is refused."""
    codes = {who for _code, who in moves if who}
    people = {account.code: account for account in Account.objects.filter(code__in=codes)}
    given = Given()
    for code, who in moves[:MOST_AT_ONCE]:
        try:
            give_back(code, held_by=held_by, to=people.get(who), actor=actor)
            given.moves.append((code, who))
        except Refused as refusal:
            given.refused[code] = refusal.message
        except Http404:
            given.refused[code] = gettext("Không có hồ sơ này.")
    return given
