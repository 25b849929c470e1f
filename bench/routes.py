"""Steps per second along a route that forks, beside the skeleton's plain route.

A step is what ``workflow`` does of it: one transaction that locks the run, hands it over and commits; dossiers add the
same to every step of every route, so that leaving them out makes the comparison harder, not easier. Three routes take
turns in batches: the plain one of five steps, a plain one of twelve, and one of twelve with two branches side by side,
two conditions and a join. Seconds are CPU of this process and of all processes of PostgreSQL; the median of the rounds
and of each round's own ratios.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from _house import House, own_house
from django.db import transaction

from motcua.base.clock import VIETNAM
from motcua.organizations.models import Account, Unit
from motcua.workflow.actions import runs
from motcua.workflow.actions.routes import NewStep, publish_route
from motcua.workflow.models import OPEN, Route, Run
from motcua.workflow.queries import route_plan

LEAST = 0.8  # of the plain route's steps per second: what was promised
UNIT, ACTOR = "H27.04", "chuyenvien"
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)
PLAIN, LONG, FORKED = "plain", "plain twelve", "forked"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--steps", type=int, default=600, help="số bước mỗi loại trong một vòng")
    parser.add_argument("--rounds", type=int, default=7, help="số vòng")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return steps per CPU second of each route, and the forked one's part of the plain ones'."""
    with own_house(lasting=False) as house:
        house.prepare(dossiers=0)
        walks = _walks()
        for walk in walks.values():
            _steps_per_second(house, walk, 60)  # warms what is published
        rounds = [
            {name: _steps_per_second(house, walk, options.steps) for name, walk in walks.items()}
            for _ in range(options.rounds)
        ]
    figures: dict[str, Any] = {
        "steps_per_cpu_second": {name: statistics.median(one[name] for one in rounds) for name in walks},
        "ratio": {name: statistics.median(one[FORKED] / one[name] for one in rounds) for name in (PLAIN, LONG)},
        "rounds": options.rounds,
        "steps": options.steps,
    }
    figures["met"] = figures["ratio"][PLAIN] >= LEAST
    rates = ", ".join(f"{name} {rate:,.0f}" for name, rate in figures["steps_per_cpu_second"].items())
    figures["summary"] = [
        f"steps per CPU second (process and database): {rates}",
        f"forked beside plain: {figures['ratio'][PLAIN]:.2f} (promised at least {LEAST}); "
        f"beside a plain route of twelve: {figures['ratio'][LONG]:.2f}",
    ]
    return figures


def _step(name: str, share: int, *place: int, condition: str = "") -> NewStep:
    fork, branch = place or (0, 0)
    return NewStep(name, "handle", "specialist", "competent", share, fork, branch, condition)


def _walks() -> dict[str, Callable[[], int]]:
    plain = [_step("Tiếp nhận", 20), *[_step(f"Bước {n}", 20) for n in range(2, 6)]]
    long = [_step("Tiếp nhận", 12), *[_step(f"Bước {n}", 8) for n in range(2, 13)]]
    forked = [
        *[_step(f"Bước {n}", 10) for n in (1, 2)],
        *[_step(f"Nhánh một, bước {n}", 10, 1, 1) for n in (1, 2, 3)],
        *[_step(f"Nhánh hai, bước {n}", 10, 1, 2) for n in (1, 2, 3)],
        _step("Khi lớn", 20, condition="dien_tich > 500"),
        *[_step(f"Bước cuối {n}", share) for n, share in ((1, 10), (2, 10), (3, 10))],
    ]
    routes = {
        name: publish_route(code=f"bench-{number}", name=name, steps=steps, valid_from=MONDAY.date(), actor="")
        for number, (name, steps) in enumerate({PLAIN: plain, LONG: long, FORKED: forked}.items())
    }
    unit = Unit.objects.in_force().select_related("one_stop").get(code=UNIT)
    actor = Account.objects.get(username=ACTOR)
    return {name: _walk(route, unit, actor) for name, route in routes.items()}


def _walk(route: Route, unit: Unit, actor: Account) -> Callable[[], int]:
    """Return what takes one run from its first to its last step and says how many steps that was."""
    plan = route_plan(route.pk)

    def walk() -> int:
        subject, at = f"bench-{uuid4()}", MONDAY
        with transaction.atomic():
            runs.start(
                subject, kind="bench", title="Bench", link="/", route_id=route.pk, competent_unit=unit, at=at,
                due_at=at + timedelta(days=7), legal_minutes=2400, skips=plan.skips_for({"dien_tich": 600}),
            )  # fmt: skip
        for done in range(1, len(plan.steps)):
            at += timedelta(minutes=5)
            with transaction.atomic():
                trunk = runs.lock(subject)
                runs.advance(_open_row(trunk, done), at=at, actor=actor)
        with transaction.atomic():
            runs.close(runs.lock(subject), at=at, actor=actor)
        return len(plan.steps)

    return walk


def _open_row(trunk: Run, turn: int) -> Run:
    """Return the rows that can move by turns, as two agencies would."""
    rows = [row for row in (trunk, *trunk.branches) if row.state == OPEN]
    return rows[turn % len(rows)]


def _steps_per_second(house: House, walk: Callable[[], int], steps: int) -> float:
    before, done = _cpu(house), 0
    while done < steps:
        done += walk()
    return done / (_cpu(house) - before)


def _cpu(house: House) -> float:
    return time.process_time() + house.database_cpu()
