"""Sets of indicators: the list, a new set or version, and one set's values by period and by unit, with its data."""

import csv
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.indicators.access import may_define, may_see_live
from motcua.indicators.actions.sets import define_set
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.set_lines import text_of
from motcua.indicators.set_models import IndicatorSet
from motcua.indicators.sets import (
    COLUMNS,
    Value,
    exchange_rows,
    items_in,
    periods_before,
    set_at,
    sets_in_force,
    values_below,
    values_of,
)
from motcua.indicators.web.asked import Asked, asked
from motcua.organizations.access import SignedInRequest
from motcua.ui.forms import DayField


class IndicatorSetForm(forms.Form):
    """A set, or the next version of one."""

    code = forms.SlugField(label=_("Mã bộ chỉ số"), max_length=40, help_text=_("Chữ không dấu, số, gạch nối."))
    name = forms.CharField(label=_("Tên bộ chỉ số"), max_length=300)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    source = forms.CharField(label=_("Nguồn nội dung"), max_length=300)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    lines = forms.CharField(
        label=_("Các chỉ số"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Mỗi dòng: mã | tên | mã chỉ số hoặc mã số đo | đơn vị tính. Dòng chỉ có mã và tên là nhóm."),
    )  # fmt: skip
    guidance = forms.CharField(
        label=_("Hướng dẫn"), max_length=8_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


@require_http_methods(["GET", "POST"])
@opens_to(may_see_live)
def sets(request: SignedInRequest) -> HttpResponse:
    """The sets in force; who may defines another, or from ``bo`` the next version of one."""
    may = may_define(request.user)
    form = IndicatorSetForm(request.POST or None, initial=_initial(request)) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = define_set(data.pop("code"), actor=request.user.code, **data)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            else:
                messages.success(request, gettext("Đã ban hành bộ chỉ số “%(name)s”.") % {"name": made.name})
                return redirect("indicators:set", made.code)
    shown = [(each, sum(not item.is_group for item in items_in(each))) for each in sets_in_force()]
    page = {"sets": shown, "form": form}
    return render(request, "indicators/sets.html", page, status=422 if form and form.errors else 200)


def _initial(request: SignedInRequest) -> dict[str, Any]:
    found = set_at(request.GET.get("bo", "")[:40].replace("\0", ""), today())
    if found is None:
        return {"valid_from": today()}
    kept = {name: getattr(found, name) for name in ("code", "name", "basis", "source", "guidance")}
    return {**kept, "lines": text_of(found.items), "valid_from": today()}


@require_GET
@opens_to(may_see_live)
def indicator_set(request: SignedInRequest, code: str) -> HttpResponse:
    """One set: its values for a unit over four periods, and for each unit right below; CSV and JSON."""
    question = asked(request)
    found = set_at(code, question.period.last)
    if found is None:
        raise Http404
    if (file_format := request.GET.get("format")) in ("csv", "json"):
        return _file(found, question, str(file_format))
    items = items_in(found)
    periods = periods_before(question.period)
    by_period = [values_of(items, question.unit, period) for period in periods]
    below = values_below(items, question.unit, question.period)
    measured = [item for item in items if not item.is_group]
    page = {
        "form": question.form,
        "unit": question.unit,
        "period": question.period,
        "set": found,
        "periods": periods,
        "rows": [{"item": item, "values": _dated(periods, by_period, item.code)} for item in items],
        "measured": measured,
        "below": [{"unit": unit, "values": [(item, values[item.code]) for item in measured]} for unit, values in below],
        "may_define": may_define(request.user),
        "versions": IndicatorSet.objects.filter(code=code).order_by("-valid_from"),
    }
    return render(request, "indicators/set.html", page, status=question.status)


def _dated(periods: list[IndexPeriod], values: list[dict[str, Value]], code: str) -> list[tuple[str, Value | None]]:
    return [(period.label, each.get(code)) for period, each in zip(periods, values, strict=True)]


def _file(found: IndicatorSet, question: Asked, file_format: str) -> HttpResponse:
    rows = exchange_rows(found, question.unit, question.period)
    if file_format == "json":
        told = {"set": found.code, "name": found.name, "basis": found.basis, "source": found.source, "rows": rows}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}-{question.period.code}.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([harmless(row[name]) for name in COLUMNS])
    return response
