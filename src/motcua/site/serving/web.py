"""The web process of ``motcua run``: granian, one worker process with a few threads."""

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from motcua.site.bodies import THREADS
from motcua.site.serving.bond import follow_parent

BACKLOG = 256


def main(host: str, port: int) -> None:
    """Serve the site until SIGTERM."""
    follow_parent()
    Server(
        "motcua.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
