"""What is measured of units: how many were there on a day, of every kind or of one. Shares of units rest on it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from motcua.base.measures import Standing
from motcua.organizations.models import Unit


def _in_force(unit: Unit, day: date, unit_kind: str = "") -> int:
    """Return how many units were in force on ``day``: ``unit`` and all under it, of one kind if it is named."""
    found = Unit.objects.in_force(day).below(unit)
    return (found.filter(kind=unit_kind) if unit_kind else found).count()


MEASURES = [Standing("units.in_force", _("Đơn vị đang hoạt động"), _in_force)]
