"""Locks on files: the system lets go of them when a process ends, in whatever way it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: dict[Path, int] = {}  # file: descriptor that holds a shared lock for the life of this process


def enter(file: Path) -> bool:
    """Take a place among the users of ``file`` until this process ends; waits while one holds it alone.

    Return False when this process is among them already.
    """
    if file in _held:
        return False
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held[file] = descriptor
    return True


def holds(file: Path) -> bool:
    """Tell whether this process is among the users of ``file``."""
    return file in _held


def leave(file: Path) -> bool:
    """Give up the place; return True, holding the lock alone, when we were the last. Then call forget()."""
    try:
        # Of users that leave at once exactly one succeeds: a conversion drops the shared lock before it asks.
        fcntl.flock(_held[file], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        forget(file)
        return False
    return True


def forget(file: Path) -> None:
    """Let go of the lock."""
    os.close(_held.pop(file))


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold ``file`` alone for the block; waits for whoever holds it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Marked:
    """A lock held alone, whose file says who holds it; a context manager."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_error: object) -> None:
        os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def mark(file: Path, who: str) -> Marked:
    """Hold ``file`` alone and write ``who`` into it; BlockingIOError while somebody else does."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    os.ftruncate(descriptor, 0)
    os.write(descriptor, who.encode())
    return Marked(descriptor)
