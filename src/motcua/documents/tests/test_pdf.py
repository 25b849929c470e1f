"""The PDF: its words, its measures on paper, and that no text is read as markup."""

import re
import threading
from datetime import date

import pikepdf
import pypdfium2
import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from motcua.documents.rendering.description import Cell, Column, Heading, Paragraph, QrCode, Row, Table
from motcua.documents.rendering.layout import Layout
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.printable import FONTS
from motcua.documents.tests.papers import (
    HOSTILE,
    LETTERS,
    MM_PER_POINT,
    letter,
    pages,
    stream,
    tall_table,
    text_box_mm,
    words,
)

SHORT = Paragraph("Nội dung.")


def test_first_page_reads_as_an_official_document():
    first = pages(to_pdf(letter(blocks=(SHORT,), annexes=())))[0]

    assert first.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH THỬ NGHIỆM",
        "VĂN PHÒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 415/BC-VP Thử Nghiệm, ngày 05 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kết quả cải cách hành chính Quý I năm 2026",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;",
        "Nội dung.",
        "Nơi nhận:",
        "- Sở Nội vụ;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn Thử",
    ]


def test_page_is_a4_and_an_annex_may_lie_on_its_side():
    with pypdfium2.PdfDocument(to_pdf(letter())) as opened:
        sizes = [tuple(round(side * MM_PER_POINT) for side in page.get_size()) for page in opened]

    assert sizes == [(210, 297), (297, 210)]


def test_margins_on_paper_are_those_of_the_layout():
    long = Paragraph("Đơn vị đã tiếp nhận và giải quyết hồ sơ của tổ chức, cá nhân trên địa bàn. " * 200)
    pdf = to_pdf(letter(blocks=(long,), legal_bases=(), annexes=()))

    left, top, right, bottom = text_box_mm(pdf)

    assert left == pytest.approx(30, abs=0.5)
    assert right == pytest.approx(15, abs=0.5)
    assert 20 <= top < 23
    assert 20 <= bottom < 27


def test_other_measures_are_obeyed():
    wide = Layout(source="Thử", valid_from=date(2020, 1, 1), margin_left_mm=35, margin_right_mm=20)

    left, _, right, _ = text_box_mm(to_pdf(letter(annexes=()), wide))

    assert (left, right) == (pytest.approx(35, abs=0.5), pytest.approx(20, abs=0.5))


def test_page_number_stands_top_centre_from_the_second_page():
    pdf = to_pdf(letter(annexes=(), blocks=(Paragraph("Nội dung. " * 1500),)))
    texts = pages(pdf)

    assert len(texts) > 2
    assert [text.split("\n")[0] for text in texts[1:]] == [str(number) for number in range(2, len(texts) + 1)]
    assert texts[0].startswith("ỦY BAN NHÂN DÂN")
    with pypdfium2.PdfDocument(pdf) as opened:
        left, bottom, right, top = opened[1].get_textpage().get_charbox(0)
    assert (left + right) / 2 * MM_PER_POINT == pytest.approx(30 + 165 / 2, abs=0.5)
    assert 0 < 297 - top * MM_PER_POINT < 297 - bottom * MM_PER_POINT < 20


def test_header_of_a_long_table_stands_on_every_page():
    texts = [words(text) for text in pages(to_pdf(letter(blocks=(tall_table(60),), annexes=())))]
    with_rows = [text for text in texts if "Chỉ tiêu thứ" in text]

    assert len(with_rows) == 2
    assert all("Kết quả STT Chỉ tiêu Số liệu Ghi chú" in text for text in with_rows)
    found = re.findall(r"(\d+) Chỉ tiêu thứ (\d+) ([\d.]+)", " ".join(texts))
    assert found == [(str(n), str(n), f"{n * 1000:,}".replace(",", ".")) for n in range(1, 61)]


def test_long_names_stay_inside_the_margins():
    name = "Trung tâm Kiểm soát tài liệu và Giải quyết thủ tục hành chính liên thông đa lĩnh vực vùng xa"
    endless = "x" * 400
    table = Table((Column(1), Column(9)), (Row(("STT", "Tên")),), (Row((endless[:60], endless)), Row((name, name))))
    document = letter(agency=(name,), kind=name, subject=endless, blocks=(Paragraph(endless), table), annexes=())
    pdf = to_pdf(document)

    for page in range(len(pages(pdf))):
        left, _, right, _ = text_box_mm(pdf, page)
        assert left >= 29.5
        assert right >= 14.5
    assert words(" ".join(pages(pdf))).replace(" ", "").count("x" * 400) == 3


def test_signature_never_stands_alone_on_a_page():
    for lines in range(20, 36):
        filled = tuple(Paragraph(f"Dòng {number}") for number in range(lines))
        texts = pages(to_pdf(letter(blocks=filled, annexes=())))
        with_signature = next(text for text in texts if "Nguyễn Văn Thử" in text)
        assert f"Dòng {lines - 1}" in with_signature
        assert "PHÓ CHỦ TỊCH" in with_signature


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_face_has_every_vietnamese_letter(style):
    face = ImageFont.truetype(FONTS / f"Tinos-{style}.ttf", 40)
    missing = bytes(face.getmask("\uffff"))

    assert len(LETTERS) == 134
    assert [mark for mark in LETTERS if bytes(face.getmask(mark)) == missing] == []


