"""The REST API: one description, each module's operations, the same actions as the pages."""

import logging
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.security import django_auth

from motcua import __version__
from motcua.base.modules import offered
from motcua.base.refusal import Refused
from motcua.organizations.gateways.tokens import BearerToken

logger = logging.getLogger("motcua.request")


class ReadableText(Parser):
    """Refuse letters that PostgreSQL keeps in no column, NUL and halves of surrogate pairs, before any operation."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = super().parse_body(request)
        _read(found)
        return found

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        found = super().parse_querydict(data, list_fields, request)
        _read(found)
        return found


def _read(value: Any) -> None:
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            left += [*each, *each.values()]
        elif isinstance(each, list):
            left += each
        elif isinstance(each, str) and ("\0" in each or not _is_unicode(each)):
            raise Refused(gettext("Nội dung gửi lên có ký tự không dùng được (U+0000 hoặc nửa cặp surrogate)."))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


api = NinjaAPI(
    title="Motcua",
    version=__version__,
    description="Control of administrative procedures: catalogue, dossiers, plans, indicators, reports.",
    auth=[BearerToken(), django_auth],
    urls_namespace="api",
    docs_url=None,
    parser=ReadableText(),
)

for module in offered("api"):
    if module.__name__ != __name__:
        api.add_router("", module.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """409 with the words that the page would show."""
    return api.create_response(request, {"detail": refusal.message, "field": refusal.field}, status=409)


@api.exception_handler(DataError)
def unfit(request: HttpRequest, error: Any) -> HttpResponse:
    """422 for what no column holds and no operation had measured: too long, too large. Nothing was written."""
    if "\0" in request.path_info:
        return not_found(request, error)
    logger.warning("value that no column holds", extra={"kind": type(error.__cause__).__name__})
    words = gettext("Có nội dung quá dài hoặc số quá lớn; chưa ghi gì.")
    return api.create_response(request, {"detail": words, "field": None}, status=422)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """400 for a body that is no JSON, or JSON with letters that nothing can keep."""
    words = error.__cause__.message if isinstance(error.__cause__, Refused) else str(error)
    return api.create_response(request, {"detail": words, "field": None}, status=error.status_code)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Any) -> HttpResponse:
    """404 alike for what does not exist and for what is not yours."""
    return api.create_response(request, {"detail": "Không tìm thấy."}, status=404)
