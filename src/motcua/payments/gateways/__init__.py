"""The payment gateway that the house is connected to: none, until the settings name one."""

from collections.abc import Callable

from django.conf import settings

from motcua.payments.gateways.http import HttpGateway
from motcua.payments.gateways.port import Gateway

# An adapter for another gateway is one class that speaks the port, and one line here.
ADAPTERS: dict[str, Callable[[], Gateway]] = {
    "http": lambda: HttpGateway(
        settings.PAYMENT_URL,
        merchant=settings.PAYMENT_MERCHANT,
        secret=settings.PAYMENT_SECRET,
        timeout=settings.PAYMENT_TIMEOUT,
    ),
}


def connected() -> Gateway | None:
    """Return the gateway in use; None where no address or no secret is set."""
    if not (settings.PAYMENT_URL and settings.PAYMENT_SECRET):
        return None
    return ADAPTERS[settings.PAYMENT_GATEWAY]()
