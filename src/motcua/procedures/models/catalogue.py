"""Procedures in dated versions with all their parts (DOMAIN 5.1), and who offers them by which route."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.organizations.models import Unit
from motcua.procedures.states import LEVELS, LIMIT_UNITS, METHODS, ONLINE_KINDS
from motcua.workflow.models import Route


class Procedure(models.Model):
    """A procedure under its national code (DOMAIN 4.9); what it demands stands in its versions."""

    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """The parts of a procedure as they were in force from one day to another; never edited after publication."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    name = models.TextField()  # the longest real one has 1,094 characters
    decision_number = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=200, blank=True)
    issuing_agency = models.CharField(max_length=200)
    levels = ArrayField(models.CharField(max_length=40), default=list)
    subjects = ArrayField(models.CharField(max_length=300), default=list)
    executing_agencies = ArrayField(models.CharField(max_length=500), default=list)
    competent_agency = models.TextField(blank=True)
    coordinating_agency = models.TextField(blank=True)
    reception_address = models.TextField(blank=True)
    steps = models.TextField()
    conditions = models.TextField(blank=True)
    channels_text = models.TextField(blank=True)  # as crawled: the split of the cells loses something
    components_text = models.TextField(blank=True)
    legal_text = models.TextField(blank=True)
    legal_references = ArrayField(models.CharField(max_length=100), default=list)
    online_kind = models.CharField(max_length=10)  # none | partial | full | unknown: see states.py
    source = models.CharField(max_length=300)
    source_url = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of what was imported: an unchanged row makes no new version

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "valid_from"], name="procedure_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="version_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level_labels(self) -> list[str]:
        return [str(LEVELS.get(level, level)) for level in self.levels]

    @property
    def online_label(self) -> str:
        return str(ONLINE_KINDS[self.online_kind])


class FilingChannel(models.Model):
    """One way to file, with its time limit and fee."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="channels")
    position = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=60)  # Trực tiếp | Trực tuyến | Dịch vụ bưu chính
    limit_value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=30, blank=True)  # of states.LIMIT_UNITS; "": the source names none
    fee = models.BigIntegerField(null=True)  # đồng; null: not stated as one number, see note
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.method

    @property
    def method_label(self) -> str:
        return str(METHODS.get(self.method, self.method))

    @property
    def unit_label(self) -> str:
        return str(LIMIT_UNITS.get(self.limit_unit, self.limit_unit))


class Component(models.Model):
    """A paper that the dossier must hold, in one of its cases."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField()
    case = models.TextField(blank=True)
    name = models.TextField()
    form = models.CharField(max_length=500, blank=True)
    originals = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ProcedureResult(models.Model):
    """What the applicant receives."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="results")
    name = models.TextField()
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Offering(models.Model):
    """That a unit, or every unit of a kind, handles a procedure, along which route, within which limit."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="offerings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="offerings")
    unit_kind = models.CharField(max_length=20, blank=True)  # where unit is null: "commune"
    route = models.ForeignKey(Route, models.PROTECT, related_name="offerings")
    limit_value = models.PositiveSmallIntegerField()
    limit_unit = models.CharField(max_length=30)  # a LimitUnit of organizations.rules.working_time
    fee = models.BigIntegerField(default=0)  # đồng
    is_online = models.BooleanField(default=True)
    # Of the electronic form: [{"name", "label", "type", "required", "choices"?, "hint"?}], see rules.questions
    questions = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(unit_kind=""), name="offering_has_a_unit_or_kind"
            ),
            models.UniqueConstraint(
                fields=["procedure", "unit", "unit_kind", "valid_from"], name="offering_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} @ {self.unit or self.unit_kind}"

    @property
    def unit_label(self) -> str:
        return str(LIMIT_UNITS.get(self.limit_unit, self.limit_unit))
