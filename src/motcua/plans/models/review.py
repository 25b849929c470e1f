"""What review remembers so that its steps can be undone, and the private addresses of calendars."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from motcua.organizations.models import Account
from motcua.plans.models.plan import Plan
from motcua.plans.states import STEP_LABELS


class ReviewStep(models.Model):
    """One step of a draft's review with what stood before it; steps are undone last first.

    ``before``: {"plan": {field: value}, "rows": {task id: {"fields", "assignments", "targets"}}, "positions": {task id:
    position}, "made": [task id]} of what the step changed; ``left``: {task id: changed_at} as the step left its rows,
    so that nobody undoes what changed since.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    row = models.CharField(max_length=80, blank=True)  # short code of the row it was about, "" for the whole plan
    before = models.JSONField(encoder=DjangoJSONEncoder)
    left = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["plan", "-id"], name="review_step_last")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.verb} {self.row}"

    @property
    def label(self) -> str:
        return str(STEP_LABELS[self.verb])


class CalendarFeed(models.Model):
    """A private address under which an account's calendar program finds tasks; only the digest of its token is kept."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="task_calendar")
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}"
