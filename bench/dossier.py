"""Filing and steps over HTTP under load: 1, 4, 16 and 64 clients at once, on the processes that ``motcua run`` starts.

Every client keeps one connection and waits for its answer before it asks again; all file with one agency, whose daily
numbers are given one after the other: the worst case. CPU is that of the web process and of all of PostgreSQL per
request, latency what the client waits. The clients run on the same machine and take their share of its cores.
"""

import argparse
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _house import Caller, House, Web, own_house, statements_and_answer
from bare import CREATE_TABLE
from django.db import connection
from filing import CITIZEN, COUNTER, FIRST_STEP, Form

CLIENTS = (1, 4, 16, 64)
MOST, MOST_STATEMENTS = 3.0, 12  # times the bare endpoint; what was promised
LONG_MINUTES = 5.0
HERE = Path(__file__).parent
Send = Callable[[Caller], None]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--requests", type=int, default=320, help="số yêu cầu mỗi loại, mỗi mức tải")
    parser.add_argument("--rounds", type=int, default=3, help="số vòng so với điểm trần, một máy khách")
    parser.add_argument("--minutes", type=float, default=0.5, help="số phút chạy lẫn lộn với 64 máy khách")
    parser.add_argument("--long", action="store_true", help=f"chạy lẫn lộn {LONG_MINUTES:.0f} phút")
    parser.add_argument("--dossiers", type=int, default=2_000, help="số hồ sơ có sẵn trước khi đo")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return what each kind of request costs at each number of clients, beside the bare endpoint, and the long run."""
    with own_house() as house:
        house.prepare(dossiers=options.dossiers)
        desk = Desk.opened(house)
        desk.warm_up()
        beside = [desk.round_beside_bare(options.requests) for _ in range(options.rounds)]
        loads = {n: desk.under_load(n, options.requests) for n in CLIENTS}
        house.worker()  # what happened is delivered while the long run goes on, as in a real house
        long_run = desk.mixed(max(CLIENTS), LONG_MINUTES if options.long else options.minutes)
        figures = _figures(beside, loads, long_run) | {"statements": _statements(desk.form)}
    met = all(figures["ratio"][name] <= MOST for name in ("online", "counter")) and figures["ratio"]["step"] <= max(
        figures["ratio"]["online"], figures["ratio"]["counter"]
    )
    few = all(count <= MOST_STATEMENTS for count in figures["statements"].values())
    figures["met"] = met and few and figures["errors"] == 0
    figures["summary"] = _told(figures)
    return figures


@dataclass
class Load:
    """What a batch of requests cost: CPU milliseconds each, and how long each client waited."""

    waits: list[float] = field(default_factory=list)  # milliseconds
    errors: list[str] = field(default_factory=list)
    web: float = 0.0
    database: float = 0.0
    seconds: float = 0.0

    def told(self) -> dict[str, float]:
        """Return the figures of the batch."""
        cuts = statistics.quantiles(self.waits, n=100) if len(self.waits) > 1 else self.waits * 99
        return {
            "requests": len(self.waits),
            "errors": len(self.errors),
            "cpu_ms": round(self.web + self.database, 2),
            "web_ms": round(self.web, 2),
            "database_ms": round(self.database, 2),
            "p50_ms": round(cuts[49], 1),
            "p95_ms": round(cuts[94], 1),
            "p99_ms": round(cuts[98], 1),
            "per_second": round(len(self.waits) / self.seconds, 1),
        }


@dataclass
class Desk:
    """A house under load: its web process, the bare one beside it, and people signed in."""

    house: House
    web: Web
    bare: Web
    form: Form
    cookies: dict[str, dict[str, str]]
    waiting: deque[str] = field(default_factory=deque)  # codes of dossiers that stand at the first step

    @classmethod
    def opened(cls, house: House) -> "Desk":
        """Start both web processes and sign in."""
        with connection.cursor() as cursor:
            cursor.execute(CREATE_TABLE)
        web = house.web()
        bare = house.web({"PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "bare.settings"})
        cookies = {name: Caller(web.port).sign_in(name).cookies for name in (CITIZEN, COUNTER)}
        return cls(house, web, bare, Form.of_demonstration(), cookies)

    def warm_up(self) -> None:
        """Let every thread of the web process build its statements; these figures are dropped."""
        for name in ("bare", "online", "counter", "step"):
            self.sent(name, clients=4, requests=80)

    def round_beside_bare(self, requests: int) -> dict[str, Load]:
        """Return one client's requests of each kind, one kind after the other, the bare endpoint among them."""
        return {name: self.sent(name, 1, requests) for name in ("bare", "online", "counter", "step")}

    def under_load(self, clients: int, requests: int) -> dict[str, Load]:
        """Return the requests of so many clients at once, kind by kind; the counter's filings are what is moved."""
        return {name: self.sent(name, clients, max(requests, clients * 4)) for name in ("online", "counter", "step")}

    def sent(self, name: str, clients: int, requests: int) -> Load:
        """Send ``requests`` of one kind by ``clients`` at once."""
        web = self.bare if name == "bare" else self.web
        left = deque(range(requests))

        def work(caller: Caller, load: Load, lock: threading.Lock) -> None:
            send = self._kinds()[name]
            while left:
                try:
                    left.popleft()
                except IndexError:
                    return
                _timed(send, caller, load, lock)

        who = {"online": CITIZEN, "bare": ""}.get(name, COUNTER)
        return self._at_once([(who, work)] * clients, web)

    def mixed(self, clients: int, minutes: float) -> Load:
        """Let clients file online, file at the counter and move what they filed, in turn, for so many minutes."""
        ends = time.monotonic() + minutes * 60
        kinds = self._kinds()

        def citizen(caller: Caller, load: Load, lock: threading.Lock) -> None:
            while time.monotonic() < ends:
                _timed(kinds["online"], caller, load, lock)

        def officer(caller: Caller, load: Load, lock: threading.Lock) -> None:
            while time.monotonic() < ends:
                _timed(kinds["counter"], caller, load, lock)
                _timed(kinds["step"], caller, load, lock)

        return self._at_once([(CITIZEN, citizen), (COUNTER, officer), (COUNTER, officer)] * (clients // 3), self.web)

    def _at_once(self, work: list[tuple[str, Callable[..., None]]], web: Web) -> Load:
        load, lock = Load(), threading.Lock()
        threads = []
        for who, does in work:
            caller = Caller(web.port)
            caller.cookies = dict(self.cookies.get(who, {}))
            threads.append(threading.Thread(target=does, args=(caller, load, lock)))
        began, web_began, database_began = time.monotonic(), web.cpu(), self.house.database_cpu()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load.seconds = time.monotonic() - began
        count = max(1, len(load.waits))
        load.web = (web.cpu() - web_began) * 1000 / count
        load.database = (self.house.database_cpu() - database_began) * 1000 / count
        return load

    def _kinds(self) -> dict[str, Send]:
        form, waiting = self.form, self.waiting

        def counter(caller: Caller) -> None:
            waiting.append(caller.post("/api/v1/dossiers", form.body(channel="in_person"), 201)["code"])

        def step(caller: Caller) -> None:
            caller.post(f"/api/v1/dossiers/{waiting.popleft()}/forward", {"at_step": FIRST_STEP}, 200)

        line = {"code": form.procedure, "name": "Nguyễn Văn Thử", "text": "Đơn đề nghị " * 10}
        return {
            "bare": lambda caller: caller.post("/entries", line, 201) and None,
            "online": lambda caller: caller.post("/api/v1/dossiers", form.body(), 201) and None,
            "counter": counter,
            "step": step,
        }


def _timed(send: Send, caller: Caller, load: Load, lock: threading.Lock) -> None:
    began = time.perf_counter()
    try:
        send(caller)
        failed = ""
    except Exception as error:  # whatever a client meets is counted, and the next request goes on
        failed = f"{type(error).__name__}: {str(error)[:200]}"
        caller.connection.close()
    with lock:
        load.waits.append((time.perf_counter() - began) * 1000)
        if failed:
            load.errors.append(failed)


def _statements(form: Form) -> dict[str, int]:
    """Return the SQL statements of one request of each kind, BEGIN and COMMIT among them."""
    code, counts = "", {}
    for _ in range(2):  # the first warms what is published
        body = form.body(channel="in_person")
        counts["counter"], answer = statements_and_answer(COUNTER, "/api/v1/dossiers", body)
        code = answer.json()["code"]
        counts["online"] = statements_and_answer(CITIZEN, "/api/v1/dossiers", form.body())[0]
        path = f"/api/v1/dossiers/{code}/forward"
        counts["step"] = statements_and_answer(COUNTER, path, {"at_step": FIRST_STEP})[0]
    return counts


def _figures(beside: list[dict[str, Load]], loads: dict[int, dict[str, Load]], long_run: Load) -> dict[str, Any]:
    names = ("bare", "online", "counter", "step")

    def both(load: Load) -> float:
        return load.web + load.database

    every = [load for batch in (*beside, *loads.values()) for load in batch.values()] + [long_run]
    return {
        "alone": {name: round(statistics.median(both(batch[name]) for batch in beside), 2) for name in names},
        "alone_web": {name: round(statistics.median(batch[name].web for batch in beside), 2) for name in names},
        "ratio": {
            name: round(statistics.median(both(batch[name]) / both(batch["bare"]) for batch in beside), 2)
            for name in names
        },
        "clients": {n: {name: load.told() for name, load in batch.items()} for n, batch in loads.items()},
        "long": long_run.told() | {"minutes": round(long_run.seconds / 60, 1)},
        "errors": sum(len(load.errors) for load in every),
        "first_errors": [error for load in every for error in load.errors][:5],
    }


def _told(figures: dict[str, Any]) -> list[str]:
    lines = [
        f"{name:8} alone {figures['alone'][name]:5.2f} ms of CPU "
        f"(web {figures['alone_web'][name]:.2f}), {figures['ratio'][name]:.2f} times the bare endpoint"
        for name in figures["alone"]
    ]
    for clients, batch in figures["clients"].items():
        lines += [f"{clients:3} clients  {name:8} {_line(told)}" for name, told in batch.items()]
    long_run = figures["long"]
    statements = ", ".join(f"{name} {count}" for name, count in figures["statements"].items())
    return [
        *lines,
        f"{max(CLIENTS)} clients for {long_run['minutes']} minutes, all mixed: {_line(long_run)}",
        f"errors in all: {figures['errors']} {figures['first_errors'] or ''}",
        f"SQL statements: {statements} (at most {MOST_STATEMENTS})",
    ]


def _line(told: dict[str, float]) -> str:
    return (
        f"{told['requests']:6} requests, {told['errors']} errors, {told['cpu_ms']:5.2f} ms of CPU "
        f"(web {told['web_ms']:.2f}, database {told['database_ms']:.2f}), p50 {told['p50_ms']:.0f} "
        f"p95 {told['p95_ms']:.0f} p99 {told['p99_ms']:.0f} ms, {told['per_second']:.0f} a second"
    )
