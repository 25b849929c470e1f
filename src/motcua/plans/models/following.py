"""What becomes of tasks: their history, turns of recurring ones, new last days asked for, urging, facts that close."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.plans.models.plan import Plan
from motcua.plans.models.task import Assignment, Task
from motcua.plans.rules.times.periods import period_in_words
from motcua.plans.states import EXTENSION_LABELS, EXTENSION_TONES, GRADES, PROGRESS_KINDS, PROGRESS_TONES
from motcua.plans.task_status import TaskStatus, task_status


class Progress(models.Model):
    """A line of a task's history. Appended, never edited."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="history")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    on_day = models.DateField(null=True, blank=True)  # of the completion, or the new last day
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    link = models.CharField(max_length=500, blank=True)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    occurrence = models.ForeignKey("Occurrence", models.PROTECT, null=True, blank=True, related_name="history")
    fact = models.CharField(max_length=200, blank=True)  # "report.sent BC-…": a fact of the system as evidence

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="progress_percent_in_range"
            )
        ]
        indexes = [models.Index(fields=["task", "id"], name="progress_in_order")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind} {self.at:%Y-%m-%d}"

    @property
    def label(self) -> str:
        return str(PROGRESS_KINDS[self.kind])

    @property
    def tone(self) -> str:
        return PROGRESS_TONES[self.kind]


class Occurrence(models.Model):
    """One turn of a task for one leading unit (R10.3); ``key`` names its period: 2026, 2026-H1, 2026-Q3, 2026-11,
    2026-W47, or the day of the event that opened it: 2026-11-21."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="occurrences")
    key = models.CharField(max_length=10)
    starts_on = models.DateField()
    due_on = models.DateField()
    reported_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)  # what happened, of a turn that an event opened
    grade = models.CharField(max_length=12, blank=True)
    grade_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "key"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="occurrence_in_order"),
        ]
        indexes = [models.Index(fields=["due_on"], name="occurrence_due", condition=Q(done_on__isnull=True))]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.key}"

    @property
    def grade_label(self) -> str:
        return str(GRADES[self.grade]) if self.grade else ""

    @property
    def label(self) -> str:
        """The period in words: "quý III/2026", "tháng 11/2026", "từ 05/3/2026"."""
        return period_in_words(self.key)

    def status(self, day: date) -> TaskStatus:
        """Where this turn stands on ``day``: one of the four."""
        return task_status(deadline_kind="date", due_on=self.due_on, done_on=self.done_on, day=day)


class Extension(models.Model):
    """A unit asks for a new last day of a task, or of one turn of it; whoever accepts completions answers."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, null=True, blank=True, related_name="extensions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    new_due_on = models.DateField()
    reason = models.CharField(max_length=2000)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], condition=Q(state="asked"), name="one_open_extension")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id} {self.state}"

    @property
    def label(self) -> str:
        return str(EXTENSION_LABELS[self.state])

    @property
    def tone(self) -> str:
        return EXTENSION_TONES[self.state]


class FactBinding(models.Model):
    """A fact that completes a unit's part of a task: a verb, and a subject if it must be a certain one."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="fact_bindings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)  # "": any subject of that unit
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "verb", "subject"], name="fact_binding_once"),
        ]
        indexes = [models.Index(fields=["verb", "subject"], name="fact_binding_heard")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.verb} {self.subject}"


class Reminder(models.Model):
    """That a unit's part, or a turn of it, was brought to mind at a stage before, on or after its last day."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, null=True, blank=True, related_name="reminders")
    due_on = models.DateField()
    stage = models.CharField(max_length=12)  # rules.reminding: before3, on, late1
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "occurrence", "due_on", "stage"], name="reminded_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.due_on} {self.stage}"


class Urging(models.Model):
    """An urging letter of ``holder`` to one unit about its late and soon due tasks.

    ``tasks`` keeps how they stood: [{"code", "turn", "due_on", "days_late"}]. ``number`` and ``sent_at`` are filled by
    the clerk once the letter is signed and sent.
    """

    code = models.CharField(max_length=40, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="urgings")  # null: of all plans
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="urgings")
    tasks = models.JSONField(default=list)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")  # PDF
    word_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")  # DOCX
    number = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="urging_of_unit")]

    def __str__(self) -> str:
        return self.code

    @property
    def late(self) -> int:
        """How many of its tasks were late."""
        return sum(each["days_late"] > 0 for each in self.tasks)
