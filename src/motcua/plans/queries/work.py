"""Who has what to do, and who is told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from motcua.base.clock import today
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.states import CONTROL_OFFICER, LEADER, OFFICE, UNIT_HEAD
from motcua.plans.models import Assignment, Plan


def assigned_to(units: Iterable[Unit], *, leads_only: bool = False) -> QuerySet[Assignment]:
    """Return what is assigned to ``units`` and to all under them, in approved plans."""
    within = Q(pk__in=[])
    for unit in units:
        within |= Q(unit__path__startswith=unit.path)
    found = Assignment.objects.filter(within, task__is_dropped=False, task__plan__state="approved")
    if leads_only:
        found = found.filter(is_lead=True)
    return found.select_related("unit", "task__plan__holder")


def due_between(first: date, last: date) -> QuerySet[Assignment]:
    """Return the leading units that have not finished tasks of approved plans whose last day lies in the days given."""
    return (
        Assignment.objects.filter(
            is_lead=True,
            done_on__isnull=True,
            reported_on__isnull=True,
            task__is_dropped=False,
            task__plan__state="approved",
            task__due_on__gte=first,
            task__due_on__lte=last,
        )
        .exclude(task__deadline_kind__in=("recurring", "ongoing"))
        .select_related("task", "unit", "person")
        .defer("task__original", "task__deadline")
    )


def units_of(plan_code: str) -> dict[str, int]:
    """Return the codes of the units that have something to do in a plan, with how many tasks."""
    rows = (
        Assignment.objects.filter(task__plan__code=plan_code, task__is_dropped=False)
        .values("unit__code")
        .annotate(count=Count("pk"))
        .order_by("unit__code")
    )
    return {row["unit__code"]: row["count"] for row in rows}


def heads_of(units: dict[str, int]) -> list[tuple[Account, str, int]]:
    """Return (head, name of the unit, its number in ``units``) for the heads and leaders of ``units`` today."""
    posts = (
        Post.objects.filter(in_force(today()), unit__code__in=list(units), role__in=(UNIT_HEAD, LEADER))
        .select_related("account", "unit")
        .order_by("unit__code", "account_id")
    )
    found = {(post.account_id, post.unit.code): (post.account, post.unit.name, units[post.unit.code]) for post in posts}
    return list(found.values())


def chiefs_of(unit_codes: Iterable[str]) -> dict[str, list[Account]]:
    """Return the heads and leaders of units today: {unit code: accounts}. One statement."""
    posts = (
        Post.objects.filter(in_force(today()), unit__code__in=list(unit_codes), role__in=(UNIT_HEAD, LEADER))
        .select_related("account", "unit")
        .order_by("account_id")
    )
    found: dict[str, list[Account]] = defaultdict(list)
    for post in posts:
        if post.account not in found[post.unit.code]:
            found[post.unit.code].append(post.account)
    return found


def holders_officers(plan: Plan) -> list[Account]:
    """Return who accepts completions of ``plan``: the holder's leaders, and control officers of its office."""
    places = Q(unit=plan.holder, role=LEADER) | Q(unit__parent=plan.holder, unit__kind=OFFICE, role=CONTROL_OFFICER)
    posts = Post.objects.filter(places & in_force(today())).select_related("account").order_by("account_id")
    return list({post.account_id: post.account for post in posts}.values())
