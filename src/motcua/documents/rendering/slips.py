"""The slips a one-stop unit hands out, as official documents (DOMAIN 4.5, 4.7): forms 01 to 04 and the notice of stop.

Each slip is described once; the day of issue chooses the form set. The QR code carries the tracking URL only
(R4.31).
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.documents.rendering.description import (
    Block,
    Column,
    NumberedList,
    OfficialDocument,
    Paragraph,
    QrCode,
    Row,
    Signature,
    Span,
    Table,
)
from motcua.documents.rendering.form_sets import FormSet, SlipKind, form_set_on
from motcua.documents.rendering.wording import in_vietnam, instant_in_words

# Room between two facts on one line.
_TAB = "\u00a0" * 6
_HELD_TOGETHER = ("gia hạn", "quá trình", "tiếp nhận", "giải quyết", "hồ sơ", "thời gian", "kiểm soát", "kết quả")
_SIGN_HERE = "(Ký và ghi rõ họ tên)"
_SIGN_AND_STAMP = "(Ký, ghi rõ họ tên và đóng dấu)"


@dataclass(frozen=True, slots=True)
class Office:
    """The unit that issues a slip: letterhead lines, place of the date line and hotline."""

    agency: tuple[str, ...]
    place: str
    superior: tuple[str, ...] = ()
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who filed: a person or an organisation; ``id_number`` is a citizen number or a tax code."""

    name: str
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A paper of the dossier as handed in; ``kind`` is ``Bản chính``, ``Bản sao``, ``Bản điện tử``."""

    name: str
    kind: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What all slips share. ``issued_at`` is an aware instant; ``number`` is the running number (``0012``).

    ``official`` is the name of who signs for the office; ``tracking_url`` holds no personal data.
    """

    office: Office
    number: str
    issued_at: datetime
    dossier_code: str
    applicant: Applicant
    procedure: str
    tracking_url: str
    official: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSlip(Slip):
    """Form 01. ``due_at`` None: the result is handed out at once or by a day still to be told.

    ``time_limit`` is the limit as the procedure words it (``03 ngày làm việc``), ``fees`` as printed.
    """

    components: tuple[Component, ...]
    received_at: datetime
    reception_unit: str
    due_at: datetime | None
    time_limit: str = ""
    sets: int = 1
    submitted_by: str = ""
    collect_at: str = ""
    fees: str = ""
    register_book: str = ""
    register_entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementSlip(Slip):
    """Form 02: everything to supplement, asked once (R4.12)."""

    items: tuple[str, ...]
    reason: str
    legal_ground: str = ""
    contact: str = ""
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalSlip(Slip):
    """Form 03: the dossier is not received, or not handled, and why (R4.14)."""

    received_at: datetime | None
    reason: str
    legal_ground: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologySlip(Slip):
    """Form 04: an apology for lateness and a new day, once (R4.16, R4.17); the head of the agency signs."""

    received_at: datetime
    appointed_at: datetime
    reason: str
    new_due_at: datetime
    agency_name: str = ""  # as written in the text; without it the letterhead's
    signer_title: str = "Thủ trưởng cơ quan, đơn vị"
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSlip(Slip):
    """Notice of stop (form 05 of set B): why, from when, and how to go on."""

    received_at: datetime | None
    stopped_at: datetime
    reason: str
    how_to_go_on: str
    signer_title: str = "Thủ trưởng cơ quan, đơn vị"


