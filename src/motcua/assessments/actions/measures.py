"""Taking the values that measures give into an assessment."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import judged_by, may_score
from motcua.assessments.actions.locking import locked
from motcua.assessments.events import MEASURED
from motcua.assessments.measuring import measured_for
from motcua.assessments.models import Round, Score
from motcua.assessments.points import self_points
from motcua.assessments.states import OPEN, VERIFYING
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit


def take_measures(made: Round, units: Mapping[int, Unit], scores: Iterable[Score]) -> list[Score]:
    """Set in scores, unsaved, what measures say now beside what units typed; return those that have a measure.

    ``units``: by the key of their assessment. Where nothing happened in the period and the set lets the criterion not
    apply, it does not.
    """
    tree = made.tree
    asked = {each.code: each for each in tree.leaves if each.measure}
    codes = {each.measure for each in asked.values()}
    found = measured_for(codes, list(units.values()), made.unit, made.index_period) if asked and units else {}
    changed = [score for score in scores if score.criterion in asked]
    for score in changed:
        criterion = asked[score.criterion]
        new = found[criterion.measure, units[score.assessment_id].pk]
        was_nothing = bool(score.lineage.get("is_nothing"))
        score.measured, score.lineage = new.value, {**new.lineage, "is_nothing": new.is_nothing}
        if criterion.may_not_apply and score.self_value is None:
            score.is_not_applicable = new.is_nothing or (score.is_not_applicable and not was_nothing)
        score.self_points = self_points(criterion, score, tree.decimals)
    return changed


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
    changed = take_measures(assessment.round, {assessment.pk: assessment.unit}, assessment.scores.all())
    Score.objects.bulk_update(changed, ["measured", "lineage", "is_not_applicable", "self_points"])
    count = len(changed)
    record(MEASURED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, criteria=count)
    return count
