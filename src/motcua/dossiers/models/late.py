"""What goes with a dossier beside its life: explanations and apologies when late, remarks, hand-overs of the papers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.documents.models import StoredFile
from motcua.organizations.models import Account, Unit


class Explanation(models.Model):
    """Why a dossier became late: asked of whoever held it at its due instant, answered once (R4.18)."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="explanation")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # that held it
    holder = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")  # null: whoever may
    role = models.CharField(max_length=30)  # of the step it stood at
    step_name = models.CharField(max_length=120)
    demanded_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    text = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)  # account code

    class Meta:
        indexes = [
            models.Index(fields=["unit", "answer_by"], name="explanation_open", condition=Q(answered_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}"


class Apology(models.Model):
    """The letter that says sorry and names a new day (form 04, R4.16); one for each dossier, so a new day only once."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="apology")
    reason = models.CharField(max_length=1000)
    new_due_at = models.DateTimeField()
    send_by = models.DateTimeField()  # the last instant at which the law calls it in time
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=40, blank=True)  # account code; "": proposed by the forecast
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(approved_at__isnull=False), name="apology_approved_before_sent"
            )
        ]
        indexes = [models.Index(fields=["send_by"], name="apology_open", condition=Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.dossier_id}"

    @property
    def is_in_time(self) -> bool:
        return self.sent_at is not None and self.sent_at <= self.send_by


class LateList(models.Model):
    """The public list of late dossiers of a month, as published (R4.20): codes and offices, never a person."""

    month = models.DateField(unique=True)  # its first day
    # [{"code", "procedure", "unit", "unit_name", "due_at", "decided_at" or "", "days", "has_apology"}]
    rows = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40, blank=True)  # account code; "": by the day of the month

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Remark(models.Model):
    """What officials say to each other about a dossier; never shown to the applicant."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=2000)
    mentioned = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # account codes

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.at:%d/%m/%Y}"


class PaperHandOver(models.Model):
    """The papers themselves went from one unit to another, beside the electronic hand-over; each side signs for it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="paper_hand_overs")
    position = models.PositiveSmallIntegerField()  # of the step for which they were given
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=40)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(received_at__isnull=True), name="papers_on_one_way_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.position}"
