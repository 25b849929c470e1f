"""A worker that does what a hostile file may make a worker do; the name of the file says which."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from motcua.reading import worker


def hoard(_name: str, _until: float) -> bytes:
    return b"a" * 2_000_000_000


def fill(_name: str, _until: float) -> bytes:
    raise OSError(errno.ENOSPC, "No space left on device")


def tell(page: int) -> None:
    sys.stdout.write(f"page {page} of 1\n")
    sys.stdout.flush()


def sleep() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def fall() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def say_nothing() -> None:
    sys.exit(0)


def beget() -> None:
    child = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
    tell(child.pid)
    time.sleep(60)


def go_on() -> None:
    for page in range(1, 7):
        tell(page)
        time.sleep(0.6)
    worker._refuse({"message": "Hết chuyện."})


def repeat() -> None:
    for _ in range(100):
        tell(1)
        time.sleep(0.1)


def cut_refusal() -> None:
    Path("refusal").write_bytes(b"")
    sys.exit(1)


def chatter() -> None:
    sys.stdout.write("page x of y\n" + "a" * 100_000 + "\npage 1 of 2\n")
    worker._refuse({"message": "Hết chuyện."})


DEEDS = {
    "sleep": sleep,
    "spin": spin,
    "fall": fall,
    "say nothing": say_nothing,
    "beget": beget,
    "go on": go_on,
    "repeat": repeat,
    "cut refusal": cut_refusal,
    "chatter": chatter,
}


def misbehave(seconds: str, most_seconds: str, megabytes: str, task: str, what: str) -> None:
    worker.limit(float(seconds), float(most_seconds), int(megabytes))
    if what in ("hoard", "fill"):
        worker._read = hoard if what == "hoard" else fill
        worker.main([seconds, most_seconds, megabytes, task, what])
    else:
        DEEDS[what]()


misbehave(*sys.argv[1:])
