"""How fast a year is simulated, what a dossier takes on disk, and what web and worker hold in memory.

The rate is that of ``motcua simulate`` on the demonstration province: dossiers per second by the clock, which a busy
machine lowers, and CPU milliseconds per dossier of the command and of PostgreSQL together, which it hardly does. Bytes
are those by which the database grew, indices and facts included, after VACUUM. Memory is resident: of each process
(pages that several processes share are counted in each) and the proportional part (shared pages divided among those
that share them), after pages, filings and steps over HTTP and the jobs that they left.
"""

import argparse
import json
import subprocess
import sys
import time
from typing import Any

import psutil
from _house import Caller, House, Web, cpu_seconds, own_house
from django.db import connection
from filing import CITIZEN, COUNTER, FIRST_STEP, Form

from motcua.base.clock import today
from motcua.base.models import Delivery

MEGABYTES = 250  # of web and worker together, without PostgreSQL: what was promised
ROUNDS = 5  # of pages and filings
PAGES = {
    CITIZEN: ["/", "/thu-tuc/", "/ho-so-cua-toi/", "/tra-cuu/"],
    COUNTER: ["/viec-cua-toi/", "/ho-so/", "/tiep-nhan/", "/api/v1/dossiers?limit=100"],
    "kiemsoat": ["/ho-so/", "/don-vi/", "/chi-so/", "/bao-cao/"],
}
DELIVERED_SECONDS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--dossiers", type=int, default=5_000, help="số hồ sơ mô phỏng")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return the rate of the simulation, bytes per dossier and megabytes of memory."""
    with own_house() as house:
        house.prepare()
        simulated = _simulate(house, options.dossiers)
        memory = _memory(house)
    figures = {"simulation": simulated, "memory": memory, "met": memory["resident_mb"] <= MEGABYTES}
    figures["summary"] = [
        f"simulated {simulated['dossiers']:,} dossiers: {simulated['dossiers_per_second']:.0f} per second, "
        f"{simulated['cpu_ms_per_dossier']:.2f} ms of CPU each (command {simulated['command_cpu_ms']:.2f}, database "
        f"{simulated['database_cpu_ms']:.2f})",
        f"database: {simulated['bytes_per_dossier']:,} bytes per dossier, indices and facts included",
        f"web {memory['web_mb']:.0f} MB and worker {memory['worker_mb']:.0f} MB resident, together "
        f"{memory['resident_mb']:.0f} MB (at most {MEGABYTES}); proportional {memory['proportional_mb']:.0f} MB",
    ]
    return figures


def _simulate(house: House, dossiers: int) -> dict[str, Any]:
    """Run the command as an operator does."""
    words = [sys.executable, "-m", "motcua.site.cli", "simulate", "--json"]
    words += ["--dossiers", str(dossiers), "--year", str(today().year)]
    bytes_before, database_before = _database_bytes(), house.database_cpu()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    database = house.database_cpu() - database_before
    said = json.loads(done.stdout)
    command = said["cpu_seconds"]
    return {
        "dossiers": said["dossiers"],
        "dossiers_per_second": said["dossiers_per_second"],
        "cpu_ms_per_dossier": round((command + database) * 1000 / dossiers, 2),
        "command_cpu_ms": round(command * 1000 / dossiers, 2),
        "database_cpu_ms": round(database * 1000 / dossiers, 2),
        "bytes_per_dossier": round((_database_bytes() - bytes_before) / dossiers),
    }


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _memory(house: House) -> dict[str, float]:
    """Let web and worker work, then weigh them."""
    web, worker = house.web(), house.worker()
    assert worker.pid is not None
    _work(web)
    _await_deliveries()
    weights = {name: _megabytes(pid) for name, pid in (("web", web.pid), ("worker", worker.pid))}
    return {
        "web_mb": weights["web"][0],
        "worker_mb": weights["worker"][0],
        "resident_mb": round(sum(resident for resident, _part in weights.values()), 1),
        "proportional_mb": round(sum(part for _resident, part in weights.values()), 1),
        "worker_cpu_seconds": round(cpu_seconds(worker.pid), 2),
    }


def _work(web: Web) -> None:
    form = Form.of_demonstration()
    callers = {who: Caller(web.port).sign_in(who) for who in PAGES}
    for _ in range(ROUNDS):
        for who, pages in PAGES.items():
            for page in pages:
                callers[who].get(page)
        callers[CITIZEN].post("/api/v1/dossiers", form.body(), 201)
        code = callers[COUNTER].post("/api/v1/dossiers", form.body(channel="in_person"), 201)["code"]
        callers[CITIZEN].get(f"/tra-cuu/{code}")
        callers[COUNTER].get(f"/ho-so/{code}")
        callers[COUNTER].get(f"/api/v1/dossiers/{code}/receipt")
        callers[COUNTER].post(f"/api/v1/dossiers/{code}/forward", {"at_step": FIRST_STEP}, 200)


def _await_deliveries() -> None:
    """Wait until the worker has delivered what happened."""
    give_up = time.monotonic() + DELIVERED_SECONDS
    while Delivery.objects.exists():
        if time.monotonic() > give_up:
            raise RuntimeError("the worker does not deliver")
        time.sleep(0.2)


def _megabytes(pid: int) -> tuple[float, float]:
    """Return resident and proportional megabytes of a process and all below it."""
    process = psutil.Process(pid)
    memory = [each.memory_full_info() for each in [process, *process.children(recursive=True)]]
    return tuple(round(sum(getattr(each, name) for each in memory) / 2**20, 1) for name in ("rss", "pss"))
