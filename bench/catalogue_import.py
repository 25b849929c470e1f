"""The import of the whole national catalogue beside bare COPY of the same rows, and the memory it takes.

Both write into a test database of their own, dropped afterwards. The import reads the packed JSON lines, checks every
cell, splits fees and papers and writes procedures, versions, channels, components and results with their indexes; COPY
gets the finished rows of these five tables as text and writes them into tables without index or constraint. CPU is that
of this process and of the database's process together, in hundredths of a second. Rounds take turns; medians.
"""

import resource
import statistics
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import Any

import psutil
from django.db import connection

from motcua.procedures.actions.catalogue import NATIONAL_CATALOGUE, import_catalogue
from motcua.procedures.models import Component, FilingChannel, Procedure, ProcedureResult, ProcedureVersion

NEEDS_DATABASE = True
ROUNDS = 3
SINCE = date(2025, 7, 1)
MODELS = (Procedure, ProcedureVersion, FilingChannel, Component, ProcedureResult)


def run(_options: Namespace) -> dict[str, Any]:
    """Return rows per CPU second of both, their ratio, peak memory; ``summary`` lines."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _measured()
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _measured() -> dict[str, Any]:
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    imports, copies = [], []
    for _round in range(ROUNDS):
        _empty()
        imports.append(_cpu(_import))
        pieces = {model._meta.db_table: _copied_out(model._meta.db_table) for model in MODELS}
        for table in pieces:
            _sql(f"CREATE TEMP TABLE bare_{table} (LIKE {table})")
        copies.append(_cpu(lambda pieces=pieces: [_copied_in(f"bare_{name}", text) for name, text in pieces.items()]))
        for table in pieces:
            _sql(f"DROP TABLE bare_{table}")
    rows = sum(model.objects.count() for model in MODELS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own, bare = statistics.median(imports), statistics.median(copies)
    return {
        "procedures": Procedure.objects.count(),
        "rows": rows,
        "import_cpu_s": round(own, 2),
        "copy_cpu_s": round(bare, 2),
        "rows_per_cpu_s": round(rows / own),
        "copy_rows_per_cpu_s": round(rows / bare),
        "share_of_copy": round(bare / own, 3),
        "memory_mb": round(peak / 1024),
        "memory_before_mb": round(idle / 1024),
        "summary": [
            f"{rows} rows of {Procedure.objects.count()} procedures: {rows / own:,.0f} rows per CPU second; "
            f"bare COPY of the finished rows {rows / bare:,.0f} ({own / bare:.1f} times)",
            f"peak memory {peak / 1024:.0f} MB, {idle / 1024:.0f} MB before",
        ],
    }


def _import() -> None:
    import_catalogue(path=NATIONAL_CATALOGUE, actor="", valid_from=SINCE, progress=lambda *_told: None)


def _empty() -> None:
    tables = ", ".join(model._meta.db_table for model in MODELS)
    _sql(f"TRUNCATE {tables} CASCADE")


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _copied_out(table: str) -> list[bytes]:
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return [bytes(piece) for piece in copy]


def _copied_in(table: str, pieces: list[bytes]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for piece in pieces:
            copy.write(piece)


def _cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that ``work`` takes here and in the database's process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0])

    def spent() -> float:
        times = database.cpu_times()
        return time.process_time() + times.user + times.system

    start = spent()
    work()
    return spent() - start
