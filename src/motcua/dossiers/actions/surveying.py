"""Answering the survey once: by the applicant's account, or by the one-time code without one."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.dossiers.events import RATED, SURVEYED
from motcua.dossiers.models import Dossier, SurveyAnswer, SurveyInvitation, SurveyTry
from motcua.dossiers.rules import wording
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.rules.survey import checked_marks, survey_form_on
from motcua.dossiers.states import BY_ACCOUNT, BY_CODE, RETURNED
from motcua.organizations.models import Account

LONGEST_COMMENT = 1000
_TRY = """
INSERT INTO dossiers_surveytry (place, hour, wrong) VALUES (%s, %s, 1)
ON CONFLICT (place, hour) DO UPDATE SET wrong = dossiers_surveytry.wrong + 1
"""


def answer_as_applicant(
    code: str,
    *,
    marks: Mapping[str, Any],
    is_satisfied: bool | None = None,
    comment: str = "",
    actor: Account,
    at: datetime | None = None,
) -> SurveyAnswer:
    """Answer the survey of one's own dossier.

    Raises:
        Http404: the dossier is not the actor's.
        Refused: no result was returned yet, it was answered before, or an answer is missing.
    """
    with transaction.atomic():
        dossier = _lock(code)
        if dossier.applicant_id != actor.pk:
            raise Http404
        return _answer(dossier, marks, is_satisfied, comment, way=BY_ACCOUNT, actor=actor.code, at=at or now())


def answer_by_code(
    invitation_code: str,
    *,
    marks: Mapping[str, Any],
    is_satisfied: bool | None = None,
    comment: str = "",
    place: str = "",
    at: datetime | None = None,
) -> SurveyAnswer:
    """Answer the survey that a one-time code opens; ``place`` is where the request came from, for the limit of tries.

    Raises:
        Refused: no such code, too many wrong ones, it is closed or was used, or an answer is missing.
    """
    answered_at = at or now()
    invitation = open_invitation(invitation_code, place=place, at=answered_at)
    with transaction.atomic():
        dossier = _lock(invitation.dossier.code)
        return _answer(dossier, marks, is_satisfied, comment, way=BY_CODE, actor="", at=answered_at)


def open_invitation(typed: str, *, place: str, at: datetime | None = None) -> SurveyInvitation:
    """Return the invitation of a code as people type it, with or without dashes; a wrong one is counted.

    Raises:
        Refused: no such code, too many wrong ones from ``place`` in this hour, it is closed, or was used.
    """
    asked_at = (at or now()).astimezone(VIETNAM)
    digest, hour = _digest_of(place, asked_at), asked_at.replace(minute=0, second=0, microsecond=0)
    most = result_rules_on(asked_at.date()).survey_wrong_codes_an_hour
    if SurveyTry.objects.filter(place=digest, hour=hour, wrong__gte=most).exists():
        raise Refused(gettext("Nhập sai mã quá nhiều lần. Hãy thử lại sau một giờ."), field="code")
    code = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:20]
    invitation = SurveyInvitation.objects.select_related("dossier__competent_unit").filter(code=code).first()
    if invitation is None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TRY, [digest, hour])
        raise Refused(gettext("Không có mã này. Hãy xem lại mã trên giấy trả kết quả."), field="code")
    if SurveyAnswer.objects.filter(dossier=invitation.dossier_id).exists():
        raise Refused(gettext("Phiếu khảo sát này đã được trả lời. Cảm ơn bạn."), field="code")
    if asked_at > invitation.closes_at:
        raise Refused(gettext("Mã này đã hết thời hạn trả lời."), field="code")
    return invitation


def _lock(code: str) -> Dossier:
    dossiers = Dossier.objects.select_for_update(of=("self",)).select_related("competent_unit")
    dossier = dossiers.filter(code=code).first()
    if dossier is None:
        raise Http404
    return dossier


def _answer(
    dossier: Dossier,
    marks: Mapping[str, Any],
    is_satisfied: bool | None,
    comment: str,
    *,
    way: str,
    actor: str,
    at: datetime,
) -> SurveyAnswer:
    if dossier.state != RETURNED:
        raise Refused(gettext("Hồ sơ %(code)s chưa trả kết quả, chưa khảo sát được.") % {"code": dossier.code})
    if SurveyAnswer.objects.filter(dossier=dossier).exists():
        raise Refused(gettext("Phiếu khảo sát này đã được trả lời. Cảm ơn bạn."))
    form = survey_form_on(at.astimezone(VIETNAM).date())
    found = checked_marks(form, marks)
    words = wording.lines(comment, field="comment", label=gettext("góp ý"), longest=LONGEST_COMMENT)

    answer = SurveyAnswer.objects.create(
        dossier=dossier,
        form=form.code,
        marks=found,
        comment=words,
        way=way,
        at=at,
        unit_id=dossier.competent_unit_id,
        receiving_unit_id=dossier.receiving_unit_id,
    )
    unit = dossier.competent_unit.code
    if is_satisfied is not None and dossier.is_satisfied is None:
        dossier.is_satisfied = is_satisfied
        dossier.save(update_fields=["is_satisfied"])
        record(RATED, subject=dossier.code, actor=actor, unit=unit, at=at, is_satisfied=is_satisfied)

    record(SURVEYED, subject=dossier.code, actor=actor, unit=unit, at=at, form=form.code, way=way)
    return answer


def _digest_of(place: str, at: datetime) -> str:
    """Return ``place`` as nobody can read it back, another one every day: addresses of people are not kept."""
    words = f"{at:%Y-%m-%d}:{place}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


@transaction.atomic
def forget_tries(*, before: datetime) -> int:
    """Remove counts of tries of hours that are over."""
    removed, _by_model = SurveyTry.objects.filter(hour__lt=before).delete()
    return removed
