"""What an answer to a criterion is worth, what answers come to together. Exact decimals, rounded once per criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.assessments.rules.criteria import CHOICE, DEDUCTION, LINEAR, STEPS, Criterion, Tree

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of a criterion: a level's code, or a value, or points outright; or that it does not apply."""

    choice: str = ""
    value: Decimal | None = None
    points: Decimal | None = None
    is_not_applicable: bool = False


def rounded(points: Decimal, decimals: int) -> Decimal:
    """Return ``points`` rounded half up, as reports are."""
    return points.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def points_of(criterion: Criterion, answer: Answer, decimals: int) -> Decimal | None:
    """Return what an answer is worth, None while it says nothing. Never above ``most``; a deduction is below 0."""
    if answer.is_not_applicable:
        return None
    found = _exact(criterion, answer)
    return None if found is None else rounded(found, decimals)


def _exact(criterion: Criterion, answer: Answer) -> Decimal | None:
    if criterion.way == CHOICE:
        return next((level.points for level in criterion.levels if level.code == answer.choice), None)
    if criterion.way in (LINEAR, STEPS, DEDUCTION):
        return None if answer.value is None else _of_value(criterion, answer.value)
    return answer.points


def _of_value(criterion: Criterion, value: Decimal) -> Decimal:
    if criterion.way == LINEAR:
        share = max(NOTHING, value) / (criterion.target or Decimal(1))
        return criterion.most * min(Decimal(1), share)
    if criterion.way == DEDUCTION:
        return -min(criterion.most, max(NOTHING, value) * (criterion.each or NOTHING))
    reached = (
        step.points
        for step in criterion.steps
        if (value <= step.bound if criterion.is_less_better else value >= step.bound)
    )
    return max(reached, default=NOTHING)


def allowed(criterion: Criterion, points: Decimal) -> bool:
    """Whether a verifier may give these points: within the criterion's bounds, and one of its levels where it has such.

    A level is judged whole: points between two levels would be a level that the set does not have.
    """
    if criterion.way == CHOICE:
        return points in {level.points for level in criterion.levels}
    if criterion.way == DEDUCTION:
        return -criterion.most <= points <= 0
    return 0 <= points <= criterion.most


@dataclass(frozen=True, slots=True)
class Total:
    """Points of a group or of the whole set.

    ``most`` is what could be reached without the criteria that do not apply; ``missing`` counts those not answered.
    """

    points: Decimal
    most: Decimal
    whole_most: Decimal
    missing: int = 0
    not_applicable: int = 0

    @property
    def share(self) -> Decimal:
        """Per cent of what could be reached, 0 to 100."""
        return max(NOTHING, self.points) * 100 / self.most if self.most else NOTHING

    @property
    def scaled(self) -> Decimal:
        """The points as they are compared: with the maximum of those to whom everything applies."""
        if not self.not_applicable:
            return max(NOTHING, self.points)
        return self.share * self.whole_most / 100

    @property
    def lost(self) -> Decimal:
        return self.most - self.points


def total(tree: Tree, points: Mapping[str, Decimal | None], not_applicable: frozenset[str], under: str = "") -> Total:
    """Return what the criteria come to, all of them or those under a group.

    ``points``: by code, None where nothing was said.
    """
    leaves = tree.under(under) if under else tree.leaves
    applying = [each for each in leaves if each.code not in not_applicable]
    given = [points.get(each.code) for each in applying]
    return Total(
        points=sum((each for each in given if each is not None), NOTHING),
        most=sum((each.worth for each in applying), NOTHING),
        whole_most=sum((each.worth for each in leaves), NOTHING),
        missing=sum(each is None for each in given),
        not_applicable=len(leaves) - len(applying),
    )
