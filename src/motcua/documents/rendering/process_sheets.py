"""What a one-stop unit keeps of its dossiers: the process control sheet and the register (DOMAIN 4.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.documents.rendering.description import (
    Annex,
    Cell,
    Column,
    OfficialDocument,
    Paragraph,
    QrCode,
    Row,
    Signature,
    Span,
    Table,
)
from motcua.documents.rendering.form_sets import SlipKind, form_set_on
from motcua.documents.rendering.slips import Office, title_of
from motcua.documents.rendering.wording import instant_in_words

_SIGN_HERE = "(Ký và ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over of the control sheet: who gave, who received, when, with which result (early, on time, late)."""

    giver: str
    receiver: str
    step: str
    at: datetime
    due_at: datetime | None
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSheet:
    """The process control sheet of one dossier; goes with the papers, so it names no person outside the agency."""

    office: Office
    dossier_code: str
    procedure: str
    competent_unit: str
    received_at: datetime
    due_at: datetime | None
    time_limit: str
    tracking_url: str
    printed_on: date
    lines: Sequence[HandOver]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One dossier of the register, in the order of the form's columns; instants are aware or None."""

    code: str
    procedure: str
    sets: int
    applicant: str
    address: str
    competent_unit: str
    received_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    method: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register of an office for a period, both days included; ``note`` says where lines were cut off."""

    office: Office
    first: date
    last: date
    lines: Sequence[RegisterLine]
    note: str = ""


def control_sheet(sheet: ControlSheet) -> OfficialDocument:
    """Return the process control sheet in the form set of the day of reception, one row for each hand-over."""
    form_set = form_set_on(sheet.received_at.date())
    due = instant_in_words(sheet.due_at) if sheet.due_at else ""
    facts = (
        ("Mã hồ sơ", sheet.dossier_code),
        ("Nội dung yêu cầu giải quyết", sheet.procedure),
        ("Cơ quan (bộ phận) giải quyết hồ sơ", sheet.competent_unit),
        ("Thời gian giải quyết theo quy định", sheet.time_limit),
        ("Thời gian nhận hồ sơ", instant_in_words(sheet.received_at)),
        ("Hẹn trả kết quả", due),
    )
    columns = (Column(4.2), Column(2.4), Column(2.4), Column(2.2), Column(2), Column(2))
    names = ("Hạn của bước", "Kết quả giải quyết", "Ghi chú")
    header = (Row(("Tên cơ quan", Cell("Thời gian giao, nhận hồ sơ", colspan=2), *names)),)
    rows = tuple(row for line in sheet.lines for row in _hand_over(line))
    return OfficialDocument(
        superior=sheet.office.superior,
        agency=sheet.office.agency,
        number=sheet.dossier_code.rpartition("-")[2],
        place=sheet.office.place,
        day=sheet.printed_on,
        kind=title_of(form_set, SlipKind.CONTROL),
        form_label=form_set.label(SlipKind.CONTROL),
        blocks=(
            *(_fact(label, value) for label, value in facts if value),
            Table(columns, header, rows),
        ),
        qr=QrCode(sheet.tracking_url, "Quét mã tra cứu hồ sơ"),
        is_form=True,
    )


def _hand_over(line: HandOver) -> tuple[Row, Row]:
    """Return the row of the hand-over and below it the room where giver and receiver sign."""
    what = f"1. Giao: {line.giver}\n2. Nhận: {line.receiver}\n({line.step})"
    tall = [Cell(value, rowspan=2) for value in (line.due_at, line.result, line.note)]
    first = Row((Cell(what, rowspan=2), Cell(line.at, colspan=2, align="center"), *tall))
    room = "\n\u00a0\n\u00a0"
    signing = [Cell(f"{who}{room}", italic=True, align="center") for who in ("Người giao", "Người nhận")]
    return first, Row(tuple(signing))


def register_book(register: Register) -> OfficialDocument:
    """Return the register of a period on its side, in the form set of its last day; the office closes it below."""
    form_set = form_set_on(register.last)
    return OfficialDocument(
        superior=register.office.superior,
        agency=register.office.agency,
        place=register.office.place,
        day=register.last,
        kind=title_of(form_set, SlipKind.REGISTER),
        form_label=form_set.label(SlipKind.REGISTER),
        blocks=(
            _fact("Từ ngày", f"{register.first:%d/%m/%Y} đến ngày {register.last:%d/%m/%Y}"),
            _fact("Số hồ sơ", str(len(register.lines))),
            *((Paragraph(register.note, italic=True),) if register.note else ()),
        ),
        signatures=(Signature("Người lập sổ", note=_SIGN_HERE), Signature("Phụ trách bộ phận", note=_SIGN_HERE)),
        annexes=(Annex("Sổ theo dõi hồ sơ", (register_table(register.lines),), landscape=True),),
        is_form=True,
    )


def register_table(lines: Sequence[RegisterLine]) -> Table:
    """Return the table of the register, as printed and as a sheet."""
    columns = tuple(Column(width) for width in (1, 5.4, 4, 1, 3, 3, 2.8, 2.9, 2.9, 2.9, 2.2, 1.8))
    dates = Cell("Ngày, tháng, năm", colspan=3, align="center")
    tall = [Cell(name, rowspan=2) for name in (
        "TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên tổ chức, cá nhân", "Địa chỉ", "Cơ quan giải quyết",
    )]  # fmt: skip
    ends = [Cell(name, rowspan=2) for name in ("Phương thức nhận kết quả", "Ghi chú")]
    header = (Row((*tall, dates, *ends)), Row(("Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả")))
    rows = tuple(
        Row((
            number, line.code, line.procedure, line.sets, line.applicant, line.address, line.competent_unit,
            line.received_at, line.due_at, line.returned_at, line.method, line.note,
        ))
        for number, line in enumerate(lines, 1)
    )  # fmt: skip
    return Table(columns, header, rows)


def _fact(label: str, value: str) -> Paragraph:
    return Paragraph((Span(f"{label}: "), Span(value, bold=label == "Mã hồ sơ")))
