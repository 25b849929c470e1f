"""Returning the result, whether it arrived, reminders to collect it, and what the applicant thinks of it."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.actions.locking import lock_for
from motcua.dossiers.events import RATED
from motcua.dossiers.events import RETURNED as RETURNED_EVENT
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.states import APPLICANT, AUTHORISED, COLLECTORS, IN_PERSON, ONLINE, POST, RETURN_METHODS
from motcua.organizations.models import Account
from motcua.payments.queries import is_unpaid
from motcua.workflow.actions import runs
from motcua.workflow.models import Run

# Letters that nobody mistakes for others; twelve of them are sixty bits.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 12
_RETURN = """
WITH returned AS (
    INSERT INTO dossiers_resultreturn (dossier_id, method, at, by, unit_id, collector, collector_name, collector_paper,
                                       address, item_number, arrived_at)
    VALUES (%(dossier)s, %(method)s, %(at)s, %(by)s, %(unit)s, %(collector)s, %(name)s, %(paper)s,
            %(address)s, %(item)s, %(arrived_at)s)
)
INSERT INTO dossiers_surveyinvitation (dossier_id, code, made_at, closes_at)
VALUES (%(dossier)s, %(code)s, %(at)s, %(closes_at)s)
"""


@dataclass(frozen=True)
class HandOver:
    """How a result is handed over. At the counter who collects it; by post where it goes and in which item.

    Without ``address`` the one that the applicant wished for is taken, else the applicant's own.
    """

    collector: str = APPLICANT
    collector_name: str = ""
    collector_paper: str = ""
    address: str = ""
    item_number: str = ""


@transaction.atomic
def return_result(
    code: str,
    *,
    method: str,
    actor: Account,
    hand_over: HandOver | None = None,
    at_step: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Hand the result over: at the counter, by post or electronically; the dossier and its run end.

    Effects, in order: the dossier ends, how the result went out is written, the applicant is invited to the survey by a
    one-time code, the fact is recorded (the method; not who collected).

    Raises:
        Http404: no such dossier for the actor.
        Refused: there is no result yet, the fee is unpaid, unknown method, or the actor does not return here; by post
            without an address; electronically without a signed file or an account to offer it to.
    """
    if method not in RETURN_METHODS:
        raise Refused(gettext("Hình thức trả kết quả không có: “%(method)s”.") % {"method": method}, field="method")
    dossier, run, returned_at = lock_for("return", code, actor=actor, at_step=at_step, at=at)
    if dossier.has_fee and is_unpaid(code):
        raise Refused(gettext("Hồ sơ %(code)s chưa nộp phí, lệ phí: thu trước khi trả kết quả.") % {"code": code})
    how = _checked(dossier, method, hand_over or HandOver())

    dossier.hand_over(at=returned_at)
    dossier.save(update_fields=["state", "returned_at", "ended_at"])
    _note(dossier, run, method, how, actor=actor, at=returned_at)
    runs.close(run, at=returned_at, actor=actor)

    record(RETURNED_EVENT, subject=code, actor=actor.code, unit=run.unit.code, at=returned_at, method=method)
    return dossier


def _checked(dossier: Dossier, method: str, how: HandOver) -> HandOver:
    """Return what is to be noted for ``method``, clean; nothing of the other methods."""
    if method == ONLINE:
        if dossier.result_file_id is None:
            raise Refused(
                gettext("Chưa có tệp kết quả đã ký: gắn tệp trước khi trả bản điện tử."), field="method"
            )  # fmt: skip
        if dossier.applicant_id is None:
            raise Refused(
                gettext("Người nộp không có tài khoản: không trả bản điện tử được, hãy chọn cách khác."), field="method"
            )
        return HandOver(collector="")
    if method == POST:
        given = how.address or dossier.return_address or dossier.address
        label = gettext("địa chỉ nhận kết quả")
        address = wording.line(given, field="address", label=label, longest=250, required=True)
        item = wording.line(how.item_number, field="item_number", label=gettext("số hiệu bưu gửi"), longest=40)
        return HandOver(collector="", address=address, item_number=item)
    return _checked_collector(how)


def _checked_collector(how: HandOver) -> HandOver:
    if how.collector not in COLLECTORS:
        raise Refused(gettext("Người nhận là chính người nộp hoặc người được ủy quyền."), field="collector")
    if how.collector != AUTHORISED:
        return HandOver()
    name_label, paper_label = gettext("họ tên người được ủy quyền"), gettext("giấy tờ ủy quyền đã xem")
    return replace(
        HandOver(collector=AUTHORISED),
        collector_name=wording.line(
            how.collector_name, field="collector_name", label=name_label, longest=200, required=True
        ),
        collector_paper=wording.line(
            how.collector_paper, field="collector_paper", label=paper_label, longest=200, required=True
        ),
    )


def _note(dossier: Dossier, run: Run, method: str, how: HandOver, *, actor: Account, at: datetime) -> None:
    """Write how the result went out and the invitation to the survey, in one statement."""
    open_days = result_rules_on(at.astimezone(VIETNAM).date()).survey_open_days
    values: dict[str, Any] = {
        "dossier": dossier.pk,
        "method": method,
        "at": at,
        "by": actor.code,
        "unit": run.unit_id,
        "collector": how.collector,
        "name": how.collector_name,
        "paper": how.collector_paper,
        "address": how.address,
        "item": how.item_number,
        "arrived_at": at if method == IN_PERSON else None,
        "code": "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)),
        "closes_at": at + timedelta(days=open_days),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RETURN, values)


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
