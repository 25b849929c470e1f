"""A province's year: 420,000 dossiers through their whole life, and what an event costs before and after it.

The year is what ``motcua simulate`` writes: every dossier with its papers, steps, pauses, facts and result, those of
the last weeks still under way. Events are real ones through the actions: filed and received at the counter, and a whole
life from there to the returned result; at ten thousand dossiers, kept aside, and at the end of the year in turns, with
the kept cells that figures are read from and without.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

from _events import SMALL_DATABASE, cpu_ms, enter, filer, filing_costs, keep_small, settle
from _house import House, own_house
from django.db import connection

from motcua.base.clock import today
from motcua.base.postgres.place import DATABASE
from motcua.dossiers.access.dossier import allowed
from motcua.dossiers.actions import handling, payment, returning
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import RETURNED
from motcua.organizations.models import Account
from motcua.workflow.models import Run

YEAR, SMALL = 420_000, 10_000
LIVES, ROUNDS = 25, 6
MOST_MOVES = 20  # of one life; more would be a ring
CELLS_RATIO = 1.1  # an event with cells costs at most so many times one without: what was promised
GROWTH_RATIO = 1.1  # and at the end of the year so many times what it costs at the first measuring: "constant"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--dossiers", type=int, default=YEAR, help="số hồ sơ của năm")
    parser.add_argument("--small", type=int, default=SMALL, help="số hồ sơ ở lần đo đầu")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return the rate of the year, its bytes by table and index, and the cost of events before and after."""
    with own_house(lasting=False) as house:
        house.prepare()
        empty = _database_bytes()
        parts = [_simulate(house, options.small, seed=766)]
        keep_small()
        parts.append(_simulate(house, options.dossiers - options.small, seed=767))
        grown, sizes = _database_bytes() - empty, _sizes()
        events = _events(house, {options.small: SMALL_DATABASE, options.dossiers: DATABASE})
    dossiers = sum(part["dossiers"] for part in parts)
    figures: dict[str, Any] = {
        "dossiers": dossiers,
        "dossiers_per_second": round(dossiers / sum(part["seconds"] for part in parts), 1),
        "cpu_ms_per_dossier": round(sum(part["cpu"] for part in parts) * 1000 / dossiers, 2),
        "bytes": grown,
        "bytes_per_dossier": round(grown / dossiers),
        "sizes": sizes,
        **events,
    }
    figures["met"] = all(found["cells_ratio"] <= CELLS_RATIO for found in figures["events"].values()) and all(
        ratio <= GROWTH_RATIO for ratio in figures["growth"].values()
    )
    figures["summary"] = _told(figures)
    return figures


def _simulate(house: House, dossiers: int, *, seed: int) -> dict[str, float]:
    """Run the command as an operator does."""
    words = [sys.executable, "-m", "motcua.site.cli", "simulate", "--json", "--seed", str(seed)]
    words += ["--dossiers", str(dossiers), "--year", str(today().year)]
    database, began = house.database_cpu(), time.monotonic()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    said = json.loads(done.stdout)
    spent = said["cpu_seconds"] + house.database_cpu() - database
    return {"dossiers": said["dossiers"], "seconds": time.monotonic() - began, "cpu": spent}


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _sizes() -> dict[str, dict[str, int]]:
    """Return the bytes of the largest tables and of their indices."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "ORDER BY pg_total_relation_size(oid) DESC LIMIT 10"
        )
        tables = {name: {"table": table, "indices": indices} for name, table, indices in cursor.fetchall()}
        cursor.execute(
            "SELECT relname, pg_relation_size(oid) FROM pg_class "
            "WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 15"
        )
        return tables | {"largest_indices": dict(cursor.fetchall())}


def _events(house: House, databases: Mapping[int, str]) -> dict[str, Any]:
    """Return CPU milliseconds of a filing with cells and without and of a whole life by size, and large to small."""
    settle(databases)
    filings = filing_costs(house, databases, ROUNDS)
    file = filer()

    def live() -> None:
        code = file().code
        for _move in range(MOST_MOVES):
            dossier = Dossier.objects.get(code=code)
            if dossier.state == RETURNED:
                return
            _move_on(code)
        raise RuntimeError(f"{code} goes round in a ring")

    lives: dict[int, list[float]] = {size: [] for size in databases}
    for turn in range(ROUNDS):
        for size, database in sorted(databases.items(), reverse=bool(turn % 2)):
            enter(database)
            lives[size].append(cpu_ms(house, live, LIVES))
    small, large = sorted(databases)
    return {
        "events": {
            size: {
                "filing_ms": round(statistics.median(found[True]), 2),
                "filing_without_cells_ms": round(statistics.median(found[False]), 2),
                "cells_ratio": _ratio(found[True], found[False]),
                "life_ms": round(statistics.median(lives[size]), 2),
            }
            for size, found in filings.items()
        },
        "growth": {
            "filing": _ratio(filings[large][True], filings[small][True]),
            "life": _ratio(lives[large], lives[small]),
        },
    }


def _ratio(ones: list[float], others: list[float]) -> float:
    return round(statistics.median(one / other for one, other in zip(ones, others, strict=True)), 3)


def _move_on(code: str) -> None:
    """Let whoever holds the step do what leads towards the result."""
    dossier = Dossier.objects.select_related("competent_unit", "receiving_unit").get(code=code)
    run = Run.objects.select_related("unit", "competent_unit__one_stop").get(subject=code, branch=0)
    for account in Account.objects.filter(posts__unit=run.unit, posts__role=run.role).distinct()[:5]:
        may = allowed(account, dossier, run)
        if {"forward", "propose", "approve", "return"} & set(may):
            _act(code, may, account)
            return
    raise RuntimeError(f"nobody may move {code} on from {run.step_name}")


def _act(code: str, may: list[str], account: Account) -> None:
    if "take_payment" in may and Dossier.objects.get(code=code).has_fee:
        payment.take_payment(code, method="cash", reference="", actor=account)
    if "forward" in may:
        handling.forward(code, actor=account)
    elif "propose" in may:
        handling.propose(code, actor=account, result_text="Đồng ý cấp")
    elif "approve" in may:
        handling.approve(code, actor=account)
    else:
        returning.return_result(code, method="in_person", actor=account)


def _told(figures: dict[str, Any]) -> list[str]:
    dossiers, sizes = figures["dossiers"], dict(figures["sizes"])
    indices = sizes.pop("largest_indices")
    lines = [
        f"{dossiers:,} dossiers: {figures['dossiers_per_second']:.0f} a second, "
        f"{figures['cpu_ms_per_dossier']:.2f} ms of CPU each; {figures['bytes'] / 2**20:,.0f} MB, "
        f"{figures['bytes_per_dossier']:,} bytes each, indices and facts included",
    ]
    for name, size in sizes.items():
        table, index = size["table"] / 2**20, size["indices"] / 2**20
        lines.append(f"  {name:32} {table:7.1f} MB, its indices {index:7.1f} MB")
    lines += [f"  index {name:42} {size / 2**20:7.1f} MB" for name, size in indices.items()]
    for count, found in figures["events"].items():
        lines.append(
            f"at {count:,}: a filing {found['filing_ms']:.2f} ms of CPU, without kept cells "
            f"{found['filing_without_cells_ms']:.2f} ({found['cells_ratio']:.2f} times), a whole life "
            f"{found['life_ms']:.1f} ms"
        )
    growth = figures["growth"]
    lines.append(
        f"large to small: a filing {growth['filing']:.2f} times, a life {growth['life']:.2f} (constant promised)"
    )
    return lines
