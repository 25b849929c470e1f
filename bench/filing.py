"""What filing and one step cost over HTTP, beside a bare endpoint of the same framework that does one insert.

CPU milliseconds per request, of the web process and all processes of PostgreSQL together, from batches that take turns
within one run; median of the rounds, and of each round's own ratios. The worker does not run: delivering a fact is not
part of the request. The province, the procedure and its papers are the demonstration's; sign-in is by its form, with a
session and the token against forged requests, or by an API key.

The baseline is the barest: no middleware, no authentication, no transaction around the insert. A second one stands
behind the house's middleware and sign-in and tells how much of the difference is theirs.
"""

import argparse
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from _house import Caller, House, Web, own_house, statements_and_answer
from bare import CREATE_TABLE
from django.db import connection

from motcua.base.clock import today
from motcua.organizations.actions.people import issue_token
from motcua.organizations.models import Account
from motcua.procedures.models import Component, Offering, ProcedureVersion

DEFAULT_ROUNDS, DEFAULT_REQUESTS = 5, 200  # requests of each kind in a round
TURN = 50  # requests of one kind before the next kind has its turn
MOST = 2.5  # times the bare endpoint: what was promised
MOST_STATEMENTS = {"file": 12, "step": 12, "list": 4}
UNIT, CITIZEN, COUNTER = "H27.04", "congdan", "tiepnhan"
FIRST_STEP = 1
HERE = Path(__file__).parent


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--requests", type=int, default=DEFAULT_REQUESTS, help="số yêu cầu mỗi loại trong một vòng")
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS, help="số vòng")
    parser.add_argument("--dossiers", type=int, default=2_000, help="số hồ sơ có sẵn trước khi đo")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return CPU milliseconds per request of each kind, ratios to the bare endpoint, and SQL statements per request."""
    with own_house() as house:
        house.prepare(dossiers=options.dossiers)
        form = Form.of_demonstration()
        kinds = _kinds(house, form)
        _take_turns(house, kinds, TURN, TURN)  # warms every process; its figures are dropped
        rounds = [_take_turns(house, kinds, options.requests, TURN) for _ in range(options.rounds)]
        statements = _statements(form)
    figures = _figures(rounds)
    figures |= {"statements": statements, "requests": options.requests * options.rounds, "procedure": form.procedure}
    figures["met"] = all(figures["ratio"][name] <= MOST for name in ("file", "step")) and all(
        statements[name] <= most for name, most in MOST_STATEMENTS.items()
    )
    figures["summary"] = _told(figures)
    return figures


@dataclass(frozen=True)
class Form:
    """What is filed: a procedure of the unit that can be filed online and asks no question, with its papers."""

    procedure: str
    papers: list[dict[str, Any]]

    @classmethod
    def of_demonstration(cls) -> "Form":
        """Return the unit's first such procedure with as many as three papers."""
        offered = Offering.objects.filter(unit__code=UNIT, is_online=True, questions=[]).order_by("procedure__code")
        for offering in offered.select_related("procedure"):
            version = ProcedureVersion.objects.filter(procedure=offering.procedure_id).latest("valid_from")
            names = Component.objects.filter(version=version).order_by("position").values_list("name", flat=True)[:3]
            if len(names) == 3:
                return cls(offering.procedure.code, [{"component_name": name[:2000]} for name in names])
        raise RuntimeError(f"{UNIT} offers no procedure that fits")

    def body(self, **more: Any) -> dict[str, Any]:
        """Return what is sent; every body is another dossier."""
        applicant = {
            "name": "Nguyễn Văn Thử", "identity_number": "000000000001", "phone": "0900000000",
            "address": "Số 1 đường Thử Nghiệm, tỉnh Hà Tĩnh",
        }  # fmt: skip
        common = {"procedure": self.procedure, "unit": UNIT, "applicant": applicant, "papers": self.papers}
        return common | {"submission_key": str(uuid4())} | more


@dataclass(frozen=True)
class Kind:
    """One kind of request and the web process that serves it."""

    name: str
    web: Web
    send: Callable[[], None]
    share: int = 1  # turns it takes where others take one


