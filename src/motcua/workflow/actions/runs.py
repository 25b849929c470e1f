"""Starting runs, moving them from step to step, pausing and closing them.

A life calls these inside its own transaction, with its own subject locked; it records its own fact. They are part of
that transaction, so they set no savepoint: what they refuse takes the whole action back.
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.workflow.models import CLOSED, OPEN, PAUSED, Holding, Pause, RouteStep, Run
from motcua.workflow.queries import RoutePlan, place_of, route_plan
from motcua.workflow.rules.step_time import due_after_pause, step_due

WAITING_FOR_SUPPLEMENT = "Chờ bổ sung giấy tờ"  # kept with the pause, as Vietnamese as the printed sheet

# Hand a run over: close the holding that is open, open the next one and point the run to it. One statement, because
# every step of every subject passes here.
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
    legal_minutes = %(legal_minutes)s
WHERE id = %(run)s
"""


def lock(subject: str) -> Run:
    """Lock and return the run of ``subject`` with its units.

    Raises:
        Run.DoesNotExist: the subject has no run.
    """
    runs = Run.objects.select_for_update(of=("self",)).select_related("unit", "competent_unit__one_stop")
    return runs.get(subject=subject)


def draft(
    subject: str,
    *,
    kind: str,
    title: str,
    link: str,
    plan: RoutePlan,
    unit: Unit,
    competent_unit: Unit,
    at: datetime,
    due_at: datetime,
    legal_minutes: int,
) -> tuple[Run, Holding]:
    """Return a run that stands at the first step of ``plan`` in ``unit``, and its holding, both unsaved."""
    first = plan.first
    run = Run(
        subject=subject,
        kind=kind,
        title=title[:300],
        link=link,
        route=plan.route,
        competent_unit=competent_unit,
        started_at=at,
        due_at=due_at,
        legal_minutes=legal_minutes,
    )
    return run, run.enter(first, unit=unit, at=at, due_at=step_due_at(run, first, at=at))


def step_due_at(run: Run, step: RouteStep, *, at: datetime) -> datetime:
    """Return when ``step`` is due if the run enters it at ``at``, by the calendar of the competent unit."""
    return step_due(
        calendar_for(run.competent_unit.code),
        start=at,
        share=step.share,
        legal_minutes=run.legal_minutes,
        whole_due=run.due_at,
    )


@transaction.atomic(savepoint=False)
def start(
    subject: str,
    *,
    kind: str,
    title: str,
    link: str,
    route_id: int,
    competent_unit: Unit,
    at: datetime,
    due_at: datetime,
    legal_minutes: int = 0,
) -> Run:
    """Start the run of ``subject`` at the first step of its route.

    ``due_at`` is the due instant of the whole; ``legal_minutes`` the working minutes that the steps share.

    Raises:
        Refused: the route has no step, or a step names a unit that does not exist.
    """
    plan = route_plan(route_id)
    run, holding = draft(
        subject,
        kind=kind,
        title=title,
        link=link,
        plan=plan,
        unit=place_of(plan.first, competent_unit),
        competent_unit=competent_unit,
        at=at,
        due_at=due_at,
        legal_minutes=legal_minutes,
    )
    run.save(force_insert=True)
    holding.run = run
    holding.save(force_insert=True)
    return run


@transaction.atomic(savepoint=False)
def promise(run: Run, *, due_at: datetime, legal_minutes: int, at: datetime, actor: Account) -> Holding:
    """Promise the due instant of the whole; the present step is entered anew under it.

    For subjects whose clock starts after they came in: what was held until now (the reply that they were received)
    ends, the rest of the step has its own time.
    """
    run.due_at, run.legal_minutes = due_at, legal_minutes
    return _hand_over(run, route_plan(run.route_id).step(run.position), at=at, actor=actor)


@transaction.atomic(savepoint=False)
def advance(run: Run, *, at: datetime, actor: Account) -> Holding:
    """Hand the run over to the next step of its route: the present holding ends, the next begins.

    Raises:
        Refused: the run is paused or closed, or stands at its last step.
    """
    _check_open(run)
    step = route_plan(run.route_id).after(run.position)
    if step is None:
        raise Refused(gettext("“%(step)s” là bước cuối của quy trình.") % {"step": run.step_name})
    return _hand_over(run, step, at=at, actor=actor)


