"""The result of a dossier: its versions, the numbers of the year, how it went out, and reminders to collect it."""

from django.db import models
from django.db.models import Q

from motcua.documents.models import StoredFile
from motcua.organizations.models import Unit


class ResultDocument(models.Model):
    """One version of the result: drafted from a template, or an uploaded file. The newest is the one that counts.

    A draft gets its number when the result is approved; a signed file of it comes with the approval or later.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="result_documents")
    version = models.PositiveSmallIntegerField()  # from 1
    template = models.CharField(max_length=40, blank=True)  # code; "": uploaded
    template_from = models.DateField(null=True, blank=True)  # of the template's own version
    values = models.JSONField(default=dict)  # field -> text, personal data among them
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # that issues it
    number = models.PositiveIntegerField(null=True, blank=True)  # of the unit's results in the year
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=40)  # account code
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version"], name="result_version_once"),
            models.UniqueConstraint(
                fields=["unit", "year", "number"], condition=Q(number__isnull=False), name="result_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(template="") | Q(signed_file__isnull=False), name="result_drafted_or_uploaded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.version}"


class ResultNumber(models.Model):
    """The last number that a unit gave to a result in a year."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="result_numbers_of_a_year")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.last}"


class ResultReturn(models.Model):
    """How the result went out, and that it arrived: collected by whom, posted in which item, opened when."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="result_return")
    method = models.CharField(max_length=12)  # of states.RETURN_METHODS
    at = models.DateTimeField()
    by = models.CharField(max_length=40)  # account code
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # that handed it over
    collector = models.CharField(max_length=12, blank=True)  # of states.COLLECTORS, at the counter
    collector_name = models.CharField(max_length=200, blank=True)  # of an authorised person
    collector_paper = models.CharField(max_length=200, blank=True)  # the paper of authority that was shown
    address = models.CharField(max_length=250, blank=True)  # posted to
    item_number = models.CharField(max_length=40, blank=True)  # of the post
    arrived_at = models.DateTimeField(null=True, blank=True)  # collected, opened by the applicant, or told by the post

    class Meta:
        indexes = [
            models.Index(
                fields=["method", "at"], name="result_under_way", condition=Q(arrived_at__isnull=True)
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.method}"


class CollectionReminder(models.Model):
    """That the applicant was reminded to collect the result (R4.22), by the system or by an official."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="collection_reminders")
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)  # account code; "": by the days of the rule

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.at:%d/%m/%Y}"
