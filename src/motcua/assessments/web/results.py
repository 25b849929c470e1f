"""The results of a round inside the house: ranking, groups, trend, where points were lost; files after publication."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.assessments.access import may_publish, may_see_assessments, sees_whole
from motcua.assessments.models import Round
from motcua.assessments.queries import is_over, trends
from motcua.assessments.rendering.official import MEDIA_TYPES
from motcua.assessments.rendering.results import results_file
from motcua.assessments.results import lost_points, results_of
from motcua.assessments.web.rounds import round_for
from motcua.base.guard import opens_to
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.access import SignedInRequest

MOST_LOST = 15


@require_GET
@opens_to(may_see_assessments)
def results_page(request: SignedInRequest, code: str) -> HttpResponse:
    """The ranking of what is closed; before publication only for who sees the whole round."""
    found = round_for(request, code)
    if not (found.publications.exists() or sees_whole(request.user, found)):
        raise Http404
    ranked = results_of(found)
    past = trends(found)
    page: dict[str, Any] = {
        "round": found,
        "tree": found.tree,
        "rows": [_row(each, found, past) for each in ranked],
        "lost": lost_points(found.tree, ranked)[:MOST_LOST],
        "publication": found.publications.first(),
        "open_count": found.assessments.exclude(state__in=["final", "published", "left_out"]).count(),
        "may_publish": may_publish(request.user, found.unit) and is_over(found),
        "formats": MEDIA_TYPES,
        "periods": sorted({each.period for told in past.values() for each in told}),
    }
    return render(request, "assessments/results.html", page)


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
