"""An indicator put together in the browser: tested on the last whole quarter, then published as a version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.measures import Count, Ratio
from motcua.base.refusal import Refused
from motcua.indicators.access import may_define
from motcua.indicators.actions.targets import define
from motcua.indicators.forms import BuilderForm
from motcua.indicators.queries import observe
from motcua.indicators.registry import made_measures, measure_of, measures
from motcua.indicators.rules.index_periods import QUARTER, IndexPeriod
from motcua.indicators.web.asked import province
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Unit


def counts_offered() -> dict[str, str]:
    """Return the counts that a ratio may be made of, those of registers made here included: {code: label}."""
    offered = {**measures(), **made_measures()}
    return {code: str(each.label) for code, each in offered.items() if isinstance(each, Count)}


def last_quarter() -> IndexPeriod:
    """Return the newest quarter that is over."""
    day = today()
    return IndexPeriod(day.year, QUARTER, (day.month + 2) // 3).before()


def tested(measure: str) -> dict[str, Any]:
    """Return a ratio over the last quarter: its words, the province's value and each unit's.

    Raises:
        Refused: it is no ratio of declared counts, or cannot be narrowed so.
    """
    ratio = measure_of(measure)
    assert isinstance(ratio, Ratio)
    period = last_quarter()
    unit = province()
    seen = observe([measure], unit, period.first, period.last)
    units = Unit.objects.filter(pk__in={pk for _code, pk, _month in seen.cells})
    rows: list[dict[str, Any]] = [
        {"unit": each, "value": seen.of_unit(measure, each.pk)} for each in sorted(units, key=lambda u: u.sort_key)
    ]
    return {
        "words": ratio.label,
        "period": period,
        "cell": {"value": seen.total(measure)},
        "rows": rows,
        "is_odd": any(row["value"].part > row["value"].whole for row in rows),
    }


@require_http_methods(["GET", "POST"])
@opens_to(may_define)
def builder(request: SignedInRequest) -> HttpResponse:
    """Choose part and whole among what modules declare, see it on the last quarter, publish it with its source."""
    form = BuilderForm(request.POST or None, counts=counts_offered(), initial={"valid_from": today()})
    test = None
    if request.method == "POST" and form.is_valid():
        measure = form.measure()
        try:
            test = tested(measure) if measure else None
            if "publish" in request.POST:
                data = form.cleaned_data
                made = define(
                    code=data["code"], name=data["name"], measure=measure, formula=data["formula"],
                    source=data["source"], position=100, valid_from=data["valid_from"], actor=request.user.code,
                )  # fmt: skip
                messages.success(request, gettext("Đã ban hành chỉ số “%(name)s”.") % {"name": made.name})
                return redirect("indicators:indicator", code=made.code)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {"form": form, "test": test, "is_checked": request.method == "POST" and not form.errors}
    return render(request, "indicators/builder.html", page, status=422 if form.errors else 200)
