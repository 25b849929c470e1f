"""Indicators in versions, and targets set for them."""

from django.db import models
from django.db.models import F, Q

from motcua.organizations.models import Unit
from motcua.organizations.states import UNIT_KINDS


class Indicator(models.Model):
    """A named ratio in one version: which measure it is, from when, on which legal ground."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    # Code of a Ratio that a module declares, or a ratio put together in the browser (rules.building); "": nothing
    # measures it, its values are typed.
    measure = models.CharField(max_length=600, blank=True)
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


class TypedFigure(models.Model):
    """A number that no measure gives: typed or imported with its source, and counted once a second person verified it.

    ``what`` names what it answers: "766:DOSSIER_SYNC" (a row of the index or a count of its payment row) or the code of
    an indicator. A correction is a newer row; the newest verified one counts. ``whole`` null: a plain number.
    """

    what = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    part = models.DecimalField(max_digits=18, decimal_places=2)
    whole = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=40)  # account code
    entered_at = models.DateTimeField()
    verified_by = models.CharField(max_length=40, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    refused_for = models.CharField(max_length=300, blank=True)  # why the second person did not accept it

    class Meta:
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__gte=0) & (Q(whole__isnull=True) | Q(whole__gte=0)), name="typed_figure_not_negative"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="typed_figure_days_in_order"),
            models.CheckConstraint(condition=~Q(verified_by=F("entered_by")), name="typed_figure_by_two_people"),
        ]
        indexes = [models.Index(fields=["what", "unit", "first_day"], name="typed_figure_of")]

    def __str__(self) -> str:
        return f"{self.what} {self.unit_id} {self.first_day}"

    @property
    def is_waiting(self) -> bool:
        return self.verified_at is None and not self.refused_for


class PublishedIndex(models.Model):
    """The index of a unit and those under it for a period as it was published, with the counts behind every point.

    Never changed: a correction is the next ``edition``. ``digest`` is SHA-256 of ``content`` in canonical JSON.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)  # "2026Q3", see rules.index_periods
    edition = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=20)  # of the index: "766-2026"
    content = models.JSONField()  # see actions.publishing
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)  # why a further edition was needed
    published_by = models.CharField(max_length=40)  # account code
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-period", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "period", "edition"], name="index_edition_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Public code: "766-2026Q3-1"."""
        return f"766-{self.period}-{self.edition}"


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


from motcua.indicators.set_models import IndicatorSet  # noqa: E402, F401 - a table of its own file
