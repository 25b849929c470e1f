"""Reading how long the steps of past runs took, for trying a proposed route on them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from motcua.base.clock import start_of
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.working_time import WorkingCalendar
from motcua.workflow.life import phases
from motcua.workflow.models import CLOSED, Holding, Pause, Run
from motcua.workflow.queries import route_plan, steps_of
from motcua.workflow.rules.steps import NewStep
from motcua.workflow.rules.trial import PastRun, Trial, try_out

MOST_RUNS = 5_000  # the newest: more change no median that anybody reads
CHUNK = 1_000
Span = tuple[datetime, datetime]


def try_on_history(
    code: str, steps: Sequence[NewStep], *, until: date, days: int = 365, legal_factor: float = 1.0
) -> Trial | None:
    """Return what ``steps`` would have changed for the runs of the route ``code`` that ended in the last ``days``."""
    runs = list(past_runs(code, since=until - timedelta(days=days), until=until))
    plans = {number: route_plan(number) for number in {run.route for run in runs}}
    routes = {
        number: list(zip((step.position for step in plan.steps), steps_of(plan.steps), strict=True))
        for number, plan in plans.items()
    }
    uncounted = frozenset(phase.code for phase in phases().values() if not phase.is_counted)
    return try_out(routes, runs, steps, uncounted=uncounted, legal_factor=legal_factor)


def past_runs(code: str, *, since: date, until: date) -> Iterator[PastRun]:
    """Yield the newest runs of any version of the route ``code`` that went to its last step between two days."""
    found = Run.objects.filter(
        route__code=code, branch=0, state=CLOSED, legal_minutes__gt=0, ended_at__gte=start_of(since),
        ended_at__lt=start_of(until + timedelta(days=1)),
    ).select_related("competent_unit").order_by("-ended_at")  # fmt: skip
    runs = [run for run in found[:MOST_RUNS] if run.position == route_plan(run.route_id).steps[-1].position]
    for first in range(0, len(runs), CHUNK):
        chunk = runs[first : first + CHUNK]
        codes = [run.subject for run in chunk]
        held, paused = _held(codes), _paused(codes)
        for run in chunk:
            calendar = calendar_for(run.competent_unit.code)
            minutes = _minutes(held[run.subject], paused[run.subject], calendar)
            yield PastRun(run.route_id, run.competent_unit.name, run.legal_minutes, minutes)


def _held(codes: list[str]) -> dict[str, list[tuple[int, Span]]]:
    held = defaultdict(list)
    rows = Holding.objects.filter(run__subject__in=codes, ended_at__isnull=False).order_by("id")
    for code, position, start, end in rows.values_list("run__subject", "position", "started_at", "ended_at"):
        assert end is not None
        held[code].append((position, (start, end)))
    return held


def _paused(codes: list[str]) -> dict[str, list[Span]]:
    paused = defaultdict(list)
    rows = Pause.objects.filter(run__subject__in=codes, run__branch=0, ended_at__isnull=False)
    for code, start, end in rows.values_list("run__subject", "started_at", "ended_at"):
        assert end is not None
        paused[code].append((start, end))
    return paused


def _minutes(held: list[tuple[int, Span]], paused: list[Span], calendar: WorkingCalendar) -> dict[int, int]:
    """Return working minutes by position. Waiting for reception is no part of the legal time: it is the first of two
    holdings of the first step (``runs.promise``)."""
    if len(held) > 1 and held[0][0] == held[1][0]:
        held = held[1:]
    minutes: dict[int, int] = defaultdict(int)
    for position, (start, end) in held:
        taken = calendar.working_minutes_between(start, end)
        for since, until in paused:
            if max(start, since) < min(end, until):
                taken -= calendar.working_minutes_between(max(start, since), min(end, until))
        minutes[position] += max(taken, 0)
    return dict(minutes)
