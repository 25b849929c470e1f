"""Whom the names in a plan's text mean, and when its year begins and ends."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from motcua.base.clock import today
from motcua.base.text import fold, squash
from motcua.organizations.models import Succession, Unit
from motcua.organizations.queries import successors_of
from motcua.organizations.states import PROVINCE
from motcua.plans.names import NameBook, TreeUnit


def name_book(holder: Unit, day: date | None = None) -> NameBook:
    """Return the book of names for a plan of ``holder`` written on ``day``: its province's units then and today.

    Units that are no more answer with who has today what was theirs. Five statements at most, whatever the tree.
    """
    top = holder
    while top.parent is not None and top.kind != PROVINCE:
        top = top.parent
    units: list[TreeUnit] = []
    if day is not None and day < today():
        tops = Unit.objects.filter(Q(pk=top.pk) | Q(successions__new=top)).distinct()
        then = Unit.objects.in_force(day).below(*tops).filter(valid_to__lt=today()).order_by("code")
        heirs = _heirs(then)
        rows = then.values_list("pk", "name", "kind", "one_stop_id")
        units = [TreeUnit(*row, heirs.get(row[0], ())) for row in rows]
    standing = Unit.objects.in_force().below(top).order_by("code").values_list("pk", "name", "kind", "one_stop_id")
    units += [TreeUnit(*row) for row in standing]
    return NameBook(units, holder=TreeUnit(holder.pk, holder.name, holder.kind, holder.one_stop_id))


def _heirs(gone: QuerySet[Unit]) -> dict[int, tuple[int, ...]]:
    """Return {unit: who has today what was its} for units that are no more, along chains of successions."""
    heirs: dict[int, dict[int, None]] = {}
    edges = Succession.objects.filter(old__in=gone).order_by("pk").values_list("old_id", "new_id", "new__valid_to")
    open_ends: dict[int, set[int]] = {}
    for old, new, valid_to in edges:
        if valid_to is None or valid_to >= today():
            heirs.setdefault(old, {})[new] = None
        else:
            open_ends.setdefault(new, set()).add(old)
    for unit in Unit.objects.filter(pk__in=open_ends):  # merged twice since: few
        for old in open_ends[unit.pk]:
            heirs.setdefault(old, {}).update(dict.fromkeys(each.pk for each in successors_of(unit)))
    return {old: tuple(found) for old, found in heirs.items()}


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
