"""The receipt for the fee of a dossier as an official document; the QR code leads to the public tracking page."""

from django.utils.translation import gettext, override

from motcua.base.clock import VIETNAM
from motcua.base.money import format_dong
from motcua.documents.rendering.description import OfficialDocument, Paragraph, QrCode, Signature, Span
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.wording import instant_in_words
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rendering.heads import office_of
from motcua.organizations.models import Account
from motcua.payments.models import Receipt
from motcua.payments.receipt_forms import form_on
from motcua.payments.rules.money_words import in_words
from motcua.payments.states import METHODS


def fee_receipt_pdf(dossier: Dossier, receipt: Receipt) -> bytes:
    """Return ``receipt`` as PDF, in Vietnamese whatever the reader's language: it is an official paper."""
    with override("vi"):
        return to_pdf(fee_receipt(dossier, receipt))


def fee_receipt(dossier: Dossier, receipt: Receipt) -> OfficialDocument:
    """Return ``receipt`` (with its fee) to be drawn; a cancelled one and a second printing say so.

    Its title and symbol are those in force on the day of issue (``payments.receipt_forms``).
    """
    office = office_of(dossier, dossier.receiving_unit)
    official = Account.objects.filter(code=receipt.issued_by).values_list("full_name", flat=True).first()
    issued_at = receipt.issued_at.astimezone(VIETNAM)
    form = form_on(issued_at.date())
    lines = [
        ("Họ, tên người nộp", dossier.applicant_name),
        ("Số định danh cá nhân/Mã số thuế", dossier.identity_number),
        ("Nội dung thu", dossier.version.name),
        ("Mã hồ sơ", dossier.code),
        ("Số tiền", format_dong(receipt.amount)),
        ("Viết bằng chữ", in_words(receipt.amount)),
        ("Căn cứ thu", receipt.fee.basis),
        ("Hình thức thanh toán", str(METHODS.get(receipt.method, receipt.method))),
        ("Số giao dịch", receipt.reference),
        ("Nộp lúc", instant_in_words(receipt.fee.paid_at) if receipt.fee.paid_at else ""),
    ]
    marks = []
    if receipt.cancelled_at:
        marks.append(gettext("BIÊN LAI ĐÃ HỦY: %(reason)s") % {"reason": receipt.cancel_reason})
    if receipt.printed > 1:
        marks.append(gettext("Bản in lại lần %(n)s") % {"n": receipt.printed})
    return OfficialDocument(
        agency=office.agency,
        superior=office.superior,
        number=receipt.number,
        place=office.place,
        day=issued_at.date(),
        kind=form["title"],
        form_label=form["symbol"],
        blocks=(
            *(Paragraph(mark, align="center", indent=False, bold=True) for mark in marks),
            *(
                Paragraph((Span(f"{name}: "), Span(value, bold=name == "Số tiền")), indent=False)
                for name, value in lines
                if value
            ),
        ),
        signatures=(
            Signature("Người nộp tiền", dossier.applicant_name, note="(Ký và ghi rõ họ tên)"),
            Signature("Người thu tiền", official or gettext("Thu qua cổng thanh toán"), note="(Ký và ghi rõ họ tên)"),
        ),
        qr=QrCode(tracking_of(dossier.code), "Quét mã tra cứu hồ sơ"),
        is_form=True,
    )
