"""How long a newcomer waits: first start from a fresh copy with downloads, later start, stop, resident memory.

Wall-clock seconds of one run each; the memory is that of web and worker together, without PostgreSQL,
after a few pages.
"""

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

CHECKOUT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".motcua", "__pycache__", ".*_cache", ".hypothesis")
READY = "sẵn sàng"
FIRST_SECONDS, LATER_SECONDS, MEGABYTES = 240, 10, 250  # what was promised
PAGES = ("/", "/suc-khoe/san-sang")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, default=20_000, help="số hồ sơ trình diễn")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return seconds of both starts and of the stop, and the megabytes resident."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        os.chmod(folder, 0o755)  # PostgreSQL runs under another account when we are root
        copy = Path(folder) / "copy"
        shutil.copytree(CHECKOUT, copy, ignore=LEFT_OUT, symlinks=True)
        first = _start(copy, options.dossiers)
        later = _start(copy, options.dossiers)
    figures = {
        "first_start_seconds": first["start"],
        "later_start_seconds": later["start"],
        "stop_seconds": later["stop"],
        "web_and_worker_megabytes": later["megabytes"],
        "dossiers": options.dossiers,
    }
    figures["met"] = (
        first["start"] <= FIRST_SECONDS and later["start"] <= LATER_SECONDS and later["megabytes"] <= MEGABYTES
    )
    figures["summary"] = [
        f"first start, environment included: {first['start']:.1f} s (at most {FIRST_SECONDS})",
        f"later start: {later['start']:.1f} s (at most {LATER_SECONDS}); stop: {later['stop']:.1f} s",
        f"web and worker resident: {later['megabytes']:.0f} MB (at most {MEGABYTES})",
    ]
    return figures


def _start(copy: Path, dossiers: int) -> dict[str, float]:
    """Start the copy, wait until it is ready, open some pages, weigh it, stop it."""
    port = _free_port()
    kept_out = {"DATABASE_URL", "MOTCUA_HOME", "MOTCUA_VENV", "PYTHONPATH", "MOTCUA_POSTGRES_EPHEMERAL"}
    environment = {name: value for name, value in os.environ.items() if name not in kept_out}
    began = time.monotonic()
    words = [str(copy / "motcua"), "run", "--port", str(port), "--dossiers", str(dossiers)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment) as house:
        said = []
        for line in house.stderr or ():
            said.append(line)
            if READY in line:
                break
        else:
            raise RuntimeError("not started:\n" + "".join(said[-20:]))
        ready = time.monotonic()
        for page in PAGES * 3:
            caller = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            caller.request("GET", page)
            caller.getresponse().read()
        weight = _megabytes(house.pid)
        stopping = time.monotonic()
        house.send_signal(signal.SIGTERM)
        house.communicate(timeout=60)
    return {"start": ready - began, "stop": time.monotonic() - stopping, "megabytes": weight}


def _megabytes(house: int) -> float:
    """Return the resident memory of the children, shared pages counted in each."""
    children = psutil.Process(house).children(recursive=True)
    return sum(child.memory_info().rss for child in children if child.name() != "postgres") / 2**20


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