@transaction.atomic(savepoint=False)
def send_back(run: Run, *, at: datetime, actor: Account) -> Holding:
    """Hand the run back to the step before, to be done again; that step gets its own time anew.

    Raises:
        Refused: the run is paused or closed, or stands at its first step.
    """
    _check_open(run)
    step = route_plan(run.route_id).before(run.position)
    if step is None:
        raise Refused(gettext("“%(step)s” là bước đầu của quy trình.") % {"step": run.step_name})
    return _hand_over(run, step, at=at, actor=actor)


@transaction.atomic(savepoint=False)
def assign(run: Run, *, to: Account | None) -> None:
    """Let ``to`` alone do the present step; None gives it back to all who hold the role.

    Raises:
        Refused: the run is closed.
    """
    if run.state == CLOSED:
        raise Refused(gettext("Việc “%(title)s” đã kết thúc.") % {"title": run.title})
    run.assignee = to
    run.save(update_fields=["assignee"])


@transaction.atomic(savepoint=False)
def pause(run: Run, *, at: datetime, reason: str) -> None:
    """Let the clock stand still (R4.10).

    Raises:
        Refused: the run is paused or closed already.
    """
    _check_open(run)
    run.pause(at=at, reason=reason).save(force_insert=True)
    run.save(update_fields=["state", "paused_at"])


@transaction.atomic(savepoint=False)
def resume(run: Run, *, at: datetime) -> None:
    """Let the clock run again; the due instants move by the working time that passed (R4.10, R4.13).

    Raises:
        Refused: the run is not paused.
    """
    if run.state != PAUSED:
        raise Refused(gettext("Việc “%(title)s” không tạm dừng.") % {"title": run.title})
    resume_in_memory(run, at=at)
    Pause.objects.filter(run=run, ended_at__isnull=True).update(ended_at=at)
    Holding.objects.filter(run=run, ended_at__isnull=True).update(due_at=run.step_due_at)
    run.save(update_fields=["state", "paused_at", "due_at", "step_due_at"])


def resume_in_memory(run: Run, *, at: datetime) -> None:
    """Move the due instants of ``run`` by its pause, which ends at ``at``. Saves nothing."""
    assert run.paused_at is not None
    calendar, paused_at = calendar_for(run.competent_unit.code), run.paused_at
    run.resume(
        due_at=due_after_pause(calendar, due=run.due_at, paused_at=paused_at, resumed_at=at),
        step_due_at=due_after_pause(calendar, due=run.step_due_at, paused_at=paused_at, resumed_at=at),
    )


@transaction.atomic(savepoint=False)
def close(run: Run, *, at: datetime, actor: Account) -> None:
    """End the run, its open holding and its open pause.

    Raises:
        Refused: it is closed already.
    """
    if run.state == CLOSED:
        raise Refused(gettext("Việc “%(title)s” đã kết thúc.") % {"title": run.title})
    if run.state == PAUSED:
        Pause.objects.filter(run=run, ended_at__isnull=True).update(ended_at=at)
    run.close(at=at)
    Holding.objects.filter(run=run, ended_at__isnull=True).update(ended_at=at, account_code=actor.code)
    run.save(update_fields=["state", "ended_at", "paused_at"])


def _check_open(run: Run) -> None:
    if run.state != OPEN:
        state = gettext("đang tạm dừng") if run.state == PAUSED else gettext("đã kết thúc")
        raise Refused(gettext("Việc “%(title)s” %(state)s.") % {"title": run.title, "state": state})


def _hand_over(run: Run, step: RouteStep, *, at: datetime, actor: Account) -> Holding:
    holding = run.enter(step, unit=place_of(step, run.competent_unit), at=at, due_at=step_due_at(run, step, at=at))
    with connection.cursor() as cursor:
        cursor.execute(
            _HAND_OVER,
            {
                "run": run.pk,
                "at": at,
                "account_code": actor.code,
                "position": step.position,
                "step_name": step.name,
                "phase": step.phase,
                "role": step.role,
                "unit": run.unit.pk,
                "step_due_at": run.step_due_at,
                "due_at": run.due_at,
                "legal_minutes": run.legal_minutes,
            },
        )
    return holding
