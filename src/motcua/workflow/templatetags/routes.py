"""Working time in the words of a page."""

from django import template
from django.utils.translation import gettext

from motcua.ui.rules.numbers import grouped

register = template.Library()
DAY_MINUTES = 480


@register.filter
def working_days(minutes: float | None) -> str:
    """Return working ``minutes`` as working days of eight hours with one decimal; "–" for None."""
    if minutes is None:
        return "–"
    return gettext("%(days)s ngày") % {"days": grouped(minutes / DAY_MINUTES, 1)}
