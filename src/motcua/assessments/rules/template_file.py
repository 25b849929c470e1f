"""A workbook's rows as text. Runs in the limited process of ``reading``: a file of a stranger may be a bomb."""

import io
import zipfile
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from motcua.base.refusal import Refused

MOST_ROWS, MOST_COLUMNS = 1000, 30


def workbook_rows(content: bytes, filename: str) -> list[list[Any]]:
    """Return the rows of the first sheet as [number, [texts]].

    Raises:
        Refused: it is no workbook.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refused(f"Tệp {filename} không phải bảng tính XLSX đọc được.", field="file") from error
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        return [[number, [_text(cell) for cell in cells]] for number, cells in enumerate(rows, start=1)]
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
