"""What a year's figures cost: read from kept cells, counted anew by engines, and moved with each event.

Everything runs on made-up dossiers in a PostgreSQL of the bench's own: units in a three-level tree, months, and a few
procedures that are asked for often among many that are not. History goes to Parquet as ``motcua measures history``
writes it, and for ``--most`` rows it is written straight to Parquet. CPU seconds of the process and of its children;
ratios are taken within the same round, medians of rounds. Equal numbers are shown by equal hashes.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from _events import SMALL_DATABASE, filing_costs, keep_small, settle, switch_cells
from _house import House, own_house
from _made_dossiers import UNITS, write_dossiers, write_units
from _spark import cluster
from django.db import connection, connections

from motcua.base.postgres.place import DATABASE
from motcua.dossiers.models import Dossier
from motcua.indicators import recount
from motcua.indicators.actions.keeping import compare, set_up
from motcua.indicators.history import write_history
from motcua.indicators.kept.declared import kept_models
from motcua.indicators.kept.reading import by_unit_and_month
from motcua.indicators.queries import observe
from motcua.organizations.models import Unit

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)  # 24 months
RATIOS = [f"dossiers.{name}" for name in ("on_time_rate", "online_rate", "digitised_rate", "paid_online_rate")]
RATIOS.append("dossiers.satisfaction_rate")
# In the order of the columns of the query written by hand.
CODES = [
    f"dossiers.{name}"
    for name in (
        "received", "received_online", "digitised", "resolved", "on_time", "late", "with_fee", "paid_online",
        "rated", "satisfied",
    )
]  # fmt: skip
CLIENTS = 8
SMALL = 10_000  # dossiers beside which an event at the full size is held


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--rows", type=int, default=500_000, help="số hồ sơ trong PostgreSQL (đề bài: 5 triệu)")
    parser.add_argument("--most", type=int, default=0, help="số hồ sơ của lịch sử Parquet lớn (đề bài: 50 triệu)")
    parser.add_argument(
        "--spark",
        default="",
        help="“cluster” (một master, hai worker trên máy này), một địa chỉ, hoặc local[2]; bỏ trống là không đo",
    )
    parser.add_argument("--rounds", type=int, default=5, help="số vòng")
    parser.add_argument("--seconds", type=float, default=4.0, help="thời gian mỗi lượt ghi của 8 máy khách")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return read times from cells beside a DuckDB scan, recounts with their hashes, and rates of events."""
    each = kept_models()["dossiers.dossier"]
    with own_house(lasting=False) as house, TemporaryDirectory() as folder, ExitStack() as stack:
        if options.spark == "cluster":
            options.spark = stack.enter_context(cluster())
        house.prepare(dossiers=10)
        units = write_units()
        write_dossiers(units, 1, SMALL)
        set_up(again=True)
        keep_small()
        rows = write_dossiers(units, SMALL + 1, options.rows)
        seconds, _labels = _timed(lambda: set_up(again=True))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE indicators_keptcell")
        history = Path(folder)
        write_history(each, history)
        found: dict[str, Any] = {"rows": rows, "filled_rows_per_second": round(rows / seconds)}
        found |= _reading(each, history, options)
        found["events"] = _events(units, options)
        found["filings"] = _filings(house, {SMALL: SMALL_DATABASE, rows: DATABASE}, options.rounds)
        found["live_seconds"] = _seen_after(units)
        if options.most:
            found["most"] = _most(each, history, options.most)
    found["summary"] = _told(found)
    return found


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    def spent() -> float:
        return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in (0, -1))

    start = spent()
    result = work()
    return spent() - start, result


def _bare(history: Path) -> str:
    """The query that somebody would write by hand for DuckDB, with the same counts."""
    number = [
        "0", "0", "0",
        "state_in", "state_in AND is_on_time", "state_in AND NOT is_on_time", "state_in AND has_fee",
        "state_in AND has_fee AND is_paid_online", "state_in AND is_satisfied IS NOT NULL", "state_in AND is_satisfied",
    ]  # fmt: skip
    decided = ", ".join(f"count(*) FILTER (WHERE {each})" if each != "0" else "0" for each in number)
    day = "CAST(date_trunc('month', {at} + INTERVAL 7 HOUR) AS DATE)"
    bounds = "{at} >= TIMESTAMP '2023-12-31 17:00' AND {at} < TIMESTAMP '2025-12-31 17:00'"
    source = f"read_parquet('{history}/dossiers.dossier-*.parquet')"
    states = "state IN ('decided', 'returned')"
    return f"""
        SELECT unit_id, month, {", ".join(f"sum(c{n})::BIGINT" for n in range(10))} FROM (
          SELECT competent_unit_id AS unit_id, {day.format(at="received_at")} AS month, count(*) AS c0,
            count(*) FILTER (WHERE channel = 'online') AS c1, count(*) FILTER (WHERE is_digitised) AS c2,
            0 AS c3, 0 AS c4, 0 AS c5, 0 AS c6, 0 AS c7, 0 AS c8, 0 AS c9
          FROM {source} WHERE {bounds.format(at="received_at")} GROUP BY 1, 2
          UNION ALL
          SELECT competent_unit_id, {day.format(at="decided_at")}, {decided.replace("state_in", states)}
          FROM {source} WHERE {bounds.format(at="decided_at")} GROUP BY 1, 2)
        GROUP BY 1, 2"""  # noqa: S608


