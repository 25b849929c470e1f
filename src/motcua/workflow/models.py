"""Routes as data, runs with their clock, and who held which step from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from motcua.organizations.models import Account, Unit
from motcua.workflow.rules.steps import AT_COMPETENT, AT_ONE_STOP

__all__ = ["AT_COMPETENT", "AT_ONE_STOP", "CLOSED", "JOINING", "OPEN", "PAUSED", "Holding", "Pause", "Route",
           "RouteDraft", "RouteStep", "Run"]  # fmt: skip

OPEN, PAUSED, CLOSED = "open", "paused", "closed"
JOINING = "joining"  # the trunk has done its own branch and waits for those beside it; nobody holds it


class Route(models.Model):
    """One published version of a route; never edited, a change is a new version (a run keeps its own)."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    drawing = models.TextField(blank=True, default="")  # BPMN 2.0 as it was drawn; "": written as a table

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="route_version_once")]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"


class RouteStep(models.Model):
    """One step: who does what, where, and its share of the legal time in per cent (R4.09: shares add up to 100)."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    phase = models.CharField(max_length=20)  # what the subject's life does here; a word of the subject, not of ours
    role = models.CharField(max_length=30)
    place = models.CharField(max_length=40, default=AT_COMPETENT)
    share = models.PositiveSmallIntegerField(default=0)
    fork = models.PositiveSmallIntegerField(default=0)  # number of the parallel part that it belongs to; 0: the trunk
    branch = models.PositiveSmallIntegerField(default=0)  # of that part, numbered over the whole route
    condition = models.CharField(max_length=500, blank=True, default="")  # on the form's answers: rules.conditions
    signs = models.BooleanField(default=False)  # somebody signs a paper here
    may_ask_supplement = models.BooleanField(default=True)  # where the phase allows it at all
    needs_payment = models.BooleanField(default=False)  # the step is not left before the fee is paid

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="route_step_once"),
            models.CheckConstraint(condition=Q(share__lte=100), name="route_step_share"),
            models.CheckConstraint(
                condition=Q(fork=0, branch=0) | Q(fork__gt=0, branch__gt=0), name="route_step_branch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"


class RouteDraft(models.Model):
    """A route, or its next version, while somebody works on it; one for each code."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    steps = models.JSONField(default=list)  # [{"name", "phase", "role", …}]: the fields of rules.steps.Step
    drawing = models.TextField(blank=True, default="")  # BPMN 2.0 that the steps were read from; "": none
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


class Run(models.Model):
    """A subject's way along a route: where it is now, who is to act, and until when.

    The trunk (``branch`` 0) is the subject's own row and travels the first branch of a fork itself; every other branch
    has a row of its own from the fork to the join.
    """

    subject = models.CharField(max_length=80)
    branch = models.PositiveSmallIntegerField(default=0)  # RouteStep.branch that this row travels; 0: the trunk
    kind = models.CharField(max_length=20)  # "dossier", "petition" …
    title = models.CharField(max_length=300)
    # Folding takes longer than all else that a search does to a row, so the database folds once.
    title_folded = models.GeneratedField(
        expression=Func(F("title"), function="motcua_fold"), output_field=models.TextField(), db_persist=True
    )
    link = models.CharField(max_length=200)
    route = models.ForeignKey(Route, models.PROTECT)
    state = models.CharField(max_length=10, default=OPEN)
    position = models.PositiveSmallIntegerField()
    step_name = models.CharField(max_length=120)
    phase = models.CharField(max_length=20)
    role = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # where it lies now
    competent_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # The one-stop unit of this run where it is not the competent unit's own: taken in elsewhere (R4.24).
    counter = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    assignee = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    step_due_at = models.DateTimeField()
    due_at = models.DateTimeField()  # of the whole; while paused the due instant before the pause
    legal_minutes = models.PositiveIntegerField(default=0)  # working minutes of the whole, shared out by the steps
    skips = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # positions that do not apply
    open_branches = models.PositiveSmallIntegerField(default=0)  # of the trunk: rows that it must wait for
    is_at_join = models.BooleanField(default=False)  # of the trunk: its own branch is done
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # What ``actions.runs.lock`` found beside this row: the trunk of a branch, the branches of a trunk.
    trunk: Run | None = None
    branches: Sequence[Run] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "branch"], name="run_once_for_each_branch")]
        indexes = [
            # "My work" is one range of this index: what lies in a unit for a role, the step that is due soonest first.
            models.Index(fields=["unit", "role", "step_due_at", "id"], name="run_my_work", condition=Q(state=OPEN)),
            models.Index(fields=["unit", "role", "paused_at"], name="run_waiting", condition=Q(state=PAUSED)),
            models.Index(fields=["assignee", "due_at"], name="run_assignee", condition=Q(state=OPEN)),
            models.Index(fields=["competent_unit", "due_at"], name="run_of_unit", condition=~Q(state=CLOSED)),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.step_name}"

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    def enter(self, step: RouteStep, *, unit: Unit, at: datetime, due_at: datetime) -> Holding:
        """Stand at ``step`` in ``unit`` from ``at`` on, held by nobody yet; return the new holding. Saves nothing."""
        self.position, self.step_name, self.phase, self.role = step.position, step.name, step.phase, step.role
        self.unit, self.assignee, self.step_due_at = unit, None, due_at
        return Holding(
            run=self,
            position=step.position,
            step_name=step.name,
            unit=unit,
            role=step.role,
            started_at=at,
            due_at=due_at,
        )

    def pause(self, *, at: datetime, reason: str) -> Pause:
        """Let the clock stand still from ``at`` on; return the pause. Saves nothing."""
        self.state, self.paused_at = PAUSED, at
        return Pause(run=self, started_at=at, reason=reason)

    def resume(self, *, due_at: datetime, step_due_at: datetime) -> None:
        """Let the clock run again, with the due instants that the pause moved. Saves nothing."""
        self.state, self.paused_at = JOINING if self.is_at_join else OPEN, None
        self.due_at, self.step_due_at = due_at, step_due_at

    def close(self, *, at: datetime) -> None:
        """End the run. Saves nothing."""
        self.state, self.ended_at, self.paused_at = CLOSED, at, None


class Holding(models.Model):
    """Who held a run's step from when to when: lines of the process control sheet (DOMAIN 4.7, form 05/06)."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="holdings", db_index=False)
    position = models.PositiveSmallIntegerField()
    step_name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    account_code = models.CharField(max_length=40, blank=True)  # who ended it
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "id"], name="holding_of_run")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"

    def end(self, *, at: datetime, account_code: str) -> None:
        """Note who ended the step and when. Saves nothing."""
        self.ended_at, self.account_code = at, account_code

    @property
    def is_late(self) -> bool:
        return self.ended_at is not None and self.ended_at > self.due_at


class Pause(models.Model):
    """Time in which the clock stood still, and why (R4.10)."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=Q(ended_at__isnull=True), name="pause_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.reason}"
