"""One page for who directs: the index, what is late, what falls due; every number opens what made it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.measures import Standing
from motcua.indicators.access import may_direct
from motcua.indicators.index_reading import index_of, indexes_below, is_idle, level_of, share, trend_of
from motcua.indicators.queries import indicators_in_force, judge, observe, rows_behind, targets_set_by
from motcua.indicators.registry import measures
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.ratios import MISSED
from motcua.indicators.rules.what_if import next_steps
from motcua.indicators.score_command import index_version
from motcua.indicators.web.asked import asked, own_unit
from motcua.indicators.web.index import drawing
from motcua.organizations.access import SignedInRequest, oversees
from motcua.organizations.models import Unit

# Shown in this order where some module offers them; lives are named by code, never imported.
TILES = (
    ("dossiers.open_late", "danger"),
    ("dossiers.open_in_time", ""),
    ("tasks.open_late", "danger"),
    ("tasks.open_in_time", ""),
    ("reports.late", "danger"),
    ("reports.due", ""),
)
WORST = 5


def tiles(unit: Unit) -> list[dict[str, Any]]:
    """Return the standing numbers of a unit today, each with the page behind it."""
    found = []
    for code, tone in TILES:
        measure = measures().get(code)
        if not isinstance(measure, Standing):
            continue
        number = measure.count(unit, today())
        if number is not None:
            url = measure.link(code, unit.code, today(), today()) if measure.link else ""
            found.append({"label": measure.label, "number": number, "url": url, "tone": tone if number else ""})
    return found


@never_cache
@require_GET
@opens_to(may_direct)
def directing(request: SignedInRequest) -> HttpResponse:
    """The account's widest unit, or one under it that is asked for."""
    question = asked(request)
    unit = question.unit
    if unit.pk != own_unit(request.user).pk and not oversees(request.user, unit):
        raise Http404
    period = IndexPeriod.of_month(today()) if not request.GET.get("period") else question.period
    is_scored = level_of(unit) is not None
    below = [each for each in indexes_below(unit, period) if not is_idle(each)] if is_scored else []
    indicators = [each for each in indicators_in_force() if each.measure][:8]
    seen = observe([each.measure for each in indicators], unit, period.first, period.last)
    ratios = [
        {
            "indicator": each,
            "value": seen.total(each.measure),
            **rows_behind(each.measure, unit.code, period.first, period.last),
        }
        for each in indicators
    ]
    found = index_of(unit, period) if is_scored else None
    page = {
        "form": question.form,
        "unit": unit,
        "period": period,
        "today": today(),
        "index": found,
        "tiles": tiles(unit),
        "ratios": ratios,
        "missed": [each for each in map(judge, _targets(unit)) if each.outcome == MISSED][:WORST],
        "steps": next_steps(index_version(), found.score.rows)[:3] if found else [],
        "worst": [{"index": each, "percent": 100 * share(each.score)} for each in reversed(below[-WORST:])],
        "trend": drawing(trend_of(unit, period)) if is_scored else None,
    }
    return render(request, "indicators/directing.html", page, status=question.status)


def _targets(unit: Unit) -> list[Any]:
    day = today()
    return [each for each in targets_set_by("") if each.scope_unit_id == unit.pk and each.first_day <= day][:20]
