"""Django's entry to the roof."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "motcua.site"
    label = "site"
