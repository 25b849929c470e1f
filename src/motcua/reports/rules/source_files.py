"""Files that may hold a report, read into lines: plain text, DOCX, XLSX."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import docx
import openpyxl
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl.cell import Cell as SheetCell

from motcua.base.refusal import Refused
from motcua.reports.rules.lines import Line, clean, lines_of_text

MAX_BYTES = 30_000_000
MAX_UNPACKED = 64_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 60
# Real reports stay far below these; a file of some kilobytes can name millions of rows, or one long text many times.
MAX_SHRUNK = 200
SHRUNK_FROM = 1_000_000
MAX_LINES = 50_000
MAX_LETTERS = 5_000_000


def read_lines(content: bytes, filename: str) -> list[Line]:
    """Return the lines of a report file, by what its bytes are rather than by its name.

    Raises:
        Refused: empty, too large, damaged, or a format that is not text, DOCX or XLSX.
    """
    if not content.strip():
        raise Refused(f"Tệp {filename} rỗng.")
    if len(content) > MAX_BYTES:
        raise Refused(f"Tệp {filename} lớn quá {MAX_BYTES // 1_000_000} MB.")
    if content.startswith(b"PK"):
        return _read_package(content, filename)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Refused(f"Tệp {filename}: chỉ kiểm tra được TXT, DOCX, XLSX; hãy lưu lại ở một dạng đó.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"Tệp {filename} không phải văn bản UTF-8 (sai ở byte {error.start}), DOCX hay XLSX.") from error
    if "\x00" in text:
        raise Refused(f"Tệp {filename} không phải văn bản.")
    return lines_of_text(text.replace("\r\n", "\n"))


def _read_package(content: bytes, filename: str) -> list[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            _check_sizes(package.infolist(), filename)
        if "word/document.xml" in names:
            return _bounded(_lines_of_docx(docx.Document(io.BytesIO(content))), filename)
        if "xl/workbook.xml" in names:
            return _bounded(_lines_of_xlsx(content), filename)
    except Refused:
        raise
    # A damaged package fails anywhere inside three libraries, each with errors of its own and every built-in one.
    except Exception as error:
        raise Refused(f"Tệp {filename} hỏng, không mở được.") from error
    raise Refused(f"Tệp {filename} là tệp nén, không phải DOCX hay XLSX.")


def is_numbered_by_word(content: bytes) -> bool:
    """Say whether a file is a DOCX with automatic numbering, which stands in no paragraph's text.

    Only for content that ``read_lines`` took: its sizes are bounded.
    """
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "word/document.xml" in package.namelist() and b"<w:numPr>" in package.read("word/document.xml")


def _check_sizes(entries: list[zipfile.ZipInfo], filename: str) -> None:
    is_bomb = any(entry.file_size > max(SHRUNK_FROM, entry.compress_size * MAX_SHRUNK) for entry in entries)
    if is_bomb or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(f"Tệp {filename} giải nén ra quá lớn.")


def _bounded(lines: Iterator[Line], filename: str) -> list[Line]:
    found, letters = [], 0
    for line in lines:
        found.append(line)
        letters += sum(map(len, line.cells))
        if len(found) > MAX_LINES or letters > MAX_LETTERS:
            raise Refused(f"Tệp {filename} quá dài: báo cáo có tối đa {MAX_LINES} dòng, {MAX_LETTERS} ký tự.")
    return found


def _lines_of_docx(document: Document) -> Iterator[Line]:
    number = 0
    for block in document.element.body.iterchildren():
        rows: Iterable[tuple[str, ...]] = ()
        if block.tag == qn("w:p"):
            rows = [(clean(Paragraph(block, document).text),)]
        elif block.tag == qn("w:tbl"):
            rows = _rows_of_table(Table(block, document))
        for cells in rows:
            number += 1
            yield Line(number, cells)


def _rows_of_table(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield each row at its grid columns: a merged cell's text stands once, at its first column and row."""
    for row in table.rows:
        cells: list[str] = [""] * min(row.grid_cols_before, MAX_COLUMNS)
        for element in row._tr.tc_lst:
            continues = element.vMerge == "continue"
            text = "" if continues else " ".join(p.text for p in element.p_lst)
            cells.append(clean(text))
            cells.extend([""] * min(element.grid_span - 1, MAX_COLUMNS))
        yield tuple(cells)


def _lines_of_xlsx(content: bytes) -> Iterator[Line]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield Line(0, (clean(sheet.title),))
            for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), start=1):
                yield Line(number, tuple(_cell_text(cell) for cell in row))
    finally:
        book.close()


def _cell_text(cell: SheetCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format or "")
    return clean(str(value))


def _number_text(value: int | float, number_format: str) -> str:
    # A workbook keeps 83.3 % as 0.8333 under a percent format; a reader sees the former.
    if number_format.endswith("%"):
        return f"{value * 100:.{len(number_format.partition('.')[2].rstrip('%'))}f}%"
    if value == int(value):
        return str(int(value))
    # Three decimals would be read as thousands; a fourth says that they are none.
    text = repr(round(value, 6))
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
