"""Life events: what happens to people, and the procedures it calls for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.guard import everyone, opens_to
from motcua.procedures.life_events import BY_SLUG, LIFE_EVENTS, procedures_for
from motcua.procedures.web.catalogue import row_of


@require_GET
@opens_to(everyone)
def life_events(request: HttpRequest) -> HttpResponse:
    """All life events."""
    return render(request, "procedures/life_events.html", {"events": LIFE_EVENTS})


@require_GET
@opens_to(everyone)
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One life event with the procedures in force that it calls for, in the order in which people need them."""
    event = BY_SLUG.get(slug)
    if event is None:
        raise Http404
    context = {
        "event": event,
        "rows": [row_of(hit.entry) for hit in procedures_for(event)],
        "others": [other for other in LIFE_EVENTS if other is not event],
    }
    return render(request, "procedures/life_event.html", context)