def receipt_slip(slip: ReceiptSlip) -> OfficialDocument:
    """Return form 01 in the set in force on its day of issue; LookupError when there is none."""
    received = instant_in_words(slip.received_at)
    due = instant_in_words(slip.due_at) if slip.due_at else ""
    book = f"{slip.register_book or '………'}{_TAB}Số thứ tự: {slip.register_entry or '………'}"
    blocks: tuple[Block, ...] = (
        *_lines(("Bộ phận tiếp nhận", slip.reception_unit), ("Tiếp nhận hồ sơ của", slip.applicant.name)),
        *_applicant_lines(slip.applicant),
        *_lines(("Nội dung yêu cầu giải quyết", slip.procedure)),
        _plain("Thành phần hồ sơ nộp gồm:"),
        _component_table(slip.components),
        *_lines(
            ("Số lượng hồ sơ", f"{slip.sets:02d} bộ"),
            ("Thời gian giải quyết theo quy định", slip.time_limit),
            ("Thời gian nhận hồ sơ", received),
            ("Thời gian trả kết quả giải quyết hồ sơ", due),
            ("Đăng ký nhận kết quả tại", slip.collect_at),
            ("Phí, lệ phí", slip.fees),
            ("Vào Sổ theo dõi hồ sơ, Quyển số", book),
            ("Điện thoại hỗ trợ", slip.office.hotline),
        ),
    )
    signatures = (
        Signature("Người nộp hồ sơ", slip.submitted_by or slip.applicant.name, note=_SIGN_HERE),
        Signature("Người tiếp nhận hồ sơ", slip.official, note=_SIGN_HERE),
    )
    return _document(slip, SlipKind.RECEIPT, blocks, signatures)


def supplement_slip(slip: SupplementSlip) -> OfficialDocument:
    """Return form 02; the numbered items are the whole of what is asked."""
    blocks: tuple[Block, ...] = (
        *_about(slip),
        _plain("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:"),
        NumberedList(slip.items),
        *_lines(
            ("Lý do", slip.reason),
            ("Căn cứ", slip.legal_ground),
            ("Thời hạn bổ sung", instant_in_words(slip.deadline) if slip.deadline else ""),
        ),
        _plain("Đây là yêu cầu bổ sung một lần, đầy đủ; thời gian chờ bổ sung không tính vào thời hạn giải quyết."),
        *_contact(slip.contact, slip.office),
    )
    return _document(slip, SlipKind.SUPPLEMENT, blocks, (_official(slip, "Người hướng dẫn"),))


def refusal_slip(slip: RefusalSlip) -> OfficialDocument:
    """Return form 03."""
    received = instant_in_words(slip.received_at) if slip.received_at else ""
    blocks: tuple[Block, ...] = (
        *_about(slip),
        *_lines(("Thời gian nhận hồ sơ", received)),
        _plain("Qua xem xét, cơ quan thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"),
        _plain(slip.reason),
        *_lines(("Căn cứ", slip.legal_ground)),
        *_contact(slip.contact, slip.office),
    )
    signatures = (
        Signature("Người nộp hồ sơ", slip.applicant.name, note=_SIGN_HERE),
        Signature("Người tiếp nhận hồ sơ", slip.official, note=_SIGN_HERE),
    )
    return _document(slip, SlipKind.REFUSAL, blocks, signatures)


def apology_slip(slip: ApologySlip) -> OfficialDocument:
    """Return form 04, addressed to the applicant and signed by the head of the agency."""
    agency = slip.agency_name or " ".join(slip.office.agency)
    is_before = slip.issued_at < slip.appointed_at  # R4.16: sent before the day that it cannot keep
    sorry = "dự kiến chưa trả được" if is_before else "chưa trả"
    blocks: tuple[Block, ...] = (
        *_lines(
            ("Mã hồ sơ", slip.dossier_code),
            ("Nội dung yêu cầu giải quyết", slip.procedure),
            ("Thời gian nhận hồ sơ", instant_in_words(slip.received_at)),
            ("Thời gian hẹn trả kết quả", instant_in_words(slip.appointed_at)),
        ),
        _plain(f"Tuy nhiên, đến nay {agency} {sorry} kết quả giải quyết hồ sơ đúng thời hạn. Lý do: {slip.reason}"),
        _plain(
            f"{agency} xin lỗi Ông/Bà, tổ chức về sự chậm trễ này và hẹn trả kết quả vào "
            f"{instant_in_words(slip.new_due_at)}."
        ),
        _plain("Rất mong nhận được sự thông cảm của Ông/Bà, tổ chức."),
        *_contact("", slip.office),
    )
    signature = Signature(slip.signer_title, slip.official, slip.authority, _SIGN_AND_STAMP)
    return _document(slip, SlipKind.APOLOGY, blocks, (signature,), addressees=(slip.applicant.name,))


