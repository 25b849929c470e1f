"""Statements whose SQL is built once and then only bound: for the few that every filing and every step sends.

Django builds the SQL of a query set anew each time, which costs the process several times what the database spends on
it. Here a query set or an insertion is built at its first use and kept; rows come back as the same model instances.
It serves actions on the hot path alone: everything else stays plain ORM, which reads better.
"""

import inspect
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.expressions import Value
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError
from psycopg.types.json import Jsonb

Row = TypeVar("Row", bound=models.Model)
Convert = Callable[[Any], Any]


class _Bound(Value):
    """A place in the SQL whose value is given at each call, by name."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Question(Generic[Row]):
    """A query set with named places, built once: ``Question(lambda code: Dossier.objects.filter(code=code))``.

    The places may stand wherever a lookup takes an expression: ``exact``, ``gt``, ``lte`` and their like. Columns,
    ``select_related``, ``only`` and ``select_for_update`` work as in the query set.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[Row]]) -> None:
        self._ask = ask
        self._built: _Built | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows for ``values``, in one statement.

        Raises:
            TransactionManagementError: rows are to be locked, and there is no transaction to hold the locks.
        """
        built = self._built = self._built or _Built(self._ask)
        if built.locks and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked inside a transaction")
        with connection.cursor() as cursor:
            cursor.execute(
                built.sql, [values[each.value] if isinstance(each, _Bound) else each for each in built.params]
            )
            return built.instances(cursor.fetchall())

    def first(self, **values: Any) -> Row | None:
        """Return the first row for ``values``, None if there is none. (The query set limits itself, if it must.)"""
        rows = self(**values)
        return rows[0] if rows else None


class _Built:
    """SQL, parameters, and what makes instances of rows: what ``ModelIterable`` would work out at every call."""

    def __init__(self, ask: Callable[..., models.QuerySet[Any]]) -> None:
        queryset = ask(**{name: _Bound(name) for name in inspect.signature(ask).parameters})
        self.locks = queryset.query.select_for_update
        self.compiler = compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self.params = compiler.as_sql()
        selected: Any = compiler.select
        self.converters = compiler.get_converters([each[0] for each in selected])
        klass_info: Any = compiler.klass_info
        columns = klass_info["select_fields"]
        self.own = slice(columns[0], columns[-1] + 1)
        self.names = [each[0].target.attname for each in selected[self.own]]
        self.model: type[models.Model] = klass_info["model"]
        self.related = get_related_populators(klass_info, selected, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of 6.0

    def instances(self, rows: Sequence[Any]) -> list[Any]:
        made = []
        for row in self.compiler.apply_converters(rows, self.converters) if self.converters else rows:
            one = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
            for populator in self.related:
                populator.populate(row, one)
            made.append(one)
        return made


def insert(row: models.Model, *, below: Sequence[models.Model] = (), by: str = "") -> None:
    """Insert ``row`` as ``row.save(force_insert=True)`` does, and the rows ``below`` it in the same statement.

    ``by`` names the foreign key with which those point to it; all of them are of one model.
    """
    kind = type(row)
    if not below:
        ((row.pk,),) = _answers(_insert_sql(kind), _values(row, _columns(kind)))
    else:
        values = [*_values(row, _columns(kind)), _as_json(below, _columns(type(below[0]), by))]
        for each, (number, above) in zip(
            below, _answers(_insert_below_sql(kind, type(below[0]), by), values), strict=True
        ):
            each.pk, row.pk = number, above
            setattr(each, by, row)
    for each in (row, *below):
        each._state.adding, each._state.db = False, DEFAULT_DB_ALIAS


def change(row: models.Model, *names: str) -> None:
    """Update the fields ``names`` of ``row`` as ``row.save(update_fields=names)`` does."""
    sql, columns = _update_sql(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_values(row, columns), row.pk])


@lru_cache(maxsize=64)
def _columns(kind: type[models.Model], without: str = "") -> tuple[tuple[models.Field, Convert | None], ...]:
    """Return the columns that are written, each with what makes its value fit; None where the value fits as it is."""
    fields = [field for field in kind._meta.concrete_fields if not field.generated and field.name != without]
    return tuple((field, _fitting(field)) for field in fields if not isinstance(field, models.AutoField))


def _fitting(field: models.Field) -> Convert | None:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself when it is saved; an action sets what is inserted here")
    plain = (models.CharField, models.TextField, models.BooleanField, models.DateTimeField, models.DateField,
             models.UUIDField)  # fmt: skip
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.IntegerField):
        # By the column's width: PostgreSQL would plan anew for each width of number.
        kind = target.get_internal_type().replace("AutoField", "IntegerField")
        return lambda value: connection.ops.adapt_integerfield_value(value, kind)
    if isinstance(target, plain):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _values(row: models.Model, columns: Sequence[tuple[models.Field, Convert | None]]) -> list[Any]:
    return [fit(getattr(row, field.attname)) if fit else getattr(row, field.attname) for field, fit in columns]


def _as_json(rows: Sequence[models.Model], columns: Sequence[tuple[models.Field, Convert | None]]) -> Jsonb:
    """Return the rows as one value: however many there are, and whatever is null in them, the statement is the same.

    As values of their own, each number of rows and each pattern of nulls would be planned by itself.
    """
    return Jsonb([{field.column: getattr(row, field.attname) for field, _fit in columns} for row in rows], _dumped)


def _dumped(rows: Any) -> str:
    return json.dumps(rows, ensure_ascii=False, default=_in_words)


def _in_words(value: Any) -> str:
    if isinstance(value, (date, UUID, Decimal)):  # a datetime is a date
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a row below")


def _names(columns: Sequence[tuple[models.Field, Convert | None]], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{field.column}"' for field, _fit in columns)


@lru_cache(maxsize=64)
def _insert_sql(kind: type[models.Model]) -> str:
    columns = _columns(kind)
    places = ", ".join(["%s"] * len(columns))
    into = f'INSERT INTO "{kind._meta.db_table}" ({_names(columns)})'
    return f'{into} VALUES ({places}) RETURNING "id"'


@lru_cache(maxsize=64)
def _insert_below_sql(kind: type[models.Model], below: type[models.Model], by: str) -> str:
    field: Any = below._meta.get_field(by)
    link = field.column
    columns = _columns(below, by)
    typed = ", ".join(f'"{each.column}" {each.db_type(connection)}' for each, _fit in columns)
    into = f'INSERT INTO "{below._meta.db_table}" ("{link}", {_names(columns)})'
    rows = f'SELECT above."id", {_names(columns, "one.")} FROM above, jsonb_to_recordset(%s) AS one ({typed})'  # noqa: S608 - our own columns
    return f'WITH above AS ({_insert_sql(kind)}) {into} {rows} RETURNING "id", "{link}"'


@lru_cache(maxsize=256)
def _update_sql(kind: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    columns = [each for each in _columns(kind) if each[0].name in names]
    if len(columns) != len(names):
        raise ValueError(f"{kind.__name__} has not all of the fields {', '.join(names)}")
    places = ", ".join(f'"{field.column}" = %s' for field, _fit in columns)
    return f'UPDATE "{kind._meta.db_table}" SET {places} WHERE "id" = %s', columns  # noqa: S608 - our own columns


def _answers(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
