"""The ratios of a unit: by the units under it, and one ratio by unit and month."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.indicators.access import may_define
from motcua.indicators.forms import ViewForm
from motcua.indicators.models import Indicator, KeptCheck, TypedFigure
from motcua.indicators.queries import indicator_at, indicators_in_force, observe, rows_behind, typed_value
from motcua.indicators.restating import predecessors_of, restated
from motcua.indicators.rules.ratios import RatioValue
from motcua.indicators.rules.small_cells import Withheld, small_cells, withheld
from motcua.indicators.withholding import hidden_above
from motcua.organizations.access import official
from motcua.organizations.models import Unit
from motcua.organizations.queries import unit_at
from motcua.organizations.states import DEPARTMENT, PROVINCE


def _top() -> Unit:
    """The unit looked at when none is named: the province whose agencies are in the house."""
    found = Unit.objects.in_force().filter(kind=PROVINCE, one_stop__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> tuple[ViewForm, Unit, date, date]:
    form = ViewForm(request.GET or {"unit": "", "year": ""})
    is_read = form.is_valid()
    unit = _top()
    if is_read and form.cleaned_data["unit"]:
        try:
            unit = unit_at(form.cleaned_data["unit"])
        except Refused as refusal:
            form.add_error("unit", refusal.message)
    first, last = form.period()
    return form, unit, first, last


def _cell(
    indicator: Indicator,
    value: RatioValue,
    unit: str,
    first: date,
    last: date,
    is_linked: bool,
    *,
    is_withheld: bool = False,
) -> dict[str, Any]:
    """One ratio with the addresses of the rows behind its part and its whole; the public sees no small cells.

    ``is_withheld``: a small one could be reckoned from it.
    """
    links = rows_behind(indicator.measure, unit, first, last) if is_linked else {}
    is_hidden = not is_linked and value.whole > 0 and (is_withheld or small_cells(today()).hides(value.whole))
    return {"value": RatioValue(0, 0) if is_hidden else value, "is_hidden": is_hidden, "indicator": indicator, **links}


@require_GET
@opens_to(everyone)
def overview(request: HttpRequest) -> HttpResponse:
    """All ratios of a unit and of each unit under it, over a year."""
    form, unit, first, last = _asked(request)
    indicators = [each for each in indicators_in_force(min(last, today())) if each.measure]
    seen = observe([each.measure for each in indicators], unit, first, last)
    is_linked = official(request.user)
    found = Unit.objects.filter(pk__in={pk for _c, pk, _m in seen.cells})
    children = sorted(found, key=lambda child: (child.kind != DEPARTMENT, child.sort_key))
    codes = [each.measure for each in indicators]
    hidden = [_withheld([seen.of_unit(code, child.pk) for child in children]) for code in codes]
    above = hidden_above(unit, codes, (), (first, last), small_cells(today())).totals if not is_linked else []
    gone = [bool(above) and above[at] for at in range(len(codes))]
    rows = [
        {
            "unit": child,
            "cells": [
                _cell(
                    each, seen.of_unit(each.measure, child.pk), child.code, first, last, is_linked,
                    is_withheld=gone[at] or place in hidden[at].places,
                )
                for at, each in enumerate(indicators)
            ],
        }
        for place, child in enumerate(children)
    ]  # fmt: skip
    totals = [
        _cell(
            each, seen.total(each.measure), unit.code, first, last, is_linked,
            is_withheld=gone[at] or hidden[at].is_total,
        )
        for at, each in enumerate(indicators)
    ]  # fmt: skip
    if request.GET.get("format") == "csv":
        return _as_csv(unit, first, indicators, rows)
    page = {
        "form": form,
        "unit": unit,
        "is_linked": is_linked,
        "may_define": may_define(request.user),
        "check": KeptCheck.objects.first() if is_linked else None,
        "first": first,
        "last": last,
        "indicators": indicators,
        "rows": rows,
        "totals": totals,
        "year": first.year,
    }
    return render(request, "indicators/overview.html", page, status=422 if form.errors else 200)


def _withheld(values: Sequence[RatioValue]) -> Withheld:
    return withheld([value.whole for value in values], small_cells(today()))


def _as_csv(unit: Unit, first: date, indicators: list[Indicator], rows: list[dict[str, Any]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="chi-so-{unit.code}-{first.year}.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    parts = (gettext("tử số"), gettext("mẫu số"), "%")
    columns = [harmless(f"{each.name} ({part})") for each in indicators for part in parts]
    writer.writerow([gettext("Mã đơn vị"), gettext("Đơn vị"), *columns])
    for row in rows:
        values = [cell["value"] for cell in row["cells"]]
        flat = [number for value in values for number in (value.part, value.whole, value.percent)]
        writer.writerow([harmless(row["unit"].code), harmless(row["unit"].name), *flat])
    return response


def _months(first: date) -> list[date]:
    return [date(first.year, month, 1) for month in range(1, 13)]


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@require_GET
@opens_to(everyone)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One ratio of a unit, month by month, and by the units under it."""
    form, unit, first, last = _asked(request)
    found = indicator_at(code, min(last, today()))
    if found is None:
        raise Http404
    is_linked = official(request.user)
    if not found.measure:
        return _typed(request, found, form, unit, (first, last))
    seen = observe([found.measure], unit, first, last)
    before = predecessors_of(unit)
    series = restated([found.measure], unit, before, first, last) if before else seen
    starts = _months(first)
    above = hidden_above(unit, [found.measure], starts, (first, last), small_cells(today()))
    by_month = _withheld([series.of_month(found.measure, month) for month in starts])
    children = list(Unit.objects.filter(pk__in={pk for _c, pk, _m in seen.cells}).order_by("pk"))
    by_unit = _withheld([seen.of_unit(found.measure, child.pk) for child in children])
    is_gone = above.totals[0] or by_month.is_total or by_unit.is_total
    months = [
        {
            "month": month,
            **_cell(
                found, series.of_month(found.measure, month), unit.code, month, _month_end(month), is_linked,
                is_withheld=above.totals[0] or above.months[at][0] or at in by_month.places,
            ),
        }
        for at, month in enumerate(starts)
    ]  # fmt: skip
    units = [
        {
            "unit": child,
            **_cell(
                found, seen.of_unit(found.measure, child.pk), child.code, first, last, is_linked,
                is_withheld=above.totals[0] or at in by_unit.places,
            ),
        }
        for at, child in enumerate(children)
        if child.pk != unit.pk
    ]  # fmt: skip
    units.sort(key=lambda row: (row["value"].exact is None, row["value"].exact or 0))
    page = {
        "form": form,
        "unit": unit,
        "first": first,
        "last": last,
        "indicator": found,
        "months": months,
        "units": units,
        "total": _cell(found, series.total(found.measure), unit.code, first, last, is_linked, is_withheld=is_gone),
        "before": before,
        "is_typed": False,
        "year": first.year,
    }
    return render(request, "indicators/indicator.html", page, status=422 if form.errors else 200)


def _typed(
    request: HttpRequest, found: Indicator, form: ViewForm, unit: Unit, period: tuple[date, date]
) -> HttpResponse:
    """An indicator that nothing measures: its verified values of the year."""
    first, last = period
    figures = TypedFigure.objects.filter(
        what=found.code, unit=unit, first_day__gte=first, last_day__lte=last, verified_at__isnull=False
    )
    page = {
        "form": form, "unit": unit, "first": first, "last": last, "indicator": found, "figures": figures,
        "is_typed": True, "before": [], "year": first.year, "total": {"value": typed_value(found, unit, first, last)},
    }  # fmt: skip
    return render(request, "indicators/indicator.html", page, status=422 if form.errors else 200)
