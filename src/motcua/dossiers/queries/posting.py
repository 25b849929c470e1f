"""Reading what goes to the post: what waits for it at a counter, and the lists that were drawn up."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q

from motcua.base.clock import now
from motcua.dossiers.models import Dossier, PostItem, PostList
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.states import DECIDED, POST, RESULT, RETURNED
from motcua.organizations.models import Unit

LOOK_BACK = timedelta(days=60)  # since the decision: what is older and on no list is no work of today
MOST_WAITING = 200


def waiting_for_post(unit: Unit) -> list[Dossier]:
    """Return the dossiers of the counter ``unit`` whose result goes by post and is on no list yet, oldest first.

    Those whose applicant wished it so and are not returned, and those returned by post.
    """
    listed = PostItem.objects.filter(dossier=OuterRef("pk"), what=RESULT)
    found = Dossier.objects.filter(
        Q(state=DECIDED, return_method=POST) | Q(state=RETURNED, result_return__method=POST),
        ~Exists(listed),
        receiving_unit=unit,
        decided_at__gte=now() - LOOK_BACK,
    )
    rows = list(found.select_related("competent_unit", "result_return").order_by("decided_at", "id")[:MOST_WAITING])
    for row in rows:
        row.version = version_of(row.version_id)
    return rows


def lists_of(units: list[Unit], *, limit: int = 100) -> list[PostList]:
    """Return the latest lists of the counters ``units``, newest first, with how many things each holds."""
    found = PostList.objects.filter(unit__in=units).select_related("unit").annotate(count=Count("items"))
    return list(found.order_by("-day", "-number")[:limit])


def items_of(post_list: PostList) -> list[PostItem]:
    """Return the things on a list in their order, with their dossiers."""
    items = list(
        post_list.items.select_related("dossier__competent_unit", "dossier__result_return").order_by("position")
    )
    for item in items:
        item.dossier.version = version_of(item.dossier.version_id)
    return items


def address_of(dossier: Dossier) -> str:
    """Return where a result is posted: as noted at its return, as wished at filing, else where the applicant lives."""
    how = getattr(dossier, "result_return", None)
    return (how.address if how else "") or dossier.return_address or dossier.address


def number_of(dossier: Dossier) -> str:
    """Return the number that the post gave when the result was returned, "" where none is known."""
    how = getattr(dossier, "result_return", None)
    return how.item_number if how else ""
