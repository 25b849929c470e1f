"""Plans and the numbers they set."""

from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator

from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit
from motcua.plans.states import ASSIGNERS, DRAFT, LABELS, PUBLISHED, TONES


class Plan(models.Model):
    """A document that sets tasks. ``unit`` is whose plan it was on its day, ``holder`` who has it today.

    ``lines`` is the source's text line by line, for reading beside the rows, ``spots`` where each line stands on its
    page or sheet ([page, [left, top, right, bottom], address, confidence] or null), ``pages`` [width, height] in points
    of a source that can be shown as pictures. ``reading`` is what the reader found beside the rows: {"claims",
    "warnings", "missing_rows", "body_tasks", "legal_bases"}; ``acknowledged`` the keys of those losses that a person
    has looked at.

    A published plan is never edited: ``version`` 2 ``amends`` version 1, which is superseded once 2 is approved.
    ``parent`` is the plan that this one carries out for a unit below, ``follows`` the one it was carried over from.
    """

    code = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=1000)
    kind = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    assigner = models.CharField(max_length=16)
    is_reform = models.BooleanField(default=False)  # the reform plan of its year (form CCHC, row 2.1)
    version = models.PositiveSmallIntegerField(default=1)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    amend_reason = models.CharField(max_length=1000, blank=True)  # why this version amends the one before
    children_due_on = models.DateField(null=True, blank=True)  # day by which units send their own plans
    children_lead_days = models.PositiveSmallIntegerField(default=0)  # working days that their deadlines come earlier
    sent_at = models.DateTimeField(null=True, blank=True)  # this plan, sent to the holder of its parent
    state = models.CharField(max_length=12, default=DRAFT)
    # None: drafted here, not read from a document.
    source = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    lines = models.JSONField(default=list)
    spots = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    acknowledged = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="plan_period_in_order"),
            models.UniqueConstraint(fields=["amends"], condition=Q(state=DRAFT), name="one_draft_amendment"),
        ]
        indexes = [models.Index(fields=["holder", "-opened_at"], name="plan_of_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it: kind and number, else its title."""
        if self.number:
            return " ".join(part for part in (self.kind, self.number) if part)
        return Truncator(self.title).chars(120)

    @property
    def state_label(self) -> str:
        return str(LABELS[self.state])

    @property
    def state_tone(self) -> str:
        return TONES[self.state]

    @property
    def assigner_label(self) -> str:
        return str(ASSIGNERS[self.assigner])

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED


class PlanReader(models.Model):
    """An official has read a published plan (C141, "quán triệt")."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="readers")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "account"], name="plan_read_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.account_id}"
