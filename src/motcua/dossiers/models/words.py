"""The province's own words: versions of templates of results, and what applicants are told, from a day on."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from motcua.dossiers.rules.result_templates import ResultTemplate, template_from


class OwnResultTemplate(models.Model):
    """One version of a template, beside or in place of one that is shipped (same code, later day).

    Once a result was drafted with it nobody edits it: a later version takes its place from a day on. A row with code
    and day of a shipped one holds the same text and says until when that one is offered.
    """

    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    description: Any = models.JSONField()  # a row as in data/result_templates.json
    source = models.CharField(max_length=300)  # the instrument that issued the form
    set_by = models.CharField(max_length=40)  # account code
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="own_result_template_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="own_result_template_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from:%d/%m/%Y}"

    @property
    def template(self) -> ResultTemplate:
        days = {"valid_from": self.valid_from.isoformat(), "valid_to": self.valid_to and self.valid_to.isoformat()}
        return template_from(self.description | {"code": self.code} | days)


class OwnMessageWords(models.Model):
    """What an event is told with in a channel from a day on; nobody edits it: of one day the last one counts.

    A row without text gives the shipped words back. One that has not begun can be dropped, and stays to be seen.
    """

    event = models.CharField(max_length=60)  # verb of a fact, as in data/citizen_messages.csv
    channel = models.CharField(max_length=12)  # "*": any
    valid_from = models.DateField()
    text = models.CharField(max_length=500, blank=True)  # "": the shipped words again
    source = models.CharField(max_length=300)  # why: the instrument, or the occasion
    set_by = models.CharField(max_length=40)  # account code
    set_at = models.DateTimeField()
    dropped_by = models.CharField(max_length=40, blank=True)  # account code
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "-id"]
        indexes = [models.Index(fields=["event", "channel", "valid_from"], name="own_message_words_by_event")]

    def __str__(self) -> str:
        return f"{self.event}/{self.channel} {self.valid_from:%d/%m/%Y}"
