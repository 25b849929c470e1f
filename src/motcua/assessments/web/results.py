"""The results of a round inside the house: ranking, groups, trend, where points were lost; files after publication."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.assessments.access import assessments_for, may_publish, may_see_assessments, sees_whole
from motcua.assessments.models import Publication, Round
from motcua.assessments.queries import is_over, trends
from motcua.assessments.rendering.official import MEDIA_TYPES
from motcua.assessments.rendering.results import results_file
from motcua.assessments.results import lost_points, results_of
from motcua.assessments.states import CLOSED, LEFT_OUT, PUBLISHED
from motcua.assessments.web.rounds import round_for
from motcua.base.guard import opens_to
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.access import SignedInRequest

MOST_LOST = 15


@require_GET
@opens_to(may_see_assessments)
def results_page(request: SignedInRequest, code: str) -> HttpResponse:
    """The ranking of what is closed; who does not see the whole round reads what was published, nothing newer."""
    found = round_for(request, code)
    published, is_whole = found.publications.first(), sees_whole(request.user, found)
    if not (published or is_whole):
        raise Http404
    if not is_whole and found.assessments.exclude(state__in=[PUBLISHED, LEFT_OUT]).exists():
        return redirect("assessments:publication", code)
    ranked = results_of(found)
    pages = _pages(request, found, published)
    past = trends(found)
    page: dict[str, Any] = {
        "round": found,
        "tree": found.tree,
        "rows": [{**_row(each, found, past), "url": pages.get(each.unit.code, "")} for each in ranked],
        "lost": lost_points(found.tree, ranked)[:MOST_LOST],
        "publication": published,
        "open_count": found.assessments.exclude(state__in=[*CLOSED, LEFT_OUT]).count(),
        "may_publish": may_publish(request.user, found.unit) and is_over(found),
        "formats": MEDIA_TYPES,
        "periods": sorted({each.period for told in past.values() for each in told}),
    }
    return render(request, "assessments/results.html", page)


def _pages(request: SignedInRequest, found: Round, published: Publication | None) -> dict[str, str]:
    """Return the page of each unit's result: the sheet where the account sees it, else what everybody reads."""
    told = published.content["units"] if published else []
    pages = {each["code"]: reverse("assessments:unit_result", args=[found.code, each["code"]]) for each in told}
    for unit in assessments_for(request.user, found).values_list("unit__code", flat=True):
        pages[unit] = reverse("assessments:sheet", args=[found.code, unit])
    return pages


def _row(result: Any, found: Round, past: dict[str, Any]) -> dict[str, Any]:
    told = past.get(result.unit.code, [])
    before = told[-1] if told else None
    return {
        "result": result,
        "groups": [(top, result.groups[top.code]) for top in found.tree.tops],
        "past": ", ".join(
            gettext("%(period)s: %(share)s %% (hạng %(rank)s)")
            % {
                "period": IndexPeriod.parse(each.period).label,
                "share": f"{each.share:.1f}".replace(".", ","),
                "rank": each.rank,
            }
            for each in told
        ),
        "change": result.total.share - before.share if before else None,
    }


@require_GET
@opens_to(may_see_assessments)
def export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The newest published edition as a file."""
    found = round_for(request, code)
    published = found.publications.select_related("round__unit__parent").first()
    if published is None or file_format not in MEDIA_TYPES:
        raise Http404
    response = HttpResponse(results_file(published, file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{found.code}-{published.edition}.{file_format}"'
    return response
