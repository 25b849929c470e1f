"""What happens to every request: one log line, one language, one content policy, refusals as pages."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from motcua.base.refusal import Refused

logger = logging.getLogger("motcua.request")
Respond = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """Write one structured line per request. Query strings stay out: they may hold what people typed."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.id = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = self.respond(request)
        match = request.resolver_match
        # The route's pattern, not the path: a path may hold a dossier's code.
        logger.info(
            "request",
            extra={
                "id": request.id,  # type: ignore[attr-defined]
                "method": request.method,
                "route": match.route if match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        response.headers["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response


class ChosenLanguage:
    """Speak the language chosen here, Vietnamese until then: a browser says little of who sits before it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.respond(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ContentPolicy:
    """Let pages load from ourselves alone."""

    POLICY = (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if not settings.DEBUG:
            response.headers.setdefault("Content-Security-Policy", self.POLICY)
        return response


class Refusals:
    """Show a refusal that no view caught as a page that says what is wrong."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "site/refused.html", {"message": exception.message}, status=409)
        return None
