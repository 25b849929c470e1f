"""Reading results on their way: what lies uncollected, which reminders are due, versions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from motcua.base.clock import VIETNAM, now
from motcua.dossiers.models import CollectionReminder, Dossier, ResultDocument, ResultReturn
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.states import DECIDED, ONLINE, POST
from motcua.organizations.access import scope_of
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, RECEPTION

MOST_ROWS = 500


@dataclass(frozen=True)
class Lying:
    """A result that did not reach the applicant; ``method`` "" is: to be collected, nothing was handed over yet."""

    dossier: Dossier
    since: datetime
    days: int
    method: str
    item_number: str
    reminders: int
    reminded_at: datetime | None


def is_waiting(dossier: Dossier) -> bool:
    """Whether the applicant has still to collect or open the result."""
    if dossier.state == DECIDED:
        return True
    return ResultReturn.objects.filter(dossier=dossier, method=ONLINE, arrived_at__isnull=True).exists()


def versions_of(dossier: Dossier) -> list[ResultDocument]:
    """Return the versions of the result, newest first."""
    return list(ResultDocument.objects.filter(dossier=dossier).select_related("signed_file").order_by("-version"))


def _counters(account: Any) -> Q:
    """Return the dossiers whose results the account follows; nothing without a post."""
    seen = Q(pk__in=[])
    for post in account.posts_now:
        if post.role == RECEPTION:
            seen |= Q(receiving_unit=post.unit_id)
        elif post.role in (CONTROL_OFFICER, ADMINISTRATOR):
            seen |= Q(competent_unit__path__startswith=scope_of(post).path)
        else:
            seen |= Q(competent_unit=post.unit_id)
    return seen


def _waiting_since(before: datetime) -> tuple[QuerySet[Dossier], QuerySet[Dossier]]:
    """Return results to collect, and those offered electronically, that were there before an instant."""
    lying = Dossier.objects.filter(state=DECIDED, decided_at__lt=before)
    offered = Dossier.objects.filter(
        result_return__method=ONLINE, result_return__arrived_at__isnull=True, result_return__at__lt=before
    )
    return lying, offered


def uncollected(account: Any, *, at: datetime | None = None) -> list[Lying]:
    """Return what the account's counters and units have lying longer than the rule of the day, longest first.

    Posted results that the post did not confirm are among them: they are asked after, not reminded of.
    """
    instant = at or now()
    days = result_rules_on(instant.astimezone(VIETNAM).date()).remind_collection_after_days
    before = instant - timedelta(days=days)
    lying, offered = _waiting_since(before)
    posted = Dossier.objects.filter(
        result_return__method=POST, result_return__arrived_at__isnull=True, result_return__at__lt=before
    )
    mine = _counters(account)
    shown = ("competent_unit", "receiving_unit", "result_return")
    found: list[Dossier] = []
    for part in (lying, offered, posted):
        found += part.filter(mine).select_related(*shown).order_by("decided_at", "pk")[:MOST_ROWS]
    return _rows(found, instant)


def _rows(found: list[Dossier], instant: datetime) -> list[Lying]:
    reminders = {
        row["dossier"]: row
        for row in CollectionReminder.objects.filter(dossier__in=found)
        .values("dossier")
        .annotate(n=Count("pk"), last=Max("at"))
    }
    rows = []
    for dossier in found:
        dossier.version = version_of(dossier.version_id)
        sent = getattr(dossier, "result_return", None)
        since = sent.at if sent else dossier.decided_at
        assert since is not None  # the queries ask for it
        reminded: Any = reminders.get(dossier.pk, {})
        rows.append(
            Lying(
                dossier=dossier,
                since=since,
                days=(instant - since).days,
                method=sent.method if sent else "",
                item_number=sent.item_number if sent else "",
                reminders=reminded.get("n", 0),
                reminded_at=reminded.get("last"),
            )
        )
    return sorted(rows, key=lambda each: (each.since, each.dossier.pk))


def due_reminders(at: datetime, *, most: int) -> list[str]:
    """Return the codes of dossiers of which the applicant is to be reminded now, by the rule of the day."""
    rules = result_rules_on(at.astimezone(VIETNAM).date())
    again = at - timedelta(days=rules.remind_again_after_days)
    codes: list[str] = []
    for part in _waiting_since(at - timedelta(days=rules.remind_collection_after_days)):
        counted = part.annotate(n=Count("collection_reminders"), last=Max("collection_reminders__at"))
        due = counted.filter(Q(n=0) | Q(n__lt=rules.most_reminders, last__lt=again))
        codes += due.order_by("decided_at").values_list("code", flat=True)[:most]
    return codes
