"""All registers at a glance: how many entries each has, what is open, overdue and missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from motcua.base.clock import today
from motcua.base.text import sort_key
from motcua.registers.access import kept_units, seen_units, sees_register
from motcua.registers.completeness import missing_now
from motcua.registers.models import Entry, Register, RegisterVersion
from motcua.registers.queries import versions_today
from motcua.registers.rules.shapes import OPEN, VOID


@dataclass(frozen=True)
class Line:
    """A register as the list of all shows it; ``missing``: units that owe an entry for the period that is over."""

    register: Register
    version: RegisterVersion
    this_year: int
    open: int
    late: int
    missing: int | None
    may_keep: bool


@dataclass(frozen=True)
class Group:
    """The registers of one subject; ``name`` "" where a definition names none."""

    name: str
    lines: list[Line]


def grouped(lines: Iterable[Line]) -> list[Group]:
    """Return the lines by the group that their definitions name, by name; those without one last."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.version.definition.group, []).append(line)
    return [Group(name, found[name]) for name in sorted(found, key=lambda name: (not name, sort_key(name)))]


def all_registers(account: Any, day: date | None = None) -> list[Line]:
    """Return the registers that the account sees and that are in force, by title, each with its numbers."""
    day = day or today()
    versions = {
        each.register_id: each
        for each in versions_today(day)
        if sees_register(account, each.register)
    }  # fmt: skip
    seen = Q(pk__in=[])
    for version in versions.values():
        seen |= Q(register=version.register) & seen_units(account, version.register)
    counted = {
        row["register"]: row
        for row in Entry.objects.filter(seen)
        .values("register")
        .annotate(
            this_year=Count("pk", filter=Q(on__year=day.year) & ~Q(state_kind=VOID)),
            still_open=Count("pk", filter=Q(state_kind=OPEN)),
            late=Count("pk", filter=Q(due_on__lt=day)),
        )
        .order_by()
    }
    found = [_line(account, version, counted.get(key, {}), day) for key, version in versions.items()]
    return sorted(found, key=lambda line: sort_key(line.register.title))


def _line(account: Any, version: RegisterVersion, row: Mapping[str, Any], day: date) -> Line:
    register = version.register
    return Line(
        register,
        version,
        row.get("this_year", 0),
        row.get("still_open", 0),
        row.get("late", 0),
        len(missing_now(account, version, day)) if version.definition.expected else None,
        bool(kept_units(account, register, version.definition)),
    )
