"""The DOCX read back by python-docx: words, measures, real merges and header rows."""

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.documents.rendering.description import Paragraph, QrCode, Table
from motcua.documents.rendering.word import to_docx
from motcua.documents.tests.papers import HOSTILE, LETTERS, letter, stream, tall_table


def read(**changes):
    return Document(stream(to_docx(letter(**changes))))


def texts(holder):
    return [paragraph.text for paragraph in holder.paragraphs if paragraph.text]


def test_letterhead_stands_in_two_columns():
    head = read().tables[0]

    assert [[texts(cell) for cell in row.cells] for row in head.rows] == [
        [
            ["ỦY BAN NHÂN DÂN", "TỈNH THỬ NGHIỆM", "VĂN PHÒNG"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 415/BC-VP"], ["Thử Nghiệm, ngày 05 tháng 02 năm 2026"]],
    ]


def test_body_reads_as_described():
    body = texts(read(annexes=()))

    assert body == [
        "BÁO CÁO",
        "Kết quả cải cách hành chính Quý I năm 2026",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;",
        "I. KẾT QUẢ",
        "Trong kỳ, đơn vị đã tiếp nhận hồ sơ của tổ chức và cá nhân trên địa bàn. " * 8,
        "1. Việc thứ nhất",
        "2. Việc thứ hai",
        "Mã: 000.00.14.H56-200203-0118",
    ]


def test_recipients_and_signature_close_the_document():
    left, right = read(annexes=()).tables[-1].rows[0].cells

    assert texts(left) == ["Nơi nhận:", "- Sở Nội vụ;", "- Lưu: VT."]
    assert texts(right) == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Thử"]


def test_page_and_face_are_those_of_the_layout():
    opened = read()
    upright, lying = opened.sections

    assert [round(side.mm) for side in (upright.page_width, upright.page_height)] == [210, 297]
    assert [round(side.mm) for side in (lying.page_width, lying.page_height)] == [297, 210]
    margins = (upright.left_margin, upright.right_margin, upright.top_margin, upright.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
    assert opened.styles["Normal"].font.name == "Times New Roman"
    assert opened.core_properties.title == "Báo cáo Kết quả cải cách hành chính Quý I năm 2026"


def test_page_number_is_a_field_missing_on_the_first_page():
    first = read().sections[0]

    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == ""
    assert "PAGE" in first.header._element.xml


def test_table_has_merged_cells_and_repeated_header_rows():
    table = read(blocks=(tall_table(60),), annexes=()).tables[1]

    header = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert header == [True, True] + [False] * 61
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(0, 2)._tc is table.cell(0, 3)._tc
    assert table.cell(2, 1)._tc is table.cell(2, 3)._tc
    assert [cell.text for cell in table.rows[62].cells] == ["60", "Chỉ tiêu thứ 60", "60.000", ""]


def test_annexes_of_their_own_count_restart_when_the_layout_says_so():
    from dataclasses import replace

    from motcua.documents.rendering.layout import LAYOUTS

    opened = Document(stream(to_docx(letter(), replace(LAYOUTS[-1], annex_pages_restart=True))))

    assert opened.sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert opened.sections[0]._sectPr.find(qn("w:pgNumType")) is None


def test_qr_code_is_a_picture_of_the_set_size():
    shapes = read(qr=QrCode("https://motcua.example.vn/a", "Quét mã")).inline_shapes

    assert [(shape.width, shape.height) for shape in shapes] == [(Mm(24), Mm(24))]


def test_letters_and_hostile_text_survive():
    spoken = " ".join(LETTERS)

    assert texts(read(blocks=(Paragraph(spoken), Paragraph(HOSTILE))))[3:5] == [spoken, HOSTILE]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_file(text):
    opened = read(blocks=(Paragraph(text), *(block for block in [tall_table(1)] if isinstance(block, Table))))

    assert len(opened.tables) == 4


def test_title_longer_than_a_file_may_say_is_cut_there_alone():
    opened = read(subject="Cải cách hành chính " * 100)
    assert len(opened.core_properties.title) == 255
