"""``kill -9`` of web, worker and database in turn while clients file and move dossiers: what is lost, what is twice.

Every client sends a filing again, with the same key, until it is acknowledged, as a browser's form would be; what was
acknowledged is then looked for in the database. The killed process is started again as ``motcua run`` does it, but at
once: its growing pauses would only leave less time under load.
"""

import argparse
import itertools
import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psutil
from _house import Caller, House, Web, own_house
from django.db import Error, connection
from filing import CITIZEN, COUNTER, FIRST_STEP, Form
from procrastinate.contrib.django import app

from motcua.base import postgres
from motcua.base.facts.sealing import seal_pending, verify
from motcua.base.models import Delivery, Fact
from motcua.base.postgres.place import place
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.notifications.models import Notice
from motcua.site.serving.children import FIRST_WAIT, Child
from motcua.workflow.models import Holding, Run

ROUND = ("web", "worker", "database", "web", "worker", "backend")  # a backend's end makes the whole server recover
CLIENTS = 9
JOB = "motcua.base.tasks.seal_facts"  # put into the queue while processes die; harmless however often it is done
SETTLE_SECONDS = 240.0  # for orphaned jobs: a worker counts as dead 30 seconds after its last heartbeat
ASK_AGAIN_SECONDS = 0.1
REVIVE_SECONDS = 180.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--kills", type=int, default=20, help="số lần kill -9")
    parser.add_argument("--pause", type=float, default=3.0, help="số giây giữa hai lần, tính từ khi chạy lại")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return what was acknowledged, and how much of it is missing, double or half done after so many kills."""
    with own_house() as house:
        house.prepare()
        scene = Scene.opened(house)
        clients = [threading.Thread(target=scene.file_and_move, args=(number,)) for number in range(CLIENTS)]
        for thread in clients:
            thread.start()
        kills = scene.kill(options.kills, options.pause)
        scene.is_over.set()
        for thread in clients:
            thread.join()
        left = scene.settle()
        figures = _counted(scene, left) | {"kills": dict(kills)}
    wrong = ("lost", "double", "half", "codes_twice", "steps_lost", "undelivered", "notices_missing", "jobs_left")
    figures["met"] = not any(figures[name] for name in wrong) and figures["chain"] == "whole"
    figures["summary"] = _told(figures)
    return figures


@dataclass
class Scene:
    """The house, its processes, and what its clients were told."""

    house: House
    web: Web
    worker: Child
    form: Form
    cookies: dict[str, dict[str, str]]
    is_over: threading.Event = field(default_factory=threading.Event)
    filed: dict[str, str] = field(default_factory=dict)  # key -> code, as acknowledged
    moved: list[str] = field(default_factory=list)  # codes whose step was acknowledged
    answers: Counter = field(default_factory=Counter)  # by what the client met
    jobs: int = 0

    @classmethod
    def opened(cls, house: House) -> "Scene":
        """Start web and worker and sign in."""
        web, worker = house.web(), house.worker()
        cookies = {name: Caller(web.port).sign_in(name).cookies for name in (CITIZEN, COUNTER)}
        return cls(house, web, worker, Form.of_demonstration(), cookies)

    def file_and_move(self, number: int) -> None:
        """File, and move every third client's dossiers on, until the scene is over."""
        is_officer = number % 3 == 0
        caller = Caller(self.web.port)
        caller.cookies = dict(self.cookies[COUNTER if is_officer else CITIZEN])
        while not self.is_over.is_set():
            key = str(uuid4())
            body = self.form.body(submission_key=key, **({"channel": "in_person"} if is_officer else {}))
            answer = self._until_acknowledged(caller, "/api/v1/dossiers", body, 201)
            if answer is None:
                continue
            self.filed[key] = answer["code"]
            if is_officer:
                path = f"/api/v1/dossiers/{answer['code']}/forward"
                if self._until_acknowledged(caller, path, {"at_step": FIRST_STEP}, 200) is not None:
                    self.moved.append(answer["code"])

    def _until_acknowledged(self, caller: Caller, path: str, body: dict, expected: int) -> dict | None:
        """Send until an answer came; None where the scene ended first. A step that was done before is acknowledged."""
        while True:
            try:
                answer = caller.post(path, body, expected)
                self.answers["acknowledged"] += 1
                return answer
            except (OSError, RuntimeError, ValueError) as error:  # refused, cut off, or a status of its own
                said = str(error)
            except Exception as error:  # http.client's own: half an answer
                said = type(error).__name__
            caller.connection.close()
            if ": 409" in said and path.endswith("/forward"):
                self.answers["done before"] += 1
                return {}
            self.answers["5xx" if ": 5" in said else ("4xx" if ": 4" in said else "no answer")] += 1
            if self.is_over.is_set():
                return None
            time.sleep(ASK_AGAIN_SECONDS)

    def kill(self, times: int, pause: float) -> Counter:
        """Kill one process after the other; return how often each kind."""
        kinds: Counter = Counter()
        for kind in itertools.islice(itertools.cycle(ROUND), times):
            self._queue_jobs()
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - not a secret
            kinds[kind] += 1
            if kind in ("database", "backend"):
                self._kill_database(kind)
            else:
                self._kill_child(self.web.child if kind == "web" else self.worker)
            self._revive()
        return kinds

    def _kill_child(self, child: Child) -> None:
        assert child.pid is not None
        os.killpg(child.pid, signal.SIGKILL)

    def _kill_database(self, kind: str) -> None:
        server = psutil.Process(int((place().data / "postmaster.pid").read_text().splitlines()[0]))
        if kind == "database":
            server.kill()
            return
        busy = [child for child in server.children() if "idle" in " ".join(child.cmdline())]
        (random.choice(busy) if busy else server).kill()  # noqa: S311

    def _revive(self) -> None:
        """Start again what is dead, as ``motcua run`` does, until web and database answer."""
        connection.close()
        give_up = time.monotonic() + REVIVE_SECONDS
        while time.monotonic() < give_up:
            if not postgres.is_running():
                postgres.start()
            for child in (self.web.child, self.worker):
                child.watch()
                child.wait, child.due_at = FIRST_WAIT, 0.0
            try:
                Caller(self.web.port).get("/suc-khoe/san-sang", expected=200)
                if not self.worker.has_ended():
                    return
            except Exception:  # not yet: refused, or the database is still recovering
                time.sleep(0.2)
        raise RuntimeError("the house did not come back")

    def _queue_jobs(self) -> None:
        for number in range(5):
            try:
                app.configure_task(JOB, queueing_lock=f"bench {self.jobs} {number}").defer(timestamp=0)
                self.jobs += 1
            except Exception:  # the database is away: nothing was promised
                connection.close()

    def settle(self) -> dict[str, int]:
        """Wait until everything owed was delivered and done; return what is left."""
        left: dict[str, int] = {}
        give_up = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < give_up:
            try:
                left = {"deliveries": Delivery.objects.count()} | _jobs_left()
            except Error:
                connection.close()
            if left and not any(left.values()):
                break
            time.sleep(2)
        while seal_pending():
            pass
        return left


