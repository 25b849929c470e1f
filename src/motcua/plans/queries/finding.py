"""Finding plans by words."""

from django.db.models import QuerySet

from motcua.base.text import fold
from motcua.plans.models import Plan


def plans_with_words(plans: QuerySet[Plan], words: str) -> list[int]:
    """Return the ids of those of ``plans`` whose name, title or issuer holds every word, marks and case aside.

    One statement over short columns; a province has some thousands of plans.
    """
    wanted = fold(words).split()
    told = plans.order_by().values_list("pk", "kind", "number", "title", "issuer")
    return [pk for pk, *texts in told if all(word in fold(" ".join(texts)) for word in wanted)]
