"""Invented entries for the demonstration, written like everything else, by the actions; days count from today.

In ``data/demonstration/entries.json``: "@-20" is twenty days ago, "@quarter:-1" the last quarter, "@year:0" this year,
"@account:chuyenvien" an official by user name, "@entry:lop" an entry written before under that name.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from motcua.base.clock import today
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import COMMUNE, DEPARTMENT, ONE_STOP
from motcua.registers.actions.keeping import keep
from motcua.registers.models import Entry, Register
from motcua.registers.rules.periods import period_at
from motcua.registers.shipped import DATA

UNCONNECTED = 3  # communes that are not yet on the system of documents
CHECKED = 6  # one-stop units of communes that checked their brand identity
FIRST_ITEMS = ["sign", "logo", "colours", "desk_signs", "name_cards", "dress", "boards"]


class _Writer:
    """Writes the rows of the file, and remembers the entries that later rows name."""

    def __init__(self) -> None:
        self.registers = {each.code: each for each in Register.objects.all()}
        self.units = {unit.code: unit for unit in Unit.objects.in_force()}
        self.codes: dict[str, str] = {}

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one row; a unit or register that is not there leaves it out."""
        if row["unit"] not in self.units or row["register"] not in self.registers:
            return
        values = {name: self._meant(value) for name, value in row["values"].items()}
        if None in values.values():
            return
        entry = keep(
            self.registers[row["register"]],
            unit=self.units[row["unit"]],
            values=values,
            actor=None,
            state=row["state"],
        ).entry
        self.codes[row.get("name", "")] = entry.code

    def _meant(self, value: Any) -> Any:
        """Return what a value stands for; None where it names an account or entry that is not there."""
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        what, _colon, which = value[1:].partition(":")
        if what == "account":
            return Account.objects.filter(username=which, posts__isnull=False).values_list("code", flat=True).first()
        if what == "entry":
            return self.codes.get(which)
        if what in ("quarter", "year"):
            period = period_at(today(), what)
            for _step in range(-int(which)):
                period = period.previous()
            return period.code
        return (today() + timedelta(days=int(what))).isoformat()


@transaction.atomic
def write_entries(progress: Callable[[str, int, int], None]) -> None:
    """Write the invented entries, unless there are entries."""
    if Entry.objects.exists():
        return
    rows = json.loads((DATA / "demonstration" / "entries.json").read_text(encoding="utf-8"))["entries"]
    rows += _connections() + _checks()
    writer = _Writer()
    for done, row in enumerate(rows):
        if done % 20 == 0:
            progress("Mục của sổ theo dõi", done, len(rows))
        writer.write(row)
    progress("Mục của sổ theo dõi", len(rows), len(rows))


def _connections() -> list[dict[str, Any]]:
    """Every department and commune on the one-stop system; all but a few communes on that of documents."""
    communes = list(Unit.objects.in_force().filter(kind=COMMUNE, one_stop__isnull=False).order_by("code"))
    departments = list(Unit.objects.in_force().filter(kind=DEPARTMENT, one_stop__isnull=False).order_by("code"))
    behind = {unit.pk for unit in communes[:UNCONNECTED]}
    return [
        {
            "register": "connections",
            "unit": unit.code,
            "state": "connected",
            "values": {"connected_on": "@-300", "system": system, "level": unit.kind},
        }
        for unit in [*departments, *communes]
        for system in ("one_stop", "documents")
        if system == "one_stop" or unit.pk not in behind
    ]


def _checks() -> list[dict[str, Any]]:
    """Some one-stop units of communes that checked this year's brand identity themselves."""
    counters = Unit.objects.in_force().filter(kind=ONE_STOP, parent__kind=COMMUNE).order_by("code")[:CHECKED]
    return [
        {
            "register": "brand-identity",
            "unit": unit.code,
            "state": "own_check",
            "values": {
                "year": "@year:0",
                "checked_on": "@-30",
                "items": FIRST_ITEMS,
                "gaps": "Thiếu màn hình, phiếu theo mẫu (thử nghiệm).",
                "fix_by": "@20",
            },
        }
        for unit in counters
    ]
