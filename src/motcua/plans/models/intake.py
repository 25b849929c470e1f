"""Documents on their way in: kept first, read behind the page."""

from django.db import models

from motcua.documents.models import StoredFile
from motcua.documents.uploads import UNKNOWN
from motcua.organizations.models import Account, Unit
from motcua.plans.models.plan import Plan
from motcua.plans.states import INTAKE_LABELS, INTAKE_TONES, WAITING


class Intake(models.Model):
    """An uploaded document from the moment it is kept until it is a draft, or could not be read.

    ``done`` of ``of`` pages are read (of 0: not known yet); ``message`` says why it could not be read; ``unit`` is
    whose plan it is, None: the issuer that the document names.
    """

    code = models.CharField(max_length=40, unique=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    is_reform = models.BooleanField(default=False)
    parent = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, default=WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="intakes")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="intake_of_account")]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

    @property
    def label(self) -> str:
        return str(INTAKE_LABELS[self.state])

    @property
    def is_trusted(self) -> bool:
        """Whether the door let the file in; one that it did not is kept for a person to look at, and never read."""
        return self.file.media_type != UNKNOWN

    @property
    def tone(self) -> str:
        return INTAKE_TONES[self.state]
