"""Targets beside what was reached, each number opening what made it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.indicators.forms import ViewForm
from motcua.indicators.queries import judge, rows_behind, targets_set_by
from motcua.organizations.access import official


@require_GET
@opens_to(everyone)
def targets(request: HttpRequest) -> HttpResponse:
    """Every standing target, met or not, over its own period or over another year that is asked for."""
    form = ViewForm(request.GET or None)
    year = form.cleaned_data.get("year") if form.is_valid() else None
    over = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    rows = []
    for target in targets_set_by(request.GET.get("set_by", "").replace("\0", "")):
        judged = judge(target, *over)
        first, last = over[0] or target.first_day, over[1] or target.last_day
        links = {}
        if official(request.user):
            links = rows_behind(
                target.indicator.measure, target.scope_unit.code, first, last, unit_kind=target.unit_kind
            )
        rows.append({"judged": judged, "value": judged.value, "target": target, "first": first, "last": last, **links})
    page = {"form": form, "rows": rows, "year": year, "this_year": today().year}
    return render(request, "indicators/targets.html", page)
