"""What everybody may read: published rounds with their data, and one unit's points in them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.assessments.models import Publication
from motcua.assessments.queries import published_rounds
from motcua.assessments.rendering.official import MEDIA_TYPES
from motcua.assessments.rendering.results import results_file
from motcua.base.guard import everyone, opens_to

OPEN_FORMATS = ("csv", "json", "pdf")


def edition_of(request: HttpRequest, code: str) -> Publication:
    """Return the edition of a round that is asked for, the newest one unless ``lan`` names it; or raise Http404."""
    editions = Publication.objects.filter(round__code=code).select_related("round__unit__parent", "round__version__set")
    number = request.GET.get("lan", "")
    if number:
        editions = editions.filter(edition=int(number[:4]) if number[:4].isdecimal() else 0)
    found = editions.order_by("-edition").first()
    if found is None:
        raise Http404
    return found


@require_GET
@opens_to(everyone)
def published(request: HttpRequest) -> HttpResponse:
    """Every published round, newest first."""
    return render(request, "assessments/published.html", {"rows": published_rounds()})


@require_GET
@opens_to(everyone)
def publication(request: HttpRequest, code: str) -> HttpResponse:
    """One edition: the ranking with the points of groups; its data as files."""
    edition = edition_of(request, code)
    if (file_format := request.GET.get("format", "")) in OPEN_FORMATS:
        response = HttpResponse(results_file(edition, file_format), content_type=MEDIA_TYPES[file_format])
        response["Content-Disposition"] = f'attachment; filename="{code}-{edition.edition}.{file_format}"'
        return response
    content = edition.content
    tops = [each for each in content["criteria"] if not each["parent"]]
    page: dict[str, Any] = {
        "edition": edition,
        "content": content,
        "tops": tops,
        "rows": [
            {"unit": unit, "groups": [(top, unit["groups"][top["code"]]) for top in tops]} for unit in content["units"]
        ],
        "newer": _newer(edition),
        "formats": OPEN_FORMATS,
    }
    return render(request, "assessments/publication.html", page)


def _newer(edition: Publication) -> Publication | None:
    return edition.round.publications.filter(edition__gt=edition.edition).order_by("-edition").first()


@require_GET
@opens_to(everyone)
def unit_result(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """One unit's points by criterion, as published: no note, no evidence, no name."""
    edition = edition_of(request, code)
    told = next((each for each in edition.content["units"] if each["code"] == unit), None)
    if told is None:
        raise Http404
    criteria = {each["code"]: each for each in edition.content["criteria"]}
    page = {
        "edition": edition,
        "unit": told,
        "rows": [{"criterion": criteria[each["criterion"]], "score": each} for each in told["scores"]],
        "newer": _newer(edition),
    }
    return render(request, "assessments/unit_result.html", page)
