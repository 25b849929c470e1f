"""The SQL that keeps cells: a trigger made from the declared measures, the first fill, the comparison.

Every cell stands twice: by detail, and for the unit's month as a whole (detail 0), so that a page over all units reads
a row per unit and month however many procedures there are. Both are rows of the leaf unit.
"""
# ruff: noqa: S608 - the SQL is made of names and conditions that the modules declare, never of input.

import hashlib
from collections.abc import Sequence
from functools import cache

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q
from psycopg import ClientCursor

from motcua.base.clock import VIETNAM
from motcua.base.measures import Source
from motcua.indicators.kept.declared import Kept, column
from motcua.indicators.models import KeptCell

WHOLE_MONTH = 0  # detail of the row that sums up the details of a unit's month
_CELLS = KeptCell._meta.db_table


def function_of(each: Kept) -> str:
    return f"keep_{each.model._meta.db_table}"


def trigger_statements(each: Kept) -> list[str]:
    """Return the statements that make the trigger of a model; its function carries the digest as its comment."""
    name, table = function_of(each), each.model._meta.db_table
    columns = ", ".join(f'"{column(each.model, field)}"' for field in each.fields)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $keep$\n{_body(each)}\n$keep$",
        f"COMMENT ON FUNCTION {name}() IS '{digest(each)}'",
        f'CREATE OR REPLACE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF {columns} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def fill_statement(each: Kept) -> str:
    """Return the statement that counts every row of the model into cells, of which there must be none yet."""
    listed = ", ".join(_slots(each))
    return (
        f"INSERT INTO {_CELLS} (rows, unit_id, month, detail, {listed}) "
        f"SELECT '{each.rows}', unit_id, month, detail, {listed} FROM ({_totals(each)}) AS counted"
    )


def difference_statement(each: Kept) -> str:
    """Return the statement that yields (unit, month, detail, kept counts..., counted counts...) of unequal cells."""
    slots = _slots(each)
    unequal = " OR ".join(f"coalesce(k.{slot}, 0) <> coalesce(c.{slot}, 0)" for slot in slots)
    numbers = [f"coalesce({side}.{slot}, 0)" for side in "kc" for slot in slots]
    return (
        f"SELECT unit_id, month, detail, {', '.join(numbers)} "
        f"FROM (SELECT * FROM {_CELLS} WHERE rows = '{each.rows}') AS k "
        f"FULL JOIN ({_totals(each)}) AS c USING (unit_id, month, detail) WHERE {unequal} ORDER BY 1, 2, 3"
    )


@cache
def digest(each: Kept) -> str:
    """Return what tells one declaration from another: cells written under another one cannot be read.

    Every reading of cells asks for it, and declarations do not change while a process lives.
    """
    codes = [count.code for count in each.counts]
    return hashlib.sha256("\n".join([_body(each), *codes]).encode()).hexdigest()[:16]


def condition_sql(each: Kept, condition: Q) -> str:
    """Return a condition as SQL over the model's own table name, its values written in."""
    query = each.model._default_manager.filter(_in_order(condition)).query
    try:
        sql, values = query.get_compiler(connection=connection).compile(query.where)
    except FullResultSet:
        return "TRUE"
    except EmptyResultSet:
        return "FALSE"
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, values)


def _in_order(condition: Q) -> Q:
    """Return the condition with the values of each set in order: a set's own order is another one in each process."""
    told = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            told.children.append(_in_order(child))
        elif isinstance(child, tuple) and isinstance(child[1], set | frozenset):
            told.children.append((child[0], sorted(child[1])))
        else:
            told.children.append(child)
    return told


def _slots(each: Kept) -> list[str]:
    return [f"n{slot}" for slot in range(len(each.counts))]


def _month(at: str) -> str:
    return f"date_trunc('month', {at} AT TIME ZONE '{VIETNAM.key}')::date"


def _totals(each: Kept) -> str:
    """Return the select of (unit, month, detail, n0...) over all rows, by detail and for the month as a whole."""
    dated = " UNION ALL ".join(_counted(each, source) for source in each.sources)
    sums = [f"sum({slot})" for slot in _slots(each)]
    named = ", ".join(f"{one}::int AS {slot}" for one, slot in zip(sums, _slots(each), strict=True))
    return (
        f"SELECT unit_id, month, coalesce(detail, {WHOLE_MONTH}) AS detail, {named} FROM ({dated}) AS dated "
        f"GROUP BY GROUPING SETS ((unit_id, month, detail), (unit_id, month)) HAVING {' + '.join(sums)} > 0"
    )


