"""The dossier code (DOMAIN 4.8; Circular 01/2018, article 19)."""

import re
from datetime import date

PATTERN = re.compile(r"[A-Z0-9.]{1,35}-\d{6}-\d{4,6}")


def dossier_code(agency_code: str, day: date, number: int) -> str:
    """Return ``<agency code>-YYMMDD-XXXX``; the number restarts daily per agency and may outgrow four digits.

    >>> dossier_code("000.17.22.H56", date(2021, 5, 31), 1)
    '000.17.22.H56-210531-0001'
    """
    return f"{agency_code}-{day:%y%m%d}-{number:04d}"


def is_dossier_code(text: str) -> bool:
    """Say whether ``text`` has the form of a dossier code, under either order of agency codes."""
    return PATTERN.fullmatch(text) is not None
