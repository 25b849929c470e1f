"""Reminders of registers: entries before and on their day and once they are late; what a unit has not written."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.states import LEADER, UNIT_HEAD
from motcua.registers.completeness import duties
from motcua.registers.links import page_of_board, page_of_entry
from motcua.registers.models import Entry, Trust
from motcua.registers.queries import versions_today
from motcua.registers.rules.expecting import owed_on

BEFORE, AFTER = 3, 7  # days; a stage that was passed while the worker was down is told on the next run
SOON, DUE, LATE = "soon", "due", "late"


@transaction.atomic
def remind(day: date | None = None) -> int:
    """Write the notices of ``day`` (default: today) and return how many are new; a second run writes none.

    Who wrote the entry and the heads of its unit are told; of a confidential register only those who may open it.
    """
    day = day or today()
    return _of_entries(day) + _of_missing(day)


def _of_entries(day: date) -> int:
    first, last = day - timedelta(days=AFTER), day + timedelta(days=BEFORE)
    rows = (
        Entry.objects.filter(due_on__gte=first, due_on__lte=last)
        .select_related("register", "unit")
        .prefetch_related("version")
    )
    entries = list(rows.order_by("pk"))
    heads = _heads({entry.unit_id for entry in entries})
    writers = {each.code: each for each in Account.objects.filter(code__in={entry.kept_by for entry in entries})}
    told = 0
    for entry in entries:
        assert entry.due_on is not None
        stage = LATE if entry.due_on < day else DUE if entry.due_on == day else SOON
        words = (
            gettext("%(register)s: mục %(code)s đã quá hạn ngày %(day)s.")
            if stage == LATE
            else gettext("%(register)s: mục %(code)s đến hạn ngày %(day)s.")
        ) % {"register": entry.register.title, "code": entry.code, "day": f"{entry.due_on:%d/%m/%Y}"}
        writer = writers.get(entry.kept_by)
        for person in _who(entry, [*heads[entry.unit_id], *([writer] if writer else [])]):
            told += notify(
                person, key=f"register:{entry.code}:{entry.due_on}:{stage}", subject=entry.code, text=words,
                link=page_of_entry(entry),
            )  # fmt: skip
    return told


def _who(entry: Entry, people: Iterable[Account]) -> list[Account]:
    found = {each.pk: each for each in people}
    if entry.register.is_confidential:
        leaders = Post.objects.filter(in_force(today()), unit=entry.unit_id, role=LEADER).values_list(
            "account", flat=True
        )
        trusted = Trust.objects.filter(register=entry.register, ended_at=None).values_list("account", flat=True)
        may = {*leaders, *trusted}
        found = {pk: each for pk, each in found.items() if pk in may}
    return [found[pk] for pk in sorted(found)]


def _of_missing(day: date) -> int:
    """Tell heads of units what is owed by tomorrow, and what was owed and is still missing."""
    told = 0
    for version in versions_today(day):
        definition = version.definition
        if definition.expected is None or version.register.is_confidential:
            continue
        owed = owed_on(definition.expected, day)
        if not -AFTER <= (owed.due_on - day).days <= 1:
            continue
        units = Unit.objects.in_force(owed.period.last)
        units = units.filter(kind__in=definition.units) if definition.units else units
        lacking = [duty.unit for duty in duties(version, owed, list(units), day) if not duty.count]
        heads = _heads({unit.pk for unit in lacking})
        for unit in lacking:
            words = gettext("%(unit)s chưa ghi “%(register)s” cho %(period)s; hạn ngày %(day)s.") % {
                "unit": unit.name, "register": version.register.title, "period": owed.period.label,
                "day": f"{owed.due_on:%d/%m/%Y}",
            }  # fmt: skip
            stage = SOON if owed.due_on >= day else LATE
            for person in heads[unit.pk]:
                key = f"register:{version.register.code}:{unit.code}:{owed.period.code}:{stage}"
                link = page_of_board(version.register)
                told += notify(person, key=key, subject=version.register.code, text=words, link=link)
    return told


def _heads(units: Iterable[int]) -> dict[int, list[Account]]:
    """Return the heads and leaders of units today, in one statement."""
    posts = Post.objects.filter(in_force(today()), unit__in=list(units), role__in=(UNIT_HEAD, LEADER))
    found: dict[int, list[Account]] = defaultdict(list)
    for post in posts.select_related("account").order_by("account_id"):
        found[post.unit_id].append(post.account)
    return found
