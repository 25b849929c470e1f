"""Spark as a nation would have it, on this machine: a master and two workers, each a process of its own."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

START_SECONDS = 60
WORKERS, CORES_OF_EACH, MEMORY_OF_EACH = 2, 1, "1g"
_MASTER, _WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"


@contextmanager
def cluster() -> Iterator[str]:
    """Start a standalone master with two workers and yield its address ("spark://127.0.0.1:40123"); stop them after.

    Raises:
        RuntimeError: they do not find each other in a minute; their own words are in the message.
    """
    import pyspark

    home = Path(pyspark.__file__).parent
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # the driver too: a machine's own name may lead nowhere
    with TemporaryDirectory() as folder, ExitStack() as stack:
        log = Path(folder) / "master.log"
        words = [_MASTER, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        _start(stack, home, log, words)
        address = _told(log, r"Starting Spark master at (spark://\S+)", "master")
        for number in range(WORKERS):
            work = Path(folder) / f"worker-{number}"
            work.mkdir()
            own = ["--host", "127.0.0.1", "--webui-port", "0", "--cores", str(CORES_OF_EACH)]
            words = [_WORKER, *own, "--memory", MEMORY_OF_EACH, "--work-dir", str(work), address]
            _start(stack, home, work / "log", words)
            _told(work / "log", r"(Successfully registered with master)", f"worker {number}")
        yield address


def _start(stack: ExitStack, home: Path, log: Path, words: list[str]) -> None:
    out = stack.enter_context(log.open("w"))
    child = subprocess.Popen(  # noqa: S603 - Spark's own program with our words
        [str(home / "bin" / "spark-class"), *words],
        stdout=out,
        stderr=subprocess.STDOUT,
        env={**os.environ, "SPARK_HOME": str(home)},
    )
    stack.callback(child.wait)
    stack.callback(child.terminate)


def _told(log: Path, pattern: str, who: str) -> str:
    """Wait until a process has said what matches, and return it."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text()):
            return found.group(1)
        time.sleep(0.2)
    raise RuntimeError(f"Spark's {who} does not answer:\n{log.read_text()[-2000:]}")
