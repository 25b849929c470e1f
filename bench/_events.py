"""What an event costs, with kept cells and without, at several sizes of a database that take turns in one run.

The sizes are databases of one server: the small one is copied aside before the other grows, so both are asked within
the same minutes by the same process. Nothing else is at work: PostgreSQL's own cleaning is put off while events are
counted, or it would clean up after the growth at their cost.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from _house import House
from django.db import connection
from filing import COUNTER, UNIT, Form

from motcua.base.postgres.place import DATABASE
from motcua.dossiers.actions.filing import Applicant, Paper, file_at_counter
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Account

SMALL_DATABASE = "motcua_small"
EVENTS = 200  # of a turn; CPU is told in ticks of 10 ms


def keep_small() -> None:
    """Copy the database aside as it is now; the one that goes on growing keeps its name."""
    enter("postgres")  # a database cannot be copied by somebody who stands in it
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {SMALL_DATABASE} TEMPLATE {DATABASE}")
    enter(DATABASE)


def enter(database: str) -> None:
    """Let this process ask another database of the same server."""
    connection.close()
    connection.settings_dict["NAME"] = database


def settle(databases: Mapping[int, str]) -> None:
    """Clean up after the growth, and let nothing clean up by itself from here on."""
    for database in databases.values():
        enter(database)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET autovacuum = off")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("CHECKPOINT")
    enter(DATABASE)


def switch_cells(on: bool) -> None:
    """Let events move the kept cells of dossiers, or not."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE dossiers_dossier {'ENABLE' if on else 'DISABLE'} TRIGGER keep_dossiers_dossier")


def filer() -> Callable[[], Dossier]:
    """Return what files a dossier and receives it at the counter, through the action that people use."""
    form, officer = Form.of_demonstration(), Account.objects.get(username=COUNTER)

    def file() -> Dossier:
        return file_at_counter(
            form.procedure, unit_code=UNIT, applicant=Applicant("Nguyễn Văn Thử"), submission_key=uuid4(),
            actor=officer, papers=[Paper(**paper) for paper in form.papers],
        )  # fmt: skip

    return file


def cpu_ms(house: House, work: Callable[[], Any], times: int) -> float:
    """Return CPU milliseconds of one ``work``, of this process and of PostgreSQL; one more goes before to warm."""
    work()
    database, own = house.database_cpu(), time.process_time()
    for _ in range(times):
        work()
    return (house.database_cpu() - database + time.process_time() - own) * 1000 / times


def filing_costs(house: House, databases: Mapping[int, str], turns: int) -> dict[int, dict[bool, list[float]]]:
    """Return CPU milliseconds of a filing by number of dossiers and by whether cells move with it, one of each turn.

    ``databases``: number of dossiers -> name. Cells move again at the end.
    """
    file = filer()
    spent: dict[int, dict[bool, list[float]]] = {size: {True: [], False: []} for size in databases}
    for turn in range(turns):
        for size, database in sorted(databases.items(), reverse=bool(turn % 2)):
            enter(database)
            for on in (True, False) if turn // 2 % 2 else (False, True):
                switch_cells(on)
                spent[size][on].append(cpu_ms(house, file, EVENTS))
            switch_cells(True)
    enter(DATABASE)
    return spent
