"""Slips 01 to 04 in the form set of their day (DOMAIN 4.7), and reports."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.documents.rendering.description import Paragraph, Row, SectionRow
from motcua.documents.rendering.form_sets import FORM_SETS, SlipKind, form_set_on
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.report import Figure, FigureAnnex, Section, Sender, report_document
from motcua.documents.rendering.slips import (
    ApologySlip,
    Component,
    RefusalSlip,
    SupplementSlip,
    apology_slip,
    receipt_slip,
    refusal_slip,
    supplement_slip,
)
from motcua.documents.rendering.word import to_docx
from motcua.documents.tests.papers import pages, receipt, words

SHARED = (
    "office",
    "number",
    "issued_at",
    "dossier_code",
    "applicant",
    "procedure",
    "tracking_url",
    "official",
)


def shared():
    slip = receipt()
    return {name: getattr(slip, name) for name in SHARED}


def test_receipt_carries_every_field_of_form_01():
    text = pages(to_pdf(receipt_slip(receipt())))

    assert len(text) == 1
    lines = [words(line) for line in text[0].split("\n")]
    assert lines == [
        "Mẫu số 01 - Thông tư 03/2025/TT-VPCP",
        "UBND XÃ THỬ NGHIỆM",
        "TRUNG TÂM PHỤC VỤ",
        "HÀNH CHÍNH CÔNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 0012/TNHS Thử Nghiệm, ngày 05 tháng 02 năm 2026",
        "Quét mã tra cứu hồ sơ",
        "GIẤY TIẾP NHẬN HỒ SƠ",
        "VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: 000.17.22.H56-260205-0001",
        "Bộ phận tiếp nhận: Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
        "Tiếp nhận hồ sơ của: Nguyễn Văn Thử",
        "Số định danh cá nhân/Mã số thuế: 000000000000",
        "Địa chỉ: Thôn Thử, xã Thử Nghiệm",
        "Số điện thoại: 0900 000 000 Email: thu@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Thành phần hồ sơ nộp gồm:",
        "STT Tên giấy tờ Loại Số lượng",
        "1 Tờ khai Bản chính 1",
        "2 Giấy chứng sinh Bản sao 2",
        "Số lượng hồ sơ: 01 bộ",
        "Thời gian giải quyết theo quy định: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 14 giờ 05 phút, ngày 05 tháng 02 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 10 tháng 02 năm 2026",
        "Đăng ký nhận kết quả tại: Tại nhà, qua bưu chính",
        "Phí, lệ phí: 8.000 đồng",
        "Vào Sổ theo dõi hồ sơ, Quyển số: 01 Số thứ tự: 12",
        "Điện thoại hỗ trợ: 1900 0000",
        "NGƯỜI NỘP HỒ SƠ",
        "(Ký và ghi rõ họ tên)",
        "Nguyễn Văn Thử",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "(Ký và ghi rõ họ tên)",
        "Trần Thị Mẫu",
    ]


def test_receipt_leaves_out_what_is_not_known():
    from motcua.documents.rendering.slips import Applicant

    text = pages(to_pdf(receipt_slip(receipt(applicant=Applicant("Công ty Thử"), due_at=None, fees=""))))[0]

    for label in (
        "Số định danh",
        "Địa chỉ",
        "Số điện thoại",
        "Email",
        "Thời gian trả kết quả",
        "Phí, lệ phí",
    ):
        assert label not in text


def test_receipt_with_forty_papers_keeps_its_header_row():
    papers = tuple(Component(f"Giấy tờ thứ {number} của hồ sơ", "Bản sao") for number in range(1, 41))

    text = pages(to_pdf(receipt_slip(receipt(components=papers))))

    assert len(text) == 2
    assert all("STT Tên giấy tờ Loại Số lượng" in words(page) for page in text)
    assert "40 Giấy tờ thứ 40 của hồ sơ Bản sao 1" in words(text[1])


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 11, 23), "A"),
        (date(2025, 9, 14), "A"),
        (date(2025, 9, 15), "B"),
        (date(2030, 1, 1), "B"),
    ],
)
def test_form_set_is_that_of_the_day(day, code):
    assert form_set_on(day).code == code


def test_no_form_set_before_the_first():
    with pytest.raises(LookupError):
        form_set_on(date(2018, 11, 22))


def test_form_sets_leave_no_gap_and_name_their_source():
    for earlier, later in zip(FORM_SETS, FORM_SETS[1:], strict=False):
        assert (later.valid_from - earlier.valid_to).days == 1
    assert all(form_set.source and set(form_set.forms) == set(SlipKind) for form_set in FORM_SETS)


def test_day_of_issue_is_counted_in_vietnam():
    slip = receipt(issued_at=datetime(2025, 9, 14, 17, 30, tzinfo=UTC))  # half past midnight on the 15th

    document = receipt_slip(slip)

    assert (document.day, document.form_label) == (date(2025, 9, 15), "Mẫu số 01 - Thông tư 03/2025/TT-VPCP")


def test_instant_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="without a zone"):
        receipt_slip(receipt(received_at=datetime(2026, 2, 5, 7, 5, tzinfo=UTC).replace(tzinfo=None)))


def test_supplement_slip_lists_what_is_asked_once():
    slip = SupplementSlip(
        **shared(),
        items=("Bản sao giấy kết hôn", "Tờ khai"),
        reason="Thiếu chữ ký",
        legal_ground="Luật Hộ tịch",
    )

    text = words(pages(to_pdf(supplement_slip(slip)))[0])

    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in text
    assert "1. Bản sao giấy kết hôn 2. Tờ khai Lý do: Thiếu chữ ký Căn cứ: Luật Hộ tịch" in text
    assert "Số: 0012 " in text


def test_refusal_slip_gives_reason_and_ground():
    slip = RefusalSlip(**shared(), received_at=None, reason="Không thuộc thẩm quyền.", legal_ground="Luật Hộ tịch")

    text = words(pages(to_pdf(refusal_slip(slip)))[0])

    assert "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ" in text
    assert "với lý do cụ thể như sau: Không thuộc thẩm quyền. Căn cứ: Luật Hộ tịch" in text


@pytest.mark.parametrize(
    ("issued", "title"),
    [
        (datetime(2025, 2, 9, 3, 0, tzinfo=UTC), "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
        (datetime(2026, 2, 9, 3, 0, tzinfo=UTC), "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    ],
)
def test_apology_names_the_new_day(issued, title):
    slip = ApologySlip(
        **(shared() | {"issued_at": issued}),
        received_at=datetime(2026, 2, 5, 7, 5, tzinfo=UTC),
        appointed_at=datetime(2026, 2, 10, 10, 0, tzinfo=UTC),
        reason="Cần xác minh thêm.",
        new_due_at=datetime(2026, 2, 12, 10, 0, tzinfo=UTC),
    )

    text = words(pages(to_pdf(apology_slip(slip)))[0])

    assert title in text
    assert "Kính gửi: Nguyễn Văn Thử" in text
    assert "hẹn trả kết quả vào 17 giờ 00 phút, ngày 12 tháng 02 năm 2026." in text


def test_report_has_the_five_columns_in_every_format():
    sender = Sender(("Văn phòng",), "Thử Nghiệm", date(2026, 3, 15), number="415/BC-VP")
    rows = (
        Section("I", "Kết quả"),
        Figure("1.1", "Đúng hạn", "%", Decimal("83.3")),
        Figure("1.2", "Chưa có", "hồ sơ"),
    )

    document = report_document(
        sender=sender,
        subject="Cải cách hành chính",
        narrative=(Paragraph("Nội dung."),),
        figures=(FigureAnnex("Phụ lục 3", "Thủ tục hành chính", rows),),
    )

    table = document.annexes[0].blocks[0]
    assert table.header == (Row(("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu của kỳ báo cáo", "Ghi chú")),)
    assert table.rows[0] == SectionRow("Kết quả", marker="I")
    second = words(pages(to_pdf(document))[1])
    assert "(Kèm theo Báo cáo số 415/BC-VP ngày 15 tháng 3 năm 2026 của Văn phòng)" in second
    assert "I Kết quả 1.1 Đúng hạn % 83,3 1.2 Chưa có hồ sơ" in second
    assert to_docx(document).startswith(b"PK")
