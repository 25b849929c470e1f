"""Cells of a file that people open in a spreadsheet, which would run some of them."""

import re
from typing import Any

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read UTF-8 as a code page
# Spreadsheets of East Asia read the signs of full width like the plain ones.
_SIGNS = "=+\\-@＝＋－＠"  # noqa: RUF001 - full width is meant
_RUNS_AS_FORMULA = re.compile(rf"[ \u00a0]*[{_SIGNS}]|[\t\r\n]")
# Where the country's list separator is a semicolon, a spreadsheet parts a comma-separated file at it.
_AFTER_SEPARATOR = re.compile(rf"([;\t|])(?=\s*[{_SIGNS}])")


def harmless(value: Any) -> str:
    """Return ``value`` as text that no spreadsheet takes for a formula, whatever it parts cells at; None is ""."""
    text = "" if value is None else str(value)
    if _RUNS_AS_FORMULA.match(text):
        text = f"'{text}"
    return _AFTER_SEPARATOR.sub(r"\1'", text)
