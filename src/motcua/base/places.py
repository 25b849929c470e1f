"""Working places of a web process: few requests are in work at once, and who waits for a partner keeps nobody waiting.

Whoever asks a partner over the network does so inside ``waiting()``: the place goes to the next request meanwhile, and
so does the connection to the database, of which there are as few.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

MOST_WAITING = 8  # of a process; a partner who is asked by more has other troubles than ours

_outside = threading.BoundedSemaphore(MOST_WAITING)
_here = threading.local()  # the places of which this thread holds one


class Crowded(OSError):
    """Too many wait for somebody outside: as good as nobody there."""


class Places:
    """So many requests work at once; the others wait for their turn."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(number)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Hold a place."""
        with self._free:
            _here.places = self
            try:
                yield
            finally:
                _here.places = None

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Let others have the place that this thread holds."""
        self._free.release()
        try:
            yield
        finally:
            self._free.acquire()


@contextmanager
def waiting() -> Iterator[None]:
    """Give up the place and the idle connections of this thread while it waits for somebody outside.

    Where no place is held (a command, the worker) there is nothing to give up. A transaction keeps its connection.

    Raises:
        Crowded: so many wait already that nobody would be left for everything else.
    """
    places: Places | None = getattr(_here, "places", None)
    if places is None:
        yield
        return
    if not _outside.acquire(blocking=False):
        raise Crowded(f"{MOST_WAITING} requests wait for somebody outside")
    try:
        with _given_up(places):
            yield
    finally:
        _outside.release()


@contextmanager
def _given_up(places: Places) -> Iterator[None]:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()  # back to its pool
    with places.lend():
        yield
