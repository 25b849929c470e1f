"""The first two paragraphs of every action on a dossier that exists: lock it, and check that this may be done."""

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import now
from motcua.base.refusal import Refused
from motcua.base.statements import Question
from motcua.dossiers.access.dossier import STEP_ACTIONS, sees, why_not
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.published import version_of
from motcua.organizations.models import Account
from motcua.workflow.actions import runs
from motcua.workflow.models import Run
from motcua.workflow.queries import part_for

_LOCKED = Question(
    lambda code: (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("competent_unit", "receiving_unit")
        .filter(code=code)
    )
)


def lock_for(
    action: str, code: str, *, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> tuple[Dossier, Run, datetime]:
    """Lock the dossier and its run for ``action``; return both and the instant at which it happens.

    ``at_step`` is the position that the actor saw. When the dossier has moved since (a double click, a colleague who
    was faster), that is refused in words, even where the actor holds the next step too.

    Raises:
        Http404: there is no such dossier, or the actor may not see it.
        Refused: the dossier moved meanwhile, or state, step or role do not allow the action.
    """
    dossier = _LOCKED.first(code=code)
    if dossier is None:
        raise Http404
    run = runs.lock(code)
    if run.branches and action in STEP_ACTIONS:
        run = part_for(actor, [run, *run.branches], at_step=at_step)
    if not sees(actor, dossier, run):
        raise Http404
    if at_step is not None and at_step != run.position:
        raise Refused(
            gettext("Hồ sơ %(code)s đã được chuyển sang bước “%(step)s” trước khi bạn bấm. Hãy tải lại trang.")
            % {"code": code, "step": run.step_name}
        )
    dossier.version = version_of(dossier.version_id)
    if reason := why_not(action, actor, dossier, run):
        raise Refused(reason)
    return dossier, run, at or now()
