"""The one table of the baseline."""

from django.db import models


class Entry(models.Model):
    """One row per request; as wide as what a short form sends."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        managed = False  # the bench makes it: bare.CREATE_TABLE
        db_table = "bare_entry"

    def __str__(self) -> str:
        return self.code
