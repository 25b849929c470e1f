"""Who owes an entry for a period and who has written one: boards of completeness and timeliness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, today
from motcua.organizations.access import scope_of
from motcua.organizations.models import Unit
from motcua.registers.access import trusted_units
from motcua.registers.models import Entry, RegisterVersion
from motcua.registers.rules.expecting import Owed, owed_on
from motcua.registers.rules.periods import Period
from motcua.registers.rules.shapes import VOID

KEPT, KEPT_LATE, AWAITED, MISSING = "kept", "kept_late", "awaited", "missing"
TONES = {KEPT: "good", KEPT_LATE: "warning", AWAITED: "waiting", MISSING: "danger"}


@dataclass(frozen=True)
class Duty:
    """What one unit has written for a period; ``first_on`` the day of its first entry."""

    unit: Unit
    count: int
    first_on: date | None
    state: str
    days_late: int

    @property
    def label(self) -> str:
        return {
            KEPT: gettext("Đã ghi"),
            KEPT_LATE: gettext("Ghi muộn %(days)s ngày") % {"days": self.days_late},
            AWAITED: gettext("Chưa đến hạn"),
            MISSING: gettext("Chưa ghi, quá hạn %(days)s ngày") % {"days": self.days_late},
        }[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


def duties(version: RegisterVersion, owed: Owed, units: Iterable[Unit], day: date | None = None) -> list[Duty]:
    """Return how each unit stands for a period, those that lack an entry first, then by name."""
    day = day or today()
    rows = (
        Entry.objects.filter(_within(owed.period), register=version.register_id, unit__in=[unit.pk for unit in units])
        .values_list("unit")
        .annotate(n=Count("pk"), first=Min("kept_at"))
        .order_by()
    )
    kept = {unit: (count, first.astimezone(VIETNAM).date()) for unit, count, first in rows}
    found = [_duty(unit, *kept.get(unit.pk, (0, None)), owed, day) for unit in units]
    return sorted(found, key=lambda duty: (duty.count > 0, duty.unit.sort_key))


def _within(period: Period) -> Q:
    return Q(on__gte=period.first, on__lte=period.last) & ~Q(state_kind=VOID)


def _duty(unit: Unit, count: int, first_on: date | None, owed: Owed, day: date) -> Duty:
    late = max(0, ((first_on or day) - owed.due_on).days)
    in_time, too_late = (AWAITED, MISSING) if first_on is None else (KEPT, KEPT_LATE)
    return Duty(unit, count, first_on, too_late if late else in_time, late)


def owing_units(account: Any, version: RegisterVersion, period: Period) -> list[Unit]:
    """Return the units that the account looks over and that owe an entry: of the right kind on the last day."""
    if version.register.is_confidential:
        tops = trusted_units(account, version.register)
    else:
        tops = [scope_of(post) for post in account.posts_now]
        if any(post.unit_id == version.register.owner_id for post in account.posts_now):
            tops = list(Unit.objects.filter(parent__isnull=True))
    found = Unit.objects.in_force(period.last).below(*tops)
    kinds = version.definition.units
    return list(found.filter(kind__in=kinds) if kinds else found)


def missing_now(account: Any, version: RegisterVersion, day: date | None = None) -> list[Duty]:
    """Return the units without an entry for the period that was over last, among those the account looks over."""
    day = day or today()
    expected = version.definition.expected
    if expected is None:
        return []
    owed = owed_on(expected, day)
    return [duty for duty in duties(version, owed, owing_units(account, version, owed.period), day) if not duty.count]
