"""A list of work as CSV or XLSX, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from motcua.base.cells import BYTE_ORDER_MARK, harmless

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTHS = (26, 60, 24, 34, 18, 18, 14, 28)  # of the columns, in characters


class _Line:
    """A file that returns the line written to it, for ``csv``."""

    def write(self, line: str) -> str:
        return line


def as_csv(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield ``lines`` as CSV, with the mark that spreadsheets need to read Vietnamese."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for line in lines:
        yield writer.writerow([harmless(cell) for cell in line])


def as_xlsx(lines: Iterable[Sequence[str]], *, name: str) -> bytes:
    """Return ``lines`` as a workbook of one sheet ``name``, the first bold and standing still."""
    # Late: the library weighs 20 MB, and few requests need it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGH"[number]].width = width
    for number, line in enumerate(lines):
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, _printable(text))
            cell.data_type = "s"  # text, whatever it starts with
            cell.font = Font(bold=number == 0)
            cells.append(cell)
        sheet.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _printable(text: str) -> str:
    """Return ``text`` without the signs that no sheet can hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
