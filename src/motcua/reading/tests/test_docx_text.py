"""What is printed of paragraphs and tables in a DOCX, and what is not."""

import io
import zipfile

import pytest

from motcua.base.refusal import Refused
from motcua.reading.blocks import Paragraph
from motcua.reading.reader import read
from motcua.reading.tests.docx_files import docx_of, p, r, tbl, tc, tr, zipped

PICTURE = '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def texts_of(body: str, **parts: str) -> list[str]:
    return [paragraph.text for paragraph in read(docx_of(body, **parts)).paragraphs]


def test_tracked_changes_are_read_as_accepted_and_told():
    deleted = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('đi')}</w:moveFrom><w:moveTo>{r(' tới')}</w:moveTo>"
    document = read(docx_of(p("Hạn ", deleted, f"<w:ins>{r('mới')}</w:ins>", moved)))
    assert [one.text for one in document.paragraphs] == ["Hạn mới tới"]
    assert "Track Changes" in document.notes[0]


def test_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    gone = "<w:rPr><w:del/></w:rPr>"
    assert texts_of(p("Trước ngày ", properties=gone) + p("30/6")) == ["Trước ngày 30/6"]


def test_deleted_row_is_left_out():
    table = tbl(tr("TT", "Việc"), tr("1", "Bỏ", properties="<w:del/>"), tr("2", "Giữ"))
    assert [row.texts for row in read(docx_of(table)).tables[0].rows] == [["TT", "Việc"], ["2", "Giữ"]]


def test_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts_of(p("Ngoài", twice) + p("Sau")) == ["Ngoài", "Trong khung", "Sau"]


def test_footnotes_stand_behind_the_text_numbered_as_their_marks():
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{at}">{p("<w:r><w:footnoteRef/></w:r>", r(f" Tỷ lệ {at}"))}</w:footnote>'
        for at in (-1, 0, 7, 4)
    )
    body = p("Toàn trình", mark.format(7)) + p("Trực tuyến", mark.format(4))
    assert texts_of(body, footnotes=notes) == ["Toàn trình(1)", "Trực tuyến(2)", "(1) Tỷ lệ 7", "(2) Tỷ lệ 4"]


def test_raised_digit_is_a_mark_unless_it_is_a_power():
    up = r("1", '<w:vertAlign w:val="superscript"/>')
    power = r("2", '<w:vertAlign w:val="superscript"/>')
    assert texts_of(p("toàn trình", up) + p("đất 100 m", power) + p(up, "Tỷ lệ")) == [
        "toàn trình(1)",
        "đất 100 m2",
        "(1) Tỷ lệ",
    ]


def test_capitals_and_hidden_text_are_as_printed():
    assert texts_of(p(r("kế hoạch", "<w:caps/>"), r(" ẩn", "<w:vanish/>"), r(" tỉnh", '<w:caps w:val="0"/>'))) == [
        "KẾ HOẠCH tỉnh"
    ]


def test_breaks_tabs_and_hyphens_are_as_printed():
    inside = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
    )
    document = read(docx_of(p(inside)))
    assert [(one.text, one.line_start) for one in document.paragraphs] == [("a b", 1), ("c-d", 2)]


def test_formula_is_one_line():
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>b</m:t></m:r></m:num><m:den><m:r><m:t>a + c</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert texts_of(p("Tỷ lệ = ", fraction)) == ["Tỷ lệ = b/(a + c)"]


def test_content_controls_are_looked_through_and_contents_left_out():
    control = f"<w:sdt><w:sdtContent>{p('Trong')}</w:sdtContent></w:sdt>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('MỤC LỤC')}</w:sdtContent></w:sdt>"
    )
    assert texts_of(contents + control) == ["Trong"]


def test_rows_and_cells_in_content_controls_are_read():
    cell = f"<w:sdt><w:sdtContent>{tc('Sở A')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr('1', cell)}</w:sdtContent></w:sdt>"
    assert [each.texts for each in read(docx_of(tbl(tr("TT", "Ai"), row))).tables[0].rows] == [
        ["TT", "Ai"],
        ["1", "Sở A"],
    ]


def test_letterhead_table_is_text_left_column_first():
    head = tbl(
        tr(tc("UBND TỈNH X", "SỞ NỘI VỤ"), tc(STATE, "Độc lập - Tự do - Hạnh phúc")),
        tr("Số: 12/KH-SNV", "Tỉnh X, ngày 02 tháng 01 năm 2025"),
    )
    document = read(docx_of(head))
    assert document.tables == []
    assert [one.text for one in document.paragraphs] == [
        "UBND TỈNH X",
        "SỞ NỘI VỤ",
        "Số: 12/KH-SNV",
        STATE,
        "Độc lập - Tự do - Hạnh phúc",
        "Tỉnh X, ngày 02 tháng 01 năm 2025",
    ]


