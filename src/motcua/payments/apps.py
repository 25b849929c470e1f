"""Django's entry to payments."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class PaymentsConfig(AppConfig):
    name = "motcua.payments"
    label = "payments"

    def ready(self) -> None:
        """Stop the start where the settings name a gateway that nobody speaks to."""
        from motcua.payments.gateways import ADAPTERS  # needs the settings, which are read before this file

        if settings.PAYMENT_GATEWAY not in ADAPTERS:
            raise ImproperlyConfigured(f"MOTCUA_PAYMENT_GATEWAY: {settings.PAYMENT_GATEWAY!r}, not {sorted(ADAPTERS)}")
