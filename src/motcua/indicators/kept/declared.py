"""Which counts are kept, and in which slot of a cell each stands: read from the measures, declared nowhere else."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, Q

from motcua.base.measures import Count, Measure, Source
from motcua.indicators.models import SLOTS
from motcua.indicators.registry import measures


@dataclass(frozen=True, eq=False)
class Kept:
    """The counts of one model. The position of a count is its slot. There is one for each model, and it is itself."""

    model: type[Model]
    counts: tuple[Count, ...]

    @property
    def rows(self) -> str:
        return self.model._meta.label_lower

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources in order; one model may be dated in several ways (received, decided)."""
        return tuple(dict.fromkeys(count.source for count in self.counts))

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of every field that the counts read, in the model's order: none of them names a person."""
        wanted = {name for source in self.sources for name in (source.unit, source.detail, source.at)}
        wanted |= {name for count in self.counts for name in fields_of(count.condition)}
        return tuple(field.name for field in self.model._meta.concrete_fields if field.name in wanted)

    def slot(self, code: str) -> str:
        return f"n{[count.code for count in self.counts].index(code)}"


def fields_of(condition: Q) -> set[str]:
    """Return the first names of every path that a condition reads."""
    found: set[str] = set()
    for child in condition.children:
        found |= fields_of(child) if isinstance(child, Q) else {_path(child).split("__")[0]}
    return found


def _path(child: Any) -> str:
    if not isinstance(child, tuple):
        raise TypeError(f"a kept count's condition must compare fields with values, not {child!r}")
    return str(child[0])


@cache
def kept_models() -> dict[str, Kept]:
    """Return what is kept, by label of the counted model.

    Raises:
        ValueError: a kept count reads what does not stand in the row, or a model has more counts than slots.
    """
    by_model: dict[type[Model], list[Count]] = {}
    for measure in measures().values():
        if isinstance(measure, Count) and measure.source.detail:
            by_model.setdefault(measure.source.model, []).append(measure)
    found = {}
    for model, counts in by_model.items():
        each = Kept(model, tuple(counts))
        if len(counts) > SLOTS:
            raise ValueError(f"{each.rows} has {len(counts)} kept counts; a cell has room for {SLOTS}")
        _require_own_fields(each)
        found[each.rows] = each
    return found


def kept_of(measure: Measure) -> Kept | None:
    """Return where a measure is kept, or None."""
    if not isinstance(measure, Count) or not measure.source.detail:
        return None
    return kept_models()[measure.source.model._meta.label_lower]


def column(model: type[Model], name: str) -> str:
    """Return the column of a field."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field) and field.column
    return field.column


def _require_own_fields(each: Kept) -> None:
    for count in each.counts:
        names = {count.source.unit, count.source.detail, count.source.at} | fields_of(count.condition)
        for name in names:
            try:
                field = each.model._meta.get_field(name)
            except FieldDoesNotExist as error:
                raise ValueError(f"{count.code} reads {name}, which is no field of {each.rows}") from error
            if not field.concrete:
                raise ValueError(f"{count.code} reads {name}, which does not stand in a row of {each.rows}")
