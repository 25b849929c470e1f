"""Moving runs: the statements by which a run is handed over, forks into branches and joins again.

Each is one statement, because every step of every subject passes here. ``runs`` is the door; it has checked that the
run is open and holds the locks.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.organizations.models import Account
from motcua.organizations.queries import calendar_for
from motcua.workflow.models import CLOSED, JOINING, OPEN, PAUSED, Holding, RouteStep, Run
from motcua.workflow.queries import place_of, route_plan
from motcua.workflow.rules.step_time import step_due

AT_JOIN = "Chờ các nhánh song song"  # kept with the run, as Vietnamese as the names of steps

# Hand a run over: close the holding that is open, open the next one and point the run to it.
_HAND_OVER = """
WITH closed AS (
    UPDATE workflow_holding SET ended_at = %(at)s, account_code = %(account_code)s
    WHERE run_id = %(run)s AND ended_at IS NULL
), opened AS (
    INSERT INTO workflow_holding (run_id, position, step_name, unit_id, role, account_code, started_at, due_at)
    VALUES (%(run)s, %(position)s, %(step_name)s, %(unit)s, %(role)s, '', %(at)s, %(step_due_at)s)
)
UPDATE workflow_run SET position = %(position)s, step_name = %(step_name)s, phase = %(phase)s, role = %(role)s,
    unit_id = %(unit)s, assignee_id = NULL, step_due_at = %(step_due_at)s, due_at = %(due_at)s,
    legal_minutes = %(legal_minutes)s, state = 'open', is_at_join = false
WHERE id = %(run)s
"""

# Fork: hand the trunk over to the first step of its own branch, and let a row for each other branch begin. A branch
# that there was before (the trunk was sent back to before the fork) goes on or stays done. Answers how many began.
_FORK = """
WITH closed AS (
    UPDATE workflow_holding SET ended_at = %(at)s, account_code = %(account_code)s
    WHERE run_id = %(run)s AND ended_at IS NULL
), held AS (
    INSERT INTO workflow_holding (run_id, position, step_name, unit_id, role, account_code, started_at, due_at)
    VALUES (%(run)s, %(position)s, %(step_name)s, %(unit)s, %(role)s, '', %(at)s, %(step_due_at)s)
), begun AS (
    INSERT INTO workflow_run (subject, branch, kind, title, link, route_id, state, position, step_name, phase, role,
        unit_id, competent_unit_id, started_at, step_due_at, due_at, legal_minutes, skips, open_branches, is_at_join)
    SELECT subject, one.branch, kind, title, link, route_id, 'open', one.position, one.step_name, one.phase, one.role,
        one.unit, competent_unit_id, %(at)s, one.step_due_at, due_at, legal_minutes, skips, 0, false
    FROM workflow_run, unnest(%(branches)s::int[], %(positions)s::int[], %(names)s::text[], %(phases)s::text[],
        %(roles)s::text[], %(units)s::bigint[], %(dues)s::timestamptz[])
        AS one (branch, position, step_name, phase, role, unit, step_due_at)
    WHERE id = %(run)s
    ON CONFLICT (subject, branch) DO NOTHING
    RETURNING id, position, step_name, unit_id, role, step_due_at
), all_held AS (
    INSERT INTO workflow_holding (run_id, position, step_name, unit_id, role, account_code, started_at, due_at)
    SELECT id, position, step_name, unit_id, role, '', %(at)s, step_due_at FROM begun
)
UPDATE workflow_run SET position = %(position)s, step_name = %(step_name)s, phase = %(phase)s, role = %(role)s,
    unit_id = %(unit)s, assignee_id = NULL, step_due_at = %(step_due_at)s, state = 'open', is_at_join = false,
    open_branches = open_branches + (SELECT count(*) FROM begun)
