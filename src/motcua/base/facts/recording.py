"""Writing facts. Only actions call this, inside their transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from motcua.base.clock import now
from motcua.base.facts.events import Event

# The fact and its delivery job in one statement: neither can be committed without the other.
_RECORD = """
WITH written AS (
    INSERT INTO base_fact (at, actor, verb, subject, unit, data)
    {rows}
    RETURNING id, subject
)
INSERT INTO base_delivery (fact_id, subject, attempts, next_try_at)
SELECT id, subject, 0, now() FROM written
"""
_MANY = _RECORD.format(
    rows="SELECT * FROM unnest(%s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[])"
)
# What an action records is one fact or two: binding plain values costs half of what arrays do.
_FEW = [_RECORD.format(rows="VALUES " + ", ".join(["(%s, %s, %s, %s, %s, %s)"] * count)) for count in range(4)]


@dataclass(frozen=True)
class NewFact:
    """A fact about to be written; ``actor`` and ``unit`` are public codes, ``""`` where there is none."""

    event: Event
    subject: str
    actor: str
    unit: str
    data: dict[str, Any]
    at: datetime


def record(event: Event, *, subject: str, actor: str, unit: str = "", at: datetime | None = None, **data: Any) -> None:
    """Write that ``event`` happened to ``subject``, and its delivery job, in the transaction of the caller.

    Raises:
        ValueError: ``data`` holds a key that the event did not declare.
        RuntimeError: there is no transaction; a fact without its change would be a lie.
    """
    record_many([NewFact(event, subject, actor, unit, data, at or now())])


def record_many(facts: Iterable[NewFact]) -> None:
    """Write several facts in the given order, in one statement."""
    facts = list(facts)
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is recorded inside the transaction of its change")
    for fact in facts:
        fact.event.check(fact.data)
    rows = [(fact.at, fact.actor, fact.event.verb, fact.subject, fact.unit, Jsonb(fact.data)) for fact in facts]
    if not rows:
        return
    with connection.cursor() as cursor:
        if len(rows) < len(_FEW):
            values: list[Any] = [value for row in rows for value in row]
            cursor.execute(_FEW[len(rows)], values)
        else:
            cursor.execute(_MANY, [list(column) for column in zip(*rows, strict=True)])


def record_history(facts: Iterable[NewFact]) -> None:
    """Write facts that happened long ago, in the given order, for nobody to hear: history that is loaded is not news.

    By COPY, for hundreds of thousands of rows; checked and sealed like any other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is recorded inside the transaction of its change")
    command = "COPY base_fact (at, actor, verb, subject, unit, data) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for fact in facts:
            fact.event.check(fact.data)
            copy.write_row((fact.at, fact.actor, fact.event.verb, fact.subject, fact.unit, Jsonb(fact.data)))
