"""Notices to accounts, messages on their way through other channels, and what each account wants to be told where."""

from django.db import models
from django.db.models import Q

from motcua.notifications.states import WAITING
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


class Message(models.Model):
    """A message for one address through one channel, from the moment it is owed until it went or was given up.

    ``key`` goes with it to the gateway, so that sending twice is one message. The address is kept only while it is
    needed: ``shown_address`` is what pages show.
    """

    key = models.CharField(max_length=160, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="messages")
    channel = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=254, blank=True)  # "" once it went or was dropped
    shown_address = models.CharField(max_length=254)  # masked
    subject = models.CharField(max_length=80)
    text = models.CharField(max_length=1000, blank=True)  # "" once it went
    link = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=80, blank=True)  # the gateway's own number of it
    fault = models.CharField(max_length=20, blank=True)  # of the last attempt: a word of states.FAULTS

    class Meta:
        indexes = [
            models.Index(fields=["channel", "next_at"], name="message_due", condition=Q(state=WAITING)),
            models.Index(fields=["state", "-created_at"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return self.key


class ContactPoint(models.Model):
    """An address that an account says is its own; used once the code that was sent there came back."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="contact_points")
    medium = models.CharField(max_length=10)  # states.MEDIA
    address = models.CharField(max_length=254)
    code_digest = models.CharField(max_length=64, blank=True)  # "" where no code is open
    code_sent_at = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "medium"], name="contact_point_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.medium}"


class Preference(models.Model):
    """That an account wants messages of a kind through a channel, or does not; without a row the kind's own default."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10)
    is_wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind", "channel"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind}/{self.channel}"