def test_table_within_a_frame_is_the_table():
    inner = tbl(tr("TT", "Việc"), tr("1", "Làm"))
    document = read(docx_of(tbl(tr(tc(p("Phụ lục"), inner, "<w:p/>")))))
    assert [type(block) for block in document.blocks] == [Paragraph, type(document.tables[0])]
    assert document.tables[0].rows[1].texts == ["1", "Làm"]


def test_table_within_a_cell_is_lines_of_the_cell():
    inner = tbl(tr("Cấp tỉnh", "100%"), tr("Cấp xã", "60%"))
    table = read(docx_of(tbl(tr("TT", "Việc", "Sản phẩm"), tr("1", "Làm", tc(p("Tỷ lệ:"), inner))))).tables[0]
    assert table.rows[1].cells[2].parts == ((6, "Tỷ lệ:"), (7, "Cấp tỉnh | 100%"), (8, "Cấp xã | 60%"))


def test_dragged_border_makes_no_column_of_its_own():
    rows = [
        tr("TT", "Việc", tc("Ai", span=2)),
        tr(tc("1"), tc("Làm", span=2), tc("Sở A")),
        tr(tc("2"), tc("Nộp"), tc("Sở B", span=2)),
    ]
    table = read(docx_of(tbl(*rows, widths=(500, 4000, 90, 1500)))).tables[0]
    assert (table.width, [row.texts for row in table.rows]) == (
        3,
        [["TT", "Việc", "Ai"], ["1", "Làm", "Sở A"], ["2", "Nộp", "Sở B"]],
    )


def test_lower_parts_of_merged_cells_are_known_and_empty():
    rows = [
        tr("TT", "Nhóm", "Việc"),
        tr("1", tc("Thể chế", merge="restart"), "Làm"),
        tr("2", tc("rác", merge="continue"), "Nộp"),
    ]
    cell = read(docx_of(tbl(*rows))).tables[0].rows[2].cells[1]
    assert (cell.text, cell.is_merged_up, cell.column) == ("", True, 1)


def test_row_that_starts_late_keeps_its_columns():
    rows = [tr("TT", "Việc", "Ai"), tr("Làm", "Sở A", properties='<w:gridBefore w:val="1"/>')]
    assert [cell.column for cell in read(docx_of(tbl(*rows))).tables[0].rows[1].cells] == [1, 2]


def test_font_of_old_kind_is_made_unicode_run_by_run():
    old = r("KÕ ho¹ch n¨m ", '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>')
    capital = r("tØnh", '<w:rFonts w:hAnsi=".VnTimeH"/>')
    vni = r(" quaûn lyù", '<w:rFonts w:hAnsi="VNI-Times"/>')
    soft = '<w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t> t</w:t><w:softHyphen/></w:r>'
    document = read(docx_of(p(old, capital, vni, soft, r(" được", '<w:rFonts w:hAnsi=".VnTime"/>'))))
    assert document.paragraphs[0].text == "Kế hoạch năm TỈNH quản lý tư được"
    assert [note for note in document.notes if "TCVN3" in note and "Unicode" in note]


def test_strict_namespace_and_odd_name_of_the_main_part_are_understood():
    body = "<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>{}</w:body></w:document>"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/>'
        "</Relationships>"
    )
    content = zipped({"_rels/.rels": relations, "word/document2.xml": body.format(p("Chặt chẽ"))})
    assert read(content).paragraphs[0].text == "Chặt chẽ"


def test_macros_are_told_and_not_run():
    buffer = io.BytesIO(docx_of(p("Có macro")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0")
    assert "macro" in read(buffer.getvalue()).notes[0]


def test_parts_that_are_not_read_are_told():
    notes = read(docx_of(p("Có ảnh", PICTURE) + '<w:altChunk r:id="r9"/>')).notes
    assert [note for note in notes if "1 ảnh" in note] and [note for note in notes if "altChunk" in note]


def test_scanned_docx_says_what_to_send():
    with pytest.raises(Refused, match="ảnh quét"):
        read(docx_of(p(PICTURE)))


def test_tables_nested_beyond_reason_are_refused():
    body = p("a")
    for _ in range(40):
        body = tbl(tr(tc(body), "b"))
    with pytest.raises(Refused, match="lồng nhau"):
        read(docx_of(body))
