"""A receipt as an official document. Its title and symbol are data with dates: ``data/receipt_forms.csv``."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext

from motcua.base.clock import VIETNAM
from motcua.base.money import format_dong
from motcua.documents.rendering.description import OfficialDocument, Paragraph, QrCode, Signature, Span
from motcua.documents.rendering.wording import instant_in_words
from motcua.payments.models import Receipt
from motcua.payments.rules.money_words import in_words
from motcua.payments.states import METHODS

FORMS = Path(__file__).resolve().parents[1] / "data" / "receipt_forms.csv"


@dataclass(frozen=True)
class About:
    """What the receipt says beside the money: given by the module whose subject was paid for."""

    agency: tuple[str, ...]  # lines of the letterhead
    superior: tuple[str, ...]
    place: str
    payer: str
    payer_number: str  # identity number or tax code
    what: str  # what was paid for
    code: str  # of the subject
    url: str  # public address of the subject
    official: str = ""  # who took the money


@cache
def _forms() -> list[dict[str, str]]:
    with FORMS.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["valid_from"])


def form_on(day: date) -> dict[str, str]:
    """Return the form of receipts in force on ``day``; before the first, the first."""
    fitting = [row for row in _forms() if row["valid_from"] <= day.isoformat()]
    return fitting[-1] if fitting else _forms()[0]


def receipt_document(receipt: Receipt, about: About) -> OfficialDocument:
    """Return ``receipt`` to be drawn; a cancelled one and a second printing say so."""
    issued_at = receipt.issued_at.astimezone(VIETNAM)
    form = form_on(issued_at.date())
    lines = [
        ("Họ, tên người nộp", about.payer),
        ("Số định danh cá nhân/Mã số thuế", about.payer_number),
        ("Nội dung thu", about.what),
        ("Mã hồ sơ", about.code),
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
        agency=about.agency,
        superior=about.superior,
        number=receipt.number,
        place=about.place,
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
            Signature("Người nộp tiền", about.payer, note="(Ký và ghi rõ họ tên)"),
            Signature("Người thu tiền", about.official, note="(Ký và ghi rõ họ tên)"),
        ),
        qr=QrCode(about.url, "Quét mã tra cứu hồ sơ"),
        is_form=True,
    )
