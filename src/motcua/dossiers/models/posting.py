"""Sheets of results and papers given to the post, with item numbers and the post's signature (R4.29, C044)."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.states import POSTED_THINGS
from motcua.organizations.models import Unit


class PostList(models.Model):
    """What a counter gives to the post on a day: drawn up, sent, confirmed by the post."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the counter
    day = models.DateField()
    number = models.PositiveIntegerField()  # of the unit's lists in that year
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)  # account code
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)  # account code of who noted the post's signature
    missing = models.CharField(max_length=300, blank=True)  # what the post did not get, in words

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "number"], name="post_list_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(sent_at__isnull=False), name="post_list_sent_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.day.year}"

    @property
    def subject(self) -> str:
        """How facts name the list."""
        return f"BC-{self.unit_id}-{self.day.year}-{self.number}"


class PostItem(models.Model):
    """One thing on a list: the result or the papers of a dossier, with the number that the post gave it."""

    post_list = models.ForeignKey(PostList, models.CASCADE, related_name="items")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="post_items")
    what = models.CharField(max_length=10)  # of states.POSTED_THINGS
    item_number = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["post_list", "dossier", "what"], name="post_item_once_a_list"),
            models.UniqueConstraint(fields=["item_number"], condition=~Q(item_number=""), name="post_item_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_list_id}/{self.position}"

    @property
    def what_label(self) -> str:
        return str(POSTED_THINGS[self.what])
