"""Search over the national catalogue: CPU per query beside a plain ILIKE scan, and how often a title is found again.

Titles are drawn by seed and typed without diacritics, then with one typo (a letter left out, put in, replaced, or two
swapped). The scan runs over the same titles in a temporary table of the same database, once as they are and once
folded, because ILIKE on titles as they are finds nothing that is typed without diacritics. CPU is that of this process
and of the database's own process together. The database's share is counted by the system in hundredths of a second.
"""

import gzip
import json
import statistics
import time
import tracemalloc
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import psutil
from django.db import connection

from motcua.base.text import fold, squash
from motcua.procedures.actions.catalogue import NATIONAL_CATALOGUE
from motcua.procedures.rules.search import CatalogueIndex, Entry

NEEDS_DATABASE = True
SEED = 20260213
TITLES, ROUNDS, FIRST = 300, 5, 5
LARGE = 12_000  # procedures: a catalogue with the provinces' own
LETTERS = "abcdeghiklmnopqrstuvxy"


def run(options: Namespace | Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return CPU milliseconds per query (median of five rounds), recall@5 and memory; ``summary`` is lines."""
    entries = _entries()
    memory = _memory_of(entries)
    started = time.process_time()
    index = CatalogueIndex(entries)
    built = time.process_time() - started
    dice = Random(SEED)
    titles = dice.sample(entries, TITLES)
    bare = [fold(entry.name) for entry in titles]
    typed = [_with_typo(title, dice) for title in bare]
    _fill_table(entries)
    # Two scans, so that nobody thinks the fold alone would do.
    scans = {name: _scan(column) for name, column in (("ilike", "name"), ("ilike_folded", "folded"))}
    searches: dict[str, Callable[[str], Sequence[str]]] = {"search": lambda query: _codes(index, query), **scans}
    figures: dict[str, Any] = {
        "procedures": len(entries),
        "titles": TITLES,
        "seed": SEED,
        "index_build_cpu_s": round(built, 3),
        "index_memory_mb": round(memory / 2**20, 1),
        "cpu_ms": {name: _cost(search, bare) for name, search in searches.items()},
        "cpu_ms_typo": {name: _cost(search, typed) for name, search in searches.items()},
        "recall_at_5": {name: _recall(search, titles, bare) for name, search in searches.items()},
        "recall_at_5_typo": {name: _recall(search, titles, typed) for name, search in searches.items()},
        "p95_cpu_ms": _p95(index, typed),
        "p95_cpu_ms_at_12000": _p95(CatalogueIndex(_many(entries)), typed),
    }
    figures["summary"] = _summary(figures)
    return figures


def _entries() -> list[Entry]:
    with gzip.open(NATIONAL_CATALOGUE, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Entry(
            number, row["code"], squash(row["name"]), row["field"], tuple(row["levels"]), row["issuing_agency"],
            tuple(row["executing_agencies"]), "unknown", False,
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


def _memory_of(entries: Sequence[Entry]) -> int:
    """Return the bytes that an index keeps, beside the entries themselves."""
    tracemalloc.start()
    index = CatalogueIndex(entries)
    kept, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept if index.entries else 0


def _many(entries: Sequence[Entry]) -> list[Entry]:
    """Return as many procedures as a large catalogue has: the real ones again, each copy told apart by its ending."""
    return [
        replace(entries[number % len(entries)], code=f"{number:08}",
                name=f"{entries[number % len(entries)].name} {number // len(entries)}")
        for number in range(LARGE)
    ]  # fmt: skip


def _with_typo(title: str, dice: Random) -> str:
    place = dice.randrange(1, len(title) - 1)
    before, letter, after = title[:place], title[place], title[place + 1 :]
    return dice.choice(
        [
            before + after,
            before + dice.choice(LETTERS) + letter + after,
            before + dice.choice(LETTERS) + after,
            before + after[0] + letter + after[1:],
        ]
    )


def _codes(index: CatalogueIndex, query: str) -> list[str]:
    return [hit.entry.code for hit in index.search(query)[:FIRST]]


def _fill_table(entries: Sequence[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_title (code text, name text, folded text)")
        cursor.executemany(
            "INSERT INTO bench_title VALUES (%s, %s, %s)",
            [(entry.code, entry.name, fold(entry.name)) for entry in entries],
        )
        cursor.execute("ANALYZE bench_title")


def _scan(column: str) -> Callable[[str], list[str]]:
    statement = f"SELECT code FROM bench_title WHERE {column} ILIKE %s LIMIT {FIRST}"

    def scan(query: str) -> list[str]:
        pattern = query.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        with connection.cursor() as cursor:
            cursor.execute(statement, [f"%{pattern}%"])
            return [code for (code,) in cursor.fetchall()]

    return scan


def _cost(search: Callable[[str], Sequence[str]], queries: Sequence[str]) -> float:
    """Return CPU milliseconds per query: the median of the rounds."""
    rounds = []
    for _round in range(ROUNDS):
        started = time.process_time() + _database_seconds()
        for query in queries:
            search(query)
        rounds.append((time.process_time() + _database_seconds() - started) / len(queries) * 1000)
    return round(statistics.median(rounds), 2)


def _database_seconds() -> float:
    """Return the CPU seconds of the database's process for us; 0 where it runs on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    try:
        process = psutil.Process(number)
        if "postgres" not in process.name():
            return 0.0
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _recall(search: Callable[[str], Sequence[str]], titles: Sequence[Entry], queries: Sequence[str]) -> float:
    """Return the share of titles among the first five. Some procedures bear the very same title: each will do."""
    bearers: dict[str, set[str]] = {}
    for entry in _entries():
        bearers.setdefault(fold(entry.name), set()).add(entry.code)
    found = [
        not bearers[fold(entry.name)].isdisjoint(search(query)) for entry, query in zip(titles, queries, strict=True)
    ]
    return round(sum(found) / len(found), 4)


def _p95(index: CatalogueIndex, queries: Sequence[str]) -> float:
    """Return the CPU milliseconds under which 95 of 100 queries stay; each query counts with its median of five."""
    costs = []
    for query in queries:
        rounds = []
        for _round in range(ROUNDS):
            started = time.process_time()
            index.search(query)
            rounds.append(time.process_time() - started)
        costs.append(statistics.median(rounds))
    return round(sorted(costs)[int(0.95 * len(costs))] * 1000, 2)


def _summary(figures: Mapping[str, Any]) -> list[str]:
    cpu, recall = figures["cpu_ms"], figures["recall_at_5"]
    cpu_typo, recall_typo = figures["cpu_ms_typo"], figures["recall_at_5_typo"]
    return [
        f"Tìm trong {figures['procedures']} thủ tục, {figures['titles']} tên gõ không dấu (seed {figures['seed']}):",
        *(
            f"  {name:<13} {cpu[name]:6.2f} ms CPU/câu, đúng trong 5 đầu {recall[name]:.1%}; "
            f"thêm một lỗi gõ: {cpu_typo[name]:6.2f} ms, {recall_typo[name]:.1%}"
            for name in cpu
        ),
        f"  p95 {figures['p95_cpu_ms']} ms CPU; với 12.000 thủ tục {figures['p95_cpu_ms_at_12000']} ms",
        f"  dựng chỉ mục {figures['index_build_cpu_s']} s CPU, {figures['index_memory_mb']} MB",
    ]
