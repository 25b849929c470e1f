"""How the province serves, for everybody: by unit and by month, to read, to print and to take away."""

import csv
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.indicators.forms import YearForm
from motcua.indicators.performance import Performance, Shown, open_data, performance_of
from motcua.indicators.rules.charts import HEIGHT, MARGIN, WIDTH, line
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.web.asked import province
from motcua.organizations.queries import unit_at


@require_GET
@opens_to(everyone)
def performance(request: HttpRequest, code: str = "") -> HttpResponse:
    """The province, or one unit: four ratios and the published index, nothing that tells of a few people."""
    form = YearForm(request.GET)
    form.is_valid()
    try:
        unit = unit_at(code) if code else province()
    except Refused as refusal:
        raise Http404 from refusal
    seen = performance_of(unit, *form.period())
    if request.GET.get("format") == "csv":
        return _as_csv(seen)
    if request.GET.get("format") == "json":
        return JsonResponse(open_data(seen), json_dumps_params={"ensure_ascii": False})
    page = {
        "form": form,
        "seen": seen,
        "year": seen.first.year,
        "is_top": not code,
        "drawings": drawings(seen),
        "label": IndexPeriod.parse(seen.edition.period).label if seen.edition else "",
    }
    return render(request, "indicators/performance.html", page, status=422 if form.errors else 200)


def drawings(seen: Performance) -> list[dict[str, Any]]:
    """Return a line over the months for each ratio with two values or more; what is withheld leaves a gap."""
    found = []
    for at, each in enumerate(seen.ratios):
        values = [(f"{month.month}", _shown(cells[at])) for month, cells in seen.months]
        dots = line(values, Decimal(100))
        if len(dots) > 1:
            points = " ".join(f"{dot.x},{dot.y}" for dot in dots)
            found.append({"label": each.label, "dots": dots, "points": points})
    return [{**each, "width": WIDTH, "height": HEIGHT, "bottom": HEIGHT - MARGIN} for each in found]


def _shown(cell: Shown) -> Decimal | None:
    return None if cell.is_withheld else cell.value.percent


def _as_csv(seen: Performance) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="phuc-vu-{seen.unit.code}-{seen.first.year}.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    columns = [harmless(f"{each.label} ({part})") for each in seen.ratios for part in ("%", gettext("mẫu số"))]
    writer.writerow([gettext("Mã đơn vị"), gettext("Đơn vị"), *columns, gettext("Điểm tính được"), gettext("Tối đa")])
    for row in seen.rows:
        numbers = [number for cell in row.cells for number in list(cell.as_dict().values())[:2]]
        index = row.index or {}
        writer.writerow(
            [harmless(row.unit.code), harmless(row.unit.name), *numbers, index.get("known"), index.get("known_max")]
        )
    return response
