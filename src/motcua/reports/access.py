"""Who may write, send, accept and see reports."""

from typing import Any

from django.db.models import Q, QuerySet

from motcua.organizations.access import has_role, has_role_in, official, oversees, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER, SPECIALIST, UNIT_HEAD
from motcua.reports.models import Receipt, Report

may_see_reports = official
ASKERS = (LEADER, UNIT_HEAD, CONTROL_OFFICER)
may_make_requests = has_role(*ASKERS)  # of which units: may_ask


def may_write(account: Any, unit: Unit) -> bool:
    """Officials of the unit, and control officers who oversee it."""
    return has_role_in(account, unit, SPECIALIST, UNIT_HEAD, LEADER, CONTROL_OFFICER) or oversees(
        account, unit, CONTROL_OFFICER
    )


def may_ask(account: Any, unit: Unit) -> bool:
    """Heads, leaders and control officers ask the units that they look over for a report."""
    return oversees(account, unit, *ASKERS)


def may_submit(account: Any, unit: Unit) -> bool:
    """Heads of the unit, and control officers who oversee it."""
    return has_role_in(account, unit, UNIT_HEAD, LEADER) or oversees(account, unit, CONTROL_OFFICER)


def may_accept(account: Any, unit: Unit) -> bool:
    """Control officers who oversee the unit."""
    return oversees(account, unit, CONTROL_OFFICER)


def units_of(account: Any) -> set[int]:
    """Return the keys of the units that the account receives reports for."""
    return {post.unit_id for post in account.posts_now} | {scope_of(post).pk for post in account.posts_now}


def may_acknowledge(account: Any, report: Report) -> bool:
    """Officials of a unit that the report was sent to and that has not said that it has it."""
    return report.receipts.filter(unit__in=units_of(account), received_at__isnull=True).exists()


def visible_to(account: Any) -> QuerySet[Report]:
    """Return the reports of the units that the account works in or oversees, and those sent to them."""
    visible = Q(pk__in=[])
    for post in account.posts_now:
        visible |= Q(unit__path__startswith=scope_of(post).path)
    visible |= Q(pk__in=Receipt.objects.filter(unit__in=units_of(account)).values("report"))
    return Report.objects.filter(visible).select_related("unit")
