"""The verifiers' side: judging criteria, agreeing with the rest, sending back, ending the verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import judged_by, may_judge, may_manage, works_in
from motcua.assessments.actions.locking import locked, scores_of
from motcua.assessments.actions.rounds import LONGEST_REASON, reason_of
from motcua.assessments.actions.scoring import MOST_TOLD
from motcua.assessments.events import JUDGED, SENT_BACK
from motcua.assessments.events import VERIFIED as VERIFIED_EVENT
from motcua.assessments.models import Assessment, Score, Verdict
from motcua.assessments.points import verified_total
from motcua.assessments.rules.criteria import Criterion
from motcua.assessments.rules.points import allowed, rounded
from motcua.assessments.rules.set_making import plain
from motcua.assessments.states import OPEN, SELF_SCORED, VERIFIED, VERIFYING
from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account


@dataclass(frozen=True)
class Judgement:
    """What a verifier recognises of a criterion: points, or that it does not apply; ``reason`` where it differs."""

    points: Decimal | None = None
    is_not_applicable: bool = False
    reason: str = ""


@transaction.atomic
def judge(code: str, unit_code: str, judgements: Mapping[str, Judgement], *, actor: Account) -> Assessment:
    """Judge some criteria, all or nothing; every judgement is kept, the newest counts.

    Raises:
        Refused: the state is not one of verifying, a criterion is not the actor's to verify, points are none that the
            criterion can give, or they differ from the unit's without a reason (the criterion is named as the field).
    """
    assessment = locked(code, unit_code)
    _check_state(assessment)
    tree, kept = assessment.round.tree, scores_of(assessment)
    changed = []
    for name, judgement in judgements.items():
        criterion = tree.by_code.get(name)
        if criterion is None or criterion.is_group or not may_judge(actor, assessment, criterion):
            raise Refused(
                gettext("Bạn không thẩm định tiêu chí “%(code)s” của đơn vị này.") % {"code": name[:40]},
                field=name[:40],
            )
        changed.append(_take(criterion, kept[name], judgement, tree.decimals, actor))
    _keep(assessment, changed, actor)
    return assessment


@transaction.atomic
def accept_rest(code: str, unit_code: str, *, actor: Account) -> int:
    """Recognise what the unit gives itself wherever the actor has not judged yet and nothing awaits an answer.

    Raises:
        Refused: the state is not one of verifying, or the actor verifies nothing here.
    """
    assessment = locked(code, unit_code)
    _check_state(assessment)
    mine, kept = judged_by(actor, assessment), scores_of(assessment)
    if not mine:
        raise Refused(gettext("Bạn không thẩm định đơn vị này."))
    decimals = assessment.round.tree.decimals
    changed = [
        _take(each, row, Judgement(row.self_points, row.is_not_applicable), decimals, actor)
        for each in mine
        if not (row := kept[each.code]).is_judged and row.is_answered
    ]
    _keep(assessment, changed, actor)
    return len(changed)


def _check_state(assessment: Assessment) -> None:
    if assessment.state not in VERIFYING:
        raise Refused(
            gettext("Đang ở trạng thái “%(state)s”, không thẩm định được.") % {"state": assessment.state_label}
        )


def _take(criterion: Criterion, row: Score, judgement: Judgement, decimals: int, actor: Account) -> Score:
    """Write a judgement into its score, unsaved. Raises Refused, naming the criterion."""
    name, reason = criterion.code, nfc(judgement.reason).strip()
    if len(reason) > LONGEST_REASON or "\0" in reason:
        raise Refused(gettext("%(code)s: nội dung quá dài hoặc có ký tự không dùng được.") % {"code": name}, field=name)
    points = None if judgement.is_not_applicable else judgement.points
    if judgement.is_not_applicable and not criterion.may_not_apply:
        raise Refused(gettext("%(code)s: tiêu chí này áp dụng cho mọi đơn vị.") % {"code": name}, field=name)
    if points is None and not judgement.is_not_applicable:
        raise Refused(gettext("%(code)s: chưa có điểm.") % {"code": name}, field=name)
    if points is not None and not allowed(criterion, points):
        words = gettext("%(code)s: điểm phải là một trong các mức, hoặc trong giới hạn đến %(most)s.")
        raise Refused(words % {"code": name, "most": plain(criterion.most)}, field=name)
    points = None if points is None else rounded(points, decimals)
    is_same = (points, judgement.is_not_applicable) == (row.self_points, row.is_not_applicable)
    if criterion.is_self_scored and not is_same and not reason:
        raise Refused(gettext("%(code)s: ghi rõ vì sao khác điểm tự chấm.") % {"code": name}, field=name)
    row.verified_points, row.verified_not_applicable, row.verified_reason = points, judgement.is_not_applicable, reason
    row.verified_at, row.verified_by = now(), actor.code
    return row


_FIELDS = ["verified_points", "verified_not_applicable", "verified_reason", "verified_at", "verified_by"]


def _keep(assessment: Assessment, changed: list[Score], actor: Account) -> None:
    if not changed:
        return
    Score.objects.bulk_update(changed, _FIELDS)
    Verdict.objects.bulk_create(
        Verdict(
            score=row,
            points=row.verified_points,
            is_not_applicable=row.verified_not_applicable,
            reason=row.verified_reason,
            at=now(),
            by=actor.code,
        )
        for row in changed
    )
    record(JUDGED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, criteria=len(changed))


@transaction.atomic
def finish_judging(code: str, unit_code: str, *, actor: Account) -> Assessment:
    """End the verification: the unit reads the result, and may explain.

    Raises:
        Refused: the actor verifies nothing here, a criterion is not judged, an explanation is not answered (named).
    """
    assessment = locked(code, unit_code)
    if not judged_by(actor, assessment):
        raise Refused(gettext("Bạn không thẩm định đơn vị này."))
    _check_state(assessment)
    assessment.enter(VERIFIED)
    kept = scores_of(assessment)
    left = [
        each.code
        for each in assessment.round.tree.leaves
        if not kept[each.code].is_judged or kept[each.code].awaits_answer
    ]
    if left:
        told = ", ".join(left[:MOST_TOLD]) + ("…" if len(left) > MOST_TOLD else "")
        raise Refused(gettext("Còn tiêu chí chưa thẩm định hoặc giải trình chưa trả lời: %(codes)s.") % {"codes": told})
    assessment.verified_at, assessment.agreed_at = now(), None
    assessment.save(update_fields=["state", "verified_at", "agreed_at"])
    points = verified_total(assessment.round.tree, kept.values()).points
    record(VERIFIED_EVENT, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, points=str(points))
    return assessment


@transaction.atomic
def send_back(code: str, unit_code: str, *, reason: str, actor: Account) -> Assessment:
    """Let a unit score itself again.

    Raises:
        Refused: no reason, the actor does not run the round or works in the unit, or it was verified already.
    """
    assessment = locked(code, unit_code)
    if not may_manage(actor, assessment.round.unit) or works_in(actor, assessment.unit):
        raise Refused(gettext("Bạn không trả lại được điểm tự chấm này."))
    if assessment.state != SELF_SCORED:  # what was left out is taken back in another way
        raise Refused(gettext("%(unit)s không có điểm tự chấm nào chờ thẩm định.") % {"unit": assessment.unit.name})
    assessment.enter(OPEN)
    assessment.reason = reason_of(reason)
    assessment.save(update_fields=["state", "reason"])
    record(SENT_BACK, subject=assessment.code, actor=actor.code, unit=assessment.unit.code)
    return assessment
