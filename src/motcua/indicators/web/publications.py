"""The index as it was published: for everybody, with its data; publishing; beside the nation's figures."""

import csv
import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.base.guard import everyone, opens_to
from motcua.base.refusal import Refused
from motcua.indicators.access import may_publish, may_see_live
from motcua.indicators.actions.publishing import publish
from motcua.indicators.forms import PublishForm
from motcua.indicators.index_reading import province_of
from motcua.indicators.models import PublishedIndex
from motcua.indicators.national import beside, national_records, province_places, record_for
from motcua.indicators.published import COLUMNS, differences, flat_rows, public_content
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.tile_map import tile_map
from motcua.indicators.score_command import index_version
from motcua.indicators.web.asked import asked, province
from motcua.indicators.web.index import LEVEL_LABELS
from motcua.organizations.models import Account

_EDITION = re.compile(r"766-(\d{4}(?:Q\d|M\d\d)?)-(\d{1,4})", re.ASCII)


@require_http_methods(["GET", "POST"])
@opens_to(everyone)
def publications(request: HttpRequest) -> HttpResponse:
    """Every edition, newest period first; those who may publish have the form here."""
    may = may_publish(request.user)
    form = PublishForm(request.POST or None) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := _publish(request, form)):
            messages.success(request, gettext("Đã công bố %(code)s.") % {"code": made.code})
            return redirect("indicators:publication", code=made.code)
    found = PublishedIndex.objects.defer("content").select_related("unit")
    rows = [{"edition": each, "label": IndexPeriod.parse(each.period).label} for each in found]
    page = {"rows": rows, "form": form}
    return render(request, "indicators/publications.html", page, status=422 if form and form.errors else 200)


def _publish(request: HttpRequest, form: PublishForm) -> PublishedIndex | None:
    """Publish what the form asks for; a refusal stands in the form."""
    data = form.cleaned_data
    assert isinstance(request.user, Account)
    try:
        return publish(province(), IndexPeriod.parse(data["period"]), actor=request.user, reason=data["reason"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def edition_of(code: str) -> PublishedIndex:
    """Return the edition with a public code ("766-2026Q3-1"), or raise Http404."""
    found = _EDITION.fullmatch(code)
    if found is None:
        raise Http404
    period, number = found.groups()
    edition = PublishedIndex.objects.filter(period=period, edition=int(number)).select_related("unit").first()
    if edition is None:
        raise Http404
    return edition


@require_GET
@opens_to(everyone)
def publication(request: HttpRequest, code: str) -> HttpResponse:
    """One edition with the counts behind its points, what it corrected, and its data as CSV or JSON."""
    edition = edition_of(code)
    if request.GET.get("format") == "json":
        return JsonResponse(
            {**public_content(edition), "edition": edition.edition, "digest": edition.digest, "reason": edition.reason},
            json_dumps_params={"ensure_ascii": False},
        )
    if request.GET.get("format") == "csv":
        return _as_csv(edition)
    content = public_content(edition)
    shown = request.GET.get("unit") or content["units"][0]["code"]
    first = next((unit for unit in content["units"] if unit["code"] == shown), None)
    if first is None:
        raise Http404
    newest = PublishedIndex.objects.filter(unit=edition.unit, period=edition.period).order_by("-edition").first()
    page = {
        "edition": edition,
        "label": IndexPeriod.parse(edition.period).label,
        "content": content,
        "first": first,
        "is_top": first is content["units"][0],
        "units": _ranked(content["units"][1:]),
        "groups": index_version()["groups"],
        "differences": differences(edition),
        "newer": newest if newest and newest.edition > edition.edition else None,
    }
    return render(request, "indicators/publication.html", page)


def _ranked(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return units by level, best first in each, by the share of the points that could be scored."""
    labelled = [{**unit, "level": str(LEVEL_LABELS[unit["level"]])} for unit in units]
    return sorted(labelled, key=lambda unit: (unit["level"], -(unit["known"] / (unit["known_max"] or 1))))


def _as_csv(edition: PublishedIndex) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{edition.code}.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in flat_rows(edition):
        writer.writerow([harmless(value) for value in row])
    return response


@never_cache
@require_GET
@opens_to(may_see_live)
def national(request: HttpRequest) -> HttpResponse:
    """Ours beside the figures that the national portal published, by group and unit."""
    question = asked(request)
    rows = beside(question.unit, question.period)
    provinces = sorted(
        (each for each in national_records() if each.level == "province" and each.year == question.period.year),
        key=lambda each: -each.total,
    )
    home = province_of(question.unit)
    own = record_for(home, home, question.period.year)
    page: dict[str, Any] = {
        "form": question.form,
        "unit": question.unit,
        "period": question.period,
        "rows": [each for each in rows if each.record or each.index.unit == question.unit],
        "unpublished": [each for each in rows if not each.record and each.index.unit != question.unit],
        "groups": index_version()["groups"],
        "as_of": max((each.as_of for each in national_records()), default=None),
        "provinces": provinces,
        "own_code": own.code if own else "",
        "map": tile_map(province_places(), {each.code: each.total for each in provinces}),
        "names": {each.record.name for each in rows if each.record},
    }
    return render(request, "indicators/national.html", page, status=question.status)
