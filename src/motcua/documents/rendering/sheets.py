"""Tables of an official document as XLSX: numbers stay numbers, text stays text whatever it starts with."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from motcua.documents.rendering.description import OfficialDocument, Table
from motcua.documents.rendering.grid import Placed, place_header, place_rows
from motcua.documents.rendering.layout import LAYOUTS, Layout, layout_on
from motcua.documents.rendering.printable import clean
from motcua.documents.rendering.wording import in_vietnam, place_and_day

_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_CHARACTERS_UPRIGHT, _CHARACTERS_LANDSCAPE = 90, 135
# A spreadsheet keeps 15 digits; a longer whole number is shown as text rather than changed.
_EXACT_DIGITS = 10**15
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table on one sheet; ``heading`` lines stand above it, the first bold."""

    name: str
    table: Table
    heading: tuple[str, ...] = ()
    landscape: bool = False


def document_sheets(document: OfficialDocument) -> list[Sheet]:
    """Return every table of a document as a sheet, those of the body first, each with its title above it."""
    origin = f"{' '.join(document.agency)} - {place_and_day(document.place, document.day)}"
    body = [block for block in document.blocks if isinstance(block, Table)]
    sheets = [
        Sheet(f"Bảng {number}", table, (document.title, origin, table.caption)) for number, table in enumerate(body, 1)
    ]
    for annex in document.annexes:
        heading = (f"{annex.label} {annex.title}".strip(), annex.note or document.title, origin)
        sheets += [
            Sheet(annex.label or annex.title, block, (*heading, block.caption), annex.landscape)
            for block in annex.blocks
            if isinstance(block, Table)
        ]
    return sheets


def to_xlsx(sheets: Iterable[Sheet], layout: Layout | None = None, *, title: str = "") -> bytes:
    """Return the tables as XLSX, one sheet each.

    Raises:
        ValueError: there is no table, or a row does not fit its columns.
    """
    layout = layout or LAYOUTS[-1]
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator, book.properties.language = clean(title), "", "vi"
    names: set[str] = set()
    for sheet in sheets:
        _draw(book.create_sheet(_free_name(sheet.name, names)), sheet, layout)
    if not book.worksheets:
        raise ValueError("A workbook needs at least one table.")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document_to_xlsx(document: OfficialDocument) -> bytes:
    """Return the tables of ``document`` as XLSX; ValueError when it has none."""
    return to_xlsx(document_sheets(document), layout_on(document.day), title=document.title)


def _draw(page: Worksheet, sheet: Sheet, layout: Layout) -> None:
    table, width = sheet.table, len(sheet.table.columns)
    shares = sum(column.width for column in table.columns)
    characters = _CHARACTERS_LANDSCAPE if sheet.landscape else _CHARACTERS_UPRIGHT
    for number, column in enumerate(table.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = max(5, column.width / shares * characters)
    top = 0
    for line in filter(None, sheet.heading):
        top += 1
        cell = page.cell(top, 1)
        _put_text(cell, line)
        cell.font = Font(name=layout.font, size=layout.body_pt if top == 1 else layout.table_pt, bold=top == 1)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        page.merge_cells(start_row=top, end_row=top, start_column=1, end_column=width)
    first = top + 2 if top else 1
    header, rows = place_header(table), place_rows(table)
    _fill(page, header, first, layout)
    _fill(page, rows, first + len(header), layout)
    if header:
        page.freeze_panes = page.cell(first + len(header), 1)
        page.print_title_rows = f"{first}:{first + len(header) - 1}"
    _set_print(page, layout, landscape=sheet.landscape)


def _fill(page: Worksheet, placed_rows: list[list[Placed]], first: int, layout: Layout) -> None:
    for row in placed_rows:
        for placed in row:
            _put(page, placed, first + placed.row, placed.column + 1, layout)


def _put(page: Worksheet, placed: Placed, row: int, column: int, layout: Layout) -> None:
    last_row, last_column = row + placed.cell.rowspan - 1, column + placed.cell.colspan - 1
    for covered_row in range(row, last_row + 1):
        for covered_column in range(column, last_column + 1):
            page.cell(covered_row, covered_column).border = _GRID
    cell = page.cell(row, column)
    _put_value(cell, placed)
    cell.font = Font(name=layout.font, size=layout.table_pt, bold=placed.bold, italic=placed.italic)
    cell.alignment = Alignment(horizontal=placed.align, vertical="center", wrap_text=True)
    if (last_row, last_column) != (row, column):
        page.merge_cells(start_row=row, end_row=last_row, start_column=column, end_column=last_column)


def _put_value(cell: SheetCell, placed: Placed) -> None:
    value = placed.cell.value
    if isinstance(value, datetime):
        cell.value, cell.number_format = in_vietnam(value).replace(tzinfo=None), "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif value is None or value == "":
        cell.value = None
    elif placed.is_number and abs(value) < _EXACT_DIGITS:  # type: ignore[arg-type,operator]
        cell.value, cell.number_format = value, _number_format(value, placed.decimals)
    else:
        _put_text(cell, placed.text())


def _number_format(value: object, decimals: int | None) -> str:
    if decimals is None:
        return "#,##0" if isinstance(value, int) else "#,##0.##"
    return "#,##0" if decimals == 0 else f"#,##0.{'0' * decimals}"


def _put_text(cell: SheetCell, text: str) -> None:
    """Write ``text`` so that no program reads it as a formula, also after somebody edits the cell."""
    cell.value = clean(text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.quotePrefix = clean(text)[:1] in {"=", "+", "-", "@"}


def _set_print(page: Worksheet, layout: Layout, *, landscape: bool) -> None:
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.top, margins.bottom = layout.margin_top_mm / 25.4, layout.margin_bottom_mm / 25.4
    margins.left, margins.right = layout.margin_left_mm / 25.4, layout.margin_right_mm / 25.4
    page.oddHeader.center.text = "&P"
    page.HeaderFooter.differentFirst = True


def _free_name(wanted: str, taken: set[str]) -> str:
    bare = _FORBIDDEN_IN_NAME.sub(" ", clean(wanted).replace("\n", " ")).strip(" '") or "Bảng"
    name, number = bare[:_LONGEST_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = bare[: _LONGEST_NAME - len(ending)].strip() + ending
    taken.add(name.casefold())
    return name
