"""Reports asked for once, outside every regime: a request, the units asked, and what each of them answered."""

from django.db import models

from motcua.organizations.models import Unit


class ReportRequest(models.Model):
    """What a unit asks of others by a day, "YC-2026-7". ``items`` are numbers asked for: [{"name", "unit"}]."""

    code = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="requests_made")
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    items = models.JSONField(default=list)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_for = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-asked_at"], name="report_request_newest")]

    def __str__(self) -> str:
        return self.code


class RequestedUnit(models.Model):
    """A unit that was asked; ``sent_back_for`` stands until it answers again."""

    request = models.ForeignKey(ReportRequest, models.CASCADE, related_name="asked")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="requests_received")
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "unit"], name="report_request_unit_once")]

    def __str__(self) -> str:
        return f"{self.request_id} -> {self.unit_id}"


class RequestAnswer(models.Model):
    """One answer of a unit; answering again appends the next number."""

    asked = models.ForeignKey(RequestedUnit, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=list)  # texts, in the order of the request's items
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "number"], name="report_answer_once")]

    def __str__(self) -> str:
        return f"{self.asked_id} #{self.number}"
