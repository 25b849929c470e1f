"""The head of a dossier's slips: the office that issues them, and the applicant."""

import re

from motcua.documents.rendering.slips import Applicant, Office
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE

_KIND_OF_PLACE = re.compile(r"^(Tỉnh|Thành phố|Xã|Phường|Đặc khu) ", re.IGNORECASE)


def office_of(dossier: Dossier, issuer: Unit) -> Office:
    """Return ``issuer`` below the competent unit it acts for, or below that unit's own superior.

    The place of the date line is the commune, or the province above a department.
    """
    competent = dossier.competent_unit
    above = competent if issuer.pk != competent.pk else competent.parent
    return Office(
        agency=(issuer.name.upper(),),
        superior=(above.name.upper(),) if above else (),
        place=place_above(competent),
    )


def place_above(unit: Unit) -> str:
    """Return the place of a date line: the commune itself, or the province above a department."""
    place = unit if unit.kind == COMMUNE or unit.parent is None else unit.parent
    return _KIND_OF_PLACE.sub("", place.name)


def applicant_of(dossier: Dossier) -> Applicant:
    """Return who asked, as written in the form: the organisation with who came for it, or the person."""
    name, number = dossier.applicant_name, dossier.identity_number
    if dossier.organisation_name:
        name = f"{dossier.organisation_name} (người nộp: {name})"
        number = dossier.organisation_tax_code or number
    return Applicant(
        name=name,
        id_number=number,
        address=dossier.address,
        phone=dossier.phone,
        email=dossier.email,
    )
