"""What a receipt for the fee of a dossier says beside the money."""

from django.utils.translation import gettext

from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rendering.heads import office_of
from motcua.organizations.models import Account
from motcua.payments.models import Receipt
from motcua.payments.rendering.receipt import About


def about_receipt(dossier: Dossier, receipt: Receipt) -> About:
    """Return letterhead, payer and purpose of a receipt; the QR code leads to the public tracking page."""
    office = office_of(dossier, dossier.receiving_unit)
    official = Account.objects.filter(code=receipt.issued_by).values_list("full_name", flat=True).first()
    return About(
        agency=office.agency,
        superior=office.superior,
        place=office.place,
        payer=dossier.applicant_name,
        payer_number=dossier.identity_number,
        what=dossier.version.name,
        code=dossier.code,
        url=tracking_of(dossier.code),
        official=official or gettext("Thu qua cổng thanh toán"),
    )
