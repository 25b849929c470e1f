"""Descriptions that the tests draw, and eyes to read what was drawn."""

import io
import unicodedata
from datetime import UTC, date, datetime

import pypdfium2

from motcua.documents.rendering.description import (
    Annex,
    Cell,
    Column,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Row,
    SectionRow,
    Signature,
    Span,
    Table,
)
from motcua.documents.rendering.slips import Applicant, Component, Office, ReceiptSlip

MM_PER_POINT = 25.4 / 72
_VOWELS, _TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + ["đ"]
# The 134 letters that English does not have.
LETTERS = [letter for letter in _SMALL + [small.upper() for small in _SMALL] if not letter.isascii()]
HOSTILE = '#include "/etc/passwd" $x^2$ *đậm* _n_ \\ `a` <nhan> @b [c] {d} = e // f /* g */ -- ~ \' " <b>&amp;</b>'


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page, lines as they stand."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in opened]


def words(text: str) -> str:
    """Return ``text`` as one line."""
    return " ".join(text.split())


def text_box_mm(pdf: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom distance of the ink from the edges of a page, in mm."""
    scale = 4
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[page].render(scale=scale, grayscale=True).to_pil()
    box = picture.point(lambda shade: 255 if shade < 128 else 0).getbbox()
    left, top, right, bottom = box
    mm = MM_PER_POINT / scale
    return left * mm, top * mm, (picture.width - right) * mm, (picture.height - bottom) * mm


def tall_table(rows: int) -> Table:
    """Return a table with a two-row merged header, a section row and ``rows`` rows."""
    header = (
        Row((Cell("STT", rowspan=2), Cell("Chỉ tiêu", rowspan=2), Cell("Kết quả", colspan=2))),
        Row(("Số liệu", "Ghi chú")),
    )
    body = [Row((str(number), f"Chỉ tiêu thứ {number}", number * 1000, "")) for number in range(1, rows + 1)]
    columns = (Column(1, "center"), Column(6), Column(2, "right"), Column(3))
    return Table(columns, header, (SectionRow("Thống kê thủ tục", marker="I"), *body))


def letter(**changes: object) -> OfficialDocument:
    """Return a report of two pages with all that a document can carry, changed as told."""
    facts: dict[str, object] = {
        "superior": ("Ủy ban nhân dân tỉnh Thử Nghiệm",),
        "agency": ("Văn phòng",),
        "number": "415/BC-VP",
        "place": "Thử Nghiệm",
        "day": date(2026, 2, 5),
        "kind": "Báo cáo",
        "subject": "Kết quả cải cách hành chính Quý I năm 2026",
        "legal_bases": ("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;",),
        "blocks": (
            Heading("I. KẾT QUẢ"),
            Paragraph("Trong kỳ, đơn vị đã tiếp nhận hồ sơ của tổ chức và cá nhân trên địa bàn. " * 8),
            NumberedList(("Việc thứ nhất", "Việc thứ hai")),
            Paragraph((Span("Mã: "), Span("000.00.14.H56-200203-0118", bold=True))),
        ),
        "signatures": (Signature("Phó Chủ tịch", "Nguyễn Văn Thử", authority=("TM. Ủy ban nhân dân", "KT. Chủ tịch")),),
        "recipients": ("Sở Nội vụ", "Lưu: VT"),
        "annexes": (Annex("Bảng số liệu", (tall_table(3),), "Phụ lục I", "(Kèm theo Báo cáo)", landscape=True),),
    }
    return OfficialDocument(**(facts | changes))  # type: ignore[arg-type]


def receipt(**changes: object) -> ReceiptSlip:
    """Return a receipt slip of February 2026, changed as told."""
    facts: dict[str, object] = {
        "office": Office(("Trung tâm Phục vụ hành chính công",), "Thử Nghiệm", ("UBND xã Thử Nghiệm",), "1900 0000"),
        "number": "0012",
        "issued_at": datetime(2026, 2, 5, 7, 5, tzinfo=UTC),
        "dossier_code": "000.17.22.H56-260205-0001",
        "applicant": Applicant(
            "Nguyễn Văn Thử", "000000000000", "Thôn Thử, xã Thử Nghiệm", "0900 000 000", "thu@example.vn"
        ),
        "procedure": "Đăng ký khai sinh",
        "tracking_url": "https://motcua.example.vn/tra-cuu/000.17.22.H56-260205-0001",
        "official": "Trần Thị Mẫu",
        "components": (Component("Tờ khai", "Bản chính"), Component("Giấy chứng sinh", "Bản sao", 2)),
        "received_at": datetime(2026, 2, 5, 7, 5, tzinfo=UTC),
        "reception_unit": "Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
        "due_at": datetime(2026, 2, 10, 10, 0, tzinfo=UTC),
        "time_limit": "03 ngày làm việc",
        "collect_at": "Tại nhà, qua bưu chính",
        "fees": "8.000 đồng",
        "register_book": "01",
        "register_entry": "12",
    }
    return ReceiptSlip(**(facts | changes))  # type: ignore[arg-type]


def stream(content: bytes) -> io.BytesIO:
    """Return ``content`` as an open file."""
    return io.BytesIO(content)
