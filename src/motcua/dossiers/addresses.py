"""Where a dossier's pages are: these paths stand in runs, notices and QR codes, so they do not change."""

from django.conf import settings


def page_of(code: str) -> str:
    """Return the path of the dossier's own page (``dossiers:dossier``)."""
    return f"/ho-so/{code}"


def tracking_of(code: str) -> str:
    """Return the full address of the public tracking page (``dossiers:tracking``), as printed in the QR code."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/tra-cuu/{code}"