def _reading(each: Any, history: Path, options: argparse.Namespace) -> dict[str, Any]:
    import duckdb

    province, department = Unit.objects.get(code="Z0"), Unit.objects.get(code="Z1")
    leaf = Unit.objects.get(code=f"Z{UNITS}")
    months = (FIRST, LAST.replace(day=1))
    bare_engine = duckdb.connect()
    bare_engine.execute("SET TimeZone = 'UTC'")
    bare = _bare(history)

    by_code = {count.code: count for count in each.counts}
    counts = [by_code[code] for code in CODES]
    own = {key: key for key in Unit.objects.filter(path__startswith=province.path).values_list("pk", flat=True)}

    def from_cells() -> recount.Rows:
        read = by_unit_and_month(each, counts, own, months)
        return sorted((key, month, tuple(numbers)) for key, month, numbers in read)

    def by_engine(engine: str) -> recount.Rows:
        with recount.opened_table(engine, each, history, master=options.spark or "local[2]") as table:
            return recount.counted(recount.expression(table, each, counts, FIRST, LAST))

    def by_hand() -> recount.Rows:
        rows = bare_engine.execute(bare).fetchall()
        return sorted((row[0], row[1], tuple(row[2:])) for row in rows)

    times: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for _round in range(options.rounds):
        for name, work in [
            ("cells, every leaf and month", lambda: list(by_unit_and_month(each, counts, own, months))),
            ("bare DuckDB scan", lambda: bare_engine.execute(bare).fetchall()),
            ("page of the province", lambda: observe(RATIOS, province, FIRST, LAST)),
            ("page of a middle unit", lambda: observe(RATIOS, department, FIRST, LAST)),
            ("page of a leaf", lambda: observe(RATIOS, leaf, FIRST, LAST)),
        ]:
            seconds, _found = _timed(work)
            times.setdefault(name, []).append(seconds)
        for name, work in [("recount on DuckDB", lambda: by_engine(recount.DUCKDB)), ("bare on DuckDB", by_hand)]:
            spent, _found = _cpu(work)
            cpu.setdefault(name, []).append(spent)
    engines = [recount.POSTGRESQL, recount.DUCKDB, *([recount.SPARK] if options.spark else [])]
    rows = {"cells": from_cells(), "bare DuckDB": by_hand()}
    wall = {}
    for engine in engines:
        wall[engine], rows[engine] = _timed(lambda engine=engine: by_engine(engine))
    hashes = {name: recount.hash_of(row for row in found if row[0] in own) for name, found in rows.items()}
    ratios = zip(times["cells, every leaf and month"], times["bare DuckDB scan"], strict=True)
    costs = zip(cpu["recount on DuckDB"], cpu["bare on DuckDB"], strict=True)
    return {
        "cells": compare().cells,
        "milliseconds": {name: round(statistics.median(found) * 1000, 1) for name, found in times.items()},
        "cells_to_scan": round(statistics.median(one / other for one, other in ratios), 3),
        "recount_to_bare_cpu": round(statistics.median(one / other for one, other in costs), 2),
        "recount_seconds": {name: round(seconds, 2) for name, seconds in wall.items()},
        "hashes": hashes,
        "equal": len(set(hashes.values())) == 1,
    }


def _events(units: list[int], options: argparse.Namespace) -> dict[str, Any]:
    """Return events per second at 8 clients with cells and without, and the cost of one event at two sizes."""
    rates: dict[str, list[float]] = {"with": [], "without": []}
    for turn in range(options.rounds):
        for name in ("with", "without") if turn % 2 else ("without", "with"):
            switch_cells(name == "with")
            rates[name].append(_rate(units, options.seconds, turn, name))
    switch_cells(True)
    set_up(again=True)
    ratio = statistics.median(one / other for one, other in zip(rates["with"], rates["without"], strict=True))
    return {
        "clients": CLIENTS,
        "per_second": {name: round(statistics.median(found)) for name, found in rates.items()},
        "ratio": round(ratio, 3),
    }


def _rate(units: list[int], seconds: float, turn: int, name: str) -> float:
    """Let 8 clients decide dossiers, one per transaction, and return how many a second."""
    done = [0] * CLIENTS
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        with connection.cursor() as cursor:
            key = 10_000_000 + 1 + number * 5_000 + turn * 800
            while time.perf_counter() < until:
                cursor.execute(
                    "UPDATE dossiers_dossier SET is_on_time = NOT is_on_time, "
                    "decided_at = decided_at + interval '1 second' WHERE id = %s",
                    [key + done[number] % 5_000],
                )
                done[number] += 1
        connections.close_all()

    threads = [Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - start)