WHERE id = %(run)s
RETURNING open_branches
"""

# The trunk has done its own branch and waits for the others.
_WAIT = """
WITH closed AS (
    UPDATE workflow_holding SET ended_at = %(at)s, account_code = %(account_code)s
    WHERE run_id = %(run)s AND ended_at IS NULL
)
UPDATE workflow_run SET state = 'joining', is_at_join = true, step_name = %(step_name)s, assignee_id = NULL
WHERE id = %(run)s
"""

# A branch is done; the trunk has one less to wait for.
_JOIN = """
WITH closed AS (
    UPDATE workflow_holding SET ended_at = %(at)s, account_code = %(account_code)s
    WHERE run_id = %(run)s AND ended_at IS NULL
), done AS (
    UPDATE workflow_run SET state = 'closed', ended_at = %(at)s, assignee_id = NULL WHERE id = %(run)s
)
UPDATE workflow_run SET open_branches = open_branches - 1 WHERE id = %(trunk)s
"""


def step_due_at(run: Run, step: RouteStep, *, at: datetime) -> datetime:
    """Return when ``step`` is due if the run enters it at ``at``, by the calendar of the competent unit."""
    return step_due(
        calendar_for(run.competent_unit.code),
        start=at,
        share=step.share,
        legal_minutes=run.legal_minutes,
        whole_due=run.due_at,
    )


def check_open(run: Run) -> None:
    """Refuse what needs an open run.

    Raises:
        Refused: the run is paused, closed, or waits for its branches.
    """
    if run.state != OPEN:
        states = {
            PAUSED: gettext("đang tạm dừng"), JOINING: gettext("đang chờ các nhánh song song"),
            CLOSED: gettext("đã kết thúc"),
        }  # fmt: skip
        raise Refused(gettext("Việc “%(title)s” %(state)s.") % {"title": run.title, "state": states[run.state]})


def move_on(run: Run, *, at: datetime, actor: Account) -> Holding:
    """Take ``run`` to what follows its present step, through forks and joins.

    Returns the holding that begins; where a join has to wait for other branches, the one (unsaved) that will.

    Raises:
        Refused: it stands at the last step of its route.
    """
    plan = route_plan(run.route_id)
    onward = plan.onward(run)
    if not onward.steps:
        raise Refused(gettext("“%(step)s” là bước cuối của quy trình.") % {"step": run.step_name})
    steps: list[Any] = list(onward.steps)
    if not onward.is_branch_end:
        return _enter(run, steps, at=at, actor=actor)
    if run.branch:
        return _join(run, steps, at=at, actor=actor)
    if run.open_branches:
        run.state, run.is_at_join, run.step_name, run.assignee = JOINING, True, AT_JOIN, None
        _execute(_WAIT, _closing(run, at, actor) | {"step_name": AT_JOIN})
        return _expected(run, steps[0], at)
    return _enter(run, steps, at=at, actor=actor)


def hand_over(run: Run, step: RouteStep, *, at: datetime, actor: Account) -> Holding:
    """Hand ``run`` over to ``step``: the present holding ends, the next begins."""
    holding = run.enter(
        step, unit=place_of(step, run.competent_unit, run.counter), at=at, due_at=step_due_at(run, step, at=at)
    )
    _execute(
        _HAND_OVER,
        _closing(run, at, actor) | _entering(run) | {"due_at": run.due_at, "legal_minutes": run.legal_minutes},
    )
    return holding


def _enter(run: Run, steps: list[RouteStep], *, at: datetime, actor: Account) -> Holding:
    if len(steps) == 1:
        return hand_over(run, steps[0], at=at, actor=actor)
    holdings = [_expected(run, step, at) for step in steps]
    holding = run.enter(steps[0], unit=holdings[0].unit, at=at, due_at=holdings[0].due_at)
    beside = list(zip(steps, holdings, strict=True))[1:]
    run.open_branches = _execute(
        _FORK,
        _closing(run, at, actor)
        | _entering(run)
        | {
            "branches": [step.branch for step, _held in beside],
            "positions": [step.position for step, _held in beside],
            "names": [step.name for step, _held in beside],
            "phases": [step.phase for step, _held in beside],
            "roles": [step.role for step, _held in beside],
            "units": [held.unit.pk for _step, held in beside],
            "dues": [held.due_at for _step, held in beside],
        },
    )
    return holding


def _join(run: Run, steps: list[RouteStep], *, at: datetime, actor: Account) -> Holding:
    trunk = run.trunk or Run.objects.select_for_update().get(subject=run.subject, branch=0)
    _execute(_JOIN, _closing(run, at, actor) | {"trunk": trunk.pk})
    run.close(at=at)
    trunk.open_branches -= 1
    if trunk.open_branches or not trunk.is_at_join:
        return _expected(trunk, steps[0], at)
    trunk.state, trunk.is_at_join = OPEN, False
    return _enter(trunk, steps, at=at, actor=actor)


def _expected(run: Run, step: RouteStep, at: datetime) -> Holding:
    return Holding(
        run=run,
        position=step.position,
        step_name=step.name,
        unit=place_of(step, run.competent_unit, run.counter),
        role=step.role,
        started_at=at,
        due_at=step_due_at(run, step, at=at),
    )


def _closing(run: Run, at: datetime, actor: Account) -> dict[str, Any]:
    return {"run": run.pk, "at": at, "account_code": actor.code}


def _entering(run: Run) -> dict[str, Any]:
    return {
        "position": run.position,
        "step_name": run.step_name,
        "phase": run.phase,
        "role": run.role,
        "unit": run.unit.pk,
        "step_due_at": run.step_due_at,
    }


def _execute(statement: str, values: dict[str, Any]) -> int:
    """Run ``statement``; return the number it answers, 0 if it answers none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone() if cursor.description else None
    return found[0] if found else 0
