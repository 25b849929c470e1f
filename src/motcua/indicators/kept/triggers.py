"""The SQL that keeps cells: triggers made from the declared measures, the first fill, the comparison.

Triggers fire once per statement and see all its rows, so a bulk load writes each cell once; cells are written in key
order, so two statements never wait for each other in a ring.
"""
# ruff: noqa: S608 - the SQL is made of names and conditions that the modules declare, never of input.

import hashlib

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q
from psycopg import ClientCursor

from motcua.base.clock import VIETNAM
from motcua.base.measures import Count, Source
from motcua.indicators.kept.declared import Kept, column
from motcua.indicators.models import KeptCell

_CELLS = KeptCell._meta.db_table
_EVENTS = {
    "insert": ("REFERENCING NEW TABLE AS fresh", (("1", "fresh"),)),
    "update": ("REFERENCING OLD TABLE AS gone NEW TABLE AS fresh", (("1", "fresh"), ("-1", "gone"))),
    "delete": ("REFERENCING OLD TABLE AS gone", (("-1", "gone"),)),
}


def function_of(each: Kept, event: str) -> str:
    return f"keep_{each.model._meta.db_table}_{event}"


def trigger_statements(each: Kept) -> list[str]:
    """Return the statements that make the triggers of one model; each function carries the digest as its comment."""
    table, mark = each.model._meta.db_table, digest(each)
    statements = []
    for event, (referencing, parts) in _EVENTS.items():
        name = function_of(each, event)
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $keep$\n"
            f"BEGIN\n{_upsert(each, _rows(each, parts))};\nRETURN NULL;\nEND $keep$",
            f"COMMENT ON FUNCTION {name}() IS '{mark}'",
            f'CREATE OR REPLACE TRIGGER {name} AFTER {event.upper()} ON "{table}" {referencing} '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ]
    return statements


def fill_statement(each: Kept) -> str:
    """Return the statement that counts every row of the model into cells, of which there must be none yet."""
    return _upsert(each, _rows(each, (("1", f'"{each.model._meta.db_table}"'),)))


def difference_statement(each: Kept) -> str:
    """Return the statement that yields (unit, month, detail, kept counts..., counted counts...) of unequal cells."""
    slots = [f"n{position}" for position in range(len(each.counts))]
    counted = _totals(each, _rows(each, (("1", f'"{each.model._meta.db_table}"'),)))
    unequal = " OR ".join(f"coalesce(k.{slot}, 0) <> coalesce(c.{slot}, 0)" for slot in slots)
    return (
        "SELECT coalesce(k.unit_id, c.unit_id), coalesce(k.month, c.month), coalesce(k.detail, c.detail), "
        + ", ".join(f"coalesce(k.{slot}, 0)" for slot in slots)
        + ", "
        + ", ".join(f"coalesce(c.{slot}, 0)" for slot in slots)
        + f" FROM (SELECT * FROM {_CELLS} WHERE rows = '{each.rows}') AS k"
        + f" FULL JOIN ({counted}) AS c USING (unit_id, month, detail) WHERE {unequal} ORDER BY 1, 2, 3"
    )


def digest(each: Kept) -> str:
    """Return what tells one declaration from another: cells written under another one cannot be read."""
    parts = [_upsert(each, _rows(each, parts)) for _referencing, parts in _EVENTS.values()]
    codes = [count.code for count in each.counts]
    return hashlib.sha256("\n".join([*parts, *codes]).encode()).hexdigest()[:16]


def condition_sql(each: Kept, condition: Q) -> str:
    """Return a condition as SQL over the model's own table name, its values written in."""
    query = each.model._default_manager.filter(condition).query
    try:
        sql, values = query.get_compiler(connection=connection).compile(query.where)
    except FullResultSet:
        return "TRUE"
    except EmptyResultSet:
        return "FALSE"
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, values)


def _rows(each: Kept, parts: tuple[tuple[str, str], ...]) -> str:
    columns = ", ".join(f'"{column(each.model, name)}"' for name in each.fields)
    return " UNION ALL ".join(f"SELECT {sign} AS sign, {columns} FROM {source}" for sign, source in parts)


def _totals(each: Kept, rows: str) -> str:
    """Return the select of (unit, month, detail, n0...) over signed rows, without cells in which nothing moved."""
    slots = [f"n{position}" for position in range(len(each.counts))]
    dated = " UNION ALL ".join(_of_source(each, source, rows) for source in each.sources)
    sums = ", ".join(f"sum({slot})::int AS {slot}" for slot in slots)
    moved = " OR ".join(f"sum({slot}) <> 0" for slot in slots)
    return f"SELECT unit_id, month, detail, {sums} FROM ({dated}) AS dated GROUP BY 1, 2, 3 HAVING {moved}"


def _of_source(each: Kept, source: Source, rows: str) -> str:
    unit, detail, at = (column(each.model, name) for name in (source.unit, source.detail, source.at))
    numbers = ", ".join(_number(each, source, count, slot) for slot, count in enumerate(each.counts))
    return (
        f"SELECT \"{unit}\" AS unit_id, date_trunc('month', \"{at}\" AT TIME ZONE '{VIETNAM.key}')::date AS month, "
        f'"{detail}"::bigint AS detail, {numbers} FROM ({rows}) AS "{each.model._meta.db_table}" '
        f'WHERE "{at}" IS NOT NULL AND "{unit}" IS NOT NULL AND "{detail}" IS NOT NULL GROUP BY 1, 2, 3'
    )


def _number(each: Kept, source: Source, count: Count, slot: int) -> str:
    if count.source != source:
        return f"0::bigint AS n{slot}"
    return f"coalesce(sum(sign) FILTER (WHERE {condition_sql(each, count.condition)}), 0) AS n{slot}"


def _upsert(each: Kept, rows: str) -> str:
    slots = [f"n{position}" for position in range(len(each.counts))]
    listed = ", ".join(slots)
    added = ", ".join(f"{slot} = k.{slot} + excluded.{slot}" for slot in slots)
    return (
        f"INSERT INTO {_CELLS} AS k (rows, unit_id, month, detail, {listed}) "
        f"SELECT '{each.rows}', unit_id, month, detail, {listed} FROM ({_totals(each, rows)}) AS moved "
        f"ORDER BY unit_id, month, detail ON CONFLICT (rows, unit_id, month, detail) DO UPDATE SET {added}"
    )
