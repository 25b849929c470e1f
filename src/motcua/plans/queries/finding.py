"""Finding plans by words."""

from django.db.models import QuerySet

from motcua.base.text import fold
from motcua.plans.models import Plan
from motcua.plans.states import SUPERSEDED


def plans_with_words(plans: QuerySet[Plan], words: str) -> list[int]:
    """Return the ids of those of ``plans`` whose name, title or issuer holds every word, marks and case aside.

    One statement over short columns; a province has some thousands of plans.
    """
    wanted = fold(words).split()
    told = plans.order_by().values_list("pk", "kind", "number", "title", "issuer")
    return [pk for pk, *texts in told if all(word in fold(" ".join(texts)) for word in wanted)]


def twins(plan: Plan, among: QuerySet[Plan]) -> list[Plan]:
    """Return those of ``among`` with kind, number and day of issue of ``plan``, its own versions aside."""
    if not plan.number:
        return []
    found = among.filter(kind=plan.kind, number=plan.number, issued_on=plan.issued_on, year=plan.year)
    others = found.exclude(pk__in=[plan.pk, plan.amends_id or 0]).exclude(amends=plan).exclude(state=SUPERSEDED)
    return list(others.order_by("pk")[:5])