def _jobs_left() -> dict[str, int]:
    """Return how many jobs hang: begun by a worker that is dead, failed, or due for more than a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed'), "
            "count(*) FILTER (WHERE status = 'todo' AND task_name = %s) FROM procrastinate_jobs",
            [JOB],
        )
        doing, failed, waiting = cursor.fetchone()
    return {"doing": doing, "failed": failed, "waiting": waiting}


def _counted(scene: Scene, left: dict[str, int]) -> dict[str, Any]:
    """Look for everything that was acknowledged."""
    rows = dict(Dossier.objects.values_list("submission_key", "code"))
    kept = {str(key): code for key, code in rows.items()}
    codes = Counter(rows.values())
    facts = Counter(Fact.objects.filter(verb="dossier.filed").values_list("subject", flat=True))
    papers = Counter(DossierPaper.objects.values_list("dossier__code", flat=True))
    runs = Counter(Run.objects.filter(branch=0).values_list("subject", flat=True))
    forwarded = Counter(Fact.objects.filter(verb="dossier.forwarded").values_list("subject", flat=True))
    second = set(Holding.objects.filter(position__gt=FIRST_STEP).values_list("run__subject", flat=True))
    told = set(Notice.objects.values_list("key", flat=True))
    online = Dossier.objects.filter(channel="online").values_list("code", flat=True)
    to_tell = Fact.objects.filter(verb="dossier.filed", subject__in=online).values_list("pk", flat=True)
    found = verify()
    whole = len(scene.form.papers)
    return {
        "acknowledged": len(scene.filed),
        "lost": sum(kept.get(key) != code for key, code in scene.filed.items()),
        "double": sum(facts[code] != 1 for code in rows.values()),
        "half": sum(papers[code] != whole or runs[code] != 1 for code in rows.values()),
        "codes_twice": sum(count > 1 for count in codes.values()),
        "not_acknowledged": len(set(kept) - set(scene.filed)),
        "moved": len(scene.moved),
        "steps_lost": sum(code not in second or forwarded[code] != 1 for code in scene.moved),
        "undelivered": left.get("deliveries", -1),
        "notices_missing": sum(f"fact:{fact}" not in told for fact in to_tell) if told else 0,
        "notices": len(told),
        "jobs": scene.jobs,
        "jobs_left": sum(count for name, count in left.items() if name != "deliveries"),
        "left": left,
        "chain": "whole" if not found.broken else f"{found.broken.what} at {found.broken.fact_id}",
        "sealed": found.sealed,
        "answers": dict(scene.answers),
    }


def _told(figures: dict[str, Any]) -> list[str]:
    kills = ", ".join(f"{kind} {count}" for kind, count in figures["kills"].items())
    answers = ", ".join(f"{what} {count}" for what, count in figures["answers"].items())
    return [
        f"killed: {kills}; clients met: {answers}",
        f"filings acknowledged {figures['acknowledged']}: lost {figures['lost']}, double {figures['double']}, "
        f"half written {figures['half']}, one code twice {figures['codes_twice']}",
        f"kept though its acknowledgement never came (the scene ended): {figures['not_acknowledged']}",
        f"steps acknowledged {figures['moved']}: lost or double {figures['steps_lost']}",
        f"facts not delivered {figures['undelivered']}, "
        f"notices {figures['notices']}, missing {figures['notices_missing']}",
        f"jobs {figures['jobs']}, left undone {figures['jobs_left']} {figures['left']}",
        f"chain of facts: {figures['chain']}, {figures['sealed']} sealed",
    ]