def _kinds(house: House, form: Form) -> list[Kind]:
    """Return the kinds in the order of their turns; the counter's filings are what the steps then move."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE_TABLE)
    web = house.web()
    on_path = {"PYTHONPATH": str(HERE)}
    bare_web = house.web(on_path | {"DJANGO_SETTINGS_MODULE": "bare.settings"})
    signed_in_web = house.web(on_path | {"DJANGO_SETTINGS_MODULE": "bare.signed_in_settings"})
    citizen, counter = Caller(web.port).sign_in(CITIZEN), Caller(web.port).sign_in(COUNTER)
    citizen_key, counter_key = _with_key(web, CITIZEN), _with_key(web, COUNTER)
    bare, behind_sign_in = Caller(bare_web.port), Caller(signed_in_web.port)
    behind_sign_in.cookies = dict(citizen.cookies)  # same sessions, same secret
    waiting: list[str] = []  # codes of dossiers that stand at the first step

    def file(caller: Caller) -> None:
        caller.post("/api/v1/dossiers", form.body(), 201)

    def file_at_counter() -> None:
        waiting.append(counter.post("/api/v1/dossiers", form.body(channel="in_person"), 201)["code"])

    def step(caller: Caller) -> None:
        caller.post(f"/api/v1/dossiers/{waiting.pop()}/forward", {"at_step": FIRST_STEP}, 200)

    def add(caller: Caller) -> None:
        caller.post("/entries", {"code": form.procedure, "name": "Nguyễn Văn Thử", "text": "Đơn đề nghị " * 10}, 201)

    return [
        Kind("bare", bare_web, lambda: add(bare)),
        Kind("file", web, lambda: file(citizen)),
        Kind("file_with_key", web, lambda: file(citizen_key)),
        Kind("file_at_counter", web, file_at_counter, share=2),
        Kind("step", web, lambda: step(counter)),
        Kind("step_with_key", web, lambda: step(counter_key)),
        Kind("bare_behind_sign_in", signed_in_web, lambda: add(behind_sign_in)),
    ]


def _with_key(web: Web, username: str) -> Caller:
    account = Account.objects.get(username=username)
    caller = Caller(web.port)
    caller.bearer = issue_token(account, name="bench", expires_on=today() + timedelta(days=1), actor=account.code)
    return caller


@dataclass
class Cost:
    """CPU milliseconds per request, by who used them."""

    web: float = 0.0
    database: float = 0.0

    @property
    def both(self) -> float:
        return self.web + self.database


def _take_turns(house: House, kinds: list[Kind], requests: int, turn: int) -> dict[str, Cost]:
    """Send ``requests`` of each kind, ``turn`` at a time, and return what one of each cost."""
    costs = {kind.name: Cost() for kind in kinds}
    for _ in range(max(1, requests // turn)):
        for kind in kinds:
            count = turn * kind.share
            web, database = kind.web.cpu(), house.database_cpu()
            for _ in range(count):
                kind.send()
            cost = costs[kind.name]
            cost.web += (kind.web.cpu() - web) * 1000 / count
            cost.database += (house.database_cpu() - database) * 1000 / count
    turns = max(1, requests // turn)
    return {name: Cost(cost.web / turns, cost.database / turns) for name, cost in costs.items()}


def _figures(rounds: list[dict[str, Cost]]) -> dict[str, Any]:
    names = list(rounds[0])
    median = statistics.median
    return {
        "cpu_ms": {
            name: {
                part: round(median(getattr(costs[name], part) for costs in rounds), 2)
                for part in ("web", "database", "both")
            }
            for name in names
        },
        "ratio": {name: round(median(costs[name].both / costs["bare"].both for costs in rounds), 2) for name in names},
        "ratio_to_bare_behind_sign_in": {
            name: round(median(costs[name].both / costs["bare_behind_sign_in"].both for costs in rounds), 2)
            for name in ("file", "step")
        },
        "ratio_of_each_round": {
            name: [round(costs[name].both / costs["bare"].both, 2) for costs in rounds] for name in ("file", "step")
        },
    }


def _statements(form: Form) -> dict[str, int]:
    """Return the SQL statements of one request of each kind."""
    code, filing, step = "", 0, 0
    for _ in range(2):  # the first warms what is published
        code = statements_and_answer(COUNTER, "/api/v1/dossiers", form.body(channel="in_person"))[1].json()["code"]
        filing = statements_and_answer(CITIZEN, "/api/v1/dossiers", form.body())[0]
        step = statements_and_answer(COUNTER, f"/api/v1/dossiers/{code}/forward", {"at_step": FIRST_STEP})[0]
    listing, page = statements_and_answer(COUNTER, "/api/v1/dossiers?limit=100", times=2)
    return {"file": filing, "step": step, "list": listing, "rows_of_the_list": len(page.json()["dossiers"])}


def _told(figures: dict[str, Any]) -> list[str]:
    cpu, ratio, statements = figures["cpu_ms"], figures["ratio"], figures["statements"]
    behind = figures["ratio_to_bare_behind_sign_in"]
    lines = [
        f"{name.replace('_', ' '):20} {cost['both']:6.2f} ms of CPU (web {cost['web']:.2f}, database "
        f"{cost['database']:.2f}), {ratio[name]:.2f} times the bare endpoint"
        for name, cost in cpu.items()
    ]
    return [
        *lines,
        f"filing {ratio['file']:.2f} and one step {ratio['step']:.2f} times the bare endpoint (at most {MOST})",
        f"filing {behind['file']:.2f} and one step {behind['step']:.2f} times the bare endpoint behind the sign-in",
        f"SQL statements: filing {statements['file']} (at most 12), step {statements['step']} (at most 12), "
        f"list of {statements['rows_of_the_list']} {statements['list']} (at most 4)",
    ]
