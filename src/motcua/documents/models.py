"""Files kept for subjects, stored by content."""

from django.db import models


class StoredFile(models.Model):
    """A file kept under its SHA-256; the same bytes are kept once, however often they are filed."""

    subject = models.CharField(max_length=80, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64, db_index=True)
    added_by = models.CharField(max_length=40, blank=True)  # account code
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
