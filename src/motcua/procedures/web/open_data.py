"""The catalogue for other machines: JSON-LD in the CPSV-AP vocabulary, and a feed of changes."""

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import everyone, opens_to
from motcua.organizations.models import in_force
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.publication_queries import changes_since
from motcua.procedures.rendering.change_feed import change_feed
from motcua.procedures.rendering.linked_data import linked_data

FEED_DAYS = 400  # a reader that asks once a year misses nothing


@require_GET
@opens_to(everyone)
def linked(request: HttpRequest) -> HttpResponse:
    """All procedures in force as public services (CPSV-AP 3)."""
    found = ProcedureVersion.objects.filter(in_force(today())).select_related("procedure")
    versions = found.prefetch_related("channels", "results").order_by("procedure__code")
    graph = linked_data(versions, base=request.build_absolute_uri(reverse("procedures:catalogue")))
    text = json.dumps(graph, ensure_ascii=False)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")


@require_GET
@opens_to(everyone)
def feed(request: HttpRequest) -> HttpResponse:
    """What began and ended lately, as Atom."""
    found = changes_since(today() - timedelta(days=FEED_DAYS))
    base = request.build_absolute_uri(reverse("procedures:catalogue"))
    return HttpResponse(change_feed(found, base=base), content_type="application/atom+xml; charset=utf-8")
