"""A web process outlives its database: dead connections are replaced before a request gets one."""

from typing import Any, ClassVar

import pytest
from django.db import connection

from motcua.base.postgres.engine.base import DatabaseWrapper, is_alive

pytestmark = pytest.mark.django_db(transaction=True)


class Apart(DatabaseWrapper):
    """The engine with pools of its own beside those of the tests."""

    _connection_pools: ClassVar[dict[str, Any]] = {}


@pytest.fixture
def pooled():
    """Return a connection with a pool of one, as the web process has them."""
    options = connection.settings_dict["OPTIONS"] | {"pool": {"min_size": 1, "max_size": 1, "timeout": 5}}
    wrapper = Apart(connection.settings_dict | {"OPTIONS": options}, connection.alias)
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def backend_of(wrapper: Apart) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_connection_is_used_again_without_a_question(pooled):
    first = backend_of(pooled)
    pooled.close()
    assert backend_of(pooled) == first


def test_connection_whose_server_ended_is_replaced(pooled):
    first = backend_of(pooled)
    assert is_alive(pooled.connection)
    kept = pooled.connection
    pooled.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert not is_alive(kept)
    assert backend_of(pooled) != first
