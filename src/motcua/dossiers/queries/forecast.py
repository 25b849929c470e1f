"""Which open dossiers of a unit will be late, and which stand still: read from the ledger of who held what how long."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.base.clock import now
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.control_rules import control_rules_on
from motcua.dossiers.rules.forecast import Pace, Part, Step, parts_of
from motcua.dossiers.states import RECEIVE, RESOLVED_STATES, RETURN
from motcua.organizations.models import Unit
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.working_time import WorkingCalendar
from motcua.workflow.models import JOINING, OPEN, Holding, Run
from motcua.workflow.queries import route_plan

KIND = "dossier"
MOST_CASES = 300  # of the past that a pace is told from
MOST_OPEN = 2_000  # of one unit that a forecast looks at

Place = tuple[int, int]  # route, position: a step of a unit


@dataclass(frozen=True)
class Forecast:
    """One open dossier: when it will probably be decided, and why. ``minutes_late`` is negative where time is left."""

    code: str
    link: str
    title: str
    step_name: str
    unit: Unit
    assignee_name: str  # "" while nobody has claimed it
    due_at: datetime
    expected_at: datetime
    minutes_late: int  # working minutes
    held_since: datetime
    held: int  # working minutes at the present step
    parts: tuple[Part, ...]
    is_stuck: bool

    @property
    def is_late(self) -> bool:
        return self.minutes_late > 0


def forecast_of(unit: Unit, *, at: datetime | None = None) -> list[Forecast]:
    """Return the open dossiers of ``unit``, the latest first; six statements whatever their number.

    Dossiers whose clock stands still, and those decided, are left out.
    """
    at = at or now()
    calendar, rules = calendar_for(unit.code), control_rules_on(at.date())
    runs = [run for run in _open_runs(unit) if run.phase != RETURN]
    since = {holding.run_id: holding.started_at for holding in _held_now(runs)}
    paces = _paces(unit, calendar)
    lying = Counter((run.route_id, run.position) for run in runs)
    found = []
    for run in runs:
        started = since.get(run.pk, run.started_at)
        held = max(calendar.working_minutes_between(started, at), 0)
        parts = parts_of(_steps_left(run, paces, lying), held)
        expected_at = calendar.add_working_minutes(at, sum(part.minutes for part in parts))
        found.append(
            Forecast(
                code=run.subject,
                link=run.link,
                title=run.title,
                step_name=run.step_name,
                unit=run.unit,
                assignee_name=run.assignee.full_name if run.assignee else "",
                due_at=run.due_at,
                expected_at=expected_at,
                minutes_late=calendar.working_minutes_between(run.due_at, expected_at),
                held_since=started,
                held=held,
                parts=tuple(parts),
                is_stuck=calendar.add_working_days(started, rules.stuck_after_days) < at,
            )
        )
    return sorted(found, key=lambda each: (-each.minutes_late, each.code))


def late_soon(unit: Unit, *, at: datetime | None = None) -> list[Forecast]:
    """Return those of ``forecast_of`` that are late or become so within the days that the dated rules look ahead."""
    at = at or now()
    until = calendar_for(unit.code).add_working_days(at, control_rules_on(at.date()).forecast_ahead_days)
    return [each for each in forecast_of(unit, at=at) if each.is_late and each.due_at <= until]


def _open_runs(unit: Unit) -> list[Run]:
    runs = Run.objects.filter(competent_unit=unit, state__in=[OPEN, JOINING], kind=KIND, branch=0)
    promised = runs.exclude(phase=RECEIVE, legal_minutes=0)  # what was only filed has no promise to be late by
    return list(promised.select_related("unit", "assignee").order_by("due_at")[:MOST_OPEN])


def _held_now(runs: Iterable[Run]) -> list[Holding]:
    numbers = [run.pk for run in runs]
    return list(Holding.objects.filter(run__in=numbers, ended_at__isnull=True)) if numbers else []


def _paces(unit: Unit, calendar: WorkingCalendar) -> dict[Place, Pace]:
    """Return the pace of each step from the latest resolved dossiers of ``unit``."""
    resolved = Dossier.objects.filter(competent_unit=unit, state__in=RESOLVED_STATES).order_by("-received_at")
    codes = list(resolved.values_list("code", flat=True)[:MOST_CASES])
    held = Holding.objects.filter(run__subject__in=codes, run__branch=0, ended_at__isnull=False)
    spans: dict[Place, list[tuple[datetime, datetime]]] = defaultdict(list)
    for route, position, started_at, ended_at in held.values_list("run__route", "position", "started_at", "ended_at"):
        if ended_at is not None:
            spans[route, position].append((started_at, ended_at))
    return {place: _pace(each, calendar) for place, each in spans.items()}


def _pace(spans: list[tuple[datetime, datetime]], calendar: WorkingCalendar) -> Pace:
    minutes = tuple(max(calendar.working_minutes_between(start, end), 0) for start, end in spans)
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    return Pace(minutes, max(calendar.working_minutes_between(first, last), 0))


def _steps_left(run: Run, paces: dict[Place, Pace], lying: Counter[Place]) -> list[Step]:
    """Return the present step and those after it up to the decision, along the way that the trunk travels."""
    plan, left = route_plan(run.route_id), []
    for step in plan.own_way:
        if step.position < run.position or step.position in run.skips or step.phase == RETURN:
            continue
        place = (run.route_id, step.position)
        share = run.legal_minutes * step.share // 100
        left.append(Step(step.name, paces.get(place, Pace()), share, lying[place]))
    return left
