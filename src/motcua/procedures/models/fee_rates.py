"""What is asked for a procedure by place, channel and day, each rate on its legal basis (Circular 106/2021/TT-BTC)."""

from django.db import models
from django.db.models import F, Q

from motcua.organizations.models import Unit
from motcua.organizations.states import UNIT_KINDS
from motcua.procedures.models.catalogue import Procedure
from motcua.procedures.states import FEE_CHANNELS


class FeeRate(models.Model):
    """An amount from a day on, for one unit, every unit of a kind, or all; for one channel or for every channel.

    A rate that has begun is never edited: it is ended, and followed by another.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="fee_rates")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    unit_kind = models.CharField(max_length=20, blank=True)  # where unit is null; "": units of every kind
    channel = models.CharField(max_length=12, blank=True)  # of states.FEE_CHANNELS; "": every channel
    amount = models.BigIntegerField()  # đồng; 0: free of charge
    basis = models.CharField(max_length=300)  # the legal instrument that sets it
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # What it took the place of: that one is open again when this one is withdrawn before it begins.
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followers")
    added_by = models.CharField(max_length=40, blank=True)  # account code
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["procedure__code", "unit_kind", "unit__code", "channel", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_rate_is_no_gift"),
            models.CheckConstraint(condition=Q(unit__isnull=True) | Q(unit_kind=""), name="fee_rate_has_one_place"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="fee_rate_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["procedure", "unit", "unit_kind", "channel", "valid_from"],
                name="fee_rate_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.channel}: {self.amount}"

    @property
    def place_label(self) -> str:
        if self.unit is not None:
            return self.unit.name
        return str(UNIT_KINDS.get(self.unit_kind, self.unit_kind))

    @property
    def channel_label(self) -> str:
        return str(FEE_CHANNELS.get(self.channel, self.channel))
