"""Reading in a process of its own, under limits of memory, processor and clock: the way every user reads a file.

A document of a stranger may be a bomb, or find a fault in a library written in C. Here it can end only the process that
reads it. The process and whatever it started (tesseract, LibreOffice) die together.
"""

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motcua.base.refusal import Refused
from motcua.reading.blocks import Document
from motcua.reading.exchange import from_json
from motcua.reading.progress import Progress, unheard
from motcua.reading.reader import load

SECONDS = 120.0  # by the clock and, for each process, of processor time
MEGABYTES = 1024  # of address space; what is really used stays below a third of it
PICTURE_SECONDS = 20.0
MOST_ANSWER = 200_000_000  # bytes
WORKER = "motcua.reading.worker"
_SOURCE = Path(__file__).parents[2]
_PROGRESS_LINE = 64  # bytes
_BLINK = 0.002  # seconds
_log = logging.getLogger(__name__)


def read_limited(
    content: bytes | Path | str,
    filename: str = "",
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    on_progress: Progress = unheard,
) -> Document:
    """Return ``reader.read(content, filename)``, read in a limited process.

    ``on_progress`` is called with (page, pages) as pages are read; what it raises ends the reading.
    Raise Refused for what the reader refuses, and where the process was too slow, too large or fell.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-reading-") as folder:
        answer = _run(["read", filename], load(content), Path(folder), seconds, megabytes, on_progress)
        return from_json(json.loads(answer.read_bytes()))


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
    with tempfile.TemporaryDirectory(prefix="motcua-reading-") as folder:
        words = ["call", f"{function.__module__}:{function.__name__}", filename]
        answer = _run(words, load(content), Path(folder), seconds, megabytes, unheard)
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
    with tempfile.TemporaryDirectory(prefix="motcua-reading-") as folder:
        words = ["picture", str(page), str(min(max(width, 50), 3000))]
        return _run(words, load(content), Path(folder), seconds, megabytes, unheard).read_bytes()


def _run(words: list[str], content: bytes, folder: Path, seconds: float, megabytes: int, on_progress: Progress) -> Path:
    """Run the worker on ``content`` in ``folder``; return the file of its answer."""
    (folder / "source").write_bytes(content)
    process = subprocess.Popen(
        [sys.executable, "-m", WORKER, f"{seconds:.1f}", str(megabytes), *words],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # one group for all it starts
    )
    try:
        is_in_time = _follow(process, time.monotonic() + seconds, on_progress)
    finally:
        _end(process)
    if not is_in_time or process.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
        raise Refused(f"Đọc tệp quá {seconds:.0f} giây nên đã dừng lại. Hãy tách tệp thành các phần nhỏ hơn.")
    return _answer(folder, process.returncode, megabytes)


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


def _follow(process: subprocess.Popen[bytes], ends_at: float, on_progress: Progress) -> bool:
    """Hear the worker's "page 3 of 20" until it closes its output; return False if the clock ran out first."""
    assert process.stdout is not None
    waiting = b""
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
