"""Slip 01: the receipt with the promised due instant, its QR code leading to the public tracking page (R4.31)."""

from decimal import Decimal

from django.utils.translation import gettext

from motcua.base.money import format_dong
from motcua.base.refusal import Refused
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.slips import Component, ReceiptSlip, receipt_slip
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import DossierPaper
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.rendering.heads import applicant_of, office_of
from motcua.organizations.rules.time_limits import Limit, LimitUnit


def receipt_pdf(page: DossierPage) -> bytes:
    """Return form 01 as PDF; refused as ``receipt_of`` is."""
    return to_pdf(receipt_of(page))


def receipt_of(page: DossierPage) -> OfficialDocument:
    """Return form 01 of a received dossier, in the form set of the day of reception.

    Raises:
        Refused: the dossier is not received yet, so nothing was promised.
    """
    dossier = page.dossier
    if dossier.received_at is None:
        raise Refused(gettext("Hồ sơ %(code)s chưa được tiếp nhận.") % {"code": dossier.code})
    offering = offering_of(dossier.offering_id)
    slip = ReceiptSlip(
        office=office_of(dossier, dossier.receiving_unit),
        number=dossier.code.rpartition("-")[2],
        issued_at=dossier.received_at,
        dossier_code=dossier.code,
        applicant=applicant_of(dossier),
        procedure=dossier.version.name,
        tracking_url=tracking_of(dossier.code),
        components=tuple(_component(paper) for paper in page.papers),
        received_at=dossier.received_at,
        reception_unit=dossier.receiving_unit.name,
        due_at=dossier.first_due_at,
        time_limit=str(Limit(Decimal(offering.limit_value), LimitUnit(offering.limit_unit))),
        collect_at=dossier.receiving_unit.name,
        fees=format_dong(page.fee.amount) if page.fee else gettext("Không"),
        register_entry=dossier.code.rpartition("-")[2],
    )
    return receipt_slip(slip)


def _component(paper: DossierPaper) -> Component:
    if paper.file_id:
        kind = gettext("Bản điện tử")
    else:
        kind = gettext("Bản chính") if paper.is_original else gettext("Bản sao")
    return Component(paper.component_name, kind, paper.quantity)
