"""How a module declares what can be measured of it, in its ``measures.py``; ``indicators`` finds and runs them.

MEASURES = [
    Count("dossiers.resolved", "Hồ sơ đã giải quyết", Source(Dossier, unit="competent_unit", at="decided_at"), Q(...)),
    Ratio("dossiers.on_time_rate", "Tỷ lệ đúng hạn", part="dossiers.on_time", whole="dossiers.resolved"),
]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Source:
    """Rows that are counted: their model, the path to the unit they belong to and the instant that dates them.

    With ``detail``, a foreign key of the model, the counts of the source are *kept*: moved in the transaction that
    changes a row, by unit, detail and month (``indicators.kept``). Every field they read must then stand in the
    row itself, and ``at`` must be an instant.
    """

    model: type[models.Model]
    unit: str  # field path of a foreign key to organizations.Unit
    at: str  # field path of a datetime or date
    detail: str = ""


@dataclass(frozen=True)
class Count:
    """A number of rows of a source that fulfil a condition, dated by the source's instant.

    ``is_known`` says whether anybody writes down what is counted; while nobody does the number is not known, not 0.
    ``narrowings`` are the ways in which a report's row may ask for a part of it: name -> value -> condition.
    ``link`` names the page that lists the very rows counted: called with (code, unit code, first, last), it returns an
    address, or "" where there is none.
    """

    code: str
    label: Words
    source: Source
    condition: Q = field(default_factory=Q)
    narrowings: Mapping[str, Callable[[str], Q]] = field(default_factory=dict, hash=False, compare=False)
    link: Callable[[str, str, date, date], str] | None = None
    is_known: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Sum(Count):
    """What a number of the rows adds up to, instead of how many they are: people who attended, visits of a site.

    ``of`` is an expression over the source's model; rows where it is null add nothing. What the sum of a unit and a
    month comes to is rounded to a whole number, halves up. Sums are not kept: they are added from rows.
    """

    of: Any = None


@dataclass(frozen=True)
class Standing:
    """A number that is true on a day rather than over a period (procedures in force); ``count`` is asked for it.

    ``count`` takes (unit, day, narrowings as keywords) and returns the number for the unit with all under it; None
    where it is not known. ``by_unit`` answers for many at once: (unit, day) -> {key of the very unit a row belongs to:
    number} for the unit and all under it. ``is_of_kind``: of a unit only its kind matters.
    """

    code: str
    label: Words
    count: Callable[..., int | None]
    link: Callable[[str, str, date, date], str] | None = None
    by_unit: Callable[[models.Model, date], Mapping[int, int]] | None = None
    is_of_kind: bool = False


@dataclass(frozen=True)
class ByDetail:
    """What a kept count of ``of`` says when it is looked at by its detail (for dossiers: the procedure's version).

    The rows of details that fulfil ``among``, a condition on the detail's own model; with ``distinct``, a field path
    of that model, how many different values of it occur among the rows ("procedures that had a paid dossier").
    """

    code: str
    label: Words
    of: str
    among: Q = field(default_factory=Q)
    distinct: str = ""


@dataclass(frozen=True)
class Ratio:
    """Two counts, part of whole; 0 of 0 is no ratio ("không phát sinh"), never 0 %."""

    code: str
    label: Words
    part: str
    whole: str
    unit: str = "%"


Measure = Count | Standing | ByDetail | Ratio
