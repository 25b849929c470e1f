"""Reports of units for periods, and their cells with where each number comes from."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.organizations.models import Unit
from motcua.organizations.states import UNIT_KINDS
from motcua.reports.rules.matrix_forms import Line
from motcua.reports.rules.periods import ReportPeriod, regime_rules
from motcua.reports.states import DRAFT, LABELS, MEASURED, OPEN_STATES, ORIGINS, SUMMED, TONES, TYPED


class Report(models.Model):
    """What a unit reports under a regime for a period. The forms are those in force on the window's first day."""

    code = models.CharField(max_length=80, unique=True)
    regime = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    period = models.CharField(max_length=10)  # "2026Q3", see rules.periods
    appendices = models.JSONField()  # numbers of the appendices it holds: [1, 3]
    # {"6": {"code", "valid_from", "lines": [{"code", "name", "unit", "field"}]}}: the versions it was opened with
    forms = models.JSONField(default=dict)
    # {"at", "children": [{"unit", "report", "version"}], "missing": [unit names], "late": [unit names]}
    consolidation = models.JSONField(default=dict)
    narrative = models.TextField(blank=True)  # numbers bound to cells are written {PL1-2.1}
    narrative_at = models.DateTimeField(null=True, blank=True)
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
    def regime_label(self) -> str:
        return gettext(regime_rules(self.regime)["name"])

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
    summed = models.CharField(max_length=40, blank=True)  # the sum of the reports of the units below
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
        """The value that counts: what was typed, else what was measured, else the sum of the units below."""
        return self.typed if self.is_typed else self.measured or self.summed

    @property
    def origin(self) -> str:
        if self.is_typed:
            return TYPED
        return MEASURED if self.measured else SUMMED if self.summed else ""

    @property
    def differs_from_sum(self) -> bool:
        """Whether the number that counts is not what the units below reported together."""
        return bool(self.summed) and bool(self.value) and self.value != self.summed

    @property
    def origin_label(self) -> str:
        return str(ORIGINS.get(self.origin, ""))

    @property
    def is_override(self) -> bool:
        given = self.measured or self.summed
        return self.is_typed and bool(given) and self.typed != given


class ReportVersion(models.Model):
    """The values of a report as they were sent; sending again makes the next number."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    cells = models.JSONField()  # {"1": {"2.1": "12"}}: every value that counted, computed ones included
    # {"6": [{"code", "name", "unit", "field"}]}: what its forms by lines counted then; each report numbers its own
    lines = models.JSONField(default=dict)
    narrative = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"

    def lines_in(self, appendix: int) -> list[Line]:
        """Return the lines that a form by lines had when this was sent."""
        return [Line(**line) for line in self.lines.get(str(appendix), ())]


class CellReturn(models.Model):
    """One cell sent back with words; answered when its value, note or reason is changed."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="cell_returns")
    appendix = models.PositiveSmallIntegerField()
    row = models.CharField(max_length=20)
    words = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "answered_at"], name="cell_return_of_report")]

    def __str__(self) -> str:
        return f"{self.report_id} PL{self.appendix}-{self.row}"


class Receipt(models.Model):
    """A unit that a version was sent to, and when it said that it has it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="receipts")
    version = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="report_receipts")
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "version", "unit"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version} -> {self.unit_id}"


class SendingDay(models.Model):
    """By which day of the period's last month units of a level send a regime's reports: a dated setting."""

    regime = models.CharField(max_length=40)
    level = models.CharField(max_length=20, blank=True)  # a kind of unit; "" for all others
    day = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regime", "level", "valid_from"], name="sending_day_once"),
            models.CheckConstraint(condition=models.Q(day__gte=1, day__lte=28), name="sending_day_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.level}: {self.day}"

    @property
    def level_label(self) -> str:
        return str(UNIT_KINDS.get(self.level, _("Mọi cấp")))


class OwnForm(models.Model):
    """A version of a form that the province made itself; a draft until it is published, unchanged afterwards."""

    code = models.CharField(max_length=40)
    regime = models.CharField(max_length=40)
    appendix = models.PositiveSmallIntegerField()  # from 100: the shipped forms have the numbers below
    title = models.CharField(max_length=300)
    valid_from = models.DateField()
    data = models.JSONField()  # in the shape of reports/data/forms
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="own_form_once_a_day")]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"


from motcua.reports.request_models import ReportRequest, RequestAnswer, RequestedUnit  # noqa: E402, F401 - tables of their own file
