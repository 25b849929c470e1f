"""Slow and broken senders hold up nobody but each other."""

import io
import threading
from typing import Any

import pytest

from motcua.site import bodies
from motcua.site.bodies import ReadFirst

MOST = 1000


def answer(application: ReadFirst, **environ: Any) -> tuple[str, bytes]:
    started: list[str] = []
    content = application({"wsgi.input": io.BytesIO()} | environ, lambda status, _headers: started.append(status))
    return started[0], b"".join(content)


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


class Slow:
    """A sender who sends one part and then nothing until told."""

    def __init__(self) -> None:
        self.goes_on, self.is_waited_for = threading.Event(), threading.Event()

    def read(self, _size: int) -> bytes:
        self.is_waited_for.set()
        assert self.goes_on.wait(60)
        return b""


@pytest.fixture
def application():
    return ReadFirst(echo, most=MOST, working=1, reading=2)


def test_body_is_read_whole_before_the_work_begins(application):
    sent = b"x" * MOST
    assert answer(application, CONTENT_LENGTH=str(MOST), **{"wsgi.input": io.BytesIO(sent)}) == ("200 OK", sent)


@pytest.mark.parametrize("length", ["", "0", "-1", "9x", "ế"])
def test_request_without_a_length_has_no_body(application, length):
    assert answer(application, CONTENT_LENGTH=length) == ("200 OK", b"")


def test_body_over_the_limit_is_dropped(application):
    status, content = answer(application, CONTENT_LENGTH="1001", **{"wsgi.input": io.BytesIO(b"x" * 1001)})
    assert (status, content) == ("200 OK", b"")  # what refuses it by its length is asked next


def test_body_that_ends_early_is_nobodys_work(application):
    assert answer(application, CONTENT_LENGTH="10", **{"wsgi.input": io.BytesIO(b"half")})[0].startswith("408")


def test_body_larger_than_anybody_waits_for_is_not_read(application, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_DROPPED", 5000)
    sent = io.BytesIO(b"x" * 6000)
    assert answer(application, CONTENT_LENGTH="6000", **{"wsgi.input": sent})[0].startswith("408")
    assert sent.tell() == 0


def test_slow_senders_leave_room_for_others(application):
    slow = [Slow(), Slow()]
    threads = [
        threading.Thread(target=answer, args=(application,), kwargs={"CONTENT_LENGTH": "10", "wsgi.input": each})
        for each in slow
    ]
    for thread in threads:
        thread.start()
    for each in slow:
        assert each.is_waited_for.wait(60)
    assert answer(application) == ("200 OK", b"")
    assert answer(application, CONTENT_LENGTH="1", **{"wsgi.input": io.BytesIO(b"x")})[0].startswith("503")
    for each in slow:
        each.goes_on.set()
    for thread in threads:
        thread.join(60)
    assert answer(application, CONTENT_LENGTH="1", **{"wsgi.input": io.BytesIO(b"x")}) == ("200 OK", b"x")


def test_sender_below_the_slowest_pace_is_given_up(application, monkeypatch):
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr(bodies, "monotonic", lambda: next(clock))

    class Drops:
        def read(self, _size: int) -> bytes:
            return b"x"

    assert answer(application, CONTENT_LENGTH="900", **{"wsgi.input": Drops()})[0].startswith("408")


def test_work_that_fails_gives_its_place_back(application):
    def fail(_environ: Any, _start_response: Any) -> list[bytes]:
        raise ValueError("no")

    failing = ReadFirst(fail, most=MOST, working=1, reading=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            answer(failing, CONTENT_LENGTH="1", **{"wsgi.input": io.BytesIO(b"x")})
