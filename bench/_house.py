"""A house for one bench: its own home and PostgreSQL in a temporary folder, the processes that ``motcua run`` starts.

Nothing of a running Motcua is touched: home, database, port and static files are the bench's own and are deleted.
"""

import http.client
import json
import logging
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base import postgres
from motcua.base.postgres.place import place
from motcua.organizations.models import Account
from motcua.organizations.seed import DEMONSTRATION_PASSWORD
from motcua.site.serving.children import Child, spawn, stop_all

NOT_OURS = ("DATABASE_URL", "MOTCUA_HOME", "MOTCUA_POSTGRES_EPHEMERAL", "MOTCUA_FILES", "MOTCUA_PUBLIC_URL")
SIGN_IN = "/dang-nhap"
ALIVE = "/suc-khoe/song"
START_SECONDS = 60


class House:
    """A running PostgreSQL with the demonstration province, and the processes that the bench starts beside it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.children: list[Child] = []

    def prepare(self, *, dossiers: int = 0) -> None:
        """Make tables, static files and the demonstration province with so many simulated dossiers."""
        words = ["motcua.site.serving.prepare", "--dossiers", str(dossiers)]
        with spawn(words, {}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as preparing:
            said, _nothing = preparing.communicate()
        if preparing.returncode:
            raise RuntimeError(f"not prepared:\n{said[-2000:]}")

    def web(self, environment: dict[str, str] | None = None) -> "Web":
        """Start a web process as ``motcua run`` does and return when it answers; ``environment`` may name settings."""
        port = _free_port()
        child = self._start(f"web-{port}", ["motcua.site.serving.web", "127.0.0.1", str(port)], environment)
        web = Web(port, child)
        web.await_answer()
        return web

    def worker(self) -> Child:
        """Start the process that delivers facts and runs jobs."""
        return self._start("worker", ["motcua.site.serving.jobs"], None)

    def _start(self, name: str, words: list[str], environment: dict[str, str] | None) -> Child:
        child = Child(name, words, self.home / "logs" / f"{name}.log", environment or {})
        child.start()
        self.children.append(child)
        return child

    def database_cpu(self) -> float:
        """Return the CPU seconds that all processes of PostgreSQL have used."""
        pid = int((place().data / "postmaster.pid").read_text().splitlines()[0])
        return cpu_seconds(pid)

    def point_django_here(self) -> None:
        """Let this process's Django use the house: its settings were read before there was one."""
        connections.close_all()
        here = postgres.database_settings() | {"OPTIONS": {}}  # and no pool: it would outlive the database
        connections["default"].settings_dict.update({"PASSWORD": "", "PORT": ""} | here)
        settings.MEDIA_ROOT, settings.STATIC_ROOT = self.home / "files", self.home / "static"
        logging.getLogger("motcua.request").setLevel(logging.WARNING)


class Web:
    """A web process and where it listens."""

    def __init__(self, port: int, child: Child) -> None:
        self.port, self.child = port, child

    @property
    def pid(self) -> int:
        assert self.child.pid is not None
        return self.child.pid

    def cpu(self) -> float:
        """Return the CPU seconds that it and its own processes have used."""
        return cpu_seconds(self.pid)

    def await_answer(self) -> None:
        """Wait until it answers anything."""
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                Caller(self.port).get(ALIVE, expected=None)
                return
            except OSError:
                if time.monotonic() > give_up or self.child.has_ended():
                    raise RuntimeError(f"no answer:\n{self.child.log.read_text()[-2000:]}") from None
                time.sleep(0.1)


class Caller:
    """An HTTP client with one kept connection, cookies, and the token against forged requests or a bearer key."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.bearer = ""

    def sign_in(self, username: str) -> "Caller":
        """Sign in by the form, as a person does."""
        self.get(SIGN_IN)
        form = {"username": username, "password": DEMONSTRATION_PASSWORD}
        form["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        self._send("POST", SIGN_IN, urlencode(form).encode(), "application/x-www-form-urlencoded", expected=302)
        if "sessionid" not in self.cookies:
            raise RuntimeError(f"{username} was not signed in")
        return self

    def get(self, path: str, expected: int | None = 200) -> bytes:
        """Return what the address answers."""
        return self._send("GET", path, None, "", expected)

    def post(self, path: str, body: dict[str, Any], expected: int) -> dict[str, Any]:
        """Send JSON and return the JSON answered."""
        answered: dict[str, Any] = json.loads(
            self._send("POST", path, json.dumps(body).encode(), "application/json", expected)
        )
        return answered

    def _send(self, method: str, path: str, body: bytes | None, kind: str, expected: int | None) -> bytes:
        headers = {"Content-Type": kind} if kind else {}
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if expected is not None and answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status}\n{content[:1000].decode(errors='replace')}")
        return content


@contextmanager
def own_house(*, lasting: bool = True) -> Iterator[House]:
    """Start an empty PostgreSQL in a temporary home; stop and delete everything afterwards.

    With ``lasting=False`` it does not wait for the disk, for benches that write much and measure only reading.
    """
    kept = {name: os.environ.pop(name) for name in NOT_OURS if name in os.environ}
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    folder.chmod(0o755)  # PostgreSQL runs under another account when we are root
    os.environ["MOTCUA_HOME"] = str(folder / "home")
    if not lasting:
        os.environ["MOTCUA_POSTGRES_EPHEMERAL"] = "1"
    house = House(postgres.home())
    try:
        postgres.start()
        house.point_django_here()
        yield house
    finally:
        connections.close_all()
        stop_all(house.children)
        postgres.leave()
        for left_over in (place().sockets, place().folder, folder):
            shutil.rmtree(left_over, ignore_errors=True)
        for name in NOT_OURS:
            os.environ.pop(name, None)
        os.environ.update(kept)


def statements_of(username: str, path: str, body: dict[str, Any] | None = None) -> int:
    """Return the SQL statements of the second of two equal requests, BEGIN and COMMIT included, as the tests count.

    The first warms what is published. With ``body`` it is a POST.
    """
    return statements_and_answer(username, path, body, times=2)[0]


def statements_and_answer(
    username: str, path: str, body: dict[str, Any] | None = None, *, times: int = 1
) -> tuple[int, HttpResponse]:
    """Return the SQL statements of the last of ``times`` requests, sent within this process, and what it answered."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(username=username))
    for _ in range(times):
        with CaptureQueriesContext(connection) as caught:
            answer = client.post(path, body, "application/json") if body else client.get(path)
        if answer.status_code >= 400:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:500].decode(errors='replace')}")
    return len(caught), answer


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds of a process and all below it, those that have ended included."""
    while True:
        try:
            process = psutil.Process(pid)
            # What an ended child used is counted by its parent.
            return sum(sum(each.cpu_times()[:4]) for each in [process, *process.children(recursive=True)])
        except psutil.NoSuchProcess:
            if not psutil.pid_exists(pid):
                raise


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
