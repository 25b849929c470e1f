"""Who makes sets, scores, verifies, closes, publishes and grades. Nobody verifies the unit that they work in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from motcua.assessments.grading_models import GradeList
from motcua.assessments.models import Assessment, Round
from motcua.assessments.rules.criteria import Criterion
from motcua.organizations.access import has_role, has_role_in, official, oversees, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER, SPECIALIST, UNIT_HEAD

WORKING = (SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER)

may_see_assessments = official
may_make_sets = has_role(CONTROL_OFFICER)  # of which unit: may_manage
may_grade = has_role(CONTROL_OFFICER, LEADER)


def may_manage(account: Any, unit: Unit) -> bool:
    """Control officers who oversee the unit that assesses: sets, rounds, closing."""
    return oversees(account, unit, CONTROL_OFFICER)


def may_publish(account: Any, unit: Unit) -> bool:
    """Control officers and leaders who oversee the unit that assesses."""
    return oversees(account, unit, CONTROL_OFFICER, LEADER)


def works_in(account: Any, unit: Unit) -> bool:
    """Whether the account holds a post in the very unit."""
    return any(post.unit_id == unit.pk for post in account.posts_now)


def may_score(account: Any, unit: Unit) -> bool:
    """Officials of the unit; nobody above scores for it, who will judge it afterwards."""
    return has_role_in(account, unit, *WORKING)


def may_send(account: Any, unit: Unit) -> bool:
    """Heads of the unit."""
    return has_role_in(account, unit, UNIT_HEAD, LEADER)


def may_judge(account: Any, assessment: Assessment, criterion: Criterion) -> bool:
    """Officials of the unit that verifies the criterion, else control officers over the round; never of one's own."""
    if works_in(account, assessment.unit):
        return False
    if criterion.verifier and criterion.verifier != assessment.unit.code:
        return any(post.unit.code == criterion.verifier and post.role in WORKING for post in account.posts_now)
    return may_manage(account, assessment.round.unit)


def judged_by(account: Any, assessment: Assessment) -> list[Criterion]:
    """Return the criteria of an assessment that the account verifies."""
    return [each for each in assessment.round.tree.leaves if may_judge(account, assessment, each)]


def may_finish_judging(account: Any, assessment: Assessment) -> bool:
    """Whoever verifies a part says that it is done; all parts must be."""
    return bool(judged_by(account, assessment))


def scopes(account: Any) -> list[Unit]:
    """Return the tops of the trees that the account looks over."""
    return [scope_of(post) for post in account.posts_now]


def _below(units: Iterable[Unit], field: str) -> Q:
    found = Q(pk__in=[])
    for unit in units:
        found |= Q(**{f"{field}__path__startswith": unit.path})
    return found


def rounds_for(account: Any) -> QuerySet[Round]:
    """Return the rounds of units that the account looks over, those that assess such units, those it verifies in."""
    tops = scopes(account)
    assessed = Assessment.objects.filter(_below(tops, "unit")).order_by().values("round")
    seen = _below(tops, "unit") | Q(pk__in=assessed)
    for code in {post.unit.code for post in account.posts_now}:
        seen |= Q(version__definition__contains={"criteria": [{"verifier": code}]})
    return Round.objects.filter(seen).select_related("version__set", "unit").order_by("-opened_at")


def assessments_for(account: Any, assessed_in: Round) -> QuerySet[Assessment]:
    """Return the assessments of a round that the account sees: those it looks over; all for who runs or verifies it."""
    found = Assessment.objects.filter(round=assessed_in).select_related(
        "round__version__set", "round__unit", "unit__parent"
    )
    if sees_whole(account, assessed_in):
        return found
    return found.filter(_below(scopes(account), "unit"))


def sees_whole(account: Any, assessed_in: Round) -> bool:
    """Whether every assessment of the round is open to the account."""
    own = {post.unit.code for post in account.posts_now}
    return may_publish(account, assessed_in.unit) or bool(own & assessed_in.tree.verifiers)


def grade_lists_for(account: Any) -> QuerySet[GradeList]:
    """Return the lists of grades of the units that the account leads or controls."""
    tops = [scope_of(post) for post in account.posts_now if post.role in (CONTROL_OFFICER, LEADER)]
    return GradeList.objects.filter(_below(tops, "unit")).select_related("scheme", "unit").order_by("-made_at")
