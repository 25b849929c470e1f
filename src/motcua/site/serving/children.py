"""Child processes: started, watched, started again, stopped."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

LOG_BYTES = 50 * 1024 * 1024  # a child's log starts anew beyond this; one older part is kept
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds before a crashed child starts again, doubled each time
HEALTHY_SECONDS = 60.0  # alive this long, a child's earlier crashes are forgotten
STOP_SECONDS = 15.0


# The C library keeps a heap per thread and gives little of it back; two heaps are enough for us.
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}


@dataclass
class Child:
    """One kind of child process; ``words`` follow ``python -m``."""

    name: str
    words: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    wait: float = FIRST_WAIT
    due_at: float = 0.0  # monotonic instant of the next start, while there is no process

    def start(self) -> None:
        """Start the process, its output going to the log."""
        with open_log(self.log) as log:
            self.process = spawn(self.words, self.environment, stdout=log, stderr=log)
        self.started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def watch(self) -> str | None:
        """Look after the process: start it again when it is due. Return what to tell the operator, if anything."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            if now - self.started_at > HEALTHY_SECONDS:
                self.wait = FIRST_WAIT
            trim(self.log)
            return None
        self.kill()  # what it had started itself
        self.process = None
        waits, self.wait = self.wait, min(self.wait * 2, LONGEST_WAIT)
        self.due_at = now + waits
        return f"{self.name} dừng bất thường (mã {code}); khởi động lại sau {waits:.0f} giây. Xem {self.log}"

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """End the process and all that it started, at once."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


def spawn(words: list[str], environment: dict[str, str], **streams: object) -> subprocess.Popen:
    """Start ``python -m words…`` in a session of its own: Ctrl-C at the terminal reaches the parent alone."""
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **FEW_ARENAS, "MOTCUA_PARENT": str(os.getpid()), **environment},
        start_new_session=True,
        **streams,  # type: ignore[call-overload]
    )


def stop_all(children: list[Child]) -> None:
    """Ask all to stop, wait for them, kill what does not listen."""
    for child in children:
        child.ask_to_stop()
    give_up = time.monotonic() + STOP_SECONDS
    while not all(child.has_ended() for child in children) and time.monotonic() < give_up:
        time.sleep(0.05)
    for child in children:
        child.kill()


def open_log(log: Path) -> BinaryIO:
    """Open ``log`` for appending, closed to others."""
    log.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def trim(log: Path) -> None:
    """Move a log that has grown too long aside. The child keeps its open file, so the file is emptied, not moved."""
    try:
        if log.stat().st_size < LOG_BYTES:
            return
    except FileNotFoundError:
        return
    shutil.copyfile(log, log.with_suffix(".log.1"))
    os.truncate(log, 0)
