"""Fees and how they were paid."""

from django.db import models
from django.db.models import Q

CASH, TRANSFER, ONLINE = "cash", "transfer", "online"


class Fee(models.Model):
    """An amount asked for a subject, with its legal basis, and its payment."""

    subject = models.CharField(max_length=80, unique=True)
    amount = models.BigIntegerField()  # đồng
    basis = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=80, blank=True)  # receipt number or transaction number
    taken_by = models.CharField(max_length=40, blank=True)  # account code
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fee_is_an_amount"),
            models.CheckConstraint(condition=Q(paid_at__isnull=True) | ~Q(method=""), name="fee_paid_by_a_method"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.amount}"
