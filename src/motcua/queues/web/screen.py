"""The screen that hangs in the hall; anybody may look at it on a phone, too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.clock import now
from motcua.base.guard import everyone, opens_to
from motcua.queues.queries import hall_of, screen_of
from motcua.queues.web.answers import is_unchanged, nothing_new, waiting_words


@never_cache
@require_GET
@opens_to(everyone)
def screen(request: HttpRequest, hall: str) -> HttpResponse:
    """Who is called to which window, who waits; asked again every few seconds, whole without a script."""
    shown = screen_of(hall_of(hall))
    if is_unchanged(request, shown.version):
        return nothing_new()
    page = {
        "screen": shown,
        "hall": shown.hall,
        "lines": [{"line": line, "words": waiting_words(line.minutes)} for line in shown.lines],
        "now": now(),
    }
    template = "queues/screen_now.html" if request.htmx else "queues/screen.html"  # type: ignore[attr-defined]
    return render(request, template, page)
