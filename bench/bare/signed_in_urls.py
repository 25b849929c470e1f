"""The operation behind the sign-in of the house."""

from django.urls import path
from ninja import NinjaAPI
from ninja.security import django_auth

from bare.operations import router
from motcua.organizations.gateways.tokens import BearerToken

api = NinjaAPI(docs_url=None, openapi_url=None, auth=[BearerToken(), django_auth])
api.add_router("", router)

urlpatterns = [path("", api.urls)]
