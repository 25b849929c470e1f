"""Slip 01: the receipt with the promised due instant, its QR code leading to the public tracking page (R4.31)."""

from decimal import Decimal

from django.utils.translation import gettext

from motcua.base.money import format_dong
from motcua.base.refusal import Refused
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.slips import Applicant, Component, Office, ReceiptSlip, receipt_slip
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.published import offering_of
from motcua.dossiers.queries import DossierPage
from motcua.organizations.models import Unit
from motcua.organizations.rules.time_limits import Limit, LimitUnit
from motcua.organizations.states import COMMUNE


def receipt_pdf(page: DossierPage) -> bytes:
    """Return form 01 of a received dossier as PDF, in the form set of the day of reception.

    Raises:
        Refused: the dossier is not received yet, so nothing was promised.
    """
    dossier = page.dossier
    if dossier.received_at is None:
        raise Refused(gettext("Hồ sơ %(code)s chưa được tiếp nhận.") % {"code": dossier.code})
    offering = offering_of(dossier.offering_id)
    slip = ReceiptSlip(
        office=_office(dossier),
        number=dossier.code.rpartition("-")[2],
        issued_at=dossier.received_at,
        dossier_code=dossier.code,
        applicant=Applicant(
            name=dossier.applicant_name, id_number=dossier.identity_number, address=dossier.address,
            phone=dossier.phone, email=dossier.email,
        ),
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
    return to_pdf(receipt_slip(slip))


def _office(dossier: Dossier) -> Office:
    competent = dossier.competent_unit
    superior = competent if dossier.receiving_unit_id != competent.pk else competent.parent
    return Office(
        agency=(dossier.receiving_unit.name.upper(),),
        superior=(superior.name.upper(),) if superior else (),
        place=_place(competent),
    )


def _place(unit: Unit) -> str:
    """Return the place of the date line: the commune, or the province above a department."""
    place = unit if unit.kind == COMMUNE or unit.parent is None else unit.parent
    for prefix in ("Tỉnh ", "Thành phố ", "Xã ", "Phường "):
        place_name = place.name.removeprefix(prefix)
        if place_name != place.name:
            return place_name
    return place.name


def _component(paper: DossierPaper) -> Component:
    if paper.file_id:
        kind = gettext("Bản điện tử")
    else:
        kind = gettext("Bản chính") if paper.is_original else gettext("Bản sao")
    return Component(paper.component_name, kind, paper.quantity)