def _filings(house: House, databases: dict[int, str], rounds: int) -> dict[str, Any]:
    """Return CPU milliseconds of a whole event, a dossier filed and received at the counter, by size and cells."""
    settle(databases)
    spent = filing_costs(house, databases, rounds * 2)
    small, large = sorted(spent)
    return {
        "milliseconds": {
            size: {
                name: round(statistics.median(found[on]), 2) for name, on in (("with cells", True), ("without", False))
            }
            for size, found in spent.items()
        },
        "ratio": _ratio(spent[large][False], spent[large][True]),
        "growth": _ratio(spent[large][True], spent[small][True]),
    }


def _ratio(ones: list[float], others: list[float]) -> float:
    return round(statistics.median(one / other for one, other in zip(ones, others, strict=True)), 3)


def _seen_after(units: list[int]) -> float:
    """Return the seconds from an event's commit until the index of its unit shows it."""
    unit = Unit.objects.get(pk=units[0])
    before = observe(RATIOS[:1], unit, FIRST, LAST).total(RATIOS[0]).part
    changed = Dossier.objects.filter(competent_unit=unit, is_on_time=False, decided_at__year=2024).first()
    assert changed is not None
    start = time.perf_counter()
    Dossier.objects.filter(pk=changed.pk).update(is_on_time=True)
    while observe(RATIOS[:1], unit, FIRST, LAST).total(RATIOS[0]).part != before + 1:
        if time.perf_counter() - start > 10:
            raise RuntimeError("the event is not seen")
    return round(time.perf_counter() - start, 3)


_RECOUNT = """
import re, sys
from pathlib import Path
import django
django.setup()
from motcua.indicators import recount
from motcua.indicators.kept.declared import kept_models
from datetime import date
each = kept_models()["dossiers.dossier"]
with recount.opened_table("duckdb", each, Path(sys.argv[1])) as table:
    rows = recount.counted(recount.expression(table, each, each.counts, date(2024, 1, 1), date(2025, 12, 31)))
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print(len(rows), peak, recount.hash_of(rows))
"""


def _most(each: Any, history: Path, rows: int) -> dict[str, Any]:
    """Multiply the history to ``rows`` with DuckDB and recount it in a process of its own; return seconds and MB."""
    import duckdb

    large = history / "large"
    large.mkdir()
    engine = duckdb.connect()
    source = f"read_parquet('{history}/dossiers.dossier-*.parquet')"
    have = engine.execute(f"SELECT count(*) FROM {source}").fetchone()[0]  # noqa: S608
    times = -(-rows // have)
    engine.execute(
        f"COPY (SELECT h.* FROM {source} h, range({times}) LIMIT {rows}) "  # noqa: S608
        f"TO '{large}/{each.rows}-2024.parquet' (FORMAT parquet)"
    )
    engine.close()
    start = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", _RECOUNT, str(large)],
        check=True, capture_output=True, text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.site.settings"},
    )  # fmt: skip
    cells, megabytes, mark = told.stdout.splitlines()[-1].split()  # engines show their progress in front
    return {
        "rows": rows,
        "seconds": round(time.perf_counter() - start, 1),
        "peak_megabytes": int(megabytes),
        "cells": int(cells),
        "hash": mark,
    }


def _told(found: dict[str, Any]) -> list[str]:
    shown = found["milliseconds"]
    lines = [
        f"{found['rows']:,} dossiers, {UNITS} units, 24 months, {found['cells']:,} kept cells",
        f"from cells {shown['cells, every leaf and month']} ms beside a bare DuckDB scan of "
        f"{shown['bare DuckDB scan']} ms: {found['cells_to_scan']} times (0.1 promised)",
        f"pages of five ratios: province {shown['page of the province']} ms, middle unit "
        f"{shown['page of a middle unit']} ms, leaf {shown['page of a leaf']} ms",
        f"recount on DuckDB {found['recount_to_bare_cpu']} times the CPU of the bare query (1.1 promised); seconds "
        f"{found['recount_seconds']}",
        f"hashes {'equal' if found['equal'] else 'DIFFER'}: {found['hashes']}",
        f"a dossier filed and received at the counter: CPU ms by dossiers {found['filings']['milliseconds']}; rate "
        f"{found['filings']['ratio']} times that without cells (0.9 promised); large to small "
        f"{found['filings']['growth']} times (constant promised)",
        f"bare one-row updates at {CLIENTS} clients: {found['events']['per_second']} a second, "
        f"{found['events']['ratio']} times those without cells; seen in the index after {found['live_seconds']} s",
    ]
    if most := found.get("most"):
        lines.append(f"{most['rows']:,} rows recounted in {most['seconds']} s, {most['peak_megabytes']} MB at most")
    return lines
