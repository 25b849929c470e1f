"""Workbooks: texts as printed, with addresses; titles and tables on a sheet."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from motcua.base.refusal import Refused
from motcua.reading.reader import read
from motcua.reading.tests.docx_files import zipped
from motcua.reading.workbook.formats import shown
from motcua.reading.workbook.sheets import address, place

ROWS = [["TT", "Nhiệm vụ", "Chủ trì", "Hạn"], [1, "Rà soát", "Sở Nội vụ", "Quý I"], [2, "Số hóa", "Sở A", "Quý II"]]
LINE = Border(*(Side(style="thin"),) * 4)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(*rows: list, title: str = "Bảng 1"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book, sheet


def test_titles_are_text_and_the_rest_a_table_with_addresses():
    book, sheet = sheet_of(["KẾ HOẠCH NĂM 2025"], [], *ROWS)
    sheet.merge_cells("A1:D1")
    document = read(saved(book))
    assert [one.text for one in document.paragraphs] == ["KẾ HOẠCH NĂM 2025"]
    table = document.tables[0]
    assert [row.texts for row in table.rows][1] == ["1", "Rà soát", "Sở Nội vụ", "Quý I"]
    assert document.spot(table.rows[1].cells[1].line_start).address == "Bảng 1!B4"
    assert len(document.spots) == len(document.lines)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("0.85", "0%", "85%"), ("0.8333", "0.0%", "83,3%"), ("1", "0%", "100%"), ("45838", "dd/mm/yyyy", "30/06/2025"),
        ("45838", "mm/yyyy", "06/2025"), ("45838.5", "dd/mm/yyyy hh:mm", "30/06/2025 12:00"),
        ("1234567", "#,##0", "1.234.567"),
        ("12.5", "General", "12,5"), ("12", "General", "12"), ("0.1", "0.00", "0,10"), ("3", '0 "hồ sơ"', "3 hồ sơ"),
        ("45838", "[$-42A]dd/mm/yyyy;@", "30/06/2025"), ("x", "0%", "x"), ("1e300", "0", "1e300"), ("nan", "0", "nan"),
        ("-5", "#,##0;[Red]-#,##0", "-5"),
    ],
)  # fmt: skip
def test_numbers_are_as_printed(value, form, text):
    assert shown(value, form) == text


def test_dates_and_percents_of_a_file_are_as_printed():
    book, sheet = sheet_of(*ROWS, [3, 0.85, date(2025, 6, 30), datetime.fromisoformat("2025-06-30T08:00")])
    sheet["B4"].number_format = "0%"
    sheet["D4"].number_format = "dd/mm/yyyy hh:mm"
    assert read(saved(book)).tables[0].rows[3].texts == ["3", "85%", "30/06/2025", "30/06/2025 08:00"]


def test_merged_cells_reach_down():
    book, sheet = sheet_of(*ROWS)
    sheet["C3"] = None
    sheet.merge_cells("C2:C3")
    table = read(saved(book)).tables[0]
    assert [cell.is_merged_up for cell in table.rows[2].cells] == [False, False, True, False]


def test_cell_of_several_lines_has_parts():
    book, _ = sheet_of(*ROWS, [3, "Làm:\n- một\n- hai", "Sở B", ""])
    assert [text for _, text in read(saved(book)).tables[0].rows[3].cells[1].parts] == ["Làm:", "- một", "- hai"]


def test_tables_of_one_sheet_are_told_apart_by_their_lines():
    book, sheet = sheet_of(*ROWS, [], ["II. Bảng hai"], *ROWS, ["Nơi nhận: như trên"])
    for row in (*range(1, 4), *range(6, 9)):
        for column in range(1, 5):
            sheet.cell(row, column).border = LINE
    document = read(saved(book))
    assert [len(table.rows) for table in document.tables] == [3, 3]
    assert [one.text for one in document.paragraphs] == ["II. Bảng hai", "Nơi nhận: như trên"]


def test_tables_without_lines_are_told_apart_by_their_headings():
    book, _ = sheet_of(*ROWS, [], ["Bảng hai"], [], [], *ROWS)
    assert [len(table.rows) for table in read(saved(book)).tables][-1] == 3


def test_letterhead_of_a_sheet_is_text():
    head = ["UBND TỈNH X", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1/KH", None, "X, ngày 2 tháng 1 năm 2025"]
    book, _ = sheet_of(*head, ["KẾ HOẠCH"], *ROWS)
    document = read(saved(book))
    assert [len(table.rows) for table in document.tables] == [3]
    assert "Số: 1/KH" in [one.text for one in document.paragraphs]


def test_hidden_things_are_told():
    book, sheet = sheet_of(*ROWS)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("Nháp")["A1"] = "bí mật"
    book["Nháp"].sheet_state = "hidden"
    document = read(saved(book))
    assert len(document.tables[0].rows) == 3
    assert "bí mật" not in document.lines
    assert [note.split(":")[0] for note in document.notes] == [
        "Không đọc trang tính ẩn",
        "Trang tính “Bảng 1” có 1 dòng ẩn (3), vẫn được đọc.",
        "Trang tính “Bảng 1” có 1 cột ẩn (D), vẫn được đọc.",
    ]


def test_formula_without_a_result_is_told():
    book, _ = sheet_of(*ROWS, [3, "Tổng", "=SUM(A2:A3)", ""])
    assert "công thức" in read(saved(book)).notes[0]


def test_name_of_a_sheet_is_the_annex_it_says():
    book, _ = sheet_of(*ROWS, title="Phụ lục II")
    assert read(saved(book)).paragraphs[0].text == "Phụ lục II"


def test_empty_workbook_and_broken_ones_are_refused():
    with pytest.raises(Refused, match="không có ô nào"):
        read(saved(openpyxl.Workbook()))
    with pytest.raises(Refused):
        read(zipped({"xl/workbook.xml": "<workbook"}))
    with pytest.raises(Refused, match="XLSB"):
        read(zipped({"xl/workbook.bin": "x"}))


def test_old_workbook_is_read_with_dates():
    calamine = pytest.importorskip("python_calamine")
    assert calamine
    book, sheet = sheet_of(*ROWS, [3, date(2025, 6, 30), 0.5, True])
    from motcua.reading.workbook.old import read_old_sheets

    sheets, _ = read_old_sheets(saved(book))  # calamine reads the newer kind the same way
    assert [sheets[0].texts[3, column] for column in range(4)] == ["3", "30/06/2025", "0,5", "Có"]


@pytest.mark.parametrize(("written", "at"), [("A1", (0, 0)), ("B7", (6, 1)), ("AA10", (9, 26)), ("CV3", (2, 99))])
def test_addresses_there_and_back(written, at):
    assert place(written) == at
    assert address(*at) == written


@pytest.mark.parametrize("written", ["", "7", "B", "É1", "AAAA1", "A99999999"])
def test_what_is_no_address_is_none(written):
    assert place(written) is None


def test_million_empty_rows_cut_nothing_off():
    book, sheet = sheet_of(*ROWS)
    content = saved(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (at, at) for at in range(4, 60_000))
    parts[name] = parts[name].replace(b"</sheetData>", empty + b"</sheetData>")
    document = read(zipped(parts))
    assert len(document.tables[0].rows) == 3
    assert document.notes == ()
    parts[name] = parts[name].replace(b"</sheetData>", b'<row r="60001"><c r="A60001"><v>7</v></c></row></sheetData>')
    assert any("quá lớn" in note for note in read(zipped(parts)).notes)
