"""Versions of electronic forms: a draft is edited, a published one never again."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from motcua.procedures.models.catalogue import Procedure, ProcedureVersion
from motcua.procedures.rules.eforms.exchange import read

if TYPE_CHECKING:
    from motcua.procedures.rules.eforms.form import Eform

DRAFT, PUBLISHED = "draft", "published"


class FormVersion(models.Model):
    """One version of a procedure's form, as JSON Schema and layout (``rules.eforms.exchange``).

    Numbers count from 1 in each procedure. A draft has no dates; publication gives it the day from which it is filled
    in and ends the version before. ``digest`` is of what was published.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="forms")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=DRAFT)
    schema = models.JSONField()
    layout = models.JSONField()
    source = models.CharField(max_length=300, blank=True)
    # The version of the procedure that was in force on the first day; a form may outlive it.
    published_with = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=40, blank=True)  # account codes; "" is the house itself
    published_by = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["procedure", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="form_number_once"),
            models.UniqueConstraint(fields=["procedure"], condition=Q(state=DRAFT), name="form_one_draft"),
            models.UniqueConstraint(fields=["procedure", "valid_from"], name="form_one_a_day"),
            models.CheckConstraint(
                condition=Q(state=DRAFT, valid_from__isnull=True) | Q(state=PUBLISHED, valid_from__isnull=False),
                name="form_dates_when_published",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="form_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} #{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @cached_property
    def form(self) -> "Eform":
        """The form in memory; what is stored was readable when it was stored."""
        return read(self.schema, self.layout)
