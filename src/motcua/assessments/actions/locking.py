"""An assessment locked for the one who changes it, and its scores."""

from django.utils.translation import gettext

from motcua.assessments.models import Assessment, Score
from motcua.base.refusal import Refused


def locked(code: str, unit_code: str) -> Assessment:
    """Return the assessment of a unit in a round, locked until the transaction ends.

    Raises:
        Refused: the unit is not in the round.
    """
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(
        "round__version__set", "round__unit__parent", "unit__parent"
    )
    found = rows.filter(round__code=code, unit__code=unit_code.replace("\0", "")).first()
    if found is None:
        raise Refused(gettext("Đơn vị này không có trong đợt đánh giá."))
    return found


def scores_of(assessment: Assessment) -> dict[str, Score]:
    """Return the scores of an assessment by criterion."""
    return {each.criterion: each for each in assessment.scores.all()}
