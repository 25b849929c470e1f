"""A worker that does what a hostile file may make a worker do; the name of the file says which."""

import os
import signal
import subprocess
import sys
import time

from motcua.reading import worker


def hoard(_name: str) -> bytes:
    return b"a" * 2_000_000_000


def misbehave(seconds: str, megabytes: str, task: str, what: str) -> None:
    worker.limit(float(seconds), int(megabytes))
    if what == "sleep":
        time.sleep(60)
    elif what == "spin":
        while True:
            pass
    elif what == "hoard":
        worker._read = hoard
        worker.main([seconds, megabytes, task, what])
    elif what == "fall":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == "say nothing":
        sys.exit(0)
    elif what == "beget":
        child = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
        sys.stdout.write(f"page {child.pid} of 1\n")
        sys.stdout.flush()
        time.sleep(60)
    elif what == "chatter":
        sys.stdout.write("page x of y\n" + "a" * 100_000 + "\npage 1 of 2\n")
        worker._refuse({"message": "Hết chuyện."})


misbehave(*sys.argv[1:])
