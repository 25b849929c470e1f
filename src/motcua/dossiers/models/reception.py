"""What goes with a dossier before its clock begins: what the applicant was told to add."""

from django.db import models
from django.db.models import Q


class Guidance(models.Model):
    """What must be added before the dossier can be received, said in one go (slip 02); the clock has not begun."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="guidances")
    items = models.TextField()  # one thing a line
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)  # account code
    supplied_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)  # of whoever supplied

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(supplied_at__isnull=True), name="guidance_one_open_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}"