def _counted(each: Kept, source: Source) -> str:
    unit, detail, at = (column(each.model, name) for name in (source.unit, source.detail, source.at))
    numbers = [
        f"count(*) FILTER (WHERE {condition_sql(each, count.condition)})" if count.source == source else "0::bigint"
        for count in each.counts
    ]
    named = ", ".join(f"{number} AS {slot}" for number, slot in zip(numbers, _slots(each), strict=True))
    month = _month(f'"{at}"')
    return (
        f'SELECT "{unit}" AS unit_id, {month} AS month, "{detail}"::bigint AS detail, {named} '
        f'FROM "{each.model._meta.db_table}" WHERE "{at}" IS NOT NULL AND "{unit}" IS NOT NULL '
        f'AND "{detail}" IS NOT NULL GROUP BY 1, 2, 3'
    )


def _body(each: Kept) -> str:
    """Return the trigger's body: for each source, what the old row leaves and what the new row adds.

    A change that stays in its cell is one write of the differences, and none where nothing counted has changed.
    """
    declared = [f"{side}_{name}" for side in ("old", "new") for name in ("unit bigint", "detail bigint", "month date")]
    declared += [f"{side}_{slot} int" for side in ("old", "new") for slot in _slots(each)]
    steps = "\n".join(_step(each, source) for source in each.sources)
    return f"DECLARE {'; '.join(declared)};\nBEGIN\n{steps}\nRETURN NULL;\nEND"


def _step(each: Kept, source: Source) -> str:
    slots = [slot for slot, count in zip(_slots(each), each.counts, strict=True) if count.source == source]
    same = " AND ".join(f"old_{part} = new_{part}" for part in ("unit", "detail", "month"))
    differences = " ".join(f"new_{slot} := new_{slot} - old_{slot};" for slot in slots)
    still = " AND ".join(f"new_{slot} = 0" for slot in slots)
    return f"""old_unit := NULL; new_unit := NULL;
IF TG_OP <> 'INSERT' THEN
{_told(each, source, slots, "old")}
END IF;
IF TG_OP <> 'DELETE' THEN
{_told(each, source, slots, "new")}
END IF;
IF {same} THEN
old_unit := NULL; {differences}
IF {still} THEN new_unit := NULL; END IF;
END IF;
IF old_unit IS NOT NULL THEN
{_move("old", each, slots, "-")}
END IF;
IF new_unit IS NOT NULL THEN
{_move("new", each, slots, "")}
END IF;"""


def _told(each: Kept, source: Source, slots: Sequence[str], side: str) -> str:
    """Return the lines that work out where a row is counted and in which counts."""
    row = side.upper()
    unit, detail, at = (f'{row}."{column(each.model, name)}"' for name in (source.unit, source.detail, source.at))
    own = f'"{each.model._meta.db_table}".'
    conditions = {slot: condition_sql(each, each.counts[int(slot[1:])].condition) for slot in slots}
    numbers = " ".join(
        f"{side}_{slot} := (({condition.replace(own, f'{row}.')}) IS TRUE)::int;"
        for slot, condition in conditions.items()
    )
    return (
        f"IF {at} IS NOT NULL AND {detail} IS NOT NULL THEN\n"
        f"{side}_unit := {unit}; {side}_detail := {detail}; {side}_month := {_month(at)}; {numbers}\nEND IF;"
    )


def _move(side: str, each: Kept, slots: Sequence[str], sign: str) -> str:
    numbers = ", ".join(f"{sign}{side}_{slot}" for slot in slots)
    places = ", ".join(
        f"('{each.rows}', {side}_unit, {side}_month, {detail}, {numbers})" for detail in (f"{side}_detail", WHOLE_MONTH)
    )
    added = ", ".join(f"{slot} = k.{slot} + excluded.{slot}" for slot in slots)
    return (
        f"INSERT INTO {_CELLS} AS k (rows, unit_id, month, detail, {', '.join(slots)}) VALUES {places} "
        f"ON CONFLICT (rows, unit_id, month, detail) DO UPDATE SET {added};"
    )
