"""Slips 02 and 03 of a dossier, described for the rendering of official documents (DOMAIN 4.7)."""

from typing import Any

from django.http import Http404

from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.slips import (
    RefusalSlip,
    SupplementSlip,
    refusal_slip,
    supplement_slip,
)
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.rendering.heads import applicant_of, office_of
from motcua.dossiers.states import REFUSED
from motcua.organizations.models import Unit


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
    return refusal_slip(RefusalSlip(**shared, issued_at=dossier.ended_at, received_at=None, reason=dossier.end_reason))


def _shared(dossier: Dossier, issuer: Unit) -> dict[str, Any]:
    return {
        "office": office_of(dossier, issuer),
        "number": dossier.code.rpartition("-")[2],
        "dossier_code": dossier.code,
        "procedure": dossier.version.name,
        "tracking_url": tracking_of(dossier.code),
        "applicant": applicant_of(dossier),
    }
