"""Jobs that a killed worker had begun are done again, once."""

import asyncio
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from motcua.base.tasks import retry_orphaned_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_job_is_left():
    yield
    with connection.cursor() as cursor:  # the tables are not Django's to flush
        cursor.execute("DELETE FROM procrastinate_jobs")


def begin(worker_heartbeat: str, *, lock: str | None = None) -> int:
    """Return a job that a worker, last heard of at ``worker_heartbeat``, has begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({worker_heartbeat}) RETURNING id"  # noqa: S608
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, queueing_lock, worker_id) "
            "VALUES ('default', 'thu', 0, '{}', 'doing', %s, %s) RETURNING id",
            [lock, worker],
        )
        return cursor.fetchone()[0]


def statuses() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs")
        return dict(cursor.fetchall())


def retry() -> None:
    async def run() -> None:
        async with app.replace_connector(app.connector.get_worker_connector()).__enter__().open_async() as opened:
            await retry_orphaned_jobs.func(SimpleNamespace(app=opened), 0)

    asyncio.run(run())


def test_job_of_a_worker_that_died_waits_again_and_that_of_a_living_one_goes_on():
    orphan, running = begin("now() - interval '5 minutes'"), begin("now()")
    retry()
    assert statuses() == {orphan: "todo", running: "doing"}


def test_orphan_whose_work_waits_already_is_dropped():
    orphan = begin("now() - interval '5 minutes'", lock="one at a time")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, queueing_lock) "
            "VALUES ('default', 'thu', 0, '{}', 'todo', 'one at a time') RETURNING id"
        )
        waiting = cursor.fetchone()[0]
    retry()
    assert statuses() == {waiting: "todo"}
    assert orphan != waiting
