"""What happens to every request: whose it is, one log line, one language, one content policy, refusals as pages."""

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from motcua.base.refusal import Refused

logger = logging.getLogger("motcua.request")
Respond = Callable[[HttpRequest], HttpResponse]


class BehindProxies:
    """Take the sender's address, and whether the way was encrypted, from the proxies that are ours.

    Each proxy adds whom it heard at the end of ``X-Forwarded-For``; what stands before those of ours anybody can have
    written. Without ``settings.PROXIES`` the header says nothing.
    """

    def __init__(self, respond: Respond) -> None:
        if not settings.PROXIES:
            raise MiddlewareNotUsed
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        heard = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        with suppress(IndexError, ValueError):  # nobody's proxy: the address stays that of who spoke to us
            request.META["REMOTE_ADDR"] = str(ip_address(heard[-settings.PROXIES].strip()))
        return self.respond(request)


class KeptByNobody:
    """Let no cache keep what the API tells: most of it is for one reader. What is open to all says so itself."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


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


class UploadLimit:
    """Refuse a body over the limit in words, before anything looks into it (the check of forged forms would).

    Files may fill the whole limit; what is not files is taken into memory, and so has a smaller one.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdigit() else 0
        if request.content_type == "multipart/form-data":
            most, words = settings.UPLOAD_LIMIT, gettext("Tệp gửi lên quá lớn: mỗi lần gửi tối đa %(mb)d MB.")
        else:
            most = min(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.UPLOAD_LIMIT)
            words = gettext("Nội dung gửi lên quá lớn: tối đa %(mb)d MB.")
        if size <= most:
            return self.respond(request)
        message = words % {"mb": most // (1024 * 1024)}
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": message, "field": None}, status=413)
        return HttpResponse(render_to_string("site/refused.html", {"message": message}), status=413)


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


class ReadableAddress:
    """Say 404 where a view asked the database for an address with a NUL: no row can hold such a code."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, DataError) and "\0" in request.path_info:
            raise Http404 from exception
