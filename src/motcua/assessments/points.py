"""Points of kept scores: from the rows to the arithmetic of ``rules.points``."""

from collections.abc import Iterable
from decimal import Decimal

from motcua.assessments.models import Score
from motcua.assessments.rules.criteria import Criterion, Tree
from motcua.assessments.rules.points import Answer, Total, points_of, total


def self_points(criterion: Criterion, score: Score, decimals: int) -> Decimal | None:
    """Return what the unit's answer is worth, None while it said nothing or it is not the unit's to say."""
    if not criterion.is_self_scored:
        return None
    answer = Answer(score.self_choice, score.exact_value, None, score.is_not_applicable)
    return points_of(criterion, answer, decimals)


def self_total(tree: Tree, scores: Iterable[Score], under: str = "") -> Total:
    """Return what the unit gives itself; the verifier's own criteria are left out of the maximum."""
    rows = list(scores)
    out = {each.criterion for each in rows if each.is_not_applicable}
    out |= {each.code for each in tree.leaves if not each.is_self_scored}
    return total(tree, {each.criterion: each.self_points for each in rows}, frozenset(out), under)


def verified_total(tree: Tree, scores: Iterable[Score], under: str = "") -> Total:
    """Return what was recognised so far."""
    rows = list(scores)
    out = frozenset(each.criterion for each in rows if each.verified_not_applicable)
    return total(tree, {each.criterion: each.verified_points for each in rows}, out, under)
