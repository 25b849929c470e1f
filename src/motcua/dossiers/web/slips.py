"""Slips 02 and 03 of a dossier, described for the rendering of official documents (DOMAIN 4.7)."""

import re
from typing import Any

from django.http import Http404

from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.slips import (
    Applicant,
    Office,
    RefusalSlip,
    SupplementSlip,
    refusal_slip,
    supplement_slip,
)
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.states import REFUSED
from motcua.organizations.models import Unit
from motcua.organizations.states import COMMUNE

_KIND_OF_PLACE = re.compile(r"^(Tỉnh|Thành phố|Xã|Phường|Đặc khu) ", re.IGNORECASE)


def supplement_of(page: DossierPage) -> OfficialDocument:
    """Return slip 02.

    Raises:
        Http404: no supplement was asked for.
    """
    asked = page.supplement
    if asked is None:
        raise Http404
    items = tuple(line.strip() for line in asked.items.splitlines() if line.strip())
    shared = _shared(page.dossier, page.dossier.competent_unit)
    return supplement_slip(SupplementSlip(**shared, issued_at=asked.requested_at, items=items, reason=asked.reason))


def refusal_of(page: DossierPage) -> OfficialDocument:
    """Return slip 03.

    Raises:
        Http404: reception was not refused.
    """
    dossier = page.dossier
    if dossier.state != REFUSED or dossier.ended_at is None:
        raise Http404
    shared = _shared(dossier, dossier.receiving_unit)
    return refusal_slip(
        RefusalSlip(**shared, issued_at=dossier.ended_at, received_at=None, reason=dossier.end_reason)
    )


def _shared(dossier: Dossier, issuer: Unit) -> dict[str, Any]:
    competent = dossier.competent_unit
    above = competent if issuer.pk != competent.pk else competent.parent
    place = competent if competent.kind == COMMUNE or competent.parent is None else competent.parent
    return {
        "office": Office(
            agency=(issuer.name.upper(),), superior=(above.name.upper(),) if above else (),
            place=_KIND_OF_PLACE.sub("", place.name),
        ),
        "number": dossier.code.rpartition("-")[2], "dossier_code": dossier.code, "procedure": dossier.version.name,
        "tracking_url": tracking_of(dossier.code),
        "applicant": Applicant(
            dossier.applicant_name, dossier.identity_number, dossier.address, dossier.phone, dossier.email
        ),
    }
