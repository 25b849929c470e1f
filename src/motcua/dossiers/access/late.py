"""Who may do what about lateness, in which state: the second table of a dossier's actions (the first is ``access``).

An apology is drafted where the dossier lies, signed by the head of the agency, sent through the one-stop unit (R4.16);
an explanation is given by whoever held the dossier when it became late (R4.18).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Apology, Dossier, Explanation
from motcua.organizations.access import has_role, has_role_in, oversees
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, RECEPTION, UNIT_HEAD
from motcua.workflow.models import Run

may_lead_or_control = has_role(UNIT_HEAD, LEADER, CONTROL_OFFICER, ADMINISTRATOR)
may_assign = has_role(UNIT_HEAD, LEADER)
may_sign = has_role(LEADER)
may_control_dossiers = has_role(CONTROL_OFFICER, ADMINISTRATOR)


@dataclass(frozen=True)
class Lateness:
    """A dossier with what lateness made of it."""

    dossier: Dossier
    run: Run
    explanation: Explanation | None
    apology: Apology | None


@dataclass(frozen=True)
class LateRule:
    """One action: its words, when it fits, by whom."""

    label: str | Promise
    fits: Callable[[Lateness], bool]
    who: Callable[[Any, Lateness], bool]


def _runs(late: Lateness) -> bool:
    """Whether a promise is running, or stands still: a letter still has a sense."""
    return late.dossier.is_open and late.dossier.due_at is not None


def _explains(account: Any, late: Lateness) -> bool:
    asked = late.explanation
    if asked is None:
        return False
    is_holder = (
        asked.holder_id == account.pk or asked.holder_id is None and has_role_in(account, asked.unit, asked.role)
    )
    return is_holder or has_role_in(account, asked.unit, UNIT_HEAD, LEADER)


def _at_work(account: Any, late: Lateness) -> bool:
    return has_role_in(account, late.run.unit, late.run.role) or _leads(account, late)


def _leads(account: Any, late: Lateness) -> bool:
    return has_role_in(account, late.dossier.competent_unit, UNIT_HEAD, LEADER)


def _signs(account: Any, late: Lateness) -> bool:
    return has_role_in(account, late.dossier.competent_unit, LEADER)


def _sends(account: Any, late: Lateness) -> bool:
    return has_role_in(account, late.dossier.receiving_unit, RECEPTION) or _leads(account, late)


LATE_TABLE = {
    "explain": LateRule(_("Giải trình"), lambda late: _is_asked(late), _explains),
    "draft_apology": LateRule(
        _("Soạn văn bản xin lỗi"),
        lambda late: _runs(late) and (late.apology is None or late.apology.approved_at is None),
        _at_work,
    ),
    "approve_apology": LateRule(
        _("Ký văn bản xin lỗi"),
        lambda late: _runs(late) and late.apology is not None and late.apology.approved_at is None,
        _signs,
    ),
    "send_apology": LateRule(
        _("Gửi văn bản xin lỗi"),
        lambda late: late.apology is not None and late.apology.approved_at is not None and late.apology.sent_at is None,
        _sends,
    ),
}


def _is_asked(late: Lateness) -> bool:
    return late.explanation is not None and late.explanation.answered_at is None


def why_not_late(action: str, account: Any, late: Lateness) -> str:
    """Return why ``account`` may not do ``action`` now, in words; "" if it may."""
    rule = LATE_TABLE[action]
    words = {"code": late.dossier.code, "action": rule.label}
    if not rule.fits(late):
        return gettext("Hồ sơ %(code)s hiện không có việc “%(action)s”.") % words
    if not rule.who(account, late):
        return gettext("Hồ sơ %(code)s: việc “%(action)s” do người khác phụ trách.") % words
    return ""


def allowed_late(account: Any, late: Lateness) -> list[str]:
    """Return the names of the actions that ``account`` may do now, in the order of the table."""
    return [action for action in LATE_TABLE if not why_not_late(action, account, late)]


def may_remark(account: Any, dossier: Dossier, run: Run) -> bool:
    """Whether ``account`` is an official of the dossier's units or above; its applicant is not."""
    if not account.is_authenticated or not account.is_official:
        return False
    return any(oversees(account, unit) for unit in (dossier.competent_unit, dossier.receiving_unit, run.unit))
