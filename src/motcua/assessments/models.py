"""Sets of criteria in versions, rounds of assessment, what units said, what was recognised, what was published."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from motcua.assessments.rules.criteria import Tree, tree_of
from motcua.assessments.states import CLOSED, LABELS, NEXT, OPEN, TONES
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.models import Unit
from motcua.organizations.states import UNIT_KINDS


class CriteriaSet(models.Model):
    """A set of criteria of one unit, which assesses the units below it."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)  # the legal instrument, in words

    def __str__(self) -> str:
        return self.title


class CriteriaSetVersion(models.Model):
    """A version; a draft until it is published, unchanged afterwards. ``definition``: see rules.criteria.

    ``definition["typed"]`` keeps the lines as they were typed or read from the template.
    """

    set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    unit_kinds = models.JSONField(default=list)  # kinds of unit that it assesses
    definition = models.JSONField()
    source = models.CharField(max_length=300)  # where its contents come from; says so where they are made up
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)  # account code
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["set", "number"], name="criteria_version_once")]

    def __str__(self) -> str:
        return f"{self.set} v{self.number}"

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.definition)

    @property
    def kind_labels(self) -> list[str]:
        return [str(UNIT_KINDS[kind]) for kind in self.unit_kinds]


class Round(models.Model):
    """One assessment of many units over one period, with a version of a set; "DG-2026-3".

    The days are the last ones on which a unit scores itself, verifiers verify, units explain, the result is published.
    """

    code = models.CharField(max_length=20, unique=True)
    version = models.ForeignKey(CriteriaSetVersion, models.PROTECT, related_name="rounds")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    period = models.CharField(max_length=8)  # "2026" or "2026Q3", see indicators.rules.index_periods
    self_score_by = models.DateField()
    verify_by = models.DateField()
    explain_by = models.DateField()
    publish_by = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verify_by__gte=F("self_score_by"))
                & Q(explain_by__gte=F("verify_by"))
                & Q(publish_by__gte=F("explain_by")),
                name="assessment_round_days_in_order",
            )
        ]
        indexes = [models.Index(fields=["-opened_at"], name="assessment_rounds_newest")]

    def __str__(self) -> str:
        return self.code

    @property
    def index_period(self) -> IndexPeriod:
        return IndexPeriod.parse(self.period)

    @property
    def tree(self) -> Tree:
        return self.version.tree

    @property
    def period_label(self) -> str:
        return self.index_period.label


class Assessment(models.Model):
    """One unit in a round. ``points`` to ``scaled`` are what the final points came to (rules.points.Total)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="assessments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=12, default=OPEN)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)  # the unit has nothing to explain
    final_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)  # why it was sent back, reopened or left out
    points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    most = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    scaled = models.DecimalField(max_digits=10, decimal_places=5, null=True, blank=True)
    share = models.DecimalField(max_digits=10, decimal_places=5, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="assessment_once")]
        indexes = [models.Index(fields=["unit", "state"], name="assessments_of_unit")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Public code, "DG-2026-3.H27.04"; the round and the unit must be loaded."""
        return f"{self.round.code}.{self.unit.code}"

    @property
    def state_label(self) -> str:
        return str(LABELS[self.state])

    @property
    def state_tone(self) -> str:
        return TONES[self.state]

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    def due_on(self) -> date | None:
        """Return the last day of what is to be done now, None where nothing is."""
        days = {
            "open": self.round.self_score_by,
            "self_scored": self.round.verify_by,
            "explained": self.round.publish_by,
            "verified": self.round.explain_by,
            "final": self.round.publish_by,
        }
        return days.get(self.state)

    def enter(self, state: str) -> None:
        """Go to ``state`` if the table of the life allows it. Saves nothing.

        Raises:
            Refused: the table does not allow it from the present state.
        """
        if state not in NEXT[self.state]:
            raise Refused(
                gettext("%(unit)s đang ở trạng thái “%(now)s”, không thể chuyển sang “%(next)s”.")
                % {"unit": self.unit.name, "now": self.state_label, "next": LABELS[state]}
            )
        self.state = state


class Score(models.Model):
    """One criterion of one assessment: what was measured, what the unit says, what was recognised.

    A typed value stands beside the measured one, never over it. ``verified_points`` None: nobody judged it yet.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=40)
    measured = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    # {"measure", "label", "first", "last", "part", "whole", "part_url", "whole_url", "note"} of ``measured``
    lineage = models.JSONField(default=dict)
    self_choice = models.CharField(max_length=2, blank=True)
    self_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    self_points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    is_not_applicable = models.BooleanField(default=False)  # the unit says so
    note = models.CharField(max_length=2000, blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    scored_by = models.CharField(max_length=40, blank=True)
    verified_points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    verified_not_applicable = models.BooleanField(default=False)
    verified_reason = models.CharField(max_length=1000, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.CharField(max_length=40, blank=True)
    explanation = models.CharField(max_length=2000, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="assessment_score_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.criterion}"

    @property
    def stamp(self) -> str:
        """Tells one saying of the unit from the next, for pages that were opened before it; "" before the first."""
        return self.scored_at.isoformat() if self.scored_at else ""

    @property
    def value(self) -> Decimal | None:
        """The value that counts: what the unit typed, else what was measured."""
        return self.measured if self.self_value is None else self.self_value

    @property
    def exact_value(self) -> Decimal | None:
        """The value unrounded, so that 97,999996 % does not pass for 98 %."""
        whole = Decimal(str(self.lineage.get("whole") or 0))
        if self.self_value is None and self.measured is not None and whole:
            return Decimal(str(self.lineage["part"])) * 100 / whole
        return self.value

    @property
    def is_override(self) -> bool:
        return self.self_value is not None and self.measured is not None and self.self_value != self.measured

    @property
    def is_answered(self) -> bool:
        return self.is_not_applicable or self.self_points is not None

    @property
    def is_judged(self) -> bool:
        return self.verified_at is not None

    @property
    def awaits_answer(self) -> bool:
        """Whether the unit explained after the verifier judged."""
        return self.explained_at is not None and (self.verified_at is None or self.explained_at > self.verified_at)


class Verdict(models.Model):
    """One judgement of a verifier. Appended: the newest one counts and stands in the score."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="verdicts")
    points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    is_not_applicable = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.score_id} {self.points}"


class Evidence(models.Model):
    """What shows that a criterion is met: a kept file, a link, or the public code of a report, plan or procedure."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="", subject="")
                | Q(file__isnull=True, subject="") & ~Q(link="")
                | Q(file__isnull=True, link="") & ~Q(subject=""),
                name="assessment_evidence_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.file.name if self.file else self.link or self.subject


class Publication(models.Model):
    """A round's result as it was published, with the data behind it. Never changed: a correction is the next edition.

    ``digest`` is SHA-256 of ``content`` in canonical JSON (actions.publishing).
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="publications")
    edition = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-published_at", "-edition"]
        constraints = [models.UniqueConstraint(fields=["round", "edition"], name="assessment_edition_once")]

    def __str__(self) -> str:
        return f"{self.round_id} #{self.edition}"


from motcua.assessments.grading_models import GradedPost, GradeList, GradeScheme  # noqa: E402, F401 - tables of their own file
