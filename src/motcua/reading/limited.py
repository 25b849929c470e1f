"""Reading in a process of its own, under limits of memory, processor and clock: the way every user reads a file.

A document of a stranger may be a bomb, or find a fault in a library written in C. Here it can end only the process that
reads it. The process and whatever it started (tesseract, LibreOffice) die together.
"""

import contextlib
import errno
import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.carrying import built
from motcua.reading.exchange import from_json
from motcua.reading.progress import Progress, unheard
from motcua.reading.reader import load
from motcua.reading.worker import NO_ROOM

SECONDS = 120.0  # by the clock, from one page to the next: whoever is silent for so long is ended
MOST_SECONDS = 600.0  # in all; scans are recognised for ``MOST_SECONDS - SECONDS``, pages left over are told as lost
MEGABYTES = 1024  # of address space; what is really used stays below a third of it
PICTURE_SECONDS = 20.0
MOST_ANSWER = 200_000_000  # bytes
WORKER = "motcua.reading.worker"
Kind = TypeVar("Kind")
_SOURCE = Path(__file__).parents[2]
_PROGRESS_LINE = 64  # bytes
_BLINK = 0.002  # seconds
_LEAST_ROOM = 1_000_000  # bytes
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_log = logging.getLogger(__name__)


def read_limited(
    content: bytes | Path | str,
    filename: str = "",
    *,
    seconds: float = SECONDS,
    most_seconds: float = MOST_SECONDS,
    megabytes: int = MEGABYTES,
    on_progress: Progress = unheard,
) -> Document:
    """Return ``reader.read(content, filename)``, read in a limited process.

    ``seconds`` may pass without a further page, ``most_seconds`` in all: a long scan takes minutes and says so, a
    document that holds up its reader takes two. ``on_progress`` is called with (page, pages) as pages are read; what
    it raises ends the reading.
    Raise Refused for what the reader refuses, and where the process was too slow, too large or fell.
    """
    limits = _Limits(seconds, most_seconds, megabytes)
    with _folder() as folder:
        answer = _run(["read", filename], load(content), folder, limits, on_progress)
        return from_json(json.loads(answer.read_bytes()))


def understand_limited(
    understand: Callable[[Document], Kind],
    kind: type[Kind],
    content: bytes | Path | str,
    filename: str = "",
    *,
    seconds: float = SECONDS,
    most_seconds: float = MOST_SECONDS,
    megabytes: int = MEGABYTES,
    on_progress: Progress = unheard,
) -> tuple[Document, Kind]:
    """Return what ``read_limited`` does, and what ``understand`` makes of it, both made in the limited process.

    What a document says is hostile too: a cell of 200,000 letters can hold up whoever looks for meaning in it.
    ``understand`` stands at the top of a module that imports no Django; ``kind`` is what it returns, of classes that
    ``carrying`` knows.
    """
    limits = _Limits(seconds, most_seconds, megabytes)
    with _folder() as folder:
        words = ["understand", f"{understand.__module__}:{understand.__name__}", filename]
        answer = json.loads(_run(words, load(content), folder, limits, on_progress).read_bytes())
        return from_json(answer["document"]), built(kind, answer["understood"])


