"""Django's entry to the ground floor."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "motcua.base"
    label = "base"
