"""Grades of units and their heads: dated schemes, lists of proposed and approved grades (C130)."""

from django.db import models
from django.db.models import F, Q

from motcua.assessments.rules.grading import Scheme, scheme_of
from motcua.assessments.states import GRADE_LIST_LABELS, GRADE_LIST_TONES, PROPOSED
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.models import Account, Unit

BY_ROUND, BY_INDEX = (
    "round",
    "index",
)  # what the share is taken of: a published round, the published index of Decision 766


class GradeScheme(models.Model):
    """How totals become grades, from one day to another. ``definition``: see rules.grading."""

    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    basis = models.CharField(max_length=10, default=BY_ROUND)
    definition = models.JSONField()
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="grade_scheme_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="grade_scheme_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.definition)


class GradeList(models.Model):
    """The grades of units and heads for a period, "XL-2026-1": proposed, then approved and frozen."""

    code = models.CharField(max_length=20, unique=True)
    scheme = models.ForeignKey(GradeScheme, models.PROTECT, related_name="lists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)
    made_from = models.CharField(max_length=60)  # what was published: "DG-2026-3 (1)", "766-2026-1"
    state = models.CharField(max_length=10, default=PROPOSED)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-made_at"], name="grade_lists_newest")]

    def __str__(self) -> str:
        return self.code

    @property
    def state_label(self) -> str:
        return str(GRADE_LIST_LABELS[self.state])

    @property
    def state_tone(self) -> str:
        return GRADE_LIST_TONES[self.state]

    @property
    def period_label(self) -> str:
        return IndexPeriod.parse(self.period).label


class GradedPost(models.Model):
    """One grade of a list: of a unit, or with ``head`` of the person who leads it.

    ``grade`` counts; it differs from ``proposed`` only with a reason.
    """

    grade_list = models.ForeignKey(GradeList, models.CASCADE, related_name="grades")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    head = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    share = models.DecimalField(max_digits=10, decimal_places=5, null=True, blank=True)  # per cent
    proposed = models.CharField(max_length=20, blank=True)  # "": nothing to grade by
    reasons = models.JSONField(default=list)  # why it is not better: [words]
    grade = models.CharField(max_length=20, blank=True)
    override_reason = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    reward = models.CharField(max_length=200, blank=True)  # what is proposed, in words

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grade_list", "unit", "head"], name="grade_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(grade=F("proposed")) | ~Q(override_reason=""), name="grade_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.grade_list_id} {self.unit_id} {self.grade}"

    @property
    def is_changed(self) -> bool:
        return self.grade != self.proposed
