"""The process in which one file is read: ``python -m motcua.reading.worker SECONDS MOST_SECONDS MEGABYTES read NAME``.

Works in a folder of its own that holds ``source``; leaves ``answer``, or ``refusal`` with the words for the reader.
Imports no Django: it starts in the time that one page takes. Its only output are lines "page 3 of 20".
"""

import errno
import importlib
import json
import math
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.base.refusal import Refused

if TYPE_CHECKING:
    from motcua.reading.blocks import Document

_MOST_FILE = 400_000_000  # bytes that one file written here may have
NO_ROOM = "Máy chủ hết chỗ trống trên đĩa nên chưa đọc được tệp. Hãy báo quản trị rồi đọc lại."
_GRACE = 3  # seconds after which even an orphan ends
_silence = 0  # seconds that this process may let pass without telling of a page


def main(words: list[str]) -> int:
    """Do what the words ask, under the limits they name; return the exit code."""
    task, *rest = words[3:]
    seconds, most_seconds, megabytes = float(words[0]), float(words[1]), int(words[2])
    limit(seconds, most_seconds, megabytes)
    recognised_for = max(most_seconds - seconds, seconds / 2)  # the last page has its time too
    is_memory = False
    try:
        _work(task, rest, time.monotonic() + recognised_for)
    except MemoryError:
        is_memory = True
    if is_memory:  # here, and not above: with the error goes what filled the memory, and a word fits again
        _relax()
        _refuse({"is_memory": True})
    return 0


def _work(task: str, words: list[str], until: float) -> None:
    """Leave an answer, or a refusal. Raise MemoryError where there was too little of it even for that."""
    try:
        Path("answer").write_bytes(_done(task, words, until))
    except Refused as refusal:
        _refuse({"message": refusal.message})
    except MemoryError:
        raise
    except RecursionError:
        _refuse({"message": "Tệp có các phần lồng nhau quá sâu, không được đọc."})
    # A document of a shape nobody foresaw fails anywhere in six libraries, with errors of their own.
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"  # never its words: they quote
        is_memory = "memory" in str(error).lower() or "alloc" in str(error).lower()
        message = "Tệp có cấu trúc không đọc được. Hãy mở tệp, lưu lại thành DOCX rồi gửi lại."
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            message = NO_ROOM
        _refuse({"message": message, "fault": fault, "is_memory": is_memory})


def limit(seconds: float, most_seconds: float, megabytes: int) -> None:
    """Bound this process: address space, seconds of processor in all and of the clock till it tells of a page, files.

    The bounds are soft: LibreOffice, which ``office`` starts, needs more address space than a reader may have.
    """
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, most))
    whole = math.ceil(most_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + _GRACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_FILE, _MOST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    global _silence
    _silence = math.ceil(seconds) + _GRACE
    signal.alarm(_silence)  # the one who started us may be dead


def _done(task: str, words: list[str], until: float) -> bytes:
    if task == "picture":
        return _picture(*words)
    if task == "call":
        return _call(*words)
    return _understand(words[0], words[1], until) if task == "understand" else _read(words[0], until)


def _read(filename: str, until: float) -> bytes:
    from motcua.reading.exchange import to_json

    return _written(to_json(_document(filename, until)))


def _understand(function: str, filename: str, until: float) -> bytes:
    from motcua.reading.carrying import plain
    from motcua.reading.exchange import from_json, to_json

    told = to_json(_document(filename, until))
    # From what was told, and not from what was read: the receiver must find the same text in both.
    return _written({"document": told, "understood": plain(_named(function)(from_json(told)))})


def _document(filename: str, until: float) -> "Document":
    from motcua.reading.plain_text import MAX_LINES
    from motcua.reading.reader import read

    document = read(Path("source").read_bytes(), filename, on_progress=_tell, until=until)
    if len(document.lines) > MAX_LINES:
        raise Refused(f"Tệp có quá {MAX_LINES:,} dòng. Hãy tách tệp thành các phần nhỏ hơn.".replace(",", "."))
    return document


def _written(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _picture(page: str, width: str) -> bytes:
    from motcua.reading.pictures import page_picture

    return page_picture(Path("source").read_bytes(), int(page), int(width))


def _call(function: str, filename: str) -> bytes:
    return _written(_named(function)(Path("source").read_bytes(), filename))


def _named(function: str) -> Callable[..., Any]:
    """Return the function of ``module:name``: our own words, never a document's."""
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _tell(page: int, pages: int) -> None:
    signal.alarm(_silence)
    sys.stdout.write(f"page {page} of {pages}\n")
    sys.stdout.flush()


def _refuse(told: dict[str, str | bool]) -> None:
    Path("refusal").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _relax() -> None:
    """Give back the address space: what fills it may still be held, and the words of a refusal must fit."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
