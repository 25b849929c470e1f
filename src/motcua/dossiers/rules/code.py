"""The dossier code (DOMAIN 4.8; Circular 01/2018, article 19)."""

import re
from dataclasses import dataclass
from datetime import date

from motcua.organizations.rules.agency_codes import AgencyCode, read_agency_code

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


@dataclass(frozen=True)
class DossierCode:
    """A dossier code that was understood: by which agency, on which day, the how-manieth."""

    agency: AgencyCode
    day: date
    number: int


def read_dossier_code(text: str) -> DossierCode:
    """Return what a dossier code says, under either order of agency codes.

    >>> read_dossier_code("000.17.22.H56-210531-0001").day
    datetime.date(2021, 5, 31)

    Raises:
        ValueError: it has no such form, names no agency, or a day that no calendar has.
    """
    if not is_dossier_code(text):
        raise ValueError(f"not a dossier code: {text!r}")
    agency, day, number = text.rsplit("-", 2)
    year, month, day_of_month = int(day[:2]), int(day[2:4]), int(day[4:])
    return DossierCode(read_agency_code(agency), date(2000 + year, month, day_of_month), int(number))
