"""Notices to accounts."""

from django.db import models

from motcua.organizations.models import Account


class Notice(models.Model):
    """Something a person should know. ``key`` is unique, since the fact that caused it may be heard twice."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="notice_once")]
        indexes = [models.Index(fields=["account", "-at"], name="notice_newest")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.subject}"
