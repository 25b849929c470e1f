"""Addresses that a gateway is given: where the payer comes back, and where it tells us. They hold an order's number."""

from django.conf import settings


def return_address(number: str) -> str:
    """Return the full address of the page to which the payer comes back (``payments:returned``)."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/thanh-toan/ve/{number}"


def notice_address() -> str:
    """Return the full address to which the gateway sends its notices (``payments:notice``)."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/thanh-toan/bao"
