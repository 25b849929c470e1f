"""The operation alone: no authentication."""

from django.urls import path
from ninja import NinjaAPI

from bare.operations import router

api = NinjaAPI(docs_url=None, openapi_url=None)
api.add_router("", router)

urlpatterns = [path("", api.urls)]
