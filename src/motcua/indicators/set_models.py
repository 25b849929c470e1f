"""Sets of indicators: named, dated lists with their basis (DOMAIN 12: C103, C104)."""

from django.db import models
from django.db.models import F, Q


class IndicatorSet(models.Model):
    """A set in one version; never edited, the next version ends it.

    ``items``: [{"code", "name", "measure", "unit"}]. ``measure`` is the code of an indicator or of anything that
    modules declare; an item without one heads a group.
    """

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=300)
    basis = models.CharField(max_length=300, blank=True)  # the legal instrument, in words
    guidance = models.TextField(blank=True)  # how values are read and used
    source = models.CharField(max_length=300)  # where its contents come from; says so where they are made up
    items = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="indicator_set_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="indicator_set_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
