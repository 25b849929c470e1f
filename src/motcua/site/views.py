"""Home, health, language and the error pages."""

from typing import Any

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import everyone, opens_to
from motcua.base.models import Delivery
from motcua.workflow.access import leads_only

STUCK_AFTER = 5  # tries
READY_SECONDS = 2


@require_GET
@opens_to(everyone)
def home(request: HttpRequest) -> HttpResponse:
    """The portal's front page for the public; the desk for officials, for heads and leaders their inbox."""
    if request.user.is_authenticated and request.user.is_official:
        return redirect("workflow:inbox" if leads_only(request.user) else "workflow:my_work")
    return render(request, "site/home.html")


@require_GET
@opens_to(everyone)
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_GET
@opens_to(everyone)
def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers, and facts are being delivered."""
    try:
        # By a connection of its own: the pool would wait long for a database that is not there.
        with psycopg.connect(**_connecting()) as probe:
            probe.execute("SELECT 1")
        stuck = Delivery.objects.filter(attempts__gte=STUCK_AFTER).count()
    except (Error, psycopg.Error):
        return JsonResponse({"ready": False, "database": False}, status=503)
    return JsonResponse({"ready": True, "database": True, "stuck_deliveries": stuck})


def _connecting() -> dict[str, Any]:
    asked = {name: value for name, value in connection.get_connection_params().items() if name != "pool"}
    return asked | {"connect_timeout": READY_SECONDS}


@require_POST
@opens_to(everyone)
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if translation.check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
        )
    return response


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "ui/error.html", {"status": status}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Any = None, reason: str = "") -> HttpResponse:
    """Answer a forged or outdated form too; ``reason`` is for developers and not shown."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Ask nothing of the request or the database: either may be what failed, and a page that fails is no answer."""
    page = {"status": 500, "reported_as": getattr(request, "id", "")}
    return HttpResponse(render_to_string("ui/error.html", page), status=500)
