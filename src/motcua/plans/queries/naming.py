"""Whom the names in a plan's text mean, and when its year begins and ends."""

from datetime import date, timedelta

from motcua.base.clock import today
from motcua.base.text import fold, squash
from motcua.organizations.models import Unit
from motcua.organizations.queries import successors_of
from motcua.organizations.states import PROVINCE
from motcua.plans.names import NameBook, TreeUnit


def name_book(holder: Unit) -> NameBook:
    """Return the book of names for a plan of ``holder``: the units of its province today."""
    top = holder
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    units = [
        TreeUnit(*row)
        for row in Unit.objects.in_force().below(top).order_by("code").values_list("pk", "name", "kind", "one_stop_id")
    ]
    return NameBook(units, holder=TreeUnit(holder.pk, holder.name, holder.kind, holder.one_stop_id))


def issuing_unit(issuer: str, day: date | None, within: Unit) -> Unit | None:
    """Return the unit that ``issuer`` names on ``day`` in the province of ``within``, or None."""
    top = within
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    bare = fold(squash(issuer)).replace("uy ban nhan dan", "").replace("ubnd", "").strip()
    if not bare:
        return None
    units = Unit.objects.in_force(day or today()).below(top)
    named = [unit for unit in units if fold(unit.name) == bare]
    return named[0] if len(named) == 1 else None


def holder_today(unit: Unit) -> Unit:
    """Return who has today what was ``unit``'s: itself, or its one successor; the first of several."""
    return next(iter(successors_of(unit)), unit)


def days_of(plan_year: int) -> tuple[date, date]:
    """Return the first and last day of a plan's year."""
    return date(plan_year, 1, 1), date(plan_year + 1, 1, 1) - timedelta(days=1)
