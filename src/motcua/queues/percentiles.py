"""Percentiles as PostgreSQL counts them."""

from typing import Any

from django.db.models import Aggregate
from django.db.models.expressions import Combinable


class Percentile(Aggregate):
    """The value below which a ``fraction`` of the rows lie, between two rows by interpolation."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Percentile"

    def __init__(self, expression: str | Combinable, *, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=float(fraction), **extra)