def test_all_vietnamese_letters_survive_in_every_style():
    spoken = " ".join(LETTERS)
    blocks = (
        Paragraph(spoken),
        Paragraph(spoken, bold=True),
        Paragraph(spoken, italic=True),
        Paragraph(spoken, bold=True, italic=True),
    )

    text = words(" ".join(pages(to_pdf(letter(blocks=blocks, annexes=())))))

    assert text.count(spoken) == 4


def test_hostile_text_is_printed_as_it_stands():
    table = Table((Column(1),), (Row((HOSTILE,)),), (Row((HOSTILE,)),))
    document = letter(
        blocks=(Paragraph(HOSTILE), Heading(HOSTILE), table),
        subject=HOSTILE,
        recipients=(HOSTILE,),
        annexes=(),
    )

    text = words(" ".join(pages(to_pdf(document))))

    assert text.count(HOSTILE) == 6 - 1  # subject, paragraph, heading, table head and row: one line each
    assert "#include" in text.split("Nơi nhận:")[1]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
@example("\u1680")
@example("\u3000\u2007\u202f")
def test_no_text_stops_the_press(text):
    table = Table((Column(1),), (Row(("a",)),), (Row((text,)),))

    pdf = to_pdf(letter(blocks=(Paragraph(text), Heading(text, 3), table), agency=(text,), kind=text, annexes=()))

    assert pdf.startswith(b"%PDF-")


def test_letter_the_face_lacks_shows_as_a_box():
    text = pages(to_pdf(letter(blocks=(Paragraph("Tên: 阮 \U0001f600."),), annexes=())))[0]

    assert "Tên: □ □." in text


def test_decomposed_letters_print_composed():
    assert "ế Ở đ" in pages(to_pdf(letter(blocks=(Paragraph("e\u0302\u0301 O\u031b\u0309 đ"),), annexes=())))[0]


def test_file_is_archival_tagged_named_and_vietnamese():
    with pikepdf.open(stream(to_pdf(letter()))) as opened:
        with opened.open_metadata() as facts:
            kept = (
                facts["pdfaid:part"],
                facts["pdfaid:conformance"],
                facts["pdfuaid:part"],
                facts["dc:title"],
            )
        embedded = {str(font.BaseFont).split("+")[1] for font in opened.objects if is_type_0(font)}
        language, marked = str(opened.Root.Lang), bool(opened.Root.MarkInfo.Marked)

    assert kept == ("2", "B", "1", "Báo cáo Kết quả cải cách hành chính Quý I năm 2026")
    assert (language, marked) == ("vi", True)
    assert {name.split("-")[0] for name in embedded} == {"Tinos"}


def is_type_0(font: object) -> bool:
    return isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0"


def test_same_description_gives_the_same_bytes():
    assert to_pdf(letter()) == to_pdf(letter())


def test_threads_draw_their_own_documents():
    drawn: dict[int, str] = {}

    def draw(number: int) -> None:
        drawn[number] = pages(to_pdf(letter(blocks=(Paragraph(f"Bản {number}."),), annexes=())))[0]

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [f"Bản {number}." in drawn[number] for number in range(8)] == [True] * 8


def test_qr_code_on_paper_holds_the_url():
    url = "https://motcua.example.vn/tra-cuu/000.17.22.H56-260205-0001"
    wanted = [[bool(module) for module in row] for row in segno.make_qr(url, error="m").matrix]
    with pypdfium2.PdfDocument(to_pdf(letter(qr=QrCode(url, ""), annexes=()))) as opened:
        image = next(iter(opened[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])))
        left, bottom, right, top = image.get_pos() if hasattr(image, "get_pos") else image.get_bounds()
        scale = 6
        sheet = opened[0].render(scale=scale, grayscale=True).to_pil()
        height = opened[0].get_height()

    modules = len(wanted) + 4  # with the quiet zone of two on each side
    step = (right - left) / modules
    seen = [
        [
            sheet.getpixel(
                (
                    round((left + (column + 2.5) * step) * scale),
                    round((height - top + (row + 2.5) * step) * scale),
                )
            )
            < 128
            for column in range(len(wanted))
        ]
        for row in range(len(wanted))
    ]
    assert seen == wanted
    assert (right - left) * MM_PER_POINT == pytest.approx(24, abs=0.1)


@pytest.mark.parametrize(
    "row", [Row(("a",)), Row(("a", "b", "c")), Row((Cell("a", colspan=3),)), Row((Cell("a", rowspan=2), "b"))]
)
def test_row_that_does_not_fit_is_an_error(row):
    table = Table((Column(1), Column(1)), (), (row,))

    with pytest.raises(ValueError, match="Row 1"):
        to_pdf(letter(blocks=(table,)))
