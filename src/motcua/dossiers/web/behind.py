"""The very dossiers behind a measured number."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import day_bounds
from motcua.base.guard import opens_to
from motcua.base.measures import Count
from motcua.base.paging import after_of, key_of
from motcua.dossiers.access.dossier import may_see_registers, visible_to
from motcua.dossiers.measures import MEASURES
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.published import version_of
from motcua.dossiers.web.export import as_csv
from motcua.dossiers.web.filters import BehindForm
from motcua.dossiers.web.registers import CSV_PAGE, PAGE, rows_of
from motcua.organizations.models import Unit

COUNTS = {each.code: each for each in MEASURES if isinstance(each, Count) and each.source.model is Dossier}


@never_cache
@require_GET
@opens_to(may_see_registers)
def behind(request: HttpRequest) -> HttpResponseBase:
    """List the dossiers that a measure counted for a unit and all under it, as far as the reader may see them."""
    if not request.GET:
        return render(request, "dossiers/behind.html", {"form": BehindForm(), "unit": None, "message": "", "rows": []})
    form = BehindForm(request.GET)
    unit = _unit(request.GET.get("don-vi", ""))
    if not form.is_valid() or unit is None:
        message = (
            ""
            if unit
            else gettext("Không có đơn vị nào mang mã “%(code)s”.") % {"code": request.GET.get("don-vi", "")[:40]}
        )
        return render(
            request, "dossiers/behind.html", {"form": form, "unit": unit, "message": message, "rows": []}, status=422
        )
    measure = COUNTS[form.cleaned_data["so"]]
    counted = _counted(measure, unit, form.cleaned_data["tu"], form.cleaned_data["den"])
    counted = counted.filter(_narrowed(measure, request))
    seen = counted.filter(pk__in=visible_to(request.user).values("pk"))
    if request.GET.get("format") == "csv":
        return as_csv(lambda key: _page(seen, measure, key, CSV_PAGE), f"so-lieu-{measure.code}")
    after = request.GET.get("after")
    dossiers, last = _page(seen, measure, key_of(after) if after else None, PAGE)
    page = {
        "form": form,
        "unit": unit,
        "measure": measure,
        "rows": rows_of(dossiers),
        "after": after_of(last),
        "counted": counted.count(),
        "seen": seen.count(),
        "message": "",
        "first": form.cleaned_data["tu"],
        "last": form.cleaned_data["den"],
    }
    return render(request, "dossiers/behind.html", page)


def _unit(code: str) -> Unit | None:
    """Return the unit of that code, of several in time the latest: figures of dissolved units stay readable."""
    if not code or "\0" in code:
        return None
    return Unit.objects.filter(code=code).order_by("-valid_from").first()


def _counted(measure: Count, unit: Unit, first: Any, last: Any) -> QuerySet[Dossier]:
    start, end = day_bounds(first, last)
    source = measure.source
    within = {f"{source.unit}__path__startswith": unit.path, f"{source.at}__gte": start, f"{source.at}__lt": end}
    return Dossier.objects.filter(**within).filter(measure.condition)


def _narrowed(measure: Count, request: HttpRequest) -> Q:
    """Return the part of the measure that is asked for: a report's row may count one kind of unit only."""
    condition = Q()
    for name, narrow in measure.narrowings.items():
        if value := request.GET.get(name, "")[:40].replace("\0", ""):
            condition &= narrow(value)
    return condition


def _page(rows: QuerySet[Dossier], measure: Count, key: Any, limit: int) -> tuple[list[Dossier], Any]:
    at = measure.source.at
    if key is not None:
        instant, number = key
        rows = rows.filter(Q(**{f"{at}__lt": instant}) | Q(**{at: instant, "id__lt": number}))
    found = list(rows.select_related("competent_unit", "receiving_unit").order_by(f"-{at}", "-id")[: limit + 1])
    page = found[:limit]
    for dossier in page:
        dossier.version = version_of(dossier.version_id)
    return page, (getattr(page[-1], at), page[-1].pk) if len(found) > limit else None
