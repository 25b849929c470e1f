"""A gateway's daily statement as it was loaded, and every difference from our own books."""

from django.db import models
from django.db.models import Q


class Statement(models.Model):
    """A statement of one day. A newer one takes its place; the older stays to be read."""

    gateway = models.CharField(max_length=20)
    day = models.DateField()
    text = models.TextField()  # as it came
    origin = models.CharField(max_length=12)  # fetched | uploaded
    loaded_by = models.CharField(max_length=40, blank=True)  # account code; "": the daily job
    loaded_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    payments = models.PositiveIntegerField()
    refunds = models.PositiveIntegerField()
    amount = models.BigIntegerField()  # payments less refunds, đồng

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "day"], condition=Q(is_current=True), name="one_statement_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.day}"


class StatementLine(models.Model):
    """One movement of money as the statement has it."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()  # line of the file, from 2 on
    kind = models.CharField(max_length=8)  # payment | refund
    number = models.CharField(max_length=80, db_index=True)  # the gateway's
    order_number = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class Difference(models.Model):
    """What does not agree between a day's statement and our books; closed by a person, with a note."""

    gateway = models.CharField(max_length=20)
    day = models.DateField()
    kind = models.CharField(max_length=20)  # of rules.reconciling.KINDS
    number = models.CharField(max_length=80)  # of the transaction or refund
    order_number = models.CharField(max_length=60, blank=True)
    theirs = models.BigIntegerField(null=True, blank=True)  # đồng in the statement
    ours = models.BigIntegerField(null=True, blank=True)  # đồng in our books
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)  # when a later comparison no longer found it
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "day", "kind", "number"], name="difference_once"),
        ]
        indexes = [models.Index(fields=["gateway", "day"], name="difference_open", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.gone_at is None
