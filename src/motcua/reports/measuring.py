"""Measuring what a form's rows ask for, with where each number comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from motcua.indicators.queries import count
from motcua.indicators.registry import measures
from motcua.organizations.models import Unit
from motcua.reports.models import Report
from motcua.reports.rules.due_periods import before
from motcua.reports.rules.figures import vietnamese
from motcua.reports.rules.forms import Measure, Row
from motcua.reports.rules.matrix_forms import line_of
from motcua.reports.rules.periods import ReportPeriod, Window

PREVIOUS = "previous"  # no measure of a module: the number that the report before closed with
EITHER = "|"  # in a narrowing: the sum over several values


@dataclass(frozen=True)
class Measured:
    """A number as measured and what it came from."""

    value: str
    lineage: dict[str, Any]


def measure_row(row: Row, unit: Unit, period: ReportPeriod, regime: str) -> Measured | None:
    """Measure what ``row`` asks for, or None where no module offers it or the number is not known."""
    asked = row.measure
    if asked is not None and asked.code == PREVIOUS:
        return _from_previous(row, unit, period, regime)
    found = _counted(asked, unit, period, regime) if asked is not None else None
    if asked is None or found is None:
        return None
    number, lineage = found
    if asked.whole is not None:
        whole = _counted(asked.whole, unit, period, regime)
        if whole is None or not whole[0]:
            return None  # a share of nothing is no number
        return Measured(
            vietnamese(Fraction(100 * number, whole[0])),
            {**lineage, "number": str(number), "whole": str(whole[0]), "of": whole[1]},
        )
    if asked.codes:
        return Measured(asked.code_for(number), {**lineage, "number": str(number)})
    return Measured(str(number), lineage)


def _counted(asked: Measure, unit: Unit, period: ReportPeriod, regime: str) -> tuple[int, dict[str, Any]] | None:
    """Return the number asked for with where it comes from; None where nobody offers it or it is not known."""
    if asked.code not in measures():
        return None
    window = _window(asked.span, period, regime)
    bearer = unit_in(asked.unit, window) if asked.unit else unit
    if bearer is None:
        return None
    wheres = _alternatives(asked)
    numbers = [count(asked.code, bearer, window.first, window.last, **where) for where in wheres]
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return None
    measure = measures()[asked.code]
    link = getattr(measure, "link", None)
    return sum(known), {
        "measure": asked.code,
        "label": str(measure.label),
        "where": dict(asked.where),
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        "link": _link(link, asked.code, bearer, window, wheres[0]) if link and len(wheres) == 1 else "",
        "links": [_link(link, asked.code, bearer, window, where) for where in wheres] if link else [],
    }


def _alternatives(asked: Measure) -> list[dict[str, str]]:
    """Return the narrowings to be added up: one for each value of a narrowing that names several."""
    wheres: list[dict[str, str]] = [{}]
    for name, value in asked.where:
        wheres = [{**where, name: each} for where in wheres for each in value.split(EITHER)]
    return wheres


def _from_previous(row: Row, unit: Unit, period: ReportPeriod, regime: str) -> Measured | None:
    """Return the number that the report before closed with, in the column that the row names (R8.4)."""
    earlier = before(period, regime)
    assert row.measure is not None
    if earlier is None:
        return None
    report = Report.objects.filter(regime=regime, unit__code=unit.code, period=earlier.code).first()
    version = report.versions.order_by("-number").first() if report else None
    if report is None or version is None:
        return None
    source = f"{line_of(row.code)[0]}.{dict(row.measure.where)['column']}"
    values = [cells[source] for cells in version.cells.values() if cells.get(source, "").isdigit()]
    if len(values) != 1:
        return None
    return Measured(
        values[0],
        {
            "measure": PREVIOUS,
            "label": gettext("Báo cáo kỳ trước, %(period)s, bản %(number)s")
            % {"period": earlier.label, "number": version.number},
            "where": {"row": source},
            "first": earlier.window(regime).first.isoformat(),
            "last": earlier.window(regime).last.isoformat(),
            "link": reverse("reports:report", args=[report.code]),
        },
    )


def unit_in(code: str, window: Window) -> Unit | None:
    """Return the unit that bore ``code`` last within ``window``: one that was dissolved in it still counts."""
    held = Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=window.first), valid_from__lte=window.last)
    return held.filter(code=code).order_by("-valid_from").first()


def _link(link: Callable[..., str], code: str, unit: Unit, window: Window, where: dict[str, str]) -> str:
    address = link(code, unit.code, window.first, window.last)
    return f"{address}&{urlencode(where)}" if where and address else address


def _window(span: str, period: ReportPeriod, regime: str) -> Window:
    window = period.window(regime)
    if span == "year":
        return period.year_to_date(regime)
    return Window(window.last, window.last) if span == "closing_day" else window