def call_limited(
    function: Callable[[bytes, str], Any],
    content: bytes | Path | str,
    filename: str = "",
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Any:
    """Return what a reader of another module gives for a file, called in a limited process.

    ``function`` stands at the top of a module that imports no Django, and returns JSON values. What it refuses, and
    what ``read_limited`` refuses, is raised as Refused.
    """
    with _folder() as folder:
        words = ["call", f"{function.__module__}:{function.__name__}", filename]
        answer = _run(words, load(content), folder, _Limits(seconds, seconds, megabytes), unheard)
        return json.loads(answer.read_bytes())


def picture_of(
    content: bytes,
    page: int = 1,
    *,
    width: int = 1000,
    seconds: float = PICTURE_SECONDS,
    megabytes: int = MEGABYTES,
) -> bytes:
    """Return a page (1-based) of a PDF or of a picture file as PNG, ``width`` pixels wide (50 to 3,000).

    Raise Refused where there is no such page, or no picture can be made within the limits.
    """
    with _folder() as folder:
        words = ["picture", str(page), str(min(max(width, 50), 3000))]
        return _run(words, load(content), folder, _Limits(seconds, seconds, megabytes), unheard).read_bytes()


@dataclass(frozen=True)
class _Limits:
    """Seconds without a sign of life, seconds in all, megabytes of address space."""

    seconds: float
    most_seconds: float
    megabytes: int

    def of_next(self, ends_at: float) -> float:
        """Return when the reading ends that just gave a sign of life."""
        return min(time.monotonic() + self.seconds, ends_at)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder for one reading. Raise Refused where the disk has no room for it."""
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-reading-", ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _log.error("no room to read a document: %s", error.strerror)
        raise Refused(NO_ROOM) from error


def _run(words: list[str], content: bytes, folder: Path, limits: _Limits, on_progress: Progress) -> Path:
    """Run the worker on ``content`` in ``folder``; return the file of its answer."""
    (folder / "source").write_bytes(content)
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            WORKER,
            f"{limits.seconds:.1f}",
            f"{limits.most_seconds:.1f}",
            str(limits.megabytes),
            *words,
        ],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # one group for all it starts
    )
    try:
        is_in_time = _follow(process, limits, on_progress)
    finally:
        _end(process)
    if not is_in_time or process.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
        raise Refused(f"Đọc tệp quá {limits.seconds:.0f} giây nên đã dừng lại. Hãy tách tệp thành các phần nhỏ hơn.")
    return _answer(folder, process.returncode, limits.megabytes)


def _environment(folder: Path) -> dict[str, str]:
    """Return what the worker may know: no setting and no secret of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_SOURCE),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        # Each thread of a numeric library reserves address space, and the machine serves others.
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _follow(process: subprocess.Popen[bytes], limits: _Limits, on_progress: Progress) -> bool:
    """Hear the worker's "page 3 of 20" until it closes its output; return False if the clock ran out first."""
    assert process.stdout is not None
    waiting, furthest = b"", 0
    last = time.monotonic() + limits.most_seconds
    ends_at = limits.of_next(last)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := ends_at - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            heard = os.read(process.stdout.fileno(), 4096)
            if not heard:
                return _ended(process, ends_at)
            *whole, waiting = (waiting + heard).split(b"\n")
            waiting = waiting[-_PROGRESS_LINE:]
            for line in whole:
                match line.split():
                    case [b"page", page, b"of", pages] if page.isdigit() and pages.isdigit():
                        if int(page) > furthest:  # who only says the same again does not go on
                            furthest, ends_at = int(page), limits.of_next(last)
                        on_progress(int(page), int(pages))
    return False


def _ended(process: subprocess.Popen[bytes], ends_at: float) -> bool:
    """Wait for the end without taking note of it: until then no other process can get its number."""
    while time.monotonic() < ends_at:
        if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return True
        time.sleep(_BLINK)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and all it started, and close its output."""
    with contextlib.suppress(ProcessLookupError):  # all may have ended by themselves
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _answer(folder: Path, code: int, megabytes: int) -> Path:
    answer, refusal = folder / "answer", folder / "refusal"
    if code and shutil.disk_usage(folder).free < _LEAST_ROOM:
        raise OSError(errno.ENOSPC, "the reading process could write no answer")
    if refusal.exists():
        told: dict[str, Any] = json.loads(refusal.read_bytes()[:10_000])
        if told.get("fault"):
            _log.warning("a document could not be read: %s", told["fault"])
        if told.get("is_memory"):
            raise Refused(_too_large(megabytes))
        raise Refused(told["message"])
    if code == 0 and answer.exists():
        if answer.stat().st_size > MOST_ANSWER:
            raise Refused("Nội dung tệp dài quá mức đọc được. Hãy tách tệp thành các phần nhỏ hơn.")
        return answer
    _log.warning("the reading process ended with %s", code)
    if code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGXFSZ):
        raise Refused(_too_large(megabytes))
    raise Refused("Tệp làm hỏng tiến trình đọc, không đọc được. Hãy lưu lại thành DOCX rồi gửi lại.")


def _too_large(megabytes: int) -> str:
    return f"Đọc tệp cần quá {megabytes} MB bộ nhớ nên đã dừng lại. Hãy tách tệp thành các phần nhỏ hơn."
