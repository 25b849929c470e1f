"""History: the columns that measures read, as Parquet by year, for engines beside the database."""

from datetime import UTC, date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from motcua.base.clock import day_bounds
from motcua.indicators.kept.declared import Kept, column
from motcua.indicators.recount import require_analytics

BATCH = 200_000  # rows held at once


def write_history(each: Kept, folder: Path) -> dict[str, int]:
    """Write every dated row of a model to ``folder``, one file per year of its first date; return rows by file.

    Each file is replaced whole or left as it was. Raises Refused where the libraries are not installed.
    """
    require_analytics()
    import pyarrow.parquet as parquet

    folder.mkdir(parents=True, exist_ok=True)
    at = "coalesce({})".format(", ".join(f'"{column(each.model, source.at)}"' for source in each.sources))
    columns = [column(each.model, name) for name in each.fields]
    schema = _schema(each)
    written = {}
    for year in _years(each, at):
        name = f"{each.rows}-{year}.parquet"
        unfinished = folder / f"{name}.unfinished"
        rows = 0
        with parquet.ParquetWriter(unfinished, schema) as writer:
            for batch in _batches(each, columns, at, year):
                writer.write_batch(_record_batch(batch, schema))
                rows += len(batch)
        unfinished.replace(folder / name)
        written[name] = rows
    return written


def _schema(each: Kept) -> Any:
    import pyarrow

    kinds = {
        "BooleanField": pyarrow.bool_(),
        "CharField": pyarrow.string(),
        "ForeignKey": pyarrow.int64(),
        "DateTimeField": pyarrow.timestamp("us"),
    }
    fields = [each.model._meta.get_field(name) for name in each.fields]
    return pyarrow.schema(
        [(column(each.model, field.name), kinds.get(field.get_internal_type(), pyarrow.int64())) for field in fields]
    )


def _record_batch(rows: list[tuple], schema: Any) -> Any:
    import pyarrow

    columns = []
    for position, field in enumerate(schema):
        values: list[Any] = [row[position] for row in rows]
        if pyarrow.types.is_timestamp(field.type):
            values = [value and value.astimezone(UTC).replace(tzinfo=None) for value in values]
        columns.append(pyarrow.array(values, type=field.type))
    return pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def _years(each: Kept, at: str) -> range:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT min({at}), max({at}) FROM "{each.model._meta.db_table}"')  # noqa: S608
        first, last = cursor.fetchone()
    return range(first.year, last.year + 2) if first else range(0)


def _batches(each: Kept, columns: list[str], at: str, year: int) -> Any:
    """Yield rows dated in a year by their first instant, read by a cursor on the server: memory stays small."""
    start, end = day_bounds(date(year, 1, 1), date(year, 12, 31))
    listed = ", ".join(f'"{name}"' for name in columns)
    connection.ensure_connection()
    with transaction.atomic(), connection.connection.cursor(name="history") as cursor:
        cursor.execute(
            f'SELECT {listed} FROM "{each.model._meta.db_table}" WHERE {at} >= %s AND {at} < %s',  # noqa: S608
            [start, end],
        )
        while batch := cursor.fetchmany(BATCH):
            yield batch
