"""What is sent is read before the work on it begins, so that slow senders hold up nobody but each other.

The server hands a request over once its head is there; whoever reads the body then waits for the sender. With one
thread for each request in work, a handful of senders who never finish would stop the house. So there are many threads,
few of them work at a time, and the bodies of the others come in meanwhile.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from time import monotonic
from typing import IO, Any

from motcua.base.places import MOST_WAITING, Places

logger = logging.getLogger("motcua.request")

WORKING = 4  # requests in work at once; more would only wait for Python's own lock
READING = 24  # bodies that come in at once; further senders are asked to come again
THREADS = READING + MOST_WAITING + 2 * WORKING  # of the web process: pages without a body always find one
CHUNK = 64 * 1024
MOST_DROPPED = 1024 * 1024 * 1024  # bytes that are read only to be dropped; who sends more is cut off
IN_MEMORY = 1024 * 1024  # bytes of one body; the rest of it waits on the disk
PATIENCE = 30.0  # seconds before a sender's pace is judged
SLOWEST = 4 * 1024  # bytes a second: a telephone at the edge of its network sends more

Environ = dict[str, Any]
Respond = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Unfinished(Exception):
    """The sender went away, or sends so slowly that nobody waits for it."""


class ReadFirst:
    """A WSGI application that reads the body, then lets ``respond`` work. Bodies over ``most`` bytes are dropped."""

    def __init__(self, respond: Respond, *, most: int, working: int = WORKING, reading: int = READING) -> None:
        self.respond, self.most = respond, most
        self.working, self.reading = Places(working), BoundedSemaphore(reading)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        text = str(environ.get("CONTENT_LENGTH") or "")
        length = int(text) if text.isdigit() else 0
        if length:
            if not self.reading.acquire(blocking=False):
                return _end(start_response, "503 Service Unavailable")
            try:
                environ["wsgi.input"] = _read(environ["wsgi.input"], length, self.most)
            except (Unfinished, OSError):
                return _end(start_response, "408 Request Timeout")
            finally:
                self.reading.release()
        with self.working.work():
            try:
                return self.respond(environ, start_response)
            finally:
                if length:
                    environ["wsgi.input"].close()


def _read(sent: Any, length: int, most: int) -> IO[bytes]:
    """Return the whole body, at its start. One over ``most`` is read to its end and dropped: a browser that is cut off
    while it sends shows no page at all; what refuses it looks at its length alone.

    Raises:
        Unfinished: it ended early, came too slowly, or is larger than anybody waits for.
    """
    if length > max(most, MOST_DROPPED):
        raise Unfinished
    kept: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - Django reads it after we returned
    try:
        for chunk in _chunks(sent, length):
            if length <= most:
                kept.write(chunk)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    found: IO[bytes] = kept
    return found


def _chunks(sent: Any, length: int) -> Iterator[bytes]:
    began, left = monotonic(), length
    while left:
        chunk = sent.read(min(CHUNK, left))
        left -= len(chunk)
        waited = monotonic() - began
        if not chunk or (waited > PATIENCE and (length - left) / waited < SLOWEST):
            raise Unfinished
        yield chunk


def _end(start_response: Callable[..., Any], status: str) -> Iterable[bytes]:
    logger.warning("body not taken", extra={"status": int(status[:3])})
    start_response(status, [("Content-Length", "0"), ("Retry-After", "5"), ("Connection", "close")])
    return []
