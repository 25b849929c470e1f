"""Tasks, who is to do them, and the numbers they set."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date

from motcua.organizations.models import Account, Unit
from motcua.plans.models.plan import Plan
from motcua.plans.states import ASSIGNERS, GRADES, ORIGINS
from motcua.plans.task_status import TaskStatus, task_status

# What a reviewer may correct.
TEXT_FIELDS = ("number", "text", "product", "lead_text", "coordinating_text", "deadline_text")


class Task(models.Model):
    """A row of a plan. ``original`` keeps what the reader read, so that an edited row can be put back.

    ``lead`` and ``coordinating`` are the bodies named in the texts; ``unresolved`` those among the leads that no unit
    of the tree answers to. ``done_on`` is the day on which the last leading unit's completion counts.

    ``previous`` is the same task in the amended version or in the year before, ``parent`` the task of the parent plan
    that it carries out; ``first_year`` the year in which it was first set (0: this plan's). ``assigner`` "" is the
    plan's; ``assigned_in`` the document and clause that set the task, where it is not the plan itself.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=80, unique=True)
    position = models.PositiveIntegerField()
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    first_year = models.PositiveSmallIntegerField(default=0)
    assigner = models.CharField(max_length=16, blank=True)
    assigned_in = models.CharField(max_length=300, blank=True)
    section_path = models.JSONField(default=list)
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    product = models.TextField(blank=True)
    lead_text = models.TextField(blank=True)
    coordinating_text = models.TextField(blank=True)
    lead = models.JSONField(default=list)
    coordinating = models.JSONField(default=list)
    unresolved = models.JSONField(default=list)
    deadline_text = models.CharField(max_length=500, blank=True)
    deadline_kind = models.CharField(max_length=12)  # kinds of rules.deadlines.Deadline
    deadline_reading = models.CharField(max_length=600, blank=True)
    deadline = models.JSONField(default=dict)
    starts_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)  # the earlier day of a two-stage deadline (R10.5)
    due_on = models.DateField(null=True, blank=True)
    line_start = models.PositiveIntegerField(default=0)  # 1-based; 0: not in the source
    line_end = models.PositiveIntegerField(default=0)
    confidence = models.FloatField(default=1.0)
    field_confidence = models.JSONField(default=dict)  # {"text", "lead", "coordinating", "product", "deadline": 0 to 1}
    warnings = models.JSONField(default=list)
    is_damaged = models.BooleanField(default=False)
    is_checked = models.BooleanField(default=False)  # a person has compared it with the source
    is_dropped = models.BooleanField(default=False)
    original = models.JSONField(default=dict)  # {} for a row that a person added
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40, blank=True)
    done_on = models.DateField(null=True, blank=True)
    extra = models.JSONField(default=dict)  # other columns of its row: budget, basis, person, note

    class Meta:
        indexes = [
            models.Index(fields=["plan", "position"], name="task_in_order"),
            models.Index(fields=["due_on"], name="task_due", condition=Q(done_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text[:60]}"

    @property
    def short_code(self) -> str:
        """Its code inside the plan: "PL1.II.3"."""
        return self.code[len(self.plan.code) + 1 :]

    @property
    def section(self) -> str:
        return self.section_path[-1] if self.section_path else ""

    @property
    def set_by(self) -> str:
        """Who set it: the task's own assigner, else the plan's."""
        return self.assigner or self.plan.assigner

    @property
    def set_by_label(self) -> str:
        return str(ASSIGNERS[self.set_by])

    @property
    def age(self) -> int:
        """In how many years it has stood in a plan: 1 for a task of this plan's year, 3 in 2023 if set in 2021."""
        return self.plan.year - self.first_year + 1 if self.first_year else 1

    @property
    def is_edited(self) -> bool:
        return bool(self.original) and any(self.original.get(name) != getattr(self, name) for name in TEXT_FIELDS)

    @property
    def is_added(self) -> bool:
        return not self.original

    @property
    def needs_a_look(self) -> bool:
        """Whether the reader, or nobody's unit, leaves something for a person to decide."""
        return not self.is_checked and (
            self.is_damaged or bool(self.unresolved) or any(each["severity"] != "info" for each in self.warnings)
        )

    @property
    def due_before(self) -> date | None:
        """The last day that its words set, where another one holds now; None where the words still hold."""
        if self.due_on is None:
            return None
        told = {name: parse_date(str(self.deadline.get(name) or "")) for name in ("latest", "before", "date", "end")}
        exclusive = told["before"] - timedelta(days=1) if told["before"] else None  # R10.1
        day = told["latest"] or exclusive or told["date"] or told["end"]
        return day if day != self.due_on else None

    def status(self, day: date, done_on: Any = ...) -> TaskStatus:
        """Where it stands on ``day``; ``done_on`` asks for one unit's part instead of the whole."""
        done = self.done_on if done_on is ... else done_on
        return task_status(deadline_kind=self.deadline_kind, due_on=self.due_on, done_on=done, day=day)


class Assignment(models.Model):
    """A unit that leads a task or helps with it; ``named_as`` is the name in the text that led to it.

    ``share`` is its part of the work in percent, ``grade`` how its accepted completion was judged (states.GRADES).
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField()
    named_as = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=12)
    person = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="assignments")
    reported_on = models.DateField(null=True, blank=True)  # completion reported, waiting to be accepted
    done_on = models.DateField(null=True, blank=True)
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=12, blank=True)
    grade_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__lte=100), name="assignment_share_in_range"
            ),
        ]
        indexes = [models.Index(fields=["unit", "task"], name="assignment_of_unit")]

    def __str__(self) -> str:
        return f"{self.task_id} -> {self.unit}"

    @property
    def origin_label(self) -> str:
        return str(ORIGINS[self.origin])

    @property
    def grade_label(self) -> str:
        return str(GRADES[self.grade]) if self.grade else ""


class PlanTarget(models.Model):
    """A number that a task sets. ``indicator`` is the code of what measures it, "" while nothing does."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="targets")
    code = models.CharField(max_length=80, unique=True)
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=500)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=80, blank=True)
    comparator = models.CharField(max_length=4)
    scope = models.CharField(max_length=500, blank=True)
    tier = models.CharField(max_length=20, blank=True)  # tỉnh, huyện, xã
    line = models.PositiveIntegerField(default=0)
    is_exception = models.BooleanField(default=False)
    duplicate_of = models.CharField(max_length=80, blank=True)
    formula = models.TextField(blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    remark = models.CharField(max_length=500, blank=True)  # how it is measured, or why it is not

    class Meta:
        indexes = [models.Index(fields=["task", "position"], name="target_in_order")]

    def __str__(self) -> str:
        return f"{self.code}: {self.text[:60]}"

    @property
    def must(self) -> str:
        """What must be reached, in signs: "≥ 50 %"; its parts do not part at the end of a line."""
        sign = {">=": "≥", "<=": "≤", "none": ""}.get(self.comparator, self.comparator)
        value = f"{self.value.normalize():f}".replace(".", ",")
        return "\u00a0".join(part for part in (sign, value, self.unit) if part)
