"""The ``ENGINE`` of the settings; Django looks for ``DatabaseWrapper`` in a file of this name."""

import select
from typing import Any

from django.db.backends.postgresql import base


def is_alive(connection: Any) -> bool:
    """Tell whether the server still holds an idle connection, without a question to it.

    A server that ended, was killed or threw us out has closed its end, and a closed end can be read from at once; an
    idle connection that lives has nothing to read. A question would cost every request what a statement costs. (A
    network that fell silent is told by neither: the question would wait just as the statement does.)
    """
    if connection.closed:
        return False
    watched = select.poll()
    watched.register(connection.pgconn.socket, select.POLLIN)
    return not watched.poll(0)


class DatabaseWrapper(base.DatabaseWrapper):
    """A pooled connection is looked at before a request gets it; one that died is replaced."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        pool = self.pool
        while pool and not is_alive(connection):
            connection.close()
            pool.putconn(connection)  # the pool opens another one for it
            connection = pool.getconn()
        return connection
