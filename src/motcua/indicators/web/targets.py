"""Targets beside what was reached, each number opening what made it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.base.measures import Ratio
from motcua.indicators.forms import ViewForm
from motcua.indicators.models import Target
from motcua.indicators.queries import judge, measure_of, measures, targets_set_by
from motcua.organizations.access import official


@require_GET
@opens_to(everyone)
def targets(request: HttpRequest) -> HttpResponse:
    """Every standing target, met or not, over its own period or over another year that is asked for."""
    form = ViewForm(request.GET or None)
    year = form.cleaned_data.get("year") if form.is_valid() else None
    over = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    rows = []
    for target in targets_set_by(request.GET.get("set_by", "")):
        judged = judge(target, *over)
        first, last = over[0] or target.first_day, over[1] or target.last_day
        ratio = measure_of(target.indicator.measure)
        links = {}
        if official(request.user) and isinstance(ratio, Ratio):
            for role, code in (("part_url", ratio.part), ("whole_url", ratio.whole)):
                links[role] = _behind(code, target, first, last)
        rows.append({"judged": judged, "value": judged.value, "target": target, "first": first, "last": last, **links})
    page = {"form": form, "rows": rows, "year": year, "this_year": today().year}
    return render(request, "indicators/targets.html", page)


def _behind(code: str, target: Target, first: date, last: date) -> str:
    """Return where the rows counted for ``target`` are listed, narrowed to its kind of unit; "" where nowhere."""
    count = measures()[code]
    link = getattr(count, "link", None)
    if link is None:
        return ""
    address = link(code, target.scope_unit.code, first, last)
    is_narrowed = target.unit_kind and "unit_kind" in getattr(count, "narrowings", {})
    return f"{address}&unit_kind={target.unit_kind}" if is_narrowed else address
