"""Where people are signed in."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """One device of somebody signed in; a visitor's has no account. One statement finds it with its account."""

    account = models.ForeignKey("Account", models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "sessions"
