"""Rows out of a workbook or CSV file. Imports no Django: called in the limited process for foreign files."""

import csv
import io
from datetime import date, datetime
from typing import Any

MOST_ROWS, MOST_COLUMNS, LONGEST = 5_000, 100, 12_000
Rows = list[list[Any]]  # [line of the sheet, [cells as text]]


def read_rows(content: bytes, filename: str) -> Rows:
    """Return the lines of the first sheet, or of a CSV file, that hold anything, as [number, cells]."""
    lines = _workbook(content) if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0" else _text(content)
    found: Rows = []
    for number, cells in enumerate(lines, 1):
        texts = [_text_of(cell)[:LONGEST] for cell in cells[:MOST_COLUMNS]]
        if any(texts):
            found.append([number, texts])
        if len(found) > MOST_ROWS:
            break
    return found


def _workbook(content: bytes) -> list[list[Any]]:
    import python_calamine as calamine  # late: the web process reads no workbook

    return list(calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(
        skip_empty_area=False
    ))  # fmt: skip


def _text(content: bytes) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return []
    head = text.partition("\n")[0]
    parted = max(",;\t", key=head.count)
    return list(csv.reader(io.StringIO(text), delimiter=parted))


def _text_of(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        # A comma: with a dot 1.234 would be read as one thousand.
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    return str(cell).strip()
