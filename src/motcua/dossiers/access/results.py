"""Who writes the result of a dossier, who adds its signed file: the third table of a dossier's actions."""

from typing import Any

from motcua.dossiers.access.dossier import why_not
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import DECIDED, HANDLE, RETURNED
from motcua.organizations.access import has_role, has_role_in
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, RECEPTION, SPECIALIST, UNIT_HEAD
from motcua.workflow.models import Run

may_follow_collection = has_role(RECEPTION, UNIT_HEAD, LEADER, CONTROL_OFFICER, ADMINISTRATOR)


def may_draft(account: Any, dossier: Dossier, run: Run) -> bool:
    """Whoever may put a result forward or decide now, or handles the step before."""
    if not account.is_official:
        return False
    if not why_not("propose", account, dossier, run) or not why_not("approve", account, dossier, run):
        return True
    return run.phase == HANDLE and not why_not("forward", account, dossier, run)


def may_sign_file(account: Any, dossier: Dossier) -> bool:
    """Whoever works on results in the competent unit, or returns them at the counter, once it is decided."""
    if dossier.state not in (DECIDED, RETURNED):
        return False
    is_inside = has_role_in(account, dossier.competent_unit, SPECIALIST, UNIT_HEAD, LEADER)
    return is_inside or has_role_in(account, dossier.receiving_unit, RECEPTION)
