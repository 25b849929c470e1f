"""Reports in the shapes we export and in broken ones."""

import io
import zipfile
from random import Random

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.reports.rules.catalogue import demonstration_report
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.headings import reporter_kind
from motcua.reports.rules.report_reading import read_report
from motcua.reports.rules.source_files import read_lines
from motcua.reports.tests.drafts import clean_draft


def as_docx(text: str) -> bytes:
    """Return the report as a document: paragraphs, and one table an appendix."""
    document, table = docx.Document(), None
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) == 1:
            document.add_paragraph(line)
            table = None
            continue
        if table is None:
            table = document.add_table(rows=0, cols=5)
        for target, value in zip(table.add_row().cells, cells, strict=True):
            target.text = value
    return saved(document)


def as_xlsx(text: str) -> bytes:
    """Return the report as a workbook: narrative in one sheet, one sheet an appendix, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo"
    for line in text.split("\n"):
        if line.startswith("Phụ lục "):
            sheet = book.create_sheet(line)
            continue
        cells = line.split("\t")
        sheet.append([typed(cell, position) for position, cell in enumerate(cells)])
        if len(cells) == 5 and isinstance(sheet.cell(sheet.max_row, 4).value, float):
            places = len(cells[3].rstrip("%").partition(",")[2])
            sheet.cell(sheet.max_row, 4).number_format = "0." + "0" * places + "%" if places else "0%"
    return saved(book)


def typed(cell: str, position: int) -> str | int | float:
    if position == 3 and cell.isdigit():
        return int(cell)
    if position == 3 and cell.endswith("%"):
        return float(cell.rstrip("%").replace(",", ".")) / 100
    return cell


def saved(thing) -> bytes:
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("seed", range(3))
def test_report_reads_the_same_from_text_and_document(seed):
    text = clean_draft(Random(seed)).text()
    from_text, from_docx = read_report(text.encode(), "a.txt"), read_report(as_docx(text), "a.docx")
    assert without_lines(from_docx) == without_lines(from_text)
    assert check_report(from_docx) == []


def without_lines(reading):
    return {
        (appendix, code): (cell.value, cell.note, cell.unit, cell.name)
        for appendix, cells in reading.appendices.items()
        for code, cell in cells.items()
    }


def test_report_in_a_workbook_keeps_numbers_and_percentages():
    draft = clean_draft(Random(3))
    reading = read_report(as_xlsx(draft.text()), "a.xlsx")
    read = {place: cell[0] for place, cell in without_lines(reading).items()}
    assert read[1, "7.1"] == draft.values[1, "7.1"]
    assert read[7, "5.1.1"] == draft.values[7, "5.1.1"].replace(",", ".")
    assert check_report(reading) == []


def test_wrong_number_in_a_workbook_is_found_on_its_row():
    draft = clean_draft(Random(4))
    draft.values[2, "1"] = str(draft.number(2, "1") + 5)
    found = check_report(read_report(as_xlsx(draft.text()), "a.xlsx"))
    assert [(f.rule, f.where.appendix, f.where.row, f.where.line) for f in found] == [("V06", 2, "1", 3)]


def test_merged_cells_of_a_document_keep_their_column():
    document = docx.Document()
    document.add_paragraph("Phụ lục 1")
    table = document.add_table(rows=3, cols=5)
    for cell, text in zip(table.rows[0].cells, ["STT", "Chỉ tiêu", "Kết quả", "", "Ghi chú"], strict=True):
        cell.text = text
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(1, 2).text, table.cell(1, 3).text = "Đơn vị tính", "Số liệu của kỳ báo cáo"
    row = ["2.1", "Số nhiệm vụ đề ra trong kế hoạch", "Nhiệm vụ", "12", "ghi chú"]
    for cell, text in zip(table.rows[2].cells, row, strict=True):
        cell.text = text
    cell = read_report(saved(document), "a.docx").appendices[1]["2.1"]
    assert (cell.name, cell.unit, cell.value, cell.note) == (*row[1:],)


def test_report_with_windows_line_ends_and_a_mark_reads_the_same():
    plain = read_report(demonstration_report(), "a.txt")
    windows = read_report(b"\xef\xbb\xbf" + demonstration_report().replace(b"\n", b"\r\n"), "a.txt")
    assert windows.appendices == plain.appendices


def empty_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "a")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n ",
        b"xin ch\xc3\xa0o",
        b"\xff\xfe\x00b\x00a",
        b"%PDF-1.7 ...",
        b"\xd0\xcf\x11\xe0 old word",
        b"PK\x03\x04 not a package",
        empty_zip(),
        as_docx(clean_draft(Random(1)).text())[:9000],
        b"\x00" * 100,
    ],
    ids=["empty", "blank", "greeting", "utf-16", "pdf", "doc", "torn zip", "other zip", "torn docx", "zeros"],
)
def test_file_that_is_no_report_is_refused_with_its_name(content):
    with pytest.raises(Refused, match="thu.bin"):
        read_report(content, "thu.bin")


def test_missing_file_is_refused_with_its_name(tmp_path):
    with pytest.raises(Refused, match="khong-co.txt"):
        read_report(tmp_path / "khong-co.txt")
    with pytest.raises(Refused):
        read_report(tmp_path)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damaged_report_is_read_or_refused(data):
    content = bytearray(demonstration_report())
    for _ in range(data.draw(st.integers(1, 30))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 400))] = data.draw(st.binary(max_size=20))
    try:
        reading = read_report(bytes(content), "a.txt")
    except Refused:
        return
    for found in check_report(reading):
        assert found.message


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("Sở Nội vụ", "home_affairs"),
        ("SỞ XÂY DỰNG", "department"),
        ("Văn phòng UBND tỉnh", "provincial_office"),
        ("UBND xã Thạch Châu", "commune"),
        ("Ủy ban nhân dân huyện Thử", "district"),
        ("UBND tỉnh Hà Tĩnh", "province"),
        ("Công ty Thử", None),
    ],
)
def test_reporter_is_known_by_its_name(issuer, kind):
    assert reporter_kind(issuer) == kind


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_body(xml: str) -> bytes:
    """Return a document whose body is ``xml``."""
    body = f'<w:document xmlns:w="{WORD}"><w:body>{xml}</w:body></w:document>'
    return with_part(saved(docx.Document()), "word/document.xml", body)


def with_row(xml: str) -> bytes:
    """Return a workbook of one sheet that holds the row ``xml``."""
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{sheet}"><sheetData>{xml}</sheetData></worksheet>'
    return with_part(saved(openpyxl.Workbook()), "xl/worksheets/sheet1.xml", xml)


def with_part(package: bytes, name: str, content: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return buffer.getvalue()


def test_small_file_that_unpacks_to_millions_of_rows_is_refused():
    with pytest.raises(Refused, match="giải nén ra quá lớn"):
        read_report(with_body("<w:p/>" * 1_000_000), "a.docx")


def test_report_of_too_many_lines_is_refused(monkeypatch):
    monkeypatch.setattr("motcua.reports.rules.source_files.MAX_LINES", 100)
    for content in (with_body("<w:p/>" * 101), with_row('<row r="500"><c r="A500"><v>1</v></c></row>')):
        with pytest.raises(Refused, match="quá dài"):
            read_report(content, "a")


@pytest.mark.parametrize("merged", ['<w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr>', ""])
def test_cell_over_millions_of_columns_takes_few(merged):
    row = '<w:trPr><w:gridBefore w:val="9999999"/></w:trPr>' if not merged else ""
    content = with_body(f"<w:tbl><w:tr>{row}<w:tc>{merged}<w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    assert max(len(line.cells) for line in read_lines(content, "a.docx")) <= 61


@pytest.mark.parametrize("cell", ["<v>1e999</v>", "<v>nan</v>", 't="s"><v>99</v>', 's="99"><v>1</v>', 't="d"><v>9</v>'])
def test_damaged_cell_of_a_workbook_is_refused(cell):
    start = cell if cell.startswith(("t=", "s=")) else f">{cell}"
    with pytest.raises(Refused, match="hỏng"):
        read_report(with_row(f'<row r="1"><c r="A1" {start}</c></row>'), "a.xlsx")
