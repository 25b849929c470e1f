"""Where a ticket's page is: the path stands in QR codes on slips, so it does not change."""

from django.conf import settings


def page_of(code: str) -> str:
    """Return the full address of a ticket's page (``queues:ticket``)."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/so-thu-tu/{code}"