def stop_slip(slip: StopSlip) -> OfficialDocument:
    """Return the notice of stop, signed by the head of the agency."""
    blocks: tuple[Block, ...] = (
        *_about(slip),
        *_lines(
            ("Thời gian nhận hồ sơ", instant_in_words(slip.received_at) if slip.received_at else ""),
            ("Dừng giải quyết từ", instant_in_words(slip.stopped_at)),
            ("Lý do", slip.reason),
        ),
        _plain(slip.how_to_go_on),
        *_contact("", slip.office),
    )
    signature = Signature(slip.signer_title, slip.official, note=_SIGN_AND_STAMP)
    return _document(slip, SlipKind.STOP, blocks, (signature,))


def _document(
    slip: Slip,
    kind: SlipKind,
    blocks: tuple[Block, ...],
    signatures: tuple[Signature, ...],
    addressees: tuple[str, ...] = (),
) -> OfficialDocument:
    day = in_vietnam(slip.issued_at).date()
    form_set = form_set_on(day)
    if kind is not SlipKind.APOLOGY:
        blocks = (*_lines(("Mã hồ sơ", slip.dossier_code)), *blocks)
    return OfficialDocument(
        superior=slip.office.superior,
        agency=slip.office.agency,
        number=_number(slip.number, form_set, kind),
        place=slip.office.place,
        day=day,
        kind=title_of(form_set, kind),
        form_label=form_set.label(kind),
        addressees=addressees,
        blocks=blocks,
        signatures=signatures,
        qr=QrCode(slip.tracking_url, "Quét mã tra cứu hồ sơ"),
        is_form=True,
    )


def title_of(form_set: FormSet, kind: SlipKind) -> str:
    """Return the title of a form with its words of two syllables held together: a line never ends inside one."""
    title = form_set.forms[kind].title
    for word in _HELD_TOGETHER:
        title = title.replace(word, word.replace(" ", "\u00a0"))
    return title


def _number(number: str, form_set: FormSet, kind: SlipKind) -> str:
    symbol = form_set.forms[kind].symbol
    return f"{number}/{symbol}" if symbol and "/" not in number else number


def _about(slip: Slip) -> tuple[Paragraph, ...]:
    return (
        *_lines(("Hồ sơ của", slip.applicant.name)),
        *_applicant_lines(slip.applicant),
        *_lines(("Nội dung yêu cầu giải quyết", slip.procedure)),
    )


def _applicant_lines(applicant: Applicant) -> tuple[Paragraph, ...]:
    return _lines(
        ("Số định danh cá nhân/Mã số thuế", applicant.id_number),
        ("Địa chỉ", applicant.address),
        *_reached_by(applicant),
    )


def _reached_by(applicant: Applicant) -> tuple[tuple[str, str], ...]:
    if applicant.phone and applicant.email:
        return (("Số điện thoại", f"{applicant.phone}{_TAB}Email: {applicant.email}"),)
    return (("Số điện thoại", applicant.phone), ("Email", applicant.email))


def _component_table(components: tuple[Component, ...]) -> Table:
    columns = (Column(1, "center"), Column(9), Column(2.4, "center"), Column(1.8, "center"))
    rows = tuple(Row((number, part.name, part.kind, part.quantity)) for number, part in enumerate(components, 1))
    return Table(columns, (Row(("STT", "Tên giấy tờ", "Loại", "Số lượng")),), rows)


def _official(slip: Slip, title: str) -> Signature:
    return Signature(title, slip.official, note=_SIGN_HERE)


def _contact(contact: str, office: Office) -> tuple[Paragraph, ...]:
    where = "; ".join(filter(None, (contact, office.hotline)))
    text = f"Nếu có vướng mắc, xin liên hệ: {where}."
    return (_plain(text),) if where else ()


def _plain(text: str) -> Paragraph:
    return Paragraph(text)


def _lines(*pairs: tuple[str, str]) -> tuple[Paragraph, ...]:
    """Return ``label: value`` lines; a line without a value is left out."""
    return tuple(
        Paragraph((Span(f"{label}: "), Span(value, bold=label == "Mã hồ sơ"))) for label, value in pairs if value
    )
