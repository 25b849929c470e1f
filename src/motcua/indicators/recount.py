"""The recount: the declared measures as one Ibis expression, run on PostgreSQL, on DuckDB over history, or on Spark.

What cells keep, this counts anew from rows. Ibis and the engines are the optional extra ``analytics``; history is
Parquet written by ``motcua measures history`` and holds only the columns that measures read, so nobody's name.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import reduce
from importlib.util import find_spec
from operator import and_, or_
from pathlib import Path
from typing import Any

from django.db.models import Q

from motcua.base.clock import VIETNAM, day_bounds
from motcua.base.measures import Count, Source
from motcua.base.refusal import Refused
from motcua.indicators.kept.declared import Kept, column

POSTGRESQL, DUCKDB, SPARK = ENGINES = ("postgresql", "duckdb", "spark")
_LOCAL = timedelta(hours=7)  # Vietnam keeps one offset all year
_COMPARE = {
    "exact": lambda field, value: _is(field, value) if isinstance(value, bool) else field == value,
    "in": lambda field, values: field.isin(list(values)),
    "isnull": lambda field, is_null: field.isnull() if is_null else field.notnull(),
    "gt": lambda field, value: field > value,
    "gte": lambda field, value: field >= value,
    "lt": lambda field, value: field < value,
    "lte": lambda field, value: field <= value,
}
Rows = list[tuple[int, date, tuple[int, ...]]]  # unit's key, first day of the month, counts in the order asked


def require_analytics(engine: str = DUCKDB) -> None:
    """Raise Refused where the extra libraries of an engine are not installed."""
    wanted = {"ibis", "pyspark"} if engine == SPARK else {"ibis"}
    if missing := sorted(name for name in wanted if find_spec(name) is None):
        raise Refused(f"Chưa cài thư viện {', '.join(missing)}: cài Motcua với phần mở rộng “analytics”.")


def expression(table: Any, each: Kept, counts: Sequence[Count], first: date, last: date) -> Any:
    """Return the Ibis expression of ``counts`` by unit and month over days ``first`` to ``last``, both included.

    ``table``: an Ibis table with the model's columns, of whatever engine. Columns of the result: ``unit_id``,
    ``month`` (a date) and ``c0``, ``c1``... in the order of ``counts``. Sessions must be in UTC.

    Raises:
        ValueError: a condition that the recount does not know how to say.
    """
    import ibis

    asked = {count.source for count in counts}
    parts = [_of_source(table, each, source, counts, first, last) for source in each.sources if source in asked]
    keys = [f"c{position}" for position in range(len(counts))]
    together = reduce(lambda one, other: one.union(other), parts)
    return together.group_by(["unit_id", "month"]).aggregate(
        **{key: together[key].sum().cast(ibis.dtype("int64")) for key in keys}
    )


def _of_source(table: Any, each: Kept, source: Source, counts: Sequence[Count], first: date, last: date) -> Any:
    import ibis

    start, end = (_utc(instant) for instant in day_bounds(first, last))
    at = table[column(each.model, source.at)].cast("timestamp")
    own = {f"c{position}": _parts(count.condition) for position, count in enumerate(counts) if count.source == source}
    # What every count asks is asked once of each row; a group in which nobody fulfils it has nothing to count.
    common = [part for part in next(iter(own.values())) if all(part in parts for parts in own.values())]
    rows = table.filter(
        at >= ibis.literal(start), at < ibis.literal(end), *(_part(table, each, part) for part in common)
    )
    local = rows[column(each.model, source.at)].cast("timestamp") + ibis.interval(hours=_LOCAL.seconds // 3600)
    rows = rows.mutate(unit_id=rows[column(each.model, source.unit)].cast("int64"), month=local.truncate("M").date())
    grouped = rows.group_by(["unit_id", "month"]).aggregate(
        **{key: _number(rows, each, [part for part in parts if part not in common]) for key, parts in own.items()}
    )
    keys = [f"c{position}" for position in range(len(counts))]
    nothing = ibis.literal(0).cast("int64")
    return grouped.select("unit_id", "month", **{key: grouped[key] if key in own else nothing for key in keys})


def _number(rows: Any, each: Kept, parts: Sequence[Any]) -> Any:
    """Return how many of a group's rows fulfil all ``parts``.

    Conditions are summed up as 0 and 1: DuckDB does that in less time than counting the rows that a filter leaves, and
    PostgreSQL makes no other integer of a condition than one of 32 bits. A sum over nothing but unknown values is
    unknown, not none.
    """
    if not parts:
        return rows.count().cast("int64")
    fulfilled = reduce(and_, (_part(rows, each, part) for part in parts))
    return fulfilled.cast("int32").sum().fill_null(0).cast("int64")


def _parts(condition: Q) -> list[Any]:
    """Return what must all hold for a condition to hold: comparisons, and conditions of another kind."""
    if condition.negated or condition.connector != Q.AND:
        return [condition]
    return [part for child in condition.children for part in (_parts(child) if isinstance(child, Q) else [child])]


def _condition(rows: Any, each: Kept, condition: Q) -> Any:
    if condition.negated:
        raise ValueError(f"the recount says no negation: {condition}")
    parts = [_part(rows, each, child) for child in condition.children]
    return reduce(and_ if condition.connector == Q.AND else or_, parts) if parts else None


def _part(rows: Any, each: Kept, child: Any) -> Any:
    if isinstance(child, Q):
        return _condition(rows, each, child)
    path, value = child
    name, _separator, lookup = path.partition("__")
    if (lookup or "exact") not in _COMPARE:
        raise ValueError(f"the recount does not know {path}")
    return _COMPARE[lookup or "exact"](rows[column(each.model, name)], value)


def _is(field: Any, value: bool) -> Any:
    return field if value else ~field


def _utc(instant: datetime) -> datetime:
    return (instant.astimezone(VIETNAM) - _LOCAL).replace(tzinfo=None)


def counted(found: Any) -> Rows:
    """Run an expression on its engine and return its rows in order, whatever order the engine answered in."""
    answer = found.to_pyarrow()
    # Column by column: numbers leave Arrow at once, where rows would be made of one value after another.
    numbers = [answer[key].to_numpy().tolist() for key in answer.column_names if key.startswith("c")]
    cells = zip(
        answer["unit_id"].to_numpy().tolist(), answer["month"].to_pylist(), zip(*numbers, strict=True), strict=True
    )
    return sorted(cell for cell in cells if any(cell[2]))


def hash_of(rows: Iterable[tuple[int, date, tuple[int, ...]]]) -> str:
    """Return a short hash of rows, equal where the numbers are equal."""
    text = "\n".join(f"{unit} {month:%Y-%m} {' '.join(map(str, numbers))}" for unit, month, numbers in rows)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def opened_table(engine: str, each: Kept, folder: Path | None = None, *, master: str = "local[2]") -> Iterator[Any]:
    """Open the Ibis table of a model: its own rows on PostgreSQL, or its history in ``folder`` on DuckDB or Spark.

    ``master``: address of the Spark master.

    Raises:
        Refused: the libraries or the history are not there.
    """
    require_analytics(engine)
    if engine == POSTGRESQL:
        with _own_rows(each) as table:
            yield table
        return
    files = [str(file) for file in sorted(folder.glob(f"{each.rows}-*.parquet"))] if folder else []
    if not files:
        raise Refused("Không có lịch sử để đếm: hãy chạy “motcua measures history --to <thư mục>” rồi nêu --history.")
    with _in_duckdb(files) if engine == DUCKDB else _in_spark(files, master) as table:
        yield table


@contextmanager
def _own_rows(each: Kept) -> Iterator[Any]:
    import ibis
    import psycopg
    from django.db import connection

    given = connection.get_connection_params()
    wanted = {key: given[key] for key in ("dbname", "host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(**wanted, options="-c timezone=UTC", autocommit=True) as own:
        yield ibis.postgres.from_connection(own).table(each.model._meta.db_table)


@contextmanager
def _in_duckdb(files: list[str]) -> Iterator[Any]:
    import ibis

    engine = ibis.duckdb.connect()
    try:
        yield engine.read_parquet(files)
    finally:
        engine.disconnect()


@contextmanager
def _in_spark(files: list[str], master: str) -> Iterator[Any]:
    import ibis
    from pyspark.sql import SparkSession

    settings = {"spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false"}
    session = SparkSession.builder.master(master).appName("motcua-recount").config(map=settings).getOrCreate()
    try:
        engine = ibis.pyspark.connect(session)
        session.read.parquet(*files).createOrReplaceTempView("history")
        yield engine.table("history")
    finally:
        session.stop()
