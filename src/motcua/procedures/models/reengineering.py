"""The redesign of a procedure: what it was and what it became, tied to the decision that says so."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from motcua.organizations.models import Account
from motcua.procedures.models.catalogue import Procedure
from motcua.procedures.rules.compliance_cost import Activity, Saving, saving
from motcua.procedures.states import LIMIT_UNITS
from motcua.workflow.models import Route


class Reengineering(models.Model):
    """One redesign. Steps, papers and time before and after; the activities whose cost is compared (DOMAIN 6.3).

    A correction is a newer record; the old one stays and names it in ``replaced_by``.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="reengineerings")
    decision_number = models.CharField(max_length=100)
    decided_on = models.DateField()
    iso_reference = models.CharField(max_length=120, blank=True)  # of the procedure in the quality system
    summary = models.CharField(max_length=1000)
    route_before = models.ForeignKey(Route, models.PROTECT, null=True, blank=True, related_name="+")
    route_after = models.ForeignKey(Route, models.PROTECT, null=True, blank=True, related_name="+")
    steps_before = models.PositiveSmallIntegerField()
    steps_after = models.PositiveSmallIntegerField()
    papers_before = models.PositiveSmallIntegerField()
    papers_after = models.PositiveSmallIntegerField()
    limit_before = models.PositiveSmallIntegerField()
    limit_after = models.PositiveSmallIntegerField()
    limit_unit = models.CharField(max_length=30)  # of both: a word of states.LIMIT_UNITS
    activities_before = models.JSONField(default=list)  # rows of rules.compliance_cost.Activity, numbers as text
    activities_after = models.JSONField(default=list)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrects")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "decision_number"], condition=models.Q(replaced_by__isnull=True),
                name="reengineering_counts_once_a_decision",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.decision_number}"

    @property
    def limit_label(self) -> str:
        return str(LIMIT_UNITS.get(self.limit_unit, self.limit_unit))

    @property
    def before(self) -> list[Activity]:
        return [_activity(row) for row in self.activities_before]

    @property
    def after(self) -> list[Activity]:
        return [_activity(row) for row in self.activities_after]

    @property
    def saving(self) -> Saving:
        return saving(self.before, self.after)


def _activity(row: Mapping[str, Any]) -> Activity:
    return Activity(
        row["name"], Decimal(row["hours"]), row["income_per_hour"], row["service_cost"], row["fee"],
        Decimal(row["times"]), row["subjects"], row["source"],
    )  # fmt: skip


def counting() -> models.QuerySet[Reengineering]:
    """Return the records that count: each decision's newest."""
    return Reengineering.objects.filter(replaced_by__isnull=True).select_related("procedure")
