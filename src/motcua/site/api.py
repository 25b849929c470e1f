"""The REST API: one description, each module's operations, the same actions as the pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from motcua import __version__
from motcua.base.modules import offered
from motcua.base.refusal import Refused
from motcua.organizations.gateways.tokens import BearerToken

api = NinjaAPI(
    title="Motcua",
    version=__version__,
    description="Control of administrative procedures: catalogue, dossiers, plans, indicators, reports.",
    auth=[BearerToken(), django_auth],
    urls_namespace="api",
    docs_url=None,
)

for module in offered("api"):
    if module.__name__ != __name__:
        api.add_router("", module.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """409 with the words that the page would show."""
    return api.create_response(request, {"detail": refusal.message, "field": refusal.field}, status=409)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Any) -> HttpResponse:
    """404 alike for what does not exist and for what is not yours."""
    return api.create_response(request, {"detail": "Không tìm thấy."}, status=404)
