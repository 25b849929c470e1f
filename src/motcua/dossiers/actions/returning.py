"""Returning the result, and what the applicant thinks of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import RATED
from motcua.dossiers.events import RETURNED as RETURNED_EVENT
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import RETURN_METHODS
from motcua.organizations.models import Account
from motcua.payments.queries import is_unpaid
from motcua.workflow.actions import runs


@transaction.atomic
def return_result(
    code: str, *, method: str, actor: Account, at_step: int | None = None, at: datetime | None = None
) -> Dossier:
    """Hand the result over: at the counter, by post or electronically; the dossier and its run end.

    Raises:
        Http404: no such dossier for the actor.
        Refused: there is no result yet, the fee is unpaid, unknown method, or the actor does not return here.
    """
    if method not in RETURN_METHODS:
        raise Refused(gettext("Hình thức trả kết quả không có: “%(method)s”.") % {"method": method}, field="method")
    dossier, run, returned_at = lock_for("return", code, actor=actor, at_step=at_step, at=at)
    if dossier.has_fee and is_unpaid(code):
        raise Refused(gettext("Hồ sơ %(code)s chưa nộp phí, lệ phí: thu trước khi trả kết quả.") % {"code": code})

    dossier.hand_over(at=returned_at)
    dossier.save(update_fields=["state", "returned_at", "ended_at"])
    runs.close(run, at=returned_at, actor=actor)

    record(RETURNED_EVENT, subject=code, actor=actor.code, unit=run.unit.code, at=returned_at, method=method)
    return dossier


@transaction.atomic
def rate(code: str, *, is_satisfied: bool, actor: Account, at: datetime | None = None) -> Dossier:
    """Note once whether the applicant was satisfied.

    Raises:
        Http404: no such dossier for the actor.
        Refused: the result is not returned, it was rated before, or the actor is not its applicant.
    """
    dossier, _run, rated_at = lock_for("rate", code, actor=actor, at=at)
    if dossier.is_satisfied is not None:
        raise Refused(gettext("Bạn đã đánh giá hồ sơ %(code)s.") % {"code": code})

    dossier.is_satisfied = is_satisfied
    dossier.save(update_fields=["is_satisfied"])

    record(RATED, subject=code, actor=actor.code, at=rated_at, is_satisfied=is_satisfied)
    return dossier
