"""The module as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "motcua.plans"
    verbose_name = "Plans"
