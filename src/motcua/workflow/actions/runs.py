"""Starting runs, moving them from step to step, pausing and closing them.

A life calls these inside its own transaction, with its own subject locked; it records its own fact. They are part of
that transaction, so they set no savepoint: what they refuse takes the whole action back.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.statements import Question, insert
from motcua.organizations.models import Account, Unit
from motcua.organizations.queries import calendar_for
from motcua.workflow.actions.moving import check_open, hand_over, move_on, step_due_at
from motcua.workflow.models import CLOSED, PAUSED, Holding, Pause, Run
from motcua.workflow.queries import RoutePlan, place_of, route_plan
from motcua.workflow.rules.step_time import due_after_pause

__all__ = ["advance", "assign", "close", "draft", "lock", "pause", "promise", "resume", "resume_in_memory",
           "send_back", "start", "step_due_at"]  # fmt: skip

# Kept with the pause, as Vietnamese as the printed sheet.
WAITING_FOR_SUPPLEMENT = "Chờ bổ sung giấy tờ"
WAITING_FOR_PAYMENT = "Chờ thực hiện nghĩa vụ tài chính"

_LOCKED = Question(
    lambda subject: (
        Run.objects.select_for_update(of=("self",))
        .select_related("unit", "competent_unit__one_stop")
        .filter(subject=subject)
        .order_by("branch")
    )
)


def lock(subject: str) -> Run:
    """Lock and return the run of ``subject`` with its units; ``branches`` are its other rows, locked with it.

    Raises:
        Run.DoesNotExist: the subject has no run.
    """
    rows = _LOCKED(subject=subject)
    if not rows:
        raise Run.DoesNotExist(subject)
    trunk, *beside = rows
    for row in beside:
        row.trunk = trunk
    trunk.branches = beside
    return trunk


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
    skips: Collection[int] = (),
    counter: Unit | None = None,
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
        counter=counter,
        started_at=at,
        due_at=due_at,
        legal_minutes=legal_minutes,
        skips=list(skips),
    )
    return run, run.enter(first, unit=unit, at=at, due_at=step_due_at(run, first, at=at))


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
    skips: Collection[int] = (),
    counter: Unit | None = None,
) -> Run:
    """Start the run of ``subject`` at the first step of its route.

    ``due_at`` is the due instant of the whole; ``legal_minutes`` the working minutes that the steps share; ``skips``
    the positions that do not apply to it (``route_plan(…).skips_for(answers)``); ``counter`` the one-stop unit that
    took it in, where that is not the competent unit's own.

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
        unit=place_of(plan.first, competent_unit, counter),
        competent_unit=competent_unit,
        at=at,
        due_at=due_at,
        legal_minutes=legal_minutes,
        skips=skips,
        counter=counter,
    )
    insert(run, below=[holding], by="run")
    return run


@transaction.atomic(savepoint=False)
def promise(run: Run, *, due_at: datetime, legal_minutes: int, at: datetime, actor: Account) -> Holding:
    """Promise the due instant of the whole; the present step is entered anew under it.

    For subjects whose clock starts after they came in: what was held until now (the reply that they were received)
    ends, the rest of the step has its own time.
    """
    run.due_at, run.legal_minutes = due_at, legal_minutes
    return hand_over(run, route_plan(run.route_id).step(run.position), at=at, actor=actor)


@transaction.atomic(savepoint=False)
def advance(run: Run, *, at: datetime, actor: Account) -> Holding:
    """Hand the run over to what follows on its route: the present holding ends, the next begins.

    At a fork every branch begins. At a join a branch that is done ends; the trunk goes on once all are done, and what
    is returned is the holding (unsaved) that will then begin.

    Raises:
        Refused: the run is paused, closed or waits for its branches, or stands at its last step.
    """
    check_open(run)
    return move_on(run, at=at, actor=actor)


@transaction.atomic(savepoint=False)
def send_back(run: Run, *, at: datetime, actor: Account) -> Holding:
    """Hand the run back to the step before, to be done again; that step gets its own time anew.

    Branches that are done stay done.

    Raises:
        Refused: the run is paused, closed or waits for its branches, or stands at its first step.
    """
    check_open(run)
    step = route_plan(run.route_id).before(run)
    if step is None:
        words = (
            gettext("“%(step)s” là bước đầu của nhánh.")
            if run.branch
            else gettext("“%(step)s” là bước đầu của quy trình.")
        )
        raise Refused(words % {"step": run.step_name})
    return hand_over(run, step, at=at, actor=actor)


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
    """Let the clock stand still (R4.10), for every branch of the subject.

    Raises:
        Refused: the run is paused or closed already, or waits for its branches.
    """
    check_open(run)
    for row in _family(run):
        if row.state != CLOSED:
            row.pause(at=at, reason=reason).save(force_insert=True)
            row.save(update_fields=["state", "paused_at"])


@transaction.atomic(savepoint=False)
def resume(run: Run, *, at: datetime) -> None:
    """Let the clock run again; the due instants move by the working time that passed (R4.10, R4.13).

    Raises:
        Refused: the run is not paused.
    """
    if run.state != PAUSED:
        raise Refused(gettext("Việc “%(title)s” không tạm dừng.") % {"title": run.title})
    for row in _family(run):
        if row.state == PAUSED:
            resume_in_memory(row, at=at)
            Pause.objects.filter(run=row, ended_at__isnull=True).update(ended_at=at)
            Holding.objects.filter(run=row, ended_at__isnull=True).update(due_at=row.step_due_at)
            row.save(update_fields=["state", "paused_at", "due_at", "step_due_at"])


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
    """End the run with all its branches, its open holdings and its open pauses.

    Raises:
        Refused: it is closed already.
    """
    if run.state == CLOSED:
        raise Refused(gettext("Việc “%(title)s” đã kết thúc.") % {"title": run.title})
    for row in _family(run):
        if row.state == CLOSED:
            continue
        if row.state == PAUSED:
            Pause.objects.filter(run=row, ended_at__isnull=True).update(ended_at=at)
        row.close(at=at)
        Holding.objects.filter(run=row, ended_at__isnull=True).update(ended_at=at, account_code=actor.code)
        row.save(update_fields=["state", "ended_at", "paused_at"])


def _family(run: Run) -> list[Run]:
    """Return the trunk and its branches, as ``lock`` found them."""
    trunk = run.trunk or run
    return [trunk, *trunk.branches]
