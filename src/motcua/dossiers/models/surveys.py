"""The survey after the result (Circular 01/2018, DOMAIN 4.11): invitations, answers, and who asks too often."""

from django.db import models

from motcua.organizations.models import Unit


class SurveyInvitation(models.Model):
    """A one-time code that opens the survey of one dossier without an account; printed on the slip of the result."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="survey_invitation")
    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id}"


class SurveyAnswer(models.Model):
    """What the people asked said of one dossier, once: marks by criterion, words, by which way."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="survey_answer")
    form = models.CharField(max_length=40)  # code of the survey's form
    marks = models.JSONField()  # {"1": 2, "3": 1, …}: criterion -> marks
    comment = models.CharField(max_length=1000, blank=True)
    way = models.CharField(max_length=10)  # of states.SURVEY_WAYS
    at = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # competent
    receiving_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "at"], name="survey_of_unit")]

    def __str__(self) -> str:
        return f"{self.dossier_id}"


class SurveyTry(models.Model):
    """How many wrong codes came from one place in an hour; the place is a digest that changes every day."""

    place = models.CharField(max_length=64)
    hour = models.DateTimeField()
    wrong = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "hour"], name="survey_tries_of_an_hour")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}: {self.wrong}"
