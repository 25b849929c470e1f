"""Doing several things at the same instant, each on a connection of its own: for tests of races."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from motcua.base.refusal import Refused


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all ``deeds`` together; return what each answered: a value or the refusal."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
