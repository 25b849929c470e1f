"""Figures of a hall over some days: how many came, how long they waited, how long they were served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count as SqlCount
from django.db.models import F, Q, QuerySet
from django.db.models.functions import ExtractHour

from motcua.base.clock import VIETNAM, day_bounds
from motcua.queues.models import Hall, ServiceGroup, Ticket, Turn
from motcua.queues.percentiles import Percentile
from motcua.queues.states import ABSENT, CANCELLED, LAPSED, PASSED_ON, SERVED


@dataclass(frozen=True)
class Waiting:
    """Waiting until the first call, of one row of a table; seconds, None where nobody was called."""

    key: Any  # hour | letter
    label: str
    taken: int
    called: int
    median: float | None
    ninety: float | None
    over_limit: int

    @property
    def median_minutes(self) -> float | None:
        """The median in minutes."""
        return _in_minutes(self.median)

    @property
    def ninety_minutes(self) -> float | None:
        """What nine of ten waited at most, in minutes."""
        return _in_minutes(self.ninety)


@dataclass(frozen=True)
class Service:
    """What a window did; seconds at the window, None where nothing was measured."""

    window: int
    served: int
    missed: int
    passed_on: int
    median: float | None

    @property
    def median_minutes(self) -> float | None:
        """The median in minutes."""
        return _in_minutes(self.median)


@dataclass(frozen=True)
class Figures:
    """All figures of a hall from ``first`` to ``last``, both included."""

    hall: Hall
    first: date
    last: date
    total: Waiting
    served: int
    absent: int
    cancelled: int
    lapsed: int
    by_hour: list[Waiting]
    by_group: list[Waiting]
    by_window: list[Service]


def _in_minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


_WAITED = {
    "taken": SqlCount("pk"),
    "called": SqlCount("pk", filter=Q(called_at__isnull=False)),
    "median": Percentile("waited_seconds", fraction=0.5),
    "ninety": Percentile("waited_seconds", fraction=0.9),
    "over_limit": SqlCount("pk", filter=Q(is_within_limit=False)),
}


def figures_of(hall: Hall, first: date, last: date) -> Figures:
    """Return the figures of a hall. Who took a number counts on the day and in the hour of taking it."""
    start, end = day_bounds(first, last)
    tickets = Ticket.objects.filter(hall=hall, taken_at__gte=start, taken_at__lt=end)
    ends = tickets.aggregate(**{state: SqlCount("pk", filter=Q(state=state)) for state in (SERVED, ABSENT, LAPSED)})
    given_up = Ticket.objects.filter(hall=hall, day__range=(first, last), state=CANCELLED).count()
    by_hour = tickets.annotate(hour=ExtractHour("taken_at", tzinfo=VIETNAM)).values("hour").annotate(**_WAITED)
    by_group = tickets.values("group__letter", "group__name", "group__name_en").annotate(**_WAITED)
    return Figures(
        hall=hall,
        first=first,
        last=last,
        total=Waiting(key="", label="", **tickets.aggregate(**_WAITED)),
        served=ends[SERVED],
        absent=ends[ABSENT],
        cancelled=given_up,
        lapsed=ends[LAPSED],
        by_hour=[_waiting(row, row["hour"], f"{row['hour']:02d}:00") for row in by_hour.order_by("hour")],
        by_group=[
            _waiting(row, row["group__letter"], str(_group_of(row))) for row in by_group.order_by("group__letter")
        ],
        by_window=_by_window(Turn.objects.filter(window__hall=hall, called_at__gte=start, called_at__lt=end)),
    )


def _group_of(row: Mapping[str, Any]) -> ServiceGroup:
    return ServiceGroup(letter=row["group__letter"], name=row["group__name"], name_en=row["group__name_en"])


def _waiting(row: Mapping[str, Any], key: Any, label: str) -> Waiting:
    return Waiting(key=key, label=label, **{name: row[name] for name in _WAITED})


def _by_window(turns: QuerySet[Turn]) -> list[Service]:
    ended = Q(outcome=SERVED)
    measured = ended & Q(started_at__isnull=False, ended_at__isnull=False)
    rows = (
        turns.values("window__number")
        .annotate(
            served=SqlCount("pk", filter=ended),
            missed=SqlCount("pk", filter=Q(outcome=ABSENT)),
            passed_on=SqlCount("pk", filter=Q(outcome=PASSED_ON)),
            median=Percentile(F("ended_at") - F("started_at"), fraction=0.5, filter=measured),
        )
        .order_by("window__number")
    )
    return [
        Service(
            window=row["window__number"],
            served=row["served"],
            missed=row["missed"],
            passed_on=row["passed_on"],
            median=row["median"].total_seconds() if row["median"] is not None else None,
        )
        for row in rows
    ]
