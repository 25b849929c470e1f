"""What registers put before officials: entries whose day comes, what a checker must decide, what was not written."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM, today
from motcua.base.desk import Entry as TrayEntry
from motcua.base.desk import Tray, TrayPage
from motcua.organizations.access import has_role, official, scope_of
from motcua.organizations.models import Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER, UNIT_HEAD
from motcua.registers.access import KEEPING, may_check, trusted_units
from motcua.registers.completeness import duties
from motcua.registers.links import page_of_entry
from motcua.registers.models import Entry, RegisterVersion
from motcua.registers.queries import versions_today
from motcua.registers.rules.expecting import owed_on
from motcua.registers.rules.shapes import OPEN

SOON = timedelta(days=7)
COUNT_CAP = 500


def due(account: Any, most: int) -> TrayPage:
    """Entries of the account's own units that are overdue or due within a week, the oldest first."""
    own = [post.unit_id for post in account.posts_now if post.role in KEEPING]
    rows = Entry.objects.filter(_openly(account), unit__in=own, due_on__lte=today() + SOON)
    rows = rows.select_related("register", "unit").prefetch_related("version").order_by("due_on", "pk")
    found = list(rows[: most + 1])
    count = len(found) if len(found) <= most else rows.count()
    return TrayPage([_entry(each) for each in found[:most]], count, reverse("registers:registers"))


def to_check(account: Any, most: int) -> TrayPage:
    """Open entries that wait for a move of a checker which the account is, the oldest first."""
    waiting = Q(pk__in=[])
    for version in versions_today():
        if version.register.is_confidential and not trusted_units(account, version.register):
            continue
        ways = [move for move in version.definition.moves if move.is_of_checker]
        states = {state for move in ways for state in move.origins}
        keepers = {state for move in version.definition.moves if not move.is_of_checker for state in move.origins}
        # Where keepers have a way, too, the entry is theirs to take on.
        waiting |= Q(register=version.register, state__in=states - keepers or states)
    scopes = Q(pk__in=[])
    for post in account.posts_now:
        if post.role in (UNIT_HEAD, LEADER, CONTROL_OFFICER):
            scopes |= Q(unit__path__startswith=scope_of(post).path) | Q(register__owner=post.unit_id)
    rows = Entry.objects.filter(waiting, scopes, _openly(account), state_kind=OPEN)
    rows = rows.select_related("register__owner", "unit").prefetch_related("version").order_by("changed_at", "pk")
    found = [each for each in rows[:COUNT_CAP] if may_check(account, each.register, each.unit)]
    return TrayPage([_entry(each) for each in found[:most]], len(found), reverse("registers:registers"))


def _openly(account: Any) -> Q:
    """Return the condition that an entry is of no confidential register, or of one that the account may open."""
    heads = [post.unit.path for post in account.posts_now if post.role == LEADER]
    opened = Q(register__is_confidential=False) | Q(
        register__trusts__account=account.pk, register__trusts__ended_at=None
    )
    for path in heads:
        opened |= Q(unit__path__startswith=path)
    return Q(pk__in=Entry.objects.filter(opened).order_by().values("pk"))


def missing(account: Any, most: int) -> TrayPage:
    """Entries that the account's own units owe for the period that is over."""
    own = {post.unit_id: post.unit for post in account.posts_now if post.role in KEEPING}
    found = [line for version in versions_today() for line in _missing_of(account, version, own.values())]
    return TrayPage(found[:most], len(found), reverse("registers:registers"))


def _missing_of(account: Any, version: RegisterVersion, units: Iterable[Unit]) -> list[TrayEntry]:
    definition = version.definition
    if definition.expected is None or (
        version.register.is_confidential and not trusted_units(account, version.register)
    ):
        return []
    owed = owed_on(definition.expected, today())
    last = owed.period.last
    owing = [
        unit
        for unit in units
        if (not definition.units or unit.kind in definition.units) and (unit.valid_to is None or unit.valid_to >= last)
    ]
    return [
        TrayEntry(
            title=f"{version.register.title}: {owed.period.label}",
            url=f"{reverse('registers:keep', args=[version.register.code])}?don-vi={duty.unit.code}",
            note=f"{duty.unit.name}: {duty.label}",
            due_at=datetime.combine(owed.due_on, time(17), tzinfo=VIETNAM),
        )
        for duty in (duties(version, owed, owing) if owing else [])
        if not duty.count
    ]


def _entry(row: Entry) -> TrayEntry:
    titled = row.definition.by_code[row.definition.titled_by]
    title = row.code if titled.personal or row.register.is_confidential else row.title
    note = gettext("%(unit)s: %(register)s, %(state)s") % {
        "unit": row.unit.name, "register": row.register.title, "state": row.state_label,
    }  # fmt: skip
    due_at = datetime.combine(row.due_on, time(17), tzinfo=VIETNAM) if row.due_on else None
    return TrayEntry(title[:200], page_of_entry(row), note, due_at, row.code)


TRAYS = [
    Tray("register_due", _("Mục trong sổ đến hạn"), 70, official, due),
    Tray("register_checks", _("Mục trong sổ chờ kiểm tra"), 72, has_role(UNIT_HEAD, LEADER, CONTROL_OFFICER), to_check),
    Tray("register_missing", _("Sổ chưa ghi trong kỳ"), 74, has_role(*KEEPING), missing),
]
