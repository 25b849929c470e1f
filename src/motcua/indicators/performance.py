"""How units serve, as the public sees it: few ratios by unit and month, small numbers withheld, the published index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.base.clock import today
from motcua.base.measures import Ratio, Words
from motcua.indicators.models import PublishedIndex
from motcua.indicators.queries import Observations, observe
from motcua.indicators.registry import measures
from motcua.indicators.rules.ratios import RatioValue
from motcua.indicators.rules.small_cells import SmallCells, small_cells, withheld
from motcua.indicators.withholding import hidden_above
from motcua.organizations.models import Unit
from motcua.organizations.states import DEPARTMENT

# Shown in this order where some module offers them; lives are named by code, never imported.
SHOWN = (
    "dossiers.on_time_rate",
    "dossiers.online_rate",
    "dossiers.paid_online_rate",
    "dossiers.satisfaction_rate",
)
MONTHS = range(1, 13)


@dataclass(frozen=True)
class Shown:
    """A ratio as the public sees it: ``is_withheld`` where it tells of too few."""

    label: Words
    value: RatioValue
    is_withheld: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the shape of open data; null where nothing occurred and where it is withheld."""
        percent = None if self.is_withheld else self.value.percent
        whole = None if self.is_withheld else self.value.whole
        return {"percent": float(percent) if percent is not None else None, "of": whole, "withheld": self.is_withheld}


@dataclass(frozen=True)
class UnitRow:
    """A unit with its ratios in the order of the page's measures; ``index``: its entry in the published index."""

    unit: Unit
    cells: tuple[Shown, ...]
    index: dict[str, Any] | None


@dataclass(frozen=True)
class Performance:
    """A unit over a year: the ratios, by unit under it, by month; the edition that the index comes from."""

    unit: Unit
    first: date
    last: date
    ratios: tuple[Ratio, ...]
    totals: tuple[Shown, ...]
    rows: tuple[UnitRow, ...]
    months: tuple[tuple[date, tuple[Shown, ...]], ...]
    edition: PublishedIndex | None
    index: dict[str, Any] | None
    least_whole: int


def performance_of(unit: Unit, first: date, last: date) -> Performance:
    """Return how ``unit`` and the units under it served between two days of one year."""
    ratios = tuple(each for code in SHOWN if isinstance(each := measures().get(code), Ratio))
    seen = observe([each.code for each in ratios], unit, first, last)
    rule = small_cells(today())
    keys = {key for _code, key, _month in seen.cells}
    children = sorted(Unit.objects.filter(pk__in=keys), key=lambda each: (each.kind != DEPARTMENT, each.sort_key))
    starts = [date(first.year, month, 1) for month in MONTHS if date(first.year, month, 1) <= min(last, today())]
    edition = _edition(last)
    entries = {each["code"]: each for each in edition.content["units"]} if edition else {}
    above = hidden_above(unit, [each.code for each in ratios], starts, (first, last), rule)
    by_unit, total_gone = _by(
        ratios, [[seen.of_unit(each.code, child.pk) for child in children] for each in ratios], rule
    )
    by_month, month_gone = _by(ratios, [[seen.of_month(each.code, start) for start in starts] for each in ratios], rule)
    gone = [above.totals[at] or total_gone[at] or month_gone[at] for at in range(len(ratios))]
    return Performance(
        unit=unit,
        first=first,
        last=last,
        ratios=ratios,
        totals=tuple(_total(seen, each, rule, is_gone=gone[at]) for at, each in enumerate(ratios)),
        rows=tuple(
            UnitRow(child, _less(by_unit[at], above.totals), entries.get(child.code))
            for at, child in enumerate(children)
        ),
        months=tuple(
            (start, _less(_less(by_month[at], above.totals), above.months[at])) for at, start in enumerate(starts)
        ),
        edition=edition,
        index=entries.get(unit.code),
        least_whole=rule.least_whole,
    )


def _less(cells: Sequence[Shown], hidden: Sequence[bool]) -> tuple[Shown, ...]:
    """Return cells with further ones withheld."""
    return tuple(
        replace(cell, is_withheld=True) if is_hidden and cell.value.whole else cell
        for cell, is_hidden in zip(cells, hidden, strict=True)
    )


def open_data(seen: Performance) -> dict[str, Any]:
    """Return what the page shows in the shape of open data."""
    codes = [each.code for each in seen.ratios]
    return {
        "unit": seen.unit.code,
        "year": seen.first.year,
        "least_whole": seen.least_whole,
        "edition": seen.edition.code if seen.edition else None,
        "total": _named(codes, seen.totals),
        "units": [
            {
                "unit": row.unit.code,
                "name": row.unit.name,
                "ratios": _named(codes, row.cells),
                "index": {"known": row.index["known"], "known_max": row.index["known_max"]} if row.index else None,
            }
            for row in seen.rows
        ],
        "months": [{"month": f"{month:%Y-%m}", "ratios": _named(codes, cells)} for month, cells in seen.months],
    }


def _named(codes: Sequence[str], cells: Sequence[Shown]) -> dict[str, Any]:
    return {code: cell.as_dict() for code, cell in zip(codes, cells, strict=True)}


def _by(
    ratios: Sequence[Ratio], columns: Sequence[Sequence[RatioValue]], rule: SmallCells
) -> tuple[list[tuple[Shown, ...]], list[bool]]:
    """Return rows of what is shown, one for each place of the columns, and whether each column's total must go."""
    hidden = [withheld([value.whole for value in column], rule) for column in columns]
    count = len(columns[0]) if columns else 0
    rows = [
        tuple(Shown(each.label, columns[at][place], place in hidden[at].places) for at, each in enumerate(ratios))
        for place in range(count)
    ]
    return rows, [each.is_total for each in hidden]


def _total(seen: Observations, ratio: Ratio, rule: SmallCells, *, is_gone: bool) -> Shown:
    value = seen.total(ratio.code)
    return Shown(ratio.label, value, is_gone or rule.hides(value.whole))


def _edition(last: date) -> PublishedIndex | None:
    """Return the newest edition of the year: of the whole year, else of its last quarter that was published."""
    found = PublishedIndex.objects.filter(period__startswith=str(last.year)).order_by("period", "-edition")
    by_period: dict[str, PublishedIndex] = {}
    for each in found:
        by_period.setdefault(each.period, each)
    return by_period.get(str(last.year)) or (by_period[max(by_period)] if by_period else None)
