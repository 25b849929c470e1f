"""Indicators in versions, and targets set for them."""

from django.db import models
from django.db.models import F, Q

from motcua.organizations.models import Unit
from motcua.organizations.states import UNIT_KINDS


class Indicator(models.Model):
    """A named ratio in one version: which measure it is, from when, on which legal ground."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    measure = models.CharField(max_length=80)  # code of a Ratio that a module declares
    formula = models.CharField(max_length=300, blank=True)  # in words, as the source states it
    source = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="indicator_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="indicator_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """A value that an indicator must reach in a period, for one unit or for every unit of a kind.

    ``set_by`` is the public code of what set it (a plan's target): sideways by code.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    set_by = models.CharField(max_length=80)
    words = models.CharField(max_length=500)
    scope_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # top of the tree it binds
    unit_kind = models.CharField(max_length=20, blank=True)  # "" binds the scope as a whole
    comparator = models.CharField(max_length=2)  # >= > = <= <
    value = models.DecimalField(max_digits=9, decimal_places=2)
    first_day = models.DateField()
    last_day = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["set_by", "indicator", "unit_kind"], name="target_once", condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="target_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.comparator} {self.value}"

    @property
    def kind_label(self) -> str:
        return str(UNIT_KINDS.get(self.unit_kind, "")) if self.unit_kind else ""

    @property
    def sign(self) -> str:
        """The comparator as it is printed."""
        return {">=": "≥", "<=": "≤"}.get(self.comparator, self.comparator)


SLOTS = 16  # counts that a kept cell has room for


class KeptCell(models.Model):
    """What was counted of a unit's rows of one detail in one month, moved with the rows themselves.

    ``n0`` to ``n15`` hold the counts in the order in which the model's measures are declared. A trigger of the counted
    table writes here (``indicators.kept.triggers``), and nothing else does. Only rows of the leaf that a row belongs to
    are touched: one of the root would be a lock that every office waits for. Detail 0 sums up the unit's month.
    """

    rows = models.CharField(max_length=40)  # label of the counted model: "dossiers.dossier"
    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+", db_constraint=False)
    month = models.DateField()  # its first day
    detail = models.BigIntegerField()  # key of what the source names as its detail

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rows", "unit", "month", "detail"], name="kept_cell_once")]

    def __str__(self) -> str:
        return f"{self.rows} {self.unit_id} {self.month:%m/%Y} {self.detail}"


for _slot in range(SLOTS):
    KeptCell.add_to_class(f"n{_slot}", models.IntegerField(default=0, db_default=0))


class KeptCheck(models.Model):
    """A comparison of kept cells with the rows themselves, and the cells that differed."""

    checked_at = models.DateTimeField()
    cells = models.PositiveIntegerField()
    different = models.PositiveIntegerField(default=0)
    differences = models.JSONField(
        default=list
    )  # the first: [{"unit", "month", "detail", "measure", "kept", "counted"}]

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"{self.checked_at}: {len(self.differences)}/{self.cells}"
