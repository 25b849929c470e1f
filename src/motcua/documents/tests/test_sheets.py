"""The XLSX read back by openpyxl: values, formats, merges, and text that stays text."""

from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from motcua.documents.rendering.description import Column, Row, Table
from motcua.documents.rendering.sheets import Sheet, document_sheets, document_to_xlsx, to_xlsx
from motcua.documents.tests.papers import LETTERS, letter, stream, tall_table


def read(*sheets):
    return openpyxl.load_workbook(stream(to_xlsx(sheets)))


def one(*values, columns=None):
    columns = columns or tuple(Column(1) for _ in values)
    page = read(Sheet("A", Table(columns, (), (Row(values),)))).worksheets[0]
    return list(page[1])


def test_document_becomes_one_sheet_for_each_table():
    book = openpyxl.load_workbook(stream(document_to_xlsx(letter(blocks=(tall_table(2),)))))

    assert book.sheetnames == ["Bảng 1", "Phụ lục I"]
    assert [row[0].value for row in book["Phụ lục I"]["A1:A3"]] == [
        "Phụ lục I Bảng số liệu",
        "(Kèm theo Báo cáo)",
        "Văn phòng - Thử Nghiệm, ngày 05 tháng 02 năm 2026",
    ]
    assert book["Phụ lục I"].page_setup.orientation == "landscape"


def test_header_is_merged_frozen_and_printed_on_every_page():
    page = read(Sheet("A", tall_table(60))).worksheets[0]

    assert {str(area) for area in page.merged_cells.ranges} == {"A1:A2", "B1:B2", "C1:D1", "B3:D3"}
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$1:$2"
    assert [cell.value for cell in page[63]] == ["60", "Chỉ tiêu thứ 60", 60000, None]
    assert page["A1"].font.b
    assert page["A1"].font.name == "Times New Roman"
    assert page["D2"].border.bottom.style == "thin"


def test_column_widths_keep_their_shares():
    page = read(Sheet("A", tall_table(1))).worksheets[0]

    assert page.column_dimensions["B"].width == pytest.approx(page.column_dimensions["D"].width * 2)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 900", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "TRUE", "2026-02-05", "00123"]
)
def test_text_stays_text(text):
    (cell,) = one(text)

    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")


def test_numbers_and_days_stay_what_they_are():
    whole, exact, share, day, instant, nothing = one(
        1234567,
        Decimal("12.5"),
        Decimal("83.25"),
        date(2026, 2, 5),
        datetime(2026, 2, 5, 7, 5, tzinfo=UTC),
        None,
        columns=(Column(1), Column(1), Column(1, decimals=1), Column(1), Column(1), Column(1)),
    )

    assert (whole.value, whole.number_format) == (1234567, "#,##0")
    assert (exact.value, exact.number_format) == (12.5, "#,##0.##")
    assert (share.value, share.number_format) == (83.25, "#,##0.0")
    assert (day.value.date(), day.number_format) == (date(2026, 2, 5), "dd/mm/yyyy")
    assert f"{instant.value:%d/%m/%Y %H:%M}" == "05/02/2026 14:05"  # Vietnam's time
    assert nothing.value is None


def test_whole_number_beyond_the_sheet_is_kept_as_text():
    (cell,) = one(12345678901234567890)

    assert cell.value == "12.345.678.901.234.567.890"


def test_letters_and_control_characters():
    letters, dirty = one(" ".join(LETTERS), "a\x00\x0bb\ud800")

    assert letters.value == " ".join(LETTERS)
    assert dirty.value == "a\nb"


def test_sheet_names_are_made_legal_and_different():
    table = Table((Column(1),), (), (Row(("a",)),))

    book = read(*(Sheet(name, table) for name in ("Phụ lục 1/2: [a]*?", "x" * 40, "X" * 40, "", "'", "a", "A")))

    assert book.sheetnames == [
        "Phụ lục 1 2   a",
        "x" * 31,
        "X" * 27 + " (2)",
        "Bảng",
        "Bảng (2)",
        "a",
        "A (2)",
    ]


def test_document_without_tables_is_an_error():
    assert document_sheets(letter(annexes=())) == []
    with pytest.raises(ValueError, match="at least one table"):
        document_to_xlsx(letter(annexes=()))
