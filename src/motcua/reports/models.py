"""Reports of units for periods, and their cells with where each number comes from."""

from django.db import models

from motcua.organizations.models import Unit
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.states import DRAFT, LABELS, MEASURED, OPEN_STATES, ORIGINS, TONES, TYPED


class Report(models.Model):
    """What a unit reports under a regime for a period. The forms are those in force on the window's first day."""

    code = models.CharField(max_length=80, unique=True)
    regime = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    period = models.CharField(max_length=10)  # "2026Q3", see rules.periods
    appendices = models.JSONField()  # numbers of the appendices it holds: [1, 3]
    state = models.CharField(max_length=12, default=DRAFT)
    return_reason = models.CharField(max_length=1000, blank=True)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regime", "unit", "period"], name="report_once")]
        indexes = [models.Index(fields=["unit", "-opened_at"], name="report_of_unit")]

    def __str__(self) -> str:
        return self.code

    @property
    def report_period(self) -> ReportPeriod:
        return ReportPeriod.parse(self.period)

    @property
    def state_label(self) -> str:
        return str(LABELS[self.state])

    @property
    def state_tone(self) -> str:
        return TONES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class ReportCell(models.Model):
    """One row's value. A typed value stands beside the measured one, never over it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="cells")
    appendix = models.PositiveSmallIntegerField()
    row = models.CharField(max_length=20)
    measured = models.CharField(max_length=40, blank=True)  # the number as measured; "" where nothing measures it
    lineage = models.JSONField(default=dict)  # {"measure", "where", "first", "last", "link"} of ``measured``
    typed = models.CharField(max_length=4000, blank=True)
    is_typed = models.BooleanField(default=False)  # an emptied cell is typed too
    reason = models.CharField(max_length=500, blank=True)  # why the measured number was overridden
    note = models.CharField(max_length=1000, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "appendix", "row"], name="report_cell_once")]

    def __str__(self) -> str:
        return f"{self.report_id} PL{self.appendix}-{self.row}"

    @property
    def value(self) -> str:
        """The value that counts: what was typed, else what was measured."""
        return self.typed if self.is_typed else self.measured

    @property
    def origin(self) -> str:
        return TYPED if self.is_typed else MEASURED if self.measured else ""

    @property
    def origin_label(self) -> str:
        return str(ORIGINS.get(self.origin, ""))

    @property
    def is_override(self) -> bool:
        return self.is_typed and bool(self.measured) and self.typed != self.measured
