"""A list as a file that a spreadsheet opens without running anything: CSV or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from motcua.base.cells import BYTE_ORDER_MARK, harmless
from motcua.documents.rendering.description import Column, Row, Table, Value

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def list_file(
    head: Sequence[str],
    lines: Sequence[Sequence[Value]],
    widths: Sequence[float],
    file_format: str,
    *,
    title: str,
    sheet: str = "",
    headings: Sequence[str] = (),
) -> bytes:
    """Return ``lines`` under ``head`` as "csv" (UTF-8 with its mark) or "xlsx".

    ``widths``: of the columns of a sheet, in characters. ``sheet``: its name; ``headings``: lines above the table;
    both are the ``title`` where none is given.
    """
    if file_format == "csv":
        return csv_text(head, lines).encode()
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.documents.rendering.sheets import Sheet, to_xlsx

    table = Table(
        columns=tuple(Column(width) for width in widths),
        header=(Row(tuple(head), bold=True),),
        rows=tuple(Row(tuple(line)) for line in lines),
    )
    return to_xlsx([Sheet(sheet or title, table, tuple(headings) or (title,), landscape=True)], title=title)


def csv_text(head: Sequence[str], lines: Iterable[Sequence[Value]]) -> str:
    """Return ``lines`` under ``head`` as CSV with its mark; a cell that would run as a formula is made harmless."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    for line in lines:
        writer.writerow([harmless(f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell) for cell in line])
    return BYTE_ORDER_MARK + file.getvalue()
