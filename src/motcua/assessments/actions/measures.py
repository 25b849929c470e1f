"""Taking the values that measures give into an assessment."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import judged_by, may_score
from motcua.assessments.actions.locking import locked
from motcua.assessments.events import MEASURED
from motcua.assessments.measuring import measured
from motcua.assessments.models import Assessment, Score
from motcua.assessments.points import self_points
from motcua.assessments.states import OPEN, VERIFYING
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account


def measure(assessment: Assessment) -> int:
    """Write what measures say now beside what the unit typed; return how many criteria have a measure.

    Where nothing happened in the period and the set lets the criterion not apply, it does not.
    """
    tree, period = assessment.round.tree, assessment.round.index_period
    asked = {each.code: each for each in tree.leaves if each.measure}
    scores = list(Score.objects.filter(assessment=assessment, criterion__in=asked))
    for score in scores:
        criterion = asked[score.criterion]
        found = measured(criterion.measure, assessment.unit, period)
        was_nothing = bool(score.lineage.get("is_nothing"))
        score.measured, score.lineage = found.value, {**found.lineage, "is_nothing": found.is_nothing}
        if criterion.may_not_apply and score.self_value is None:
            score.is_not_applicable = found.is_nothing or (score.is_not_applicable and not was_nothing)
        score.self_points = self_points(criterion, score, tree.decimals)
    Score.objects.bulk_update(scores, ["measured", "lineage", "is_not_applicable", "self_points"])
    return len(scores)


@transaction.atomic
def measure_again(code: str, unit_code: str, *, actor: Account) -> int:
    """Measure an assessment again: by the unit while it scores itself, by verifiers while they verify.

    Raises:
        Refused: the actor may not, or nothing is measured any more in the present state.
    """
    assessment = locked(code, unit_code)
    is_own = assessment.state == OPEN and may_score(actor, assessment.unit)
    is_verifier = assessment.state in VERIFYING and bool(judged_by(actor, assessment))
    if not (is_own or is_verifier):
        raise Refused(
            gettext("Không lấy lại được số đo khi đang ở trạng thái “%(state)s”.") % {"state": assessment.state_label}
        )
    count = measure(assessment)
    record(MEASURED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, criteria=count)
    return count
