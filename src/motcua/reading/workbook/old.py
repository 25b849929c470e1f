"""XLS and ODS by calamine: values without formats, so that dates are dates and all other numbers bare."""

import io
from datetime import date, datetime, time, timedelta

from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.reading.workbook.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet


def read_old_sheets(content: bytes) -> tuple[list[Sheet], list[str]]:
    """Return the visible sheets of an XLS or ODS and the names of the hidden ones. Raise Refused if it is broken."""
    import python_calamine as calamine  # late: a library of its own for files of another time

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        known = [(each.name, each.visible == calamine.SheetVisibleEnum.Visible) for each in book.sheets_metadata]
        sheets = [_sheet(book.get_sheet_by_name(name)) for name, is_visible in known if is_visible]
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("Tệp bảng tính hỏng hoặc bị khóa mật khẩu, không mở được.") from error
    return sheets, [name for name, is_visible in known if not is_visible]


def _sheet(source: object) -> Sheet:
    sheet = Sheet(nfc(source.name))  # type: ignore[attr-defined]
    top, left = source.start or (0, 0)  # type: ignore[attr-defined]
    for at, row in enumerate(source.iter_rows(), start=0):  # type: ignore[attr-defined]
        if at >= MAX_ROWS or len(sheet.texts) >= MAX_CELLS:
            sheet.is_cut = True
            break
        for column, value in enumerate(row[:MAX_COLUMNS]):
            text = _shown(value)
            if text.strip():
                sheet.texts[at, column] = text
    for (top, left), (bottom, right) in source.merged_cell_ranges or []:  # type: ignore[attr-defined]
        sheet.merged.append((top, left, min(bottom, MAX_ROWS), min(right, MAX_COLUMNS - 1)))
    return sheet


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(round(value, 9)).replace(".", ",")
    return nfc(str(value))
